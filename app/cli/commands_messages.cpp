// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/terminal.h"

#include <cstdio>

namespace valise::cli {

namespace {

constexpr int kDefaultHistory = 100;
constexpr int kPage = 500;
constexpr qsizetype kMaxLine = 64 * 1024;
constexpr qsizetype kLeastId = 4;

} // namespace

void Commands::send() {
    open(true, [this] {
        withGroup(m_arguments.words.first(), [this](const client::ConversationRecord& conversation) {
            const QString text = m_arguments.words.at(1);
            if (text == QLatin1String("-")) {
                sendNext(conversation.id);
                return;
            }
            m_client->messages()->sendText(
                conversation.id, text, {}, this,
                orFail<client::MessageRecord>([this](const client::MessageRecord&) { endAfterSending(); }));
        });
    });
    // A message is printed when its state is final.
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
        untilIdle(valid ? std::clamp(seconds, 0, 86'400) : kIdleSeconds, [this](bool) { finish(kDone); });
        return;
    }
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [this, group] { sendNext(group); }, Qt::QueuedConnection);
        return;
    }
    m_client->messages()->sendText(
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
    // The search goes from new to old, because people usually mean recent messages.
    const auto look = orFail<client::MessagePage>([=, this](const client::MessagePage& page) {
        QVector<client::MessageRecord> matches = found;
        QStringList open = words;
        for (const QString& word : words) {
            int here = 0;
            for (const client::MessageRecord& message : page.messages) {
                if (message.system() != client::SystemKind::None ||
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
        m_client->history()->latestPage(group, kPage, this, look);
    else
        m_client->history()->pageBefore(group, beforeRow, kPage, this, look);
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
                    m_client->messages()->sendText(
                        c.id, text, first, this,
                        orFail<client::MessageRecord>([this](const client::MessageRecord& sent) {
                            m_output.message(sent);
                            endAfterSending();
                        }));
                } else if (verb == QLatin1String("react")) {
                    m_client->messages()->react(c.id, first, text, !m_arguments.has(QStringLiteral("remove")),
                                                this, done);
                } else if (verb == QLatin1String("edit")) {
                    m_client->messages()->editMessage(c.id, first, text, this, done);
                } else if (forMe) {
                    QVector<qint64> rows;
                    for (const client::MessageRecord& message : messages)
                        rows.append(message.row);
                    m_client->messages()->deleteForMe(c.id, rows, this, orFail([this] { finish(kDone); }));
                } else {
                    QVector<QByteArray> ids;
                    for (const client::MessageRecord& message : messages)
                        ids.append(message.eventId);
                    m_client->messages()->deleteForEveryone(c.id, ids, this, done);
                }
            });
        });
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
            m_client->history()->search(query, client::SearchFilter{.conversation = c.id}, limit, this,
                                        orFail<QVector<client::SearchHit>>([this](const auto& hits) {
                                            for (auto it = hits.crbegin(); it != hits.crend();
                                                 ++it) // the hits are sorted newest first
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
        m_client->history()->latestPage(group, want, this, more);
    else
        m_client->history()->pageBefore(group, collected.first().row, want, this, more);
}

} // namespace valise::cli
