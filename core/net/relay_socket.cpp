// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_socket.h"

#include <QNetworkRequest>
#include <QSslError>
#include <QWebSocket>

#include <optional>

namespace valise::net {

namespace {

const char* const kUserAgent = "Valise";

Error errorOf(QAbstractSocket::SocketError error, const QString& text) {
    const std::string detail = text.left(300).toStdString();
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return {ErrorCode::TlsFailed, detail};
    case QAbstractSocket::SocketTimeoutError:
        return {ErrorCode::Timeout, detail};
    case QAbstractSocket::HostNotFoundError:
        return {ErrorCode::Offline, "host not found: " + detail};
    case QAbstractSocket::ConnectionRefusedError:
        // QWebSocket gives the same code to a refused TCP connection and to an HTTP answer other than 101.
        if (text.contains(QLatin1String("http"), Qt::CaseInsensitive) ||
            text.contains(QLatin1String("handshake")))
            return {ErrorCode::RelayRefused, detail};
        return {ErrorCode::Offline, "connection refused: " + detail};
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return {ErrorCode::Offline, "proxy: " + detail};
    default:
        return {ErrorCode::Offline, detail};
    }
}

class WebSocket final : public RelaySocket {
    Q_OBJECT
public:
    explicit WebSocket(QObject* parent)
        : RelaySocket(parent)
        , m_socket(QString(), QWebSocketProtocol::VersionLatest, this) {
        connect(&m_socket, &QWebSocket::connected, this, &RelaySocket::opened);
        connect(&m_socket, &QWebSocket::disconnected, this, &WebSocket::onDisconnected);
        connect(&m_socket, &QWebSocket::textMessageReceived, this, &RelaySocket::textReceived);
        connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this] { emit binaryReceived(); });
        connect(&m_socket, &QWebSocket::pong, this, [this] { emit pongReceived(); });
        connect(&m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
            m_tlsError =
                Error{ErrorCode::TlsFailed, errors.isEmpty() ? std::string("certificate")
                                                             : errors.front().errorString().toStdString()};
        });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        connect(&m_socket, &QWebSocket::errorOccurred, this, &WebSocket::onError);
#else
        connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
                &WebSocket::onError);
#endif
    }

    void open(const std::string& url, const RelayOptions& options) override {
        m_socket.setProxy(options.proxy);
        m_socket.setMaxAllowedIncomingFrameSize(options.maxMessageBytes);
        m_socket.setMaxAllowedIncomingMessageSize(options.maxMessageBytes);
        QNetworkRequest request(QUrl(QString::fromStdString(url)));
        request.setRawHeader("User-Agent", kUserAgent);
        m_socket.open(request);
    }
    void sendText(const std::string& text) override {
        m_socket.sendTextMessage(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
    void ping() override {
        m_socket.ping();
    }
    void end(bool politely) override {
        m_ended = true;
        if (politely && m_socket.state() == QAbstractSocket::ConnectedState)
            m_socket.close();
        else // we may stand inside one of its own signals
            QMetaObject::invokeMethod(&m_socket, &QWebSocket::abort, Qt::QueuedConnection);
    }

private:
    void onError(QAbstractSocket::SocketError error) {
        if (!std::exchange(m_ended, true))
            emit failed(m_tlsError ? *m_tlsError : errorOf(error, m_socket.errorString()));
    }
    void onDisconnected() {
        if (std::exchange(m_ended, true))
            return;
        if (m_tlsError) {
            emit failed(*m_tlsError);
            return;
        }
        emit closed(endingOf(m_socket.closeCode()), m_socket.closeReason());
    }
    static Ending endingOf(QWebSocketProtocol::CloseCode code) {
        switch (code) {
        case QWebSocketProtocol::CloseCodeTooMuchData:
            return Ending::TooLarge;
        case QWebSocketProtocol::CloseCodeWrongDatatype:
            return Ending::NotText;
        case QWebSocketProtocol::CloseCodeProtocolError:
            return Ending::BrokenFrames;
        case QWebSocketProtocol::CloseCodePolicyViolated:
            return Ending::Policy;
        default:
            return Ending::Lost;
        }
    }

    QWebSocket m_socket;
    std::optional<Error> m_tlsError;
    bool m_ended = false;
};

} // namespace

RelaySocket* makeRelaySocket(QObject* parent) {
    return new WebSocket(parent);
}

} // namespace valise::net

#include "relay_socket.moc"
