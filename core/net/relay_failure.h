// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QAbstractSocket>
#include <QList>
#include <QSslError>
#include <QUrl>

#include <cstdint>
#include <optional>

namespace valise::net {

//! The reason why a relay could not be reached, and when to try again.
struct RelayFailure {
    Error error;
    std::int64_t retryAfterMs =
        0; //!< the relay's Retry-After (RFC 9110 section 10.2.3), at most one hour; 0: none
};

//! An HTTP answer to a request that expected a WebSocket.
struct HttpAnswer {
    int status = 0; //!< 0: no answer
    QUrl asked;
    QUrl location; //!< absolute; empty if there was no redirect
    QByteArray contentType;
    QByteArray retryAfter; //!< unparsed: seconds or a date
    QByteArray date;       //!< unparsed
};

//! The time of a Date header (RFC 9110 section 5.6.7, IMF-fixdate) in milliseconds since 1970. Absent for any
//! other text.
std::optional<std::int64_t> httpDateMs(const QByteArray& date);

//! True if a network interface other than loopback is up and has an address.
bool hasNetwork();

//! Names a failure of the transport. `network` is false if this computer has no network connection.
Error socketFailure(QAbstractSocket::SocketError error, const QString& text, bool network);

//! Names the most serious of the certificate's errors.
Error certificateFailure(const QList<QSslError>& errors);

//! Names an HTTP answer other than 101. An answer over TLS with an accepted certificate comes from the relay
//! itself. Only an answer over plain HTTP can come from a sign-in page of the network (CaptivePortal).
//! `nowSeconds` is needed for a Retry-After that is a date.
RelayFailure httpFailure(const HttpAnswer& answer, std::int64_t nowSeconds);

//! True if the answer to a plain request for `asked` comes from a network that blocks access until a sign-in:
//! status 511 (RFC 6585), an HTML page, or a redirect to another host.
bool isCaptivePortal(const HttpAnswer& answer);

} // namespace valise::net
