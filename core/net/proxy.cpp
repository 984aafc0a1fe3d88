// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/proxy.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QPointer>
#include <QRunnable>
#include <QThreadPool>

#include <algorithm>
#include <memory>

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

//! A proxy that carries a tunnel and looks up names itself; some of the system's are told only as caching
//! ones.
QNetworkProxy tunnel(QNetworkProxy::ProxyType type, const QString& host, quint16 port, const QString& user,
                     const QString& password) {
    QNetworkProxy proxy(type, host, port, user, password);
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
    return proxy;
}

QNetworkProxy systemProxy(const QUrl& url) {
    // The systems know no ws and wss: these travel as http and https do.
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

//! What the operating system says, asked in a thread of the pool and told in the thread that wants to know.
class Question final : public QRunnable {
public:
    Question(QUrl url, QObject* context, std::function<void(const QNetworkProxy&)> found)
        : m_url(std::move(url))
        , m_asker(std::make_shared<Asker>()) {
        m_asker->context = context;
        m_asker->found = std::move(found);
    }
    void run() override {
        const QNetworkProxy proxy = systemProxy(m_url);
        Asker* const asker = m_asker.get();
        // Handed over as a whole: it ends in its own thread.
        QMetaObject::invokeMethod(
            asker,
            [asker = std::move(m_asker), proxy] {
                if (asker->context)
                    asker->found(proxy);
            },
            Qt::QueuedConnection);
    }

private:
    struct Asker : QObject {
        QPointer<QObject> context;
        std::function<void(const QNetworkProxy&)> found;
    };
    QUrl m_url;
    std::shared_ptr<Asker> m_asker;
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
    // An automatic configuration may have to be fetched first; meanwhile the thread has other relays to
    // serve.
    QThreadPool::globalInstance()->start(new Question(url, context, std::move(found)));
}

} // namespace valise::net
