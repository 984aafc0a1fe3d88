// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/terminal.h"

#include <QDir>
#include <QFile>
#include <QUrl>

namespace valise::cli {

// Everybody who can list the processes can read a password on the command line. So passwords come only from a
// file or the terminal.
std::optional<Commands::Proxy> Commands::proxyArgument(const QString& word) {
    Proxy out;
    using Kind = client::ProxyRecord::Kind;
    if (word == QLatin1String("system") || word == QLatin1String("none")) {
        out.record.kind = word == QLatin1String("none") ? Kind::None : Kind::System;
        return out;
    }
    const QUrl url(word);
    const bool http = url.scheme() == QLatin1String("http");
    if ((!http && url.scheme() != QLatin1String("socks5")) || url.host().isEmpty() || url.port() < 1 ||
        !url.password().isEmpty() || url.path().size() > 1) {
        m_output.error(
            {ErrorCode::InvalidArgument,
             url.password().isEmpty()
                 ? "a proxy is system, none, http://[USER@]HOST:PORT or socks5://[USER@]HOST:PORT"
                 : "a password on the command line can be read by others: use --proxy-password-file"});
        finish(kUsage);
        return std::nullopt;
    }
    out.record.kind = http ? Kind::Http : Kind::Socks5;
    out.record.host = url.host();
    out.record.port = url.port();
    out.record.user = url.userName();
    if (out.record.user.isEmpty())
        return out;
    if (m_arguments.has(QStringLiteral("proxy-password-file"))) {
        QFile file(m_arguments.value(QStringLiteral("proxy-password-file")));
        if (!file.open(QIODevice::ReadOnly)) {
            fail({ErrorCode::InvalidArgument, "the file with the proxy's password cannot be read"});
            return std::nullopt;
        }
        QByteArray line = file.readLine(1024);
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        out.password = QString::fromUtf8(line);
        crypto::wipe(line.data(), static_cast<std::size_t>(line.size()));
    } else if (const auto secret = askPassphrase(QStringLiteral("Password of the proxy: "))) {
        const auto view = secret->view();
        out.password = QString::fromUtf8(reinterpret_cast<const char*>(view.data()),
                                         static_cast<qsizetype>(view.size()));
    }
    if (!out.password) {
        fail({ErrorCode::InvalidArgument,
              "the proxy's password is needed: use --proxy-password-file or a terminal"});
        return std::nullopt;
    }
    return out;
}

void Commands::networkShow() {
    open(false, [this] { endWithProxy(); });
}

void Commands::endWithProxy() {
    m_client->network()->proxy(this, orFail<client::ProxyRecord>([this](const client::ProxyRecord& proxy) {
                                   m_output.proxy(proxy);
                                   finish(kDone);
                               }));
}

void Commands::networkSet() {
    const auto proxy = proxyArgument(m_arguments.words.first());
    if (!proxy)
        return;
    open(false, [this, proxy] {
        m_client->network()->setProxy(proxy->record, proxy->password, this,
                                      orFail([this] { endWithProxy(); }));
    });
}

void Commands::relayServe() {
    QString listen = m_arguments.value(QStringLiteral("listen"));
    if (listen.isEmpty())
        listen = QStringLiteral("127.0.0.1:7777");
    const QUrl url(QStringLiteral("ws://") + listen);
    if (!url.isValid() || url.host().isEmpty() || url.port() < 0) {
        m_output.error({ErrorCode::InvalidArgument, "--listen needs HOST:PORT"});
        finish(kUsage);
        return;
    }
    host::RelayServerOptions options;
    options.directory = QDir::toNativeSeparators(m_arguments.value(QStringLiteral("data"))).toStdString();
    if (m_arguments.has(QStringLiteral("name")))
        options.name = m_arguments.value(QStringLiteral("name"));
    if (m_arguments.has(QStringLiteral("events-per-minute"))) {
        bool valid = false;
        options.eventsPerMinute = m_arguments.value(QStringLiteral("events-per-minute")).toInt(&valid);
        if (!valid || options.eventsPerMinute < 1) {
            m_output.error({ErrorCode::InvalidArgument, "--events-per-minute needs a number above 0"});
            finish(kUsage);
            return;
        }
    }
    onInterrupt([this] { finish(kDone); });
    m_server = std::make_unique<host::RelayServer>(options);
    const Result<void> listening = m_server->listen(url.host(), static_cast<quint16>(url.port()));
    if (!listening) {
        fail(listening.error());
        return;
    }
    m_output.fact(QStringLiteral("listening"), m_server->url());
}

} // namespace valise::cli
