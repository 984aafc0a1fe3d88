// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/terminal.h"

#include <QCoreApplication>
#include <QFile>
#include <QStandardPaths>

namespace valise::cli {

namespace {

int exitCodeOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::WrongPassphrase:
        return kWrongPassphrase;
    case ErrorCode::StorageBusy:
    case ErrorCode::StorageDamaged:
    case ErrorCode::StorageVersion:
    case ErrorCode::StorageReadOnly:
    case ErrorCode::StorageFull:
    case ErrorCode::StorageFailed:
        return kProfile;
    case ErrorCode::Offline:
        return kOffline;
    default:
        return kFailed;
    }
}

} // namespace

Commands::Commands(Arguments arguments)
    : m_arguments(std::move(arguments))
    , m_output(m_arguments.json, m_arguments.has(QStringLiteral("ids"))) {
    if (m_arguments.home.isEmpty())
        m_arguments.home = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

void Commands::finish(int code) {
    if (m_finished)
        return;
    m_finished = true;
    m_server.reset();
    if (!m_client) {
        QCoreApplication::exit(code);
        return;
    }
    m_client->closeProfile(this, [this, code](Result<void>) {
        m_client.reset();
        QCoreApplication::exit(code);
    });
}

void Commands::fail(const Error& error) {
    if (m_finished)
        return;
    m_output.error(error);
    finish(exitCodeOf(error));
}

client::Client::Reply<void> Commands::orFail(Next next) {
    return [this, next = std::move(next)](Result<void> result) {
        if (result)
            next();
        else
            fail(result.error());
    };
}

void Commands::start() {
    const QString& c = m_arguments.command;
    if (c == QLatin1String("init"))
        init();
    else if (c == QLatin1String("whoami"))
        open(false, [this] {
            m_output.account(m_account);
            finish(kDone);
        });
    else if (c == QLatin1String("contact add"))
        contactAdd();
    else if (c == QLatin1String("contact list"))
        contactList();
    else if (c == QLatin1String("group create"))
        groupCreate();
    else if (c == QLatin1String("group list"))
        groupList();
    else if (c == QLatin1String("group show"))
        groupShow();
    else if (c.startsWith(QLatin1String("group ")))
        groupChange();
    else if (c == QLatin1String("send"))
        send();
    else if (c == QLatin1String("reply") || c == QLatin1String("react") || c == QLatin1String("edit") ||
             c == QLatin1String("delete"))
        changeMessages();
    else if (c == QLatin1String("queue"))
        queue();
    else if (c.startsWith(QLatin1String("queue ")))
        queueChange();
    else if (c == QLatin1String("sync"))
        sync();
    else if (c == QLatin1String("history"))
        history();
    else if (c == QLatin1String("network show"))
        networkShow();
    else if (c == QLatin1String("network set"))
        networkSet();
    else if (c == QLatin1String("relay serve"))
        relayServe();
    else
        doctor();
}

std::optional<crypto::Secret> Commands::passphrase(bool confirm) {
    if (!m_arguments.passphraseFile.isEmpty()) {
        QFile file(m_arguments.passphraseFile);
        if (!file.open(QIODevice::ReadOnly)) {
            fail({ErrorCode::InvalidArgument, "the passphrase file cannot be read"});
            return std::nullopt;
        }
        QByteArray line = file.readLine(4096);
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        crypto::Secret secret(ByteView(reinterpret_cast<const std::uint8_t*>(line.constData()),
                                       static_cast<std::size_t>(line.size())));
        crypto::wipe(line.data(), static_cast<std::size_t>(line.size()));
        if (secret.empty()) {
            fail({ErrorCode::InvalidArgument, "the passphrase file is empty"});
            return std::nullopt;
        }
        return secret;
    }
    auto secret = askPassphrase(QStringLiteral("Passphrase: "));
    if (!secret || secret->empty()) {
        fail({ErrorCode::InvalidArgument, "a passphrase is needed: use --passphrase-file or a terminal"});
        return std::nullopt;
    }
    if (confirm) {
        const auto again = askPassphrase(QStringLiteral("Once more: "));
        if (!again || !crypto::equalSecret(secret->view(), again->view())) {
            fail({ErrorCode::InvalidArgument, "the two passphrases differ"});
            return std::nullopt;
        }
    }
    return secret;
}

void Commands::startClient() {
    m_client = std::make_unique<client::Client>();
    connect(m_client.get(), &client::Client::connectionChanged, this,
            [this](const client::ConnectionRecord& state) {
                m_connection = state;
                m_reached = m_reached || state.connected > 0;
            });
    onInterrupt([this] { finish(kDone); });
}

void Commands::open(bool online, Next next) {
    if (!client::Client::profileExists(m_arguments.home)) {
        m_output.error({ErrorCode::NotFound, "no profile in that folder: make one with init"});
        finish(kProfile);
        return;
    }
    auto secret = passphrase(false);
    if (!secret)
        return;
    startClient();
    client::ProfileOptions options;
    options.home = m_arguments.home;
    options.online = online;
    m_client->openProfile(options, std::move(*secret), this,
                          orFail<client::AccountRecord>([this, next](const client::AccountRecord& account) {
                              m_account = account;
                              if (account.restriction)
                                  m_output.restriction(*account.restriction);
                              next();
                          }));
}

void Commands::untilIdle(int seconds, std::function<void(bool)> next) {
    // Either the idle signal or the timeout calls `next`, but only once.
    const auto done = std::make_shared<bool>(false);
    const auto go = [this, done, next] {
        if (std::exchange(*done, true) || m_finished)
            return;
        next(m_reached);
    };
    QTimer::singleShot(seconds * 1000, this, go);
    m_client->network()->whenIdle(this, [go](Result<void>) { go(); });
}

void Commands::noteClock() {
    if (m_connection.clockAheadSeconds == 0)
        return;
    const qint64 minutes = std::abs(m_connection.clockAheadSeconds) / 60;
    m_output.note(
        QStringLiteral(
            "This computer's clock is %1 %2 the servers'. What is written waits until it is right.")
            .arg(minutes < 120 ? QStringLiteral("%1 minutes").arg(minutes)
                               : QStringLiteral("%1 hours").arg((minutes + 30) / 60),
                 m_connection.clockAheadSeconds > 0 ? QStringLiteral("ahead of") : QStringLiteral("behind")));
}

void Commands::endAfterSending() {
    bool valid = false;
    const int seconds = m_arguments.value(QStringLiteral("wait")).toInt(&valid);
    untilIdle(valid ? std::clamp(seconds, 0, 86'400) : kIdleSeconds, [this](bool) {
        noteClock();
        if (m_connection.queued > 0)
            m_output.note(QStringLiteral("Some of it waits to be sent; it goes out at the next sync."));
        finish(kDone);
    });
}

void Commands::withGroup(const QString& word, std::function<void(client::ConversationRecord)> next) {
    m_client->history()->conversations(
        this, orFail<QVector<client::ConversationRecord>>([this, word, next](const auto& all) {
            QVector<client::ConversationRecord> matches;
            const QString lower = word.toLower();
            for (const client::ConversationRecord& c : all) {
                if (QString::fromLatin1(c.id.toHex()) == lower) {
                    next(c);
                    return;
                }
            }
            for (const client::ConversationRecord& c : all)
                if (c.name == word ||
                    (word.size() >= 4 && QString::fromLatin1(c.id.toHex()).startsWith(lower)))
                    matches.append(c);
            if (matches.size() == 1)
                next(matches.first());
            else
                fail(matches.isEmpty()
                         ? Error{ErrorCode::NotFound, "no such group; `group list` shows them"}
                         : Error{ErrorCode::InvalidArgument, "several groups match; use the identifier"});
        }));
}

void Commands::withAddresses(const QStringList& words, std::function<void(QStringList)> next) {
    m_client->people()->contacts(this,
                                 orFail<QVector<client::ContactRecord>>([words, next](const auto& contacts) {
                                     QStringList out;
                                     for (const QString& word : words) {
                                         QString address = word;
                                         for (const client::ContactRecord& contact : contacts)
                                             if (contact.name == word)
                                                 address = contact.address;
                                         out.append(address);
                                     }
                                     next(out);
                                 }));
}

void Commands::init() {
    if (client::Client::profileExists(m_arguments.home)) {
        m_output.error({ErrorCode::AlreadyExists, "there is a profile in that folder already"});
        finish(kProfile);
        return;
    }
    if (m_arguments.value(QStringLiteral("name")).trimmed().isEmpty()) {
        m_output.error({ErrorCode::InvalidArgument, "init needs --name"});
        finish(kUsage);
        return;
    }
    std::optional<Proxy> proxy = Proxy{};
    if (m_arguments.has(QStringLiteral("proxy")))
        proxy = proxyArgument(m_arguments.value(QStringLiteral("proxy")));
    if (!proxy)
        return;
    auto secret = passphrase(true);
    if (!secret)
        return;
    startClient();
    client::ProfileOptions options;
    options.home = m_arguments.home;
    options.proxy = proxy->record;
    options.proxyPassword = proxy->password.value_or(QString());
    options.allowInsecureRelays = m_arguments.has(QStringLiteral("insecure-relays"));
    const QStringList relays = m_arguments.options.value(QStringLiteral("relay"));
    m_client->createProfile(
        options, m_arguments.value(QStringLiteral("name")), std::move(*secret), relays, this,
        orFail<client::AccountRecord>([this, relays](const client::AccountRecord& account) {
            m_output.account(account);
            if (relays.isEmpty()) {
                m_output.note(QStringLiteral("Without a relay nobody can reach this account."));
                finish(kDone);
                return;
            }
            untilIdle(kIdleSeconds, [this](bool reached) {
                if (!reached)
                    m_output.note(QStringLiteral(
                        "No server was reached; the invitation is published at the next sync."));
                finish(kDone);
            });
        }));
}

void Commands::sync() {
    bool valid = true;
    int seconds = 0;
    if (m_arguments.has(QStringLiteral("for")))
        seconds = m_arguments.value(QStringLiteral("for")).toInt(&valid);
    if (!valid || seconds < 0 || seconds > 30 * 86'400) {
        m_output.error({ErrorCode::InvalidArgument, "--for needs a number of seconds"});
        finish(kUsage);
        return;
    }
    open(true, [this, seconds] {
        if (m_arguments.has(QStringLiteral("follow")))
            return;
        if (m_arguments.has(QStringLiteral("for"))) {
            QTimer::singleShot(seconds * 1000, this, [this] {
                noteClock();
                finish(m_reached ? kDone : kOffline);
            });
            return;
        }
        untilIdle(600, [this](bool reached) {
            if (!reached)
                fail({ErrorCode::Offline, "no server was reached"});
            else {
                noteClock();
                finish(kDone);
            }
        });
    });
    if (m_client)
        connect(m_client.get(), &client::Client::messagesAdded, this,
                [this](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                    for (const client::MessageRecord& message : messages)
                        m_output.message(message);
                });
}

void Commands::doctor() {
    const bool online = m_arguments.has(QStringLiteral("online"));
    m_output.fact(QStringLiteral("home"), m_arguments.home);
    open(online, [this, online] {
        m_output.fact(QStringLiteral("insecure_relays"),
                      m_account.insecureRelays ? QStringLiteral("allowed") : QStringLiteral("not allowed"));
        const auto report = [this, online] {
            if (online)
                for (const client::RelayRecord& relay : m_connection.relays)
                    m_output.server(relay);
            m_client->profile()->checkIntegrity(this, [this](Result<void> sound) {
                m_output.fact(QStringLiteral("database"),
                              sound ? QStringLiteral("sound") : QString::fromStdString(sound.error().detail));
                const bool fine = sound.ok();
                m_client->history()->conversations(
                    this, orFail<QVector<client::ConversationRecord>>([this, fine](const auto& all) {
                        for (client::ConversationRecord conversation : all) {
                            conversation.name.clear(); // a doctor report may be given to other people
                            m_output.conversation(conversation);
                        }
                        m_client->network()->diagnostics(
                            this, orFail<QVector<client::DiagnosticRecord>>([this, fine](const auto& lines) {
                                for (const client::DiagnosticRecord& diagnostic : lines)
                                    m_output.diagnostic(diagnostic);
                                finish(fine ? kDone : kProfile);
                            }));
                    }));
            });
        };
        if (online)
            untilIdle(kIdleSeconds, [report](bool) { report(); });
        else
            report();
    });
}

} // namespace valise::cli
