// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/account_store.h"
#include "core/storage/change_store.h"
#include "core/storage/contact_store.h"
#include "core/storage/counter_store.h"
#include "core/storage/cursor_store.h"
#include "core/storage/debt_store.h"
#include "core/storage/deferred_store.h"
#include "core/storage/expiry_store.h"
#include "core/storage/group_state_store.h"
#include "core/storage/group_store.h"
#include "core/storage/held_store.h"
#include "core/storage/key_package_store.h"
#include "core/storage/mark_store.h"
#include "core/storage/message_store.h"
#include "core/storage/outbox_store.h"
#include "core/storage/receipt_store.h"
#include "core/storage/scheduled_store.h"
#include "core/storage/search_store.h"
#include "core/storage/seen_store.h"
#include "core/storage/settings_store.h"
#include "core/storage/unknown_store.h"

namespace valise::storage {

//! Every typed store over one connection. Stores hold no state of their own.
struct Stores {
    explicit Stores(Connection& connection)
        : settings(connection)
        , account(connection)
        , contacts(connection)
        , keyPackages(connection)
        , groups(connection)
        , groupStates(connection)
        , debts(connection)
        , messages(connection)
        , changes(connection)
        , receipts(connection)
        , marks(connection)
        , unknown(connection)
        , expiries(connection)
        , search(connection)
        , outbox(connection)
        , held(connection)
        , scheduled(connection)
        , deferred(connection)
        , seen(connection)
        , cursors(connection)
        , counters(connection) {}

    SettingsStore settings;
    AccountStore account;
    ContactStore contacts;
    KeyPackageStore keyPackages;
    GroupStore groups;
    GroupStateStore groupStates;
    DebtStore debts;
    MessageStore messages;
    ChangeStore changes;
    ReceiptStore receipts;
    MarkStore marks;
    UnknownStore unknown;
    ExpiryStore expiries;
    SearchStore search;
    OutboxStore outbox;
    HeldStore held;
    ScheduledStore scheduled;
    DeferredStore deferred;
    SeenStore seen;
    CursorStore cursors;
    CounterStore counters;
};

} // namespace valise::storage
