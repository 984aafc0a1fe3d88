// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_failure.h"

#include <QDateTime>
#include <QLocale>
#include <QNetworkInterface>
#include <QTimeZone>

#include <algorithm>

namespace valise::net {

std::optional<std::int64_t> httpDateMs(const QByteArray& date) {
    // IMF-fixdate, the only format that RFC 9110 lets a sender generate.
    QDateTime when = QLocale::c().toDateTime(QString::fromLatin1(date.left(64)).trimmed(),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!when.isValid())
        return std::nullopt;
    when.setTimeZone(QTimeZone::utc());
    return when.toMSecsSinceEpoch();
}

namespace {

constexpr std::int64_t kMaxRetryAfterMs = 3'600'000;
constexpr int kNetworkAuthenticationRequired = 511;

std::int64_t retryAfterMs(const QByteArray& text, std::int64_t nowSeconds) {
    bool number = false;
    qint64 seconds = text.trimmed().toLongLong(&number);
    if (!number) {
        const auto date = httpDateMs(text);
        seconds = date ? *date / 1000 - nowSeconds : 0;
    }
    return std::clamp<std::int64_t>(seconds, 0, kMaxRetryAfterMs / 1000) * 1000;
}

bool isPage(const HttpAnswer& answer) {
    return answer.contentType.toLower().startsWith("text/html");
}

bool pointsElsewhere(const HttpAnswer& answer) {
    return answer.status >= 300 && answer.status < 400 && !answer.location.isEmpty() &&
           answer.location.host().compare(answer.asked.host(), Qt::CaseInsensitive) != 0;
}

} // namespace

bool hasNetwork() {
    for (const QNetworkInterface& device : QNetworkInterface::allInterfaces()) {
        const auto flags = device.flags();
        if (flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning) &&
            !flags.testFlag(QNetworkInterface::IsLoopBack) && !device.addressEntries().isEmpty())
            return true;
    }
    return false;
}

Error socketFailure(QAbstractSocket::SocketError error, const QString& text, bool network) {
    const std::string detail = text.left(300).toStdString();
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return {ErrorCode::TlsFailed, detail};
    case QAbstractSocket::SocketTimeoutError:
        return {ErrorCode::Timeout, detail};
    case QAbstractSocket::HostNotFoundError:
        return {network ? ErrorCode::NameNotFound : ErrorCode::NoNetwork, detail};
    case QAbstractSocket::NetworkError:
        return {network ? ErrorCode::Offline : ErrorCode::NoNetwork, detail};
    case QAbstractSocket::ConnectionRefusedError:
        return {ErrorCode::ConnectionRefused, detail};
    case QAbstractSocket::RemoteHostClosedError:
        return {ErrorCode::ConnectionLost, detail};
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return {ErrorCode::ProxyNeedsPassword, detail};
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return {ErrorCode::ProxyFailed, detail};
    default:
        return {network ? ErrorCode::Offline : ErrorCode::NoNetwork, detail};
    }
}

Error certificateFailure(const QList<QSslError>& errors) {
    // An unknown issuer ranks above a wrong host or an expired date: without a trusted issuer no other field
    // of the certificate can be believed.
    const auto rank = [](QSslError::SslError error) {
        switch (error) {
        case QSslError::CertificateRevoked:
        case QSslError::CertificateBlacklisted:
            return 5;
        case QSslError::UnableToGetIssuerCertificate:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
        case QSslError::CertificateUntrusted:
        case QSslError::InvalidCaCertificate:
            return 4;
        case QSslError::HostNameMismatch:
            return 3;
        case QSslError::CertificateExpired:
        case QSslError::CertificateNotYetValid:
            return 2;
        default:
            return 1;
        }
    };
    if (errors.isEmpty())
        return {ErrorCode::TlsFailed, "certificate"};
    const QSslError& worst =
        *std::max_element(errors.begin(), errors.end(),
                          [&](const auto& a, const auto& b) { return rank(a.error()) < rank(b.error()); });
    const std::string detail = worst.errorString().left(300).toStdString();
    switch (rank(worst.error())) {
    case 4:
        return {ErrorCode::CertificateUnknownIssuer, detail};
    case 3:
        return {ErrorCode::CertificateWrongHost, detail};
    case 2:
        return {ErrorCode::CertificateExpired, detail};
    default:
        return {ErrorCode::TlsFailed, detail};
    }
}

bool isCaptivePortal(const HttpAnswer& answer) {
    return answer.status == kNetworkAuthenticationRequired || pointsElsewhere(answer) ||
           (answer.status == 200 && isPage(answer));
}

RelayFailure httpFailure(const HttpAnswer& answer, std::int64_t nowSeconds) {
    const std::string status = "HTTP " + std::to_string(answer.status);
    const bool proved = answer.asked.scheme() == QLatin1String("https");
    if (answer.status == kNetworkAuthenticationRequired || (!proved && isCaptivePortal(answer)))
        return {{ErrorCode::CaptivePortal, status + " from the network"}, 0};
    if (answer.status == 429 || answer.status >= 500)
        return {{ErrorCode::RelayBusy, status}, retryAfterMs(answer.retryAfter, nowSeconds)};
    if (answer.status >= 300 && answer.status < 400)
        return {{ErrorCode::NotARelay, status + " to " + answer.location.host().left(200).toStdString()}, 0};
    if (answer.status >= 200 && answer.status < 300)
        return {{ErrorCode::NotARelay, status}, 0};
    return {{ErrorCode::RelayRefused, status}, retryAfterMs(answer.retryAfter, nowSeconds)};
}

} // namespace valise::net
