// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/event_memory.h"
#include "core/net/page_walk.h"
#include "core/net/reconciliation.h"
#include "core/net/relay_connection.h"
#include "core/net/relay_pool.h"

#include <QPointer>
#include <QTimer>

#include <deque>
#include <map>
#include <set>

namespace valise::net {

//! The private parts of the pool, shared by relay_pool*.cpp.
struct RelayPool::Impl {
    //! A subscription at one relay.
    struct Feed {
        std::string liveRequest;
        std::string pageRequest;
        std::size_t pageFilter = 0;
        std::vector<nostr::Filter> filters; //!< as asked, with `since`
        std::vector<PageWalk> paging;
        int pages = 0;
        std::string compareRequest;
        std::optional<Reconciliation> comparison;
        std::set<nostr::EventId> needed; //!< ids that the comparison found, requested and not yet received
        std::size_t neededAsked = 0;
        bool comparesSecond = false; //!< the comparison covers one second; paging continues after it
        bool mayCompare = true;      //!< false after a comparison failed
        bool follows = false;        //!< waits for another relay that has most of the same events
        bool liveEose = false;
        bool complete = false;
        bool partial = false; //!< the relay gives no more for now
        std::vector<nostr::Event> batch;
        std::size_t batchBytes = 0;
        //! Events of this second (Unix time) and newer did not fit into the batch. They are fetched after the
        //! batch was reported. 0: all events fit.
        std::uint64_t laterFrom = 0;
        std::int64_t cursor = 0;  //!< reported or given
        std::int64_t maxSeen = 0; //!< newest created_at received from it
        qint64 progressAt = 0;    //!< time of the request or of the end of the last page
        qint64 reopenAt = 0;      //!< time to repeat a request that was not answered; 0: no repetition
        int reopens = 0;          //!< in a row
    };

    //! A subscription.
    struct Sub {
        std::string id;
        std::vector<nostr::Filter> filters;
        std::int64_t overlap = 120;
        SeenIds seen;
        std::map<std::string, Feed> feeds;
        bool caughtUp = false;
    };

    //! An event for a relay to which the connection is being made.
    struct WaitingPublish {
        std::string eventId;
        std::string json;
        std::string relay;
        qint64 deadline = 0;
    };

    //! A query of fetch().
    struct Fetch {
        std::vector<nostr::Filter> filters;
        std::map<std::string, std::string> requests; //!< relay → request id, empty while it connects
        std::set<nostr::EventId> ids;
        std::vector<nostr::Event> events;
        bool answered = false;
        bool reached = false;
        bool refused = false;
        qint64 deadline = 0;
        QPointer<QObject> context;
        RelayPool::FetchDone done;
    };

    //! The purpose of a request that was sent.
    struct RequestRef {
        enum class Type { Live, Page, Compare, Needed, Fetch } type = Type::Live;
        std::string sub;
        std::string relay;
        int fetch = 0;
    };

    struct Relay {
        RelayConnection* connection = nullptr;
        bool permanent = false;
        qint64 usedAt = 0;
    };

    Impl(RelayPool* owner, RelayOptions opts)
        : q(owner)
        , options(std::move(opts)) {}

    RelayPool* q;
    RelayOptions options;
    AuthSigner signer;
    QTimer tick;
    bool stopped = false;
    std::pair<bool, bool> clockJudged{}; // isClockAwaited() and whether the clock is wrong, as last reported
    std::map<std::string, Relay> relays;
    std::map<std::string, RelayStatus> refusedUrls;
    std::map<std::string, Sub> subs;
    std::map<std::string, RequestRef> requests;
    std::map<int, Fetch> fetches;
    std::vector<WaitingPublish> waiting;
    //! The URLs as the callers spelled them, per event and relay.
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> publishNames;
    VerifiedEvents verified;
    std::uint64_t nextRequest = 1;
    int nextFetch = 1;
    std::deque<std::function<void()>> outbox; //!< work given to post(); its slots may call any function
    bool draining = false;
    bool drainScheduled = false;

    const Clock& clock() const;
    std::int64_t now() const { return clock().now(); }
    //! Monotonic milliseconds: all qint64 times of the pool.
    qint64 elapsed() const { return clock().monotonicMs(); }

