// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_socket.h"
#include "core/net/http_question.h"

#include <QNetworkRequest>
#include <QSslError>
#include <QWebSocket>

#include <optional>

namespace valise::net {

namespace {

const char* const kUserAgent = "Valise";

constexpr int kProbeMs = 8'000;
const SystemClock kSystemClock;

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
        connect(&m_socket, &QWebSocket::sslErrors, this,
                [this](const QList<QSslError>& errors) { m_tlsError = certificateFailure(errors); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        connect(&m_socket, &QWebSocket::errorOccurred, this, &WebSocket::onError);
#else
        connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
                &WebSocket::onError);
#endif
    }

    void open(const std::string& url, const RelayOptions& options) override {
        m_url = QUrl(QString::fromStdString(url));
        m_clock = options.clock ? options.clock : &kSystemClock;
        m_captivePortalPort = options.captivePortalPort;
        m_socket.setMaxAllowedIncomingFrameSize(options.maxMessageBytes);
        m_socket.setMaxAllowedIncomingMessageSize(options.maxMessageBytes);
        findProxy(options.proxy, m_url, this, [this](const QNetworkProxy& proxy) {
            if (m_ended)
                return;
            m_proxy = proxy;
            m_socket.setProxy(proxy);
            QNetworkRequest request(m_url);
            request.setRawHeader("User-Agent", kUserAgent);
            m_socket.open(request);
        });
    }
    qint64 retryAfterMs() const override {
        return m_retryAfterMs;
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
        else // this may run inside a signal of the socket
            QMetaObject::invokeMethod(&m_socket, &QWebSocket::abort, Qt::QueuedConnection);
    }

private:
    void onError(QAbstractSocket::SocketError error) {
        if (std::exchange(m_ended, true))
            return;
        if (m_tlsError)
            onCertificate();
        else if (error == QAbstractSocket::ConnectionRefusedError)
            lookWhoAnswers();
        else
            emit failed(socketFailure(error, m_socket.errorString(), hasNetwork()));
    }
    void onDisconnected() {
        // Qt reports some errors, for example those of proxies, only after disconnected().
        QMetaObject::invokeMethod(this, &WebSocket::onLeft, Qt::QueuedConnection);
    }
    void onLeft() {
        if (std::exchange(m_ended, true))
            return;
        if (m_tlsError)
            onCertificate();
        else
            emit closed(endingOf(m_socket.closeCode()), m_socket.closeReason());
    }
    //! QWebSocket reports a refused connection and any HTTP answer other than 101 by the same code, without
    //! the answer's header. So the handshake is repeated over plain HTTP to learn the answer.
    void lookWhoAnswers() {
        HttpQuestion question;
        question.url = m_url;
        question.url.setScheme(m_url.scheme() == QLatin1String("wss") ? QStringLiteral("https")
                                                                      : QStringLiteral("http"));
        question.proxy = m_proxy;
        question.timeoutMs = kProbeMs;
        question.headers = {{"User-Agent", kUserAgent},
                            {"Connection", "Upgrade"},
                            {"Upgrade", "websocket"},
                            {"Sec-WebSocket-Version", "13"},
                            {"Sec-WebSocket-Key", "dmFsaXNlIGxvb2tzIQ=="}};
        askHttp(question, this, [this](const HttpReply& reply) {
            if (reply.failure) {
                emit failed(*reply.failure);
                return;
            }
            const RelayFailure failure = httpFailure(reply.answer, m_clock->now());
            m_retryAfterMs = failure.retryAfterMs;
            emit failed(failure.error);
        });
    }
    //! A wrong certificate often comes from the sign-in page of a network. To find out, the relay's own host
    //! is asked over HTTP without encryption. No other host is asked: the network has already seen this name
    //! in the lookup.
    void onCertificate() {
        const bool foreign = m_tlsError->code == ErrorCode::CertificateWrongHost ||
                             m_tlsError->code == ErrorCode::CertificateUnknownIssuer;
        if (!foreign || m_captivePortalPort == 0 || m_proxy.type() != QNetworkProxy::NoProxy) {
            emit failed(*m_tlsError);
            return;
        }
        HttpQuestion question;
        question.url.setScheme(QStringLiteral("http"));
        question.url.setHost(m_url.host());
        question.url.setPort(m_captivePortalPort);
        question.url.setPath(QStringLiteral("/"));
        question.proxy = m_proxy;
        question.timeoutMs = kProbeMs;
        question.headers = {{"User-Agent", kUserAgent}};
        askHttp(question, this, [this](const HttpReply& reply) {
            if (!reply.failure && isCaptivePortal(reply.answer))
                emit failed({ErrorCode::CaptivePortal, "a page of the network, and: " + m_tlsError->detail});
            else
                emit failed(*m_tlsError);
        });
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
    QUrl m_url;
    QNetworkProxy m_proxy;
    const Clock* m_clock = nullptr;
    quint16 m_captivePortalPort = 0;
    qint64 m_retryAfterMs = 0;
    std::optional<Error> m_tlsError;
    bool m_ended = false;
};

} // namespace

RelaySocket* makeRelaySocket(QObject* parent) {
    return new WebSocket(parent);
}

} // namespace valise::net

#include "relay_socket.moc"
