// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/http_question.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <memory>

namespace valise::net {

namespace {

Error replyFailure(QNetworkReply::NetworkError error, const QString& text) {
    const std::string detail = text.left(300).toStdString();
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorCode::ConnectionRefused, detail};
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::NameNotFound, detail};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // the allowed time is over
        return {ErrorCode::Timeout, detail};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorCode::TlsFailed, detail};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {ErrorCode::ProxyNeedsPassword, detail};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return {ErrorCode::ProxyFailed, detail};
    default:
        return {ErrorCode::ConnectionLost, detail};
    }
}

} // namespace

void askHttp(const HttpQuestion& question, QObject* context, std::function<void(const HttpReply&)> done) {
    // Each question has its own manager, because the proxy belongs to the question. No connection is kept
    // open afterwards.
    auto* http = new QNetworkAccessManager(context);
    http->setProxy(question.proxy);
    QNetworkRequest request(question.url);
    for (const auto& [name, value] : question.headers)
        request.setRawHeader(name, value);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(question.timeoutMs);
    QNetworkReply* reply = http->get(request);
    reply->setReadBufferSize(question.maxBody + 1);

    const auto finish = [http, reply, question, told = std::make_shared<bool>(false),
                         done = std::move(done)] {
        if (std::exchange(*told, true))
            return;
        HttpReply out;
        out.answer.asked = question.url;
        out.answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (out.answer.status == 0) {
            out.failure = replyFailure(reply->error(), reply->errorString());
        } else {
            const QByteArray location = reply->rawHeader("Location");
            if (!location.isEmpty())
                out.answer.location = question.url.resolved(QUrl::fromEncoded(location));
            out.answer.contentType = reply->rawHeader("Content-Type");
            out.answer.retryAfter = reply->rawHeader("Retry-After");
            out.answer.date = reply->rawHeader("Date");
            out.body = reply->read(question.maxBody + 1);
            if (question.maxBody > 0 && out.body.size() > question.maxBody)
                out.body.clear();
        }
        http->deleteLater(); // this deletes the reply as well
        done(out);
    };
    QObject::connect(reply, &QNetworkReply::finished, http, finish);
    if (question.maxBody == 0)
        QObject::connect(reply, &QNetworkReply::metaDataChanged, http, finish);
    else
        QObject::connect(reply, &QNetworkReply::downloadProgress, http,
                         [reply, question](qint64 received, qint64) {
                             if (received > question.maxBody)
                                 reply->abort();
                         });
}

} // namespace valise::net
