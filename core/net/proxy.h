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
    System, //!< what the operating system says for the address
    None,   //!< straight to the server
    Http,   //!< a tunnel through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6)
    Socks5, //!< RFC 1928, with user name and password (RFC 1929) if given
};

//! How relays are reached. With Http and Socks5 the proxy looks up the relay's name, so that no question
//! about it leaves this computer, and nothing goes round the proxy when it is down. Only relays on this very
//! computer are reached directly whatever is set: what never leaves it needs no proxy.
struct ProxySettings {
    ProxyKind kind = ProxyKind::System;
    std::string host;       //!< of the proxy; Http and Socks5 only
    std::uint16_t port = 0; //!< 1 to 65535; Http and Socks5 only
    std::string user;       //!< empty: no name is given
    std::string password;

    friend bool operator==(const ProxySettings&, const ProxySettings&) = default;
};

//! The settings without what their kind does not use. Error: InvalidArgument for a proxy without host or
//! port, for a user name or password above 255 octets (RFC 1929), and for control characters in any of them.
Result<ProxySettings> checkProxy(ProxySettings settings);

//! The stable lowercase name of a kind, such as "socks5".
const char* proxyKindName(ProxyKind kind);

//! Tells `found` the way to `url`: at once, or later where the operating system must be asked, which may take
//! it seconds and is done aside. Not told after `context` is gone.
void findProxy(const ProxySettings& settings, const QUrl& url, QObject* context,
               std::function<void(const QNetworkProxy&)> found);

} // namespace valise::net
