// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/proxy.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QRunnable>
#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <mutex>

namespace valise::net {

namespace {

constexpr std::size_t kMaxCredential = 255; // RFC 1929
constexpr std::size_t kMaxHost = 253;

bool hasControl(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isThisComputer(const QUrl& url) {
    const QString host = url.host();
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 ||
           QHostAddress(host).isLoopback();
}

//! A proxy with tunnelling and name lookup. Operating systems report some such proxies only as caching
//! proxies.
QNetworkProxy tunnel(QNetworkProxy::ProxyType type, const QString& host, quint16 port, const QString& user,
                     const QString& password) {
    QNetworkProxy proxy(type, host, port, user, password);
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
    return proxy;
}

QNetworkProxy systemProxy(const QUrl& url) {
    // Operating systems have no proxy settings for ws and wss. Their settings for http and https apply.
    QUrl asked = url;
    asked.setScheme(url.scheme() == QLatin1String("wss") || url.scheme() == QLatin1String("https")
                        ? QStringLiteral("https")
                        : QStringLiteral("http"));
    for (const QNetworkProxy& p : QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(asked))) {
        switch (p.type()) {
        case QNetworkProxy::NoProxy:
            return p;
        case QNetworkProxy::Socks5Proxy:
            return tunnel(p.type(), p.hostName(), p.port(), p.user(), p.password());
        case QNetworkProxy::HttpProxy:
        case QNetworkProxy::HttpCachingProxy:
            return tunnel(QNetworkProxy::HttpProxy, p.hostName(), p.port(), p.user(), p.password());
        case QNetworkProxy::DefaultProxy:
        case QNetworkProxy::FtpCachingProxy:
            break;
        }
    }
    return QNetworkProxy(QNetworkProxy::NoProxy);
}

//! Receives the operating system's answer for `context`, and is destroyed with it. An answer that is still in
//! its event queue is then dropped. This holds even if the thread of the context ends before the answer is
//! delivered.
class Asker final : public QObject {
public:
    //! The connection from the pool's thread to the asker. `asker` is null after the asker is destroyed.
    struct Line {
        std::mutex mutex;
        Asker* asker = nullptr; // guarded by the mutex
    };
    Asker(QObject* context, std::function<void(const QNetworkProxy&)> found)
        : QObject(context)
        , m_found(std::move(found))
        , m_line(std::make_shared<Line>()) {
        const std::lock_guard lock(m_line->mutex);
        m_line->asker = this;
    }
    ~Asker() override {
        const std::lock_guard lock(m_line->mutex);
        m_line->asker = nullptr;
    }
    std::shared_ptr<Line> line() const { return m_line; }
    void tell(const QNetworkProxy& proxy) {
        const std::function<void(const QNetworkProxy&)> found = std::move(m_found);
        deleteLater();
        found(proxy);
    }

private:
    std::function<void(const QNetworkProxy&)> m_found;
    std::shared_ptr<Line> m_line;
};

//! Asks the operating system in a thread of the pool. The answer is posted to the asker's thread.
class Question final : public QRunnable {
public:
    Question(QUrl url, std::shared_ptr<Asker::Line> line)
        : m_url(std::move(url))
        , m_line(std::move(line)) {}
    void run() override {
        const QNetworkProxy proxy = systemProxy(m_url);
        const std::lock_guard lock(m_line->mutex);
        if (Asker* const asker = m_line->asker)
            QMetaObject::invokeMethod(
                asker, [asker, proxy] { asker->tell(proxy); }, Qt::QueuedConnection);
    }

private:
    QUrl m_url;
    std::shared_ptr<Asker::Line> m_line;
};

} // namespace

Result<ProxySettings> checkProxy(ProxySettings settings) {
    if (settings.kind == ProxyKind::System || settings.kind == ProxyKind::None)
        return ProxySettings{settings.kind, {}, 0, {}, {}};
    if (settings.host.empty() || settings.host.size() > kMaxHost || settings.port == 0)
        return {ErrorCode::InvalidArgument, "a proxy needs a host and a port"};
    if (hasControl(settings.host) || settings.host.find_first_of(" /@") != std::string::npos)
        return {ErrorCode::InvalidArgument, "the proxy's host is not the name of one"};
    if (settings.user.size() > kMaxCredential || settings.password.size() > kMaxCredential ||
        hasControl(settings.user) || hasControl(settings.password))
        return {ErrorCode::InvalidArgument, "the proxy's user name or password cannot be one"};
    return settings;
}

const char* proxyKindName(ProxyKind kind) {
    switch (kind) {
    case ProxyKind::System:
        return "system";
    case ProxyKind::None:
        return "none";
    case ProxyKind::Http:
        return "http";
    case ProxyKind::Socks5:
        return "socks5";
    }
    return "unknown";
}

void findProxy(const ProxySettings& settings, const QUrl& url, QObject* context,
               std::function<void(const QNetworkProxy&)> found) {
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    if (settings.kind == ProxyKind::None || isThisComputer(url)) {
        found(none);
        return;
    }
    if (settings.kind != ProxyKind::System) {
        found(tunnel(settings.kind == ProxyKind::Http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy,
                     QString::fromStdString(settings.host), settings.port,
                     QString::fromStdString(settings.user), QString::fromStdString(settings.password)));
        return;
    }
    if (!context)
        return; // an answer would have no receiver
    // The operating system may first have to fetch an automatic configuration. That must not block this
    // thread, which serves other relays.
    const auto* asker = new Asker(context, std::move(found));
    QThreadPool::globalInstance()->start(new Question(url, asker->line()));
}

} // namespace valise::net
