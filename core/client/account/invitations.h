// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/groups/joining.h"
#include "core/client/spine/outbox_pump.h"

#include <QTimer>

namespace valise::client {

//! How this account is found and invited: its published profile, relay lists and KeyPackages, and the inbox
//! in which Welcomes arrive as gift wraps.
class Invitations : public QObject {
    Q_OBJECT

public:
    Invitations(Profile& profile, net::RelayPool& pool, OutboxPump& outbox, Joining& joining,
                QObject* parent);

    //! The subscription's name in the pool.
    static constexpr const char* kInbox = "inbox";

    //! Puts profile, relay lists and a KeyPackage into the outbox (inside the caller's transaction): for a
    //! new account and after its relays changed.
    Result<void> publishAccount();
    Result<void> publishProfile();
    //! Replaces the KeyPackage when it was used or grows old, and subscribes to the inbox.
    Result<void> start();
    //! Handles an event of kind 1059. Errors are counted, not returned: a bad wrap must not stop the next.
    void onGiftWrap(const nostr::Event& event);
    //! The relay has accepted what the outbox carried.
    void onOutboxAccepted(const storage::OutboxRow& row);

    //! Tries those again that could not be followed yet.
    void retryWaiting();

private:
    Result<void> openWrap(const nostr::Event& event, std::int64_t firstSeenMs);
    Result<void> makeKeyPackage(const std::string& slot, std::int64_t now);
    Result<void> queue(const nostr::Event& event, storage::OutboxPurpose purpose);
    Result<void> rotate();

    Profile& m_profile;
    net::RelayPool& m_pool;
    OutboxPump& m_outbox;
    Joining& m_joining;
    QTimer m_retry;
};

} // namespace valise::client