    // relay_pool.cpp: relays, what is published, and time
    //! Emits a signal, or does other work, after the current call, when the pool's own state is consistent.
    void post(std::function<void()> f);
    void drain();
    //! The relay's normalised name. Connects to the relay if it is new.
    Result<std::string> ensureRelay(const std::string& url);
    RelayConnection* connectionOf(const std::string& name);
    //! True if the relay answers now or probably will soon.
    bool reachable(const std::string& name);
    std::string newRequest(const char* prefix, RequestRef ref);
    void closeRequest(const std::string& relay, std::string& id);
    void onState(RelayConnection* c, const std::string& name);
    void failWaiting(const std::string& name);
    std::string reasonOf(const std::string& name);
    void onReady(const std::string& name);
    void onLost(const std::string& name);
    void finishPublish(const std::string& eventId, const std::string& relay, PublishOutcome outcome,
                       const std::string& reason);
    void postPublished(const std::string& eventId, const std::string& name, PublishOutcome outcome,
                       const std::string& reason);
    bool inUse(const std::string& name, const Relay& relay) const;
    void judgeClock();
    void onTick();

    // relay_pool_feeds.cpp: subscriptions
    static void resetFeed(Feed& feed);
    void stopFeed(const std::string& relay, Feed& feed);
    void startFeed(Sub& sub, const std::string& name, Feed& feed);
    //! The subscription and feed of a request. Null if they no longer exist.
    std::pair<Sub*, Feed*> placeOf(const RequestRef& ref);
    void onDelivered(const std::string& requestId, const nostr::Event& event);
    void postEvent(Sub& sub, const std::string& relay, nostr::Event event);
    void flush(Sub& sub, const std::string& relay, Feed& feed);
    //! Drops the newer half of the batch to make room. False if the whole batch is of the second where the
    //! walk began.
    static bool letNewerGo(Feed& feed);
    //! Fetches the dropped events again. False if none were dropped.
    static bool walkAgain(Feed& feed);
    void onEndOfStored(const std::string& requestId);
    void reportCursor(Sub& sub, const std::string& relay, Feed& feed);
    //! The relay gives no more for now. Reports the held events, so that the others need not wait.
    void endIncomplete(Sub& sub, const std::string& relay, Feed& feed);
    void onStalled(const std::string& requestId);
    void onClosed(const std::string& requestId, const std::string& reason);
    //! The request was refused or not answered. `soon` is true if the relay may answer the next time.
    void askAgainLater(Feed& feed, bool soon);
    void askAgain(Sub& sub, const std::string& relay, Feed& feed);
    bool computeCaughtUp(const Sub& sub);
    void checkCaughtUp(Sub& sub);

    // relay_pool_paging.cpp: reading stored events page by page or by comparing (NIP-77)
    //! True if another relay of the subscription is still being read page by page. Relays of a subscription
    //! store mostly the same events. So those that can compare wait for that relay, and then give only the
    //! events that it lacked.
    bool waitsForLeader(Sub& sub, const std::string& relay);
    //! True if the feed's filter is being compared, or waits for its turn.
    bool compare(Sub& sub, const std::string& relay, Feed& feed, std::size_t i);
    //! The range of the filter's next request: everything up to a time, or one second.
    static nostr::Filter windowOf(const Feed& feed, std::size_t i);
    void onReconciled(const std::string& requestId, const Bytes& message);
    //! Asks for the events that the comparison found missing. False when none are left.
    bool fetchNeeded(Sub& sub, const std::string& relay, Feed& feed);
    void wakeFollowers(Sub& sub);
    //! Chooses the next step of paging for the current filter.
    void finishPage(const std::string& relay, Feed& feed);
    std::uint64_t mostAtOnce(const std::string& relay);
    void reportSaturated(const std::string& relay);
    void nextPage(Sub& sub, const std::string& relay, Feed& feed);
    void giveUpComparing(Sub& sub, const std::string& relay, Feed& feed);

    // relay_pool_fetch.cpp: single queries
    void startFetch(int id, Fetch& f, const std::string& name);
    void endFetchAt(Fetch& f, const std::string& relay);
    void finishFetches();
    void onFetched(const RequestRef& ref, const nostr::Event& event);
    void onFetchAnswered(const RequestRef& ref);
    void onFetchRefused(const RequestRef& ref);
    static void deliver(Fetch& f);
};

} // namespace valise::net
