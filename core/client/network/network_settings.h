// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "core/net/proxy.h"
#include "core/net/relay_types.h"
#include "core/storage/stores.h"

namespace valise::client {

//! How the profile's servers are reached, as kept in it; the system's way if nothing is kept. Error:
//! StorageDamaged for what cannot be understood: a way out that is not the one chosen must not be guessed.
Result<net::ProxySettings> readProxy(storage::SettingsStore& settings);
//! Writes checked settings; to be called inside a transaction.
Result<void> writeProxy(storage::SettingsStore& settings, const net::ProxySettings& proxy);

//! Error: InvalidArgument. `password` is for kinds and users that have one.
Result<net::ProxySettings> toProxySettings(const ProxyRecord& record, const QString& password);
ProxyRecord toProxyRecord(const net::ProxySettings& proxy);

//! What the person is told about a relay.
RelayRecord toRelayRecord(const net::RelayStatus& status);
//! Why nothing is connected, if all servers that failed have one reason or the network itself has: nothing if
//! servers differ, or one is connected.
std::optional<ErrorCode> commonFailure(const QVector<RelayRecord>& relays);

} // namespace valise::client
