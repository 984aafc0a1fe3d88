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

//! One GET over HTTP, without cookies, cache or redirects followed.
struct HttpQuestion {
    QUrl url; //!< http or https
    QNetworkProxy proxy;
    QList<std::pair<QByteArray, QByteArray>> headers;
    qint64 maxBody = 0; //!< 0: the header is enough; a longer body counts as no answer
    int timeoutMs = 10'000;
};

//! The header (and body) of the answer, or status 0 and how the transport failed.
struct HttpReply {
    HttpAnswer answer;
    QByteArray body;
    std::optional<Error> failure;
};

//! Asks, and tells `done` once, never from inside this call and not after `context` is gone.
void askHttp(const HttpQuestion& question, QObject* context, std::function<void(const HttpReply&)> done);

} // namespace valise::net
