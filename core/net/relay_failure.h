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

//! Why a relay could not be reached.
struct RelayFailure {
    Error error;
    std::int64_t retryAfterMs =
        0; //!< the relay's wish (Retry-After, RFC 9110 section 10.2.3), at most one hour; 0: none
};

//! What answered over HTTP where a WebSocket was wanted.
struct HttpAnswer {
    int status = 0; //!< 0: nothing answered
    QUrl asked;
    QUrl location; //!< absolute; empty if it does not point elsewhere
    QByteArray contentType;
    QByteArray retryAfter; //!< as it came: seconds or a date
    QByteArray date;       //!< as it came
};

//! Milliseconds since 1970 of a Date header (RFC 9110 section 5.6.7, IMF-fixdate); nothing for anything else.
std::optional<std::int64_t> httpDateMs(const QByteArray& date);

//! True if a network interface other than loopback is up and has an address.
bool hasNetwork();

//! Names a failure of the transport. `network` says whether this computer is on a network at all.
Error socketFailure(QAbstractSocket::SocketError error, const QString& text, bool network);

//! Names what is wrong with a certificate; of several things the one that matters most.
Error certificateFailure(const QList<QSslError>& errors);

//! Names an HTTP answer other than 101. What came over a connection whose certificate was accepted is the
//! word of the relay itself; a sign-in page of the network can only stand where nobody proved who answers
//! (CaptivePortal). `nowSeconds` resolves a Retry-After that is a date.
RelayFailure httpFailure(const HttpAnswer& answer, std::int64_t nowSeconds);

//! True if the answer to a plain request for `asked` shows that the network keeps the way to itself: status
//! 511 (RFC 6585), a page or a redirect to another host.
bool isCaptivePortal(const HttpAnswer& answer);

} // namespace valise::net
