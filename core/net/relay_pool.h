// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/relay_types.h"
#include "core/nostr/event.h"
#include "core/nostr/filter.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace valise::net {

//! A long-lived subscription.
struct Subscription {
    std::string id; //!< the caller's name for it, at most 40 characters; a second subscription with the same
                    //!< name replaces the first
    //! The events wanted. `since` is set per relay from its cursor. A filter with its own `limit` is not
    //! paged.
    std::vector<nostr::Filter> filters;
    std::vector<std::string> relays;
    //! Seconds subtracted from a cursor when a relay is asked again. An event may be dated back by this much
    //! when it reaches a relay: clock skew, the two days of gift wraps, the age of a sender's offline queue.
    std::int64_t overlapSeconds = 120;
    //! The stored cursor per relay: created_at in seconds up to which everything was received. A relay
    //! without a cursor is read from the beginning.
    std::map<std::string, std::int64_t> cursors;
};

//! A set of relays, used as one source and one destination of events. Everything runs on the owner's thread.
//! No call blocks.
//!
//! All signals except published() name a relay by its normalised URL (checkRelayUrl). Signals are emitted
//! when the pool's own state is consistent, so that a slot may call any function of the pool.
//!
//! Every reported event was parsed strictly, and its id and signature were verified (NIP-01). A relay that
//! fails, lies or is slow never delays the others.
class RelayPool : public QObject {
    Q_OBJECT
public:
    explicit RelayPool(RelayOptions options = {}, QObject* parent = nullptr);
    ~RelayPool() override;

    //! Sets the signer that answers NIP-42 challenges. Without a signer, challenges are not answered.
    void setAuthSigner(AuthSigner signer);
    //! Sets the proxy for all relays. Connections that use another proxy are closed and opened again.
    void setProxy(const ProxySettings& proxy);

    //! Relays that stay connected even without a subscription. Others are closed when they were not used for
    //! a while.
    void setRelays(const std::vector<std::string>& urls);
    //! Opens the subscription on its relays as soon as they are connected, and again after every reconnect. A
    //! relay with an unacceptable URL appears once in relayStateChanged as Refused.
    void subscribe(Subscription subscription);
    //! Closes the subscription everywhere. Its cursors and known ids are dropped.
    void unsubscribe(const std::string& id);

    //! Gives the final bytes of an event to each relay. published() answers exactly once for each relay, but
    //! not inside this call. It names the relay by the URL given here. If the same event is already under way
    //! to the same relay, one answer of the relay serves both calls. If the relay is still connecting, the
    //! event waits for it (at most RelayOptions::publishTimeoutMs). `eventId` is lowercase hexadecimal.
    void publish(const std::string& eventId, const std::string& eventJson,
                 const std::vector<std::string>& relays);

    //! Asks a query once. `done` is called once, but not inside this call: when all relays answered or
    //! failed, or after the timeout. It gets the events (newest first, without duplicates, at most 5000).
    //! Errors: Offline if no relay could be reached, Timeout if one was reached but none answered,
    //! RelayRefused if those that answered refused. It is not called after `context` is destroyed.
    using FetchDone = std::function<void(Result<std::vector<nostr::Event>>)>;
    void fetch(const std::vector<nostr::Filter>& filters, const std::vector<std::string>& relays,
               int timeoutMs, QObject* context, FetchDone done);

    //! Call it when the network came back or the computer woke up. Waiting relays are tried at once, and
    //! silent connections are tested.
    void networkAvailable();
    //! Closes every connection. No signal and no callback follows. The outcome of events under way stays
    //! unknown until the next start of the program. The pool cannot be used afterwards. Neither this nor the
    //! destructor may be called from a slot of the pool.
    void shutdown();

    //! All relays in use, by URL.
    std::vector<RelayStatus> statuses() const;
    RelayStatus status(const std::string& url) const;
    //! Milliseconds by which this computer's clock is ahead (negative: behind). It is 0 unless most of the
    //! connected relays that told their time agree that the error exceeds kClockToleranceMs.
    std::int64_t clockAheadMs() const;
    //! True for a short time after connecting, while relays were asked for the time and none has answered.
    bool isClockAwaited() const;
    //! The largest clock error that is tolerated. Relays refuse events dated further ahead, and other clients
    //! search new events by date.
    static constexpr std::int64_t kClockToleranceMs = 600'000;
    //! True if the subscription's stored events arrived from every relay that can be reached, and from at
    //! least one.
    bool isCaughtUp(const std::string& subscriptionId) const;
    //! True if at least one connected relay has ended its stored events for the subscription, completely or
    //! in part. The subscription's data is then not older than that connection.
    bool hasAnswered(const std::string& subscriptionId) const;

signals:
    //! A verified event, once per subscription. Stored events come oldest first per relay, after the relay
    //! has sent all of them. Live events come at once.
    void eventReceived(const QString& subscriptionId, const valise::nostr::Event& event,
                       const QString& relayUrl);
    //! A relay has sent everything that it stored for the subscription. `complete` is false if it did not
    //! confirm the end (no EOSE, or CLOSED).
    void relayCaughtUp(const QString& subscriptionId, const QString& relayUrl, bool complete);
    //! Every relay of the subscription that can be reached has caught up, and at least one completely.
    void caughtUp(const QString& subscriptionId);
    //! Everything up to `createdAt` (seconds) was reported. Store it as Subscription::cursors for the next
    //! start.
    void cursorAdvanced(const QString& subscriptionId, const QString& relayUrl, qint64 createdAt);
    void published(const QString& eventId, const QString& relayUrl, valise::net::PublishOutcome outcome,
                   const QString& reason);
    //! status() has the new state's reason.
    void relayStateChanged(const QString& relayUrl, valise::net::RelayState state);
    //! The relay accepts events now, so the outbox may try again.
    void relayReady(const QString& relayUrl);
    //! The relays' time is no longer awaited, or the clock was found right or wrong.
    void clockJudged();
    //! A frame or event from a relay was rejected. `reason` is one of these fixed words: "invalid_encoding",
    //! "invalid_event", "invalid_signature", "limit_exceeded", "unsupported", "oversized", "binary",
    //! "unsolicited", "future", "unexpected", "saturated". `detail` is for the log.
    void rejected(const QString& relayUrl, const QString& reason, const QString& detail);
    //! The relay refused a subscription (CLOSED). It is tried again later, but rarely if the reason is
    //! permanent.
    void subscriptionClosed(const QString& subscriptionId, const QString& relayUrl, const QString& reason);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace valise::net
