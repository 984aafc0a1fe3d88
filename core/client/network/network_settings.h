// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "core/net/proxy.h"
#include "core/net/relay_types.h"
#include "core/storage/stores.h"

namespace valise::client {

//! The stored proxy of the profile, or the system's if none is stored. Error: StorageDamaged for a stored
//! value that cannot be read, because a guess could use a way that the person did not choose.
Result<net::ProxySettings> readProxy(storage::SettingsStore& settings);
//! Writes checked settings; to be called inside a transaction.
Result<void> writeProxy(storage::SettingsStore& settings, const net::ProxySettings& proxy);

//! Error: InvalidArgument. `password` is for kinds and users that have one.
Result<net::ProxySettings> toProxySettings(const ProxyRecord& record, const QString& password);
ProxyRecord toProxyRecord(const net::ProxySettings& proxy);

//! A relay's state as the person sees it.
RelayRecord toRelayRecord(const net::RelayStatus& status);
//! The reason why no server is connected: the network's own, or the one that all failed servers share.
//! Nothing if their reasons differ, or if a server is connected.
std::optional<ErrorCode> commonFailure(const QVector<RelayRecord>& relays);

} // namespace valise::client
