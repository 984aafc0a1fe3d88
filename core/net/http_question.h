// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/relay_failure.h"

#include <QByteArray>
#include <QList>
#include <QNetworkProxy>
#include <QObject>

#include <functional>
#include <utility>

namespace valise::net {

//! One HTTP GET request. It uses no cookies and no cache, and follows no redirects.
struct HttpQuestion {
    QUrl url; //!< http or https
    QNetworkProxy proxy;
    QList<std::pair<QByteArray, QByteArray>> headers;
    qint64 maxBody = 0; //!< in octets; a longer body counts as no answer; 0: only the header is wanted
    int timeoutMs = 10'000;
};

//! The header and body of the answer. Without an answer: status 0 and the transport's failure.
struct HttpReply {
    HttpAnswer answer;
    QByteArray body;
    std::optional<Error> failure;
};

//! Sends the request. `done` is called once, but not inside this call and not after `context` is destroyed.
void askHttp(const HttpQuestion& question, QObject* context, std::function<void(const HttpReply&)> done);

} // namespace valise::net
