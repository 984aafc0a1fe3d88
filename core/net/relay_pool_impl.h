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

//! What the pool is made of; private to relay_pool*.cpp.
struct RelayPool::Impl {
    //! A subscription at one relay.
    struct Feed {
        std::string liveRequest;
        std::string pageRequest;
        std::size_t pageFilter = 0;
        std::vector<nostr::Filter> filters; //!< as asked, with since
        std::vector<PageWalk> paging;
        int pages = 0;
        std::string compareRequest;
        std::optional<Reconciliation> comparison;
        std::set<nostr::EventId> needed; //!< of the comparison, asked for and not yet here
        std::size_t neededAsked = 0;
        bool comparesSecond = false; //!< the comparison is of one second, and the paging goes on after it
        bool mayCompare = true;      //!< until it went wrong once
        bool follows = false;        //!< waits for another relay to hand over what both will have
        bool liveEose = false;
        bool complete = false;
        bool partial = false; //!< answered as far as it will for now
        std::vector<nostr::Event> batch;
        std::size_t batchBytes = 0;
        //! Seconds; what is as new as this found no room and is fetched once the batch was passed on. 0: all.
        std::uint64_t laterFrom = 0;
        std::int64_t cursor = 0;  //!< reported or given
        std::int64_t maxSeen = 0; //!< newest created_at received from it
        qint64 progressAt = 0;    //!< when it was asked, or a page ended
        qint64 reopenAt = 0;      //!< when what was not answered is asked for again; 0: not at all
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

    //! A question that was asked with fetch().
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

    //! What a request on the wire is for.
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
    std::pair<bool, bool> clockJudged{}; // awaited and wrong, as told last
    std::map<std::string, Relay> relays;
    std::map<std::string, RelayStatus> refusedUrls;
    std::map<std::string, Sub> subs;
    std::map<std::string, RequestRef> requests;
    std::map<int, Fetch> fetches;
    std::vector<WaitingPublish> waiting;
    //! The spellings of the callers, per event and relay.
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> publishNames;
    VerifiedEvents verified;
    std::uint64_t nextRequest = 1;
    int nextFetch = 1;
    std::deque<std::function<void()>> outbox; //!< what post() was given; slots may call anything
    bool draining = false;
    bool drainScheduled = false;

    const Clock& clock() const;
    std::int64_t now() const { return clock().now(); }
    //! Monotonic milliseconds: all qint64 times of the pool.
    qint64 elapsed() const { return clock().monotonicMs(); }

    // relay_pool.cpp: relays, what is published, and time
    //! Emits a signal, or does anything else, when the pool's own state is settled.
    void post(std::function<void()> f);
    void drain();
    //! The relay's name here; connects to it if that is new.
    Result<std::string> ensureRelay(const std::string& url);
    RelayConnection* connectionOf(const std::string& name);
    //! It answers, or is likely to soon.
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

    // relay_pool_feeds.cpp: what is subscribed to
    static void resetFeed(Feed& feed);
    void stopFeed(const std::string& relay, Feed& feed);
    void startFeed(Sub& sub, const std::string& name, Feed& feed);
    //! What a request belongs to; nothing if that was given up.
    std::pair<Sub*, Feed*> placeOf(const RequestRef& ref);
    void onDelivered(const std::string& requestId, const nostr::Event& event);
    void postEvent(Sub& sub, const std::string& relay, nostr::Event event);
    void flush(Sub& sub, const std::string& relay, Feed& feed);
    //! Makes room in the batch; false if all of it is of the second with which the walk began.
    static bool letNewerGo(Feed& feed);
    //! Turns to what was let go; false if nothing was.
    static bool walkAgain(Feed& feed);
    void onEndOfStored(const std::string& requestId);
    void reportCursor(Sub& sub, const std::string& relay, Feed& feed);
    //! The relay does not give everything for now: pass on what came and do not let others wait.
    void endIncomplete(Sub& sub, const std::string& relay, Feed& feed);
    void onStalled(const std::string& requestId);
    void onClosed(const std::string& requestId, const std::string& reason);
    //! A request was refused or not answered; `soon` if the relay may well answer the next time.
    void askAgainLater(Feed& feed, bool soon);
    void askAgain(Sub& sub, const std::string& relay, Feed& feed);
    bool computeCaughtUp(const Sub& sub);
    void checkCaughtUp(Sub& sub);

    // relay_pool_paging.cpp: what a relay has stored, fetched page by page or by comparing (NIP-77)
    //! Relays of a subscription hold much the same. One hands it over page by page; those that can compare
    //! wait for it, and are then asked only for what it did not have.
    bool waitsForLeader(Sub& sub, const std::string& relay);
    //! True if the feed's filter is being compared, or waits until it can be.
    bool compare(Sub& sub, const std::string& relay, Feed& feed, std::size_t i);
    //! What the filter's next request is about: everything up to a time, or one second.
    static nostr::Filter windowOf(const Feed& feed, std::size_t i);
    void onReconciled(const std::string& requestId, const Bytes& message);
    //! Asks for what the comparison found missing; false when there is nothing left.
    bool fetchNeeded(Sub& sub, const std::string& relay, Feed& feed);
    void wakeFollowers(Sub& sub);
    //! Decides how the paging of the current filter goes on.
    void finishPage(const std::string& relay, Feed& feed);
    std::uint64_t mostAtOnce(const std::string& relay);
    void reportSaturated(const std::string& relay);
    void nextPage(Sub& sub, const std::string& relay, Feed& feed);
    void giveUpComparing(Sub& sub, const std::string& relay, Feed& feed);

    // relay_pool_fetch.cpp: single questions
    void startFetch(int id, Fetch& f, const std::string& name);
    void endFetchAt(Fetch& f, const std::string& relay);
    void finishFetches();
    void onFetched(const RequestRef& ref, const nostr::Event& event);
    void onFetchAnswered(const RequestRef& ref);
    void onFetchRefused(const RequestRef& ref);
    static void deliver(Fetch& f);
};

} // namespace valise::net
