// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QNetworkProxy>
#include <QObject>
#include <QUrl>

#include <cstdint>
#include <functional>
#include <string>

namespace valise::net {

enum class ProxyKind {
    System, //!< the proxy that the operating system has set for the address
    None,   //!< no proxy
    Http,   //!< a tunnel through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6)
    Socks5, //!< RFC 1928, with user name and password (RFC 1929) if given
};

//! The proxy through which relays are reached. With Http and Socks5 the proxy looks up the relay's name, so
//! this computer asks no name server about it. If the proxy is down, there is no direct connection instead.
//! Relays on this computer are always reached directly.
struct ProxySettings {
    ProxyKind kind = ProxyKind::System;
    std::string host;       //!< of the proxy; used only with Http and Socks5
    std::uint16_t port = 0; //!< 1 to 65535; used only with Http and Socks5
    std::string user;       //!< empty: no user name is sent
    std::string password;

    friend bool operator==(const ProxySettings&, const ProxySettings&) = default;
};

//! Removes the fields that the kind does not use. Error: InvalidArgument for a proxy without host or port,
//! for a user name or password above 255 octets (RFC 1929), and for control characters in any of them.
Result<ProxySettings> checkProxy(ProxySettings settings);

//! The stable lowercase name of a kind, such as "socks5".
const char* proxyKindName(ProxyKind kind);

//! Calls `found` with the proxy for `url`. The call comes at once, or later if the operating system must be
//! asked: that may take seconds and happens in another thread. There is no call after `context` is destroyed.
void findProxy(const ProxySettings& settings, const QUrl& url, QObject* context,
               std::function<void(const QNetworkProxy&)> found);

} // namespace valise::net
