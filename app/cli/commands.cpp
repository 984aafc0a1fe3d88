// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/terminal.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QUrl>

#include <cstdio>

namespace valise::cli {

namespace {

constexpr int kSettleSeconds = 30;
constexpr int kDefaultHistory = 100;
constexpr int kPage = 500;
constexpr qsizetype kMaxLine = 64 * 1024;
constexpr qsizetype kLeastId = 4;

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

template <typename T>
client::Client::Reply<T> Commands::orFail(std::function<void(T)> next) {
    return [this, next = std::move(next)](Result<T> result) {
        if (result)
            next(std::move(result).value());
        else
            fail(result.error());
    };
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
    else if (c == QLatin1String("sync"))
        sync();
    else if (c == QLatin1String("history"))
        history();
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

void Commands::settle(int seconds, std::function<void(bool)> next) {
    // Whichever comes first goes on, once.
    const auto done = std::make_shared<bool>(false);
    const auto go = [this, done, next] {
        if (std::exchange(*done, true) || m_finished)
            return;
        next(m_reached);
    };
    QTimer::singleShot(seconds * 1000, this, go);
    m_client->whenIdle(this, [go](Result<void>) { go(); });
}

void Commands::endAfterSending() {
    bool valid = false;
    const int seconds = m_arguments.value(QStringLiteral("wait")).toInt(&valid);
    settle(valid ? std::clamp(seconds, 0, 86'400) : kSettleSeconds, [this](bool) {
        if (m_connection.queued > 0)
            m_output.note(QStringLiteral("Some of it waits to be sent; it goes out at the next sync."));
        finish(kDone);
    });
}

void Commands::withGroup(const QString& word, std::function<void(client::ConversationRecord)> next) {
    m_client->conversations(
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
    m_client->contacts(this, orFail<QVector<client::ContactRecord>>([words, next](const auto& contacts) {
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
    auto secret = passphrase(true);
    if (!secret)
        return;
    startClient();
    client::ProfileOptions options;
    options.home = m_arguments.home;
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
            settle(kSettleSeconds, [this](bool reached) {
                if (!reached)
                    m_output.note(QStringLiteral(
                        "No server was reached; the invitation is published at the next sync."));
                finish(kDone);
            });
        }));
}

void Commands::contactAdd() {
    open(false, [this] {
        m_client->addContact(m_arguments.words.first(), m_arguments.value(QStringLiteral("name")), this,
                             orFail<client::ContactRecord>([this](const client::ContactRecord& contact) {
                                 m_output.contact(contact);
                                 finish(kDone);
                             }));
    });
}

void Commands::contactList() {
    open(false, [this] {
        m_client->contacts(this, orFail<QVector<client::ContactRecord>>([this](const auto& contacts) {
                               for (const client::ContactRecord& contact : contacts)
                                   m_output.contact(contact);
                               finish(kDone);
                           }));
    });
}

void Commands::groupCreate() {
    open(true, [this] {
        withAddresses(
            m_arguments.options.value(QStringLiteral("member")), [this](const QStringList& addresses) {
                m_client->createConversation(m_arguments.words.first(), addresses, this,
                                             orFail<client::ConversationRecord>(
                                                 [this](const client::ConversationRecord& conversation) {
                                                     m_output.conversation(conversation);
                                                     endAfterSending();
                                                 }));
            });
    });
}

void Commands::groupList() {
    open(false, [this] {
        m_client->conversations(this, orFail<QVector<client::ConversationRecord>>([this](const auto& all) {
                                    for (const client::ConversationRecord& conversation : all)
                                        m_output.conversation(conversation);
                                    finish(kDone);
                                }));
    });
}

void Commands::groupShow() {
    open(false, [this] {
        withGroup(m_arguments.words.first(), [this](const client::ConversationRecord& conversation) {
            m_output.conversation(conversation);
            m_client->members(conversation.id, this, [this](Result<QVector<client::MemberRecord>> members) {
                // A group that was left has no members to show.
                if (members)
                    for (const client::MemberRecord& member : *members)
                        m_output.member(member);
                finish(kDone);
            });
        });
    });
}

void Commands::withMember(const client::ConversationRecord& conversation, const QString& who,
                          const std::function<void(const client::MemberRecord&)>& next) {
    m_client->members(conversation.id, this,
                      orFail<QVector<client::MemberRecord>>([=, this](const auto& members) {
                          for (const client::MemberRecord& member : members) {
                              if (member.address == who || member.name == who) {
                                  next(member);
                                  return;
                              }
                          }
                          fail({ErrorCode::NotFound, "that account is not in the group"});
                      }));
}

void Commands::groupChange() {
    const QString verb = m_arguments.command.mid(6);
    const QStringList rest = m_arguments.words.mid(1);
    quint64 seconds = 0;
    if (verb == QLatin1String("timer") && rest.first() != QLatin1String("off")) {
        bool valid = false;
        seconds = rest.first().toULongLong(&valid);
        if (!valid || seconds == 0) {
            fail({ErrorCode::InvalidArgument, "a timer is a number of seconds, or \"off\""});
            return;
        }
    }
    open(verb != QLatin1String("accept"), [this, verb, rest, seconds] {
        const auto change = [this, verb, rest, seconds] {
            withGroup(m_arguments.words.first(), [this, verb, rest,
                                                  seconds](const client::ConversationRecord& c) {
                const auto done = orFail([this] { endAfterSending(); });
                if (verb == QLatin1String("accept"))
                    m_client->acceptRequest(c.id, this, orFail([this] { finish(kDone); }));
                else if (verb == QLatin1String("rename"))
                    m_client->renameConversation(c.id, rest.first(), this, done);
                else if (verb == QLatin1String("leave"))
                    m_client->leaveConversation(c.id, this, done);
                else if (verb == QLatin1String("disband"))
                    m_client->disbandConversation(c.id, this, done);
                else if (verb == QLatin1String("timer"))
                    m_client->setRetention(c.id, seconds, this, done);
                else if (verb == QLatin1String("servers"))
                    m_client->setConversationRelays(c.id, rest, this, done);
                else if (verb == QLatin1String("add"))
                    withAddresses(rest, [this, c, done](const QStringList& addresses) {
                        m_client->addMembers(c.id, addresses, this, done);
                    });
                else
                    withMember(c, rest.first(), [this, c, verb, done](const client::MemberRecord& member) {
                        if (verb == QLatin1String("remove"))
                            m_client->removeMember(c.id, member.key, this, done);
                        else
                            m_client->setAdministrator(c.id, member.key, verb == QLatin1String("promote"),
                                                       this, done);
                    });
            });
        };
        if (verb == QLatin1String("accept"))
            change();
        else
            // A change rests on the newest state of the group, so fetch that first.
            settle(kSettleSeconds, [change](bool) { change(); });
    });
}

void Commands::send() {
    open(true, [this] {
        withGroup(m_arguments.words.first(), [this](const client::ConversationRecord& conversation) {
            const QString text = m_arguments.words.at(1);
            if (text == QLatin1String("-")) {
                sendNext(conversation.id);
                return;
            }
            m_client->sendText(
                conversation.id, text, {}, this,
                orFail<client::MessageRecord>([this](const client::MessageRecord&) { endAfterSending(); }));
        });
    });
    // Prints each message once its final state is known.
    if (m_client)
        connect(m_client.get(), &client::Client::messagesAdded, this,
                [this](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                    for (const client::MessageRecord& message : messages)
                        if (message.own)
                            m_output.message(message);
                });
}

void Commands::sendNext(const client::ConversationId& group) {
    QByteArray line;
    for (int c = std::getchar(); c != EOF; c = std::getchar()) {
        if (c == '\n')
            break;
        line.append(static_cast<char>(c));
        if (line.size() > kMaxLine) {
            fail({ErrorCode::LimitExceeded, "a line of more than 64 KiB"});
            return;
        }
    }
    if (line.isEmpty() && (std::feof(stdin) || interrupted())) {
        bool valid = false;
        const int seconds = m_arguments.value(QStringLiteral("wait")).toInt(&valid);
        settle(valid ? std::clamp(seconds, 0, 86'400) : kSettleSeconds, [this](bool) { finish(kDone); });
        return;
    }
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [this, group] { sendNext(group); }, Qt::QueuedConnection);
        return;
    }
    m_client->sendText(
        group, QString::fromUtf8(line), {}, this,
        orFail<client::MessageRecord>([this, group](const client::MessageRecord&) { sendNext(group); }));
}

void Commands::withMessages(const client::ConversationId& group, const QStringList& words,
                            std::function<void(QVector<client::MessageRecord>)> next) {
    QStringList lower;
    for (const QString& word : words) {
        if (word.size() < kLeastId) {
            fail({ErrorCode::InvalidArgument, "give at least four characters of a message's identifier"});
            return;
        }
        lower.append(word.toLower());
    }
    findMessages(group, std::move(lower), 0, {}, std::move(next));
}

void Commands::findMessages(const client::ConversationId& group, QStringList words, qint64 beforeRow,
                            QVector<client::MessageRecord> found,
                            std::function<void(QVector<client::MessageRecord>)> next) {
    // Newest first, since that is what people speak of.
    const auto look = orFail<client::MessagePage>([=, this](const client::MessagePage& page) {
        QVector<client::MessageRecord> matches = found;
        QStringList open = words;
        for (const QString& word : words) {
            int here = 0;
            for (const client::MessageRecord& message : page.messages) {
                if (message.system != client::SystemKind::None ||
                    !QString::fromLatin1(message.eventId.toHex()).startsWith(word))
                    continue;
                matches.append(message);
                ++here;
            }
            if (here > 1) {
                fail({ErrorCode::InvalidArgument, "several messages match; use more of the identifier"});
                return;
            }
            if (here == 1)
                open.removeOne(word);
        }
        if (open.isEmpty())
            next(matches);
        else if (page.hasOlder && !page.messages.isEmpty())
            findMessages(group, open, page.messages.first().row, matches, next);
        else
            fail({ErrorCode::NotFound, "no such message; `history GROUP --ids` shows them"});
    });
    if (beforeRow == 0)
        m_client->latestPage(group, kPage, this, look);
    else
        m_client->pageBefore(group, beforeRow, kPage, this, look);
}

void Commands::changeMessages() {
    const QString verb = m_arguments.command;
    const bool forMe = m_arguments.has(QStringLiteral("for-me"));
    open(!forMe, [this, verb, forMe] {
        withGroup(m_arguments.words.first(), [this, verb, forMe](const client::ConversationRecord& c) {
            const bool several = verb == QLatin1String("delete");
            const QStringList words = several ? m_arguments.words.mid(1) : m_arguments.words.mid(1, 1);
            const QString text = several ? QString() : m_arguments.words.at(2);
            withMessages(c.id, words, [=, this](const QVector<client::MessageRecord>& messages) {
                const auto done = orFail([this] { endAfterSending(); });
                const QByteArray first = messages.first().eventId;
                if (verb == QLatin1String("reply")) {
                    m_client->sendText(
                        c.id, text, first, this,
                        orFail<client::MessageRecord>([this](const client::MessageRecord& sent) {
                            m_output.message(sent);
                            endAfterSending();
                        }));
                } else if (verb == QLatin1String("react")) {
                    m_client->react(c.id, first, text, !m_arguments.has(QStringLiteral("remove")), this,
                                    done);
                } else if (verb == QLatin1String("edit")) {
                    m_client->editMessage(c.id, first, text, this, done);
                } else if (forMe) {
                    QVector<qint64> rows;
                    for (const client::MessageRecord& message : messages)
                        rows.append(message.row);
                    m_client->deleteForMe(c.id, rows, this, orFail([this] { finish(kDone); }));
                } else {
                    QVector<QByteArray> ids;
                    for (const client::MessageRecord& message : messages)
                        ids.append(message.eventId);
                    m_client->deleteForEveryone(c.id, ids, this, done);
                }
            });
        });
    });
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
            QTimer::singleShot(seconds * 1000, this, [this] { finish(m_reached ? kDone : kOffline); });
            return;
        }
        settle(600, [this](bool reached) {
            if (!reached)
                fail({ErrorCode::Offline, "no server was reached"});
            else
                finish(kDone);
        });
    });
    if (m_client)
        connect(m_client.get(), &client::Client::messagesAdded, this,
                [this](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                    for (const client::MessageRecord& message : messages)
                        m_output.message(message);
                });
}

void Commands::history() {
    bool valid = true;
    int limit = kDefaultHistory;
    if (m_arguments.has(QStringLiteral("limit")))
        limit = m_arguments.value(QStringLiteral("limit")).toInt(&valid);
    if (!valid || limit < 1) {
        m_output.error({ErrorCode::InvalidArgument, "--limit needs a number above 0"});
        finish(kUsage);
        return;
    }
    open(false, [this, limit] {
        withGroup(m_arguments.words.first(), [this, limit](const client::ConversationRecord& c) {
            const QString query = m_arguments.value(QStringLiteral("search"));
            if (query.isEmpty()) {
                historyPage(c.id, {}, limit);
                return;
            }
            m_client->search(
                query, c.id, limit, this, orFail<QVector<client::SearchHit>>([this](const auto& hits) {
                    for (auto it = hits.crbegin(); it != hits.crend(); ++it) // found newest first
                        m_output.message(it->message);
                    finish(kDone);
                }));
        });
    });
}

void Commands::historyPage(const client::ConversationId& group, QVector<client::MessageRecord> collected,
                           int limit) {
    const int want = std::min(kPage, limit - static_cast<int>(collected.size()));
    const auto more =
        orFail<client::MessagePage>([this, group, collected, limit](const client::MessagePage& page) {
            QVector<client::MessageRecord> all = page.messages + collected;
            if (page.hasOlder && all.size() < limit && !page.messages.isEmpty()) {
                historyPage(group, std::move(all), limit);
                return;
            }
            for (const client::MessageRecord& message : all)
                m_output.message(message);
            finish(kDone);
        });
    if (collected.isEmpty())
        m_client->latestPage(group, want, this, more);
    else
        m_client->pageBefore(group, collected.first().row, want, this, more);
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

void Commands::doctor() {
    const bool online = m_arguments.has(QStringLiteral("online"));
    m_output.fact(QStringLiteral("home"), m_arguments.home);
    open(online, [this, online] {
        m_output.fact(QStringLiteral("insecure_relays"),
                      m_account.insecureRelays ? QStringLiteral("allowed") : QStringLiteral("not allowed"));
        const auto report = [this] {
            m_client->checkIntegrity(this, [this](Result<void> sound) {
                m_output.fact(QStringLiteral("database"),
                              sound ? QStringLiteral("sound") : QString::fromStdString(sound.error().detail));
                const bool fine = sound.ok();
                m_client->conversations(
                    this, orFail<QVector<client::ConversationRecord>>([this, fine](const auto& all) {
                        for (client::ConversationRecord conversation : all) {
                            conversation.name.clear(); // this may be passed on
                            m_output.conversation(conversation);
                        }
                        m_client->diagnostics(
                            this, orFail<QVector<client::DiagnosticRecord>>([this, fine](const auto& lines) {
                                for (const client::DiagnosticRecord& diagnostic : lines)
                                    m_output.diagnostic(diagnostic);
                                finish(fine ? kDone : kProfile);
                            }));
                    }));
            });
        };
        if (online)
            settle(kSettleSeconds, [report](bool) { report(); });
        else
            report();
    });
}

} // namespace valise::cli
