// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/relay_limits.h"
#include "core/net/relay_socket.h"
#include "core/net/relay_types.h"
#include "core/nostr/event.h"
#include "core/nostr/filter.h"
#include "core/nostr/message.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace valise::net {

//! One WebSocket to one relay. It connects, authenticates, keeps the connection alive, reconnects with
//! backoff, and turns frames into verified events. Requests end with the connection. After ready() their
//! owners must open them again.
class RelayConnection : public QObject {
    Q_OBJECT
public:
    //! `url` has passed checkRelayUrl.
    RelayConnection(std::string url, const RelayOptions& options, QObject* parent = nullptr);
    ~RelayConnection() override;

    void setAuthSigner(AuthSigner signer) { m_signer = std::move(signer); }
    //! Ends a connection that uses another proxy, and connects again.
    void setProxy(const ProxySettings& proxy);
    //! Returns whether an event with this id and signature was verified before. A copy is then not verified
    //! again.
    using KnownEvent = std::function<bool(const nostr::EventId&, const crypto::SchnorrSignature&)>;
    void setKnownEvent(KnownEvent known) { m_known = std::move(known); }

    //! Connects, and keeps connecting until stop().
    void start();
    //! Disconnects. Publishes under way end as Unknown, and all requests are dropped.
    void stop();
    //! Tries at once if waiting. If connected, it expects an answer from the relay within a few seconds.
    void networkAvailable();

    const RelayStatus& status() const { return m_status; }
    const std::string& url() const { return m_status.url; }
    //! True if connected, so that requests and events are sent or queued.
    bool isReady() const;
    //! The `limit` for one page at this relay.
    std::uint64_t pageLimit() const { return m_limits.pageSize; }
    //! The `limit` for one second at this relay.
    std::uint64_t mostAtOnce() const { return m_limits.mostAtOnce; }

    //! Live requests stay open. They leave room for the others, which end soon.
    enum class RequestKind { Live, Once };
    //! Sends a REQ, or queues it while the relay's number of requests is used up. Ignored when not ready.
    void open(const std::string& requestId, std::vector<nostr::Filter> filters, RequestKind kind);
    //! True if the relay says that it compares sets of events (NIP-77).
    bool canReconcile() const { return m_limits.reconciles; }
    //! Sends a NEG-OPEN as open() sends a REQ. Each reconciled() must be answered with reconcileNext() or
    //! close().
    void reconcile(const std::string& requestId, nostr::Filter filter, Bytes firstMessage);
    void reconcileNext(const std::string& requestId, Bytes message);
    //! Sends CLOSE if it is open.
    void close(const std::string& requestId);
    //! Sends the event, or queues it while too many events wait for their OK. If not ready, it ends as
    //! NotConnected at once.
    void publish(const std::string& eventId, const std::string& eventJson);
    bool hasWork() const { return !m_publishes.empty(); }

signals:
    //! The relay's time was received, or the question for it failed.
    void clockTold();
    void stateChanged();
    //! The connection is established, so requests may be opened.
    void ready();
    //! The connection ended and all its requests were dropped.
    void lost();
    //! A verified event that matches the request's filters.
    void delivered(const std::string& requestId, const valise::nostr::Event& event);
    void endOfStored(const std::string& requestId);
    //! The relay's next message of a reconciliation.
    void reconciled(const std::string& requestId, const valise::Bytes& message);
    //! The relay sent neither EOSE nor anything else for the request for a long time.
    void stalled(const std::string& requestId);
    //! The relay ended the request; the caller need not close it.
    void closed(const std::string& requestId, const std::string& reason);
    void publishDone(const std::string& eventId, valise::net::PublishOutcome outcome,
                     const std::string& reason);
    void rejected(const std::string& reason, const std::string& detail);

private:
    struct Request {
        std::vector<nostr::Filter> filters;
        RequestKind kind = RequestKind::Once;
        std::optional<Bytes> negentropy; //!< the first message of a reconciliation
        bool sent = false;
        bool awaitsAuth = false;
        bool stored = true; //!< no EOSE yet
        bool stalled = false;
        qint64 activeAt = 0;
    };
    struct Publish {
        std::string json;
        bool sent = false;
        bool awaitsAuth = false;
        bool retriedAfterAuth = false;
        qint64 sentAt = 0;
        qint64 queuedAt = 0;
    };

    void connectNow();
    void onConnected();
    void onText(const QString& text);
    void onClosed(RelaySocket::Ending ending, const QString& said);
    void onTick();
    void handle(const nostr::relay_message::Delivery& m);
    void handle(const nostr::relay_message::Ok& m);
    void handle(const nostr::relay_message::EndOfStored& m);
    void handle(const nostr::relay_message::Closed& m);
    void handle(const nostr::relay_message::Notice& m);
    void handle(const nostr::relay_message::Challenge& m);
    void handle(const nostr::relay_message::CountAnswer& m);
    void handle(const nostr::relay_message::Reconcile& m);
    void handle(const nostr::relay_message::ReconcileError& m);
    void enqueue(const std::string& requestId, Request request);
    static std::string textOf(const std::string& requestId, const Request& request);
    void endAuth(bool accepted, const std::string& reason);
    bool authMayCome() const;
    //! Starts a pause after the relay's "rate-limited:".
    void slowDown();
    void pump();
    void send(const std::string& text);
    void reject(const std::string& reason, const std::string& detail);
    //! Ends the connection because of `error` and schedules the next attempt, no sooner than `leastMs` from
    //! now.
    void fail(Error error, bool penalty = false, qint64 leastMs = 0);
    void detachSocket(bool politely);
    void endWork(PublishOutcome forSent, const std::string& reason);
    void setState(RelayState state);
    void fetchInformation();
    void applyInformation(const QByteArray& document);
    const Clock& clock() const;
    //! Monotonic milliseconds: all qint64 times of this class.
    qint64 elapsed() const;

    RelayOptions m_options;
    RelayStatus m_status;
    AuthSigner m_signer;
    KnownEvent m_known;
    bool m_haveInformation = false;
    QPointer<RelaySocket> m_socket;
    QTimer m_retryTimer;
    QTimer m_connectTimer;
    QTimer m_tick;
    int m_failures = 0;
    qint64 m_connectedAt = 0;
    qint64 m_heardAt = 0;
    qint64 m_pingedAt = 0;
    qint64 m_probeUntil = 0;
    qint64 m_pausedUntil = 0;
    qint64 m_notBefore = 0; //!< time until which the relay asked us not to connect
    int m_slowdowns = 0;    //!< in a row
    qint64 m_authSentAt = 0;
    qint64 m_challengeUntil = 0; //!< time until which nothing is sent because a challenge may come first
    std::string m_authEventId;
    bool m_challenged = false;
    bool m_authFailed = false;
    std::deque<qint64> m_rejections;
    std::map<std::string, Request> m_requests;
    std::deque<std::string> m_requestQueue;
    std::deque<std::string> m_closedIds; //!< ids closed lately; late messages for them are not an offence
    std::map<std::string, Publish> m_publishes;
    std::deque<std::string> m_publishQueue;
    RelayLimits m_limits;
};

} // namespace valise::net
