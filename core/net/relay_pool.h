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
    std::string id; //!< the caller's name for it, at most 40 characters; subscribing again under it replaces
                    //!< filters and relays
    //! What to receive. `since` is set per relay from its cursor; a filter with its own `limit` is not paged.
    std::vector<nostr::Filter> filters;
    std::vector<std::string> relays;
    //! Seconds subtracted from a cursor when a relay is asked again. It must cover how far back-dated an
    //! event may be when it reaches a relay: clock skew, the two days of gift wraps, the age of a sender's
    //! offline queue.
    std::int64_t overlapSeconds = 120;
    //! The stored cursor per relay (created_at seconds up to which everything was received); absent: from the
    //! beginning.
    std::map<std::string, std::int64_t> cursors;
};

//! A set of relays as one source and sink of events. Everything happens on the owner's thread; no call
//! blocks.
//!
//! Relay URLs are named in their normalised form (checkRelayUrl) in every signal but published(). Signals are
//! emitted when the pool's own state is settled, so that a slot may call any function of the pool.
//!
//! Every event handed on was parsed strictly and its id and signature verified (NIP-01). A relay that fails,
//! lies or is slow never holds up the others.
class RelayPool : public QObject {
    Q_OBJECT
public:
    explicit RelayPool(RelayOptions options = {}, QObject* parent = nullptr);
    ~RelayPool() override;

    //! Who answers NIP-42 challenges; without one, none is answered.
    void setAuthSigner(AuthSigner signer);
    //! The way to all relays from now on: connections that went another way are ended and opened anew.
    void setProxy(const ProxySettings& proxy);

    //! Relays that stay connected even without a subscription. Others close when nobody used them for a
    //! while.
    void setRelays(const std::vector<std::string>& urls);
    //! Opens the subscription on its relays, those not connected as soon as they are, and again after every
    //! reconnect. A relay whose URL is not acceptable appears once in relayStateChanged as Refused.
    void subscribe(Subscription subscription);
    //! Closes it everywhere; its cursors and known ids are forgotten.
    void unsubscribe(const std::string& id);

    //! Gives the final bytes of an event to each relay. Every relay answers exactly once with published(),
    //! never from inside this call and with the URL as spelled here; the same event given again to the same
    //! relay while it is under way is answered together. A relay that is connecting is waited for (at most
    //! RelayOptions::publishTimeoutMs). `eventId` is lowercase hexadecimal.
    void publish(const std::string& eventId, const std::string& eventJson,
                 const std::vector<std::string>& relays);

    //! One query. Calls `done` once, never from inside this call, with what came (newest first, without
    //! duplicates, at most 5000) when all relays answered, failed or the time is over. Errors: Offline if no
    //! relay could be reached, Timeout if one was reached but none answered, RelayRefused if those that
    //! answered refused. Not called after `context` is destroyed.
    using FetchDone = std::function<void(Result<std::vector<nostr::Event>>)>;
    void fetch(const std::vector<nostr::Filter>& filters, const std::vector<std::string>& relays,
               int timeoutMs, QObject* context, FetchDone done);

    //! The network came back or the computer woke up: every waiting relay is tried at once, silent ones are
    //! probed.
    void networkAvailable();
    //! Closes every connection. No signal and no callback follows, so the outcome of what is under way stays
    //! open and belongs to the next start. The pool cannot be used afterwards. Call it, like the destructor,
    //! from no slot of the pool.
    void shutdown();

    //! All relays in use, by URL.
    std::vector<RelayStatus> statuses() const;
    RelayStatus status(const std::string& url) const;
    //! By how much this computer's clock is ahead (behind: negative), milliseconds, if most of the connected
    //! relays that say the time agree that it is more than kClockToleranceMs; 0 otherwise.
    std::int64_t clockAheadMs() const;
    //! True for a moment after connecting: relays were asked for the time, and none has said it yet.
    bool isClockAwaited() const;
    //! Relays refuse events dated further ahead, and other clients look for new ones by date.
    static constexpr std::int64_t kClockToleranceMs = 600'000;
    //! True if the subscription's stored events arrived from every relay that can be reached, and from at
    //! least one.
    bool isCaughtUp(const std::string& subscriptionId) const;
    //! True if at least one connected relay has handed over what it stores for the subscription, as far as it
    //! will: what is known is not older than the connection.
    bool hasAnswered(const std::string& subscriptionId) const;

signals:
    //! A verified event that this subscription did not report before. Stored events come oldest first per
    //! relay once the relay has sent all of them; live events as they come.
    void eventReceived(const QString& subscriptionId, const valise::nostr::Event& event,
                       const QString& relayUrl);
    //! A relay has handed over everything it stored for the subscription. `complete` is false when it did not
    //! confirm the end (no EOSE, or CLOSED).
    void relayCaughtUp(const QString& subscriptionId, const QString& relayUrl, bool complete);
    //! Every relay of the subscription that can be reached has caught up, at least one completely.
    void caughtUp(const QString& subscriptionId);
    //! Everything up to `createdAt` (seconds) was reported: store it as Subscription::cursors for the next
    //! start.
    void cursorAdvanced(const QString& subscriptionId, const QString& relayUrl, qint64 createdAt);
    void published(const QString& eventId, const QString& relayUrl, valise::net::PublishOutcome outcome,
                   const QString& reason);
    //! Also carries the reason: see status().
    void relayStateChanged(const QString& relayUrl, valise::net::RelayState state);
    //! The relay is ready for events: the outbox may try again.
    void relayReady(const QString& relayUrl);
    //! The clock is no longer awaited, or was found right or wrong.
    void clockJudged();
    //! Something inbound was thrown away. `reason` is stable: "invalid_encoding", "invalid_event",
    //! "invalid_signature", "limit_exceeded", "unsupported", "oversized", "binary", "unsolicited", "future",
    //! "unexpected", "saturated"; `detail` is for the log.
    void rejected(const QString& relayUrl, const QString& reason, const QString& detail);
    //! The relay refused a subscription (CLOSED); it is tried again later unless the reason is permanent.
    void subscriptionClosed(const QString& subscriptionId, const QString& relayUrl, const QString& reason);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace valise::net
