// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/client.h"

#include "core/client/engine.h"
#include "core/client/history_reader.h"
#include "core/crypto/thread.h"

#include <QFileInfo>

namespace valise::client {

namespace {

std::optional<Bytes> optionalBytes(const QByteArray& bytes) {
    return bytes.isEmpty() ? std::nullopt : std::optional<Bytes>(toBytes(fromQt(bytes)));
}

// Carries an answer back to the owner's thread, where it is given only while its context lives.
template <typename T>
std::function<void(Result<T>)> homeward(Client* client, QObject* context, Client::Reply<T> reply) {
    return [client, context = QPointer<QObject>(context), reply = std::move(reply)](Result<T> result) {
        QMetaObject::invokeMethod(
            client,
            [context, reply, result = std::move(result)] {
                if (context && reply)
                    reply(result);
            },
            Qt::QueuedConnection);
    };
}

} // namespace

Client::Client(QObject* parent)
    : QObject(parent) {
    qRegisterMetaType<ConversationRecord>();
    qRegisterMetaType<MessageRecord>();
    qRegisterMetaType<QVector<MessageRecord>>();
    qRegisterMetaType<ConnectionRecord>();
    qRegisterMetaType<AccountRecord>();
    m_coreThread.setObjectName(QStringLiteral("valise-core"));
    m_readerThread.setObjectName(QStringLiteral("valise-reader"));
    m_reader = new HistoryReader;
    m_reader->moveToThread(&m_readerThread);
    m_engine = new Engine(m_reader);
    m_engine->moveToThread(&m_coreThread);
    passOn(&Engine::conversationChanged, &Client::conversationChanged);
    passOn(&Engine::messagesAdded, &Client::messagesAdded);
    passOn(&Engine::messageChanged, &Client::messageChanged);
    passOn(&Engine::messageRemoved, &Client::messageRemoved);
    passOn(&Engine::typingChanged, &Client::typingChanged);
    passOn(&Engine::connectionChanged, &Client::connectionChanged);
    passOn(&Engine::accountChanged, &Client::accountChanged);
    passOn(&Engine::idleChanged, &Client::idleChanged);
    // Qt lets an owner go on before the system has cleaned up behind a thread.
    for (QThread* thread : {&m_coreThread, &m_readerThread})
        connect(thread, &QThread::finished, [] { crypto::releaseThread(); });
    m_readerThread.start();
    m_coreThread.start();
}

Client::~Client() {
    // In this order: the engine takes the reader's connection away while the reader still runs.
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine] { engine->closeProfile(); }, Qt::BlockingQueuedConnection);
    m_coreThread.quit();
    m_coreThread.wait();
    delete m_engine;
    m_readerThread.quit();
    m_readerThread.wait();
    delete m_reader;
}

bool Client::profileExists(const QString& home) {
    return storage::Database::exists(QFileInfo(home).filesystemFilePath());
}

template <typename... Values>
void Client::passOn(void (Engine::*from)(Values...), void (Client::*to)(Values...)) {
    connect(m_engine, from, m_engine, [this, to](Values... values) {
        QMetaObject::invokeMethod(
            this, [this, to, values...] { (this->*to)(values...); }, Qt::QueuedConnection);
    });
}

template <typename T, typename Work>
void Client::ask(QObject* context, Reply<T> reply, Work work) {
    QMetaObject::invokeMethod(
        m_engine,
        [engine = m_engine, answer = homeward<T>(this, context, std::move(reply)),
         work = std::move(work)]() mutable { work(*engine, std::move(answer)); },
        Qt::QueuedConnection);
}

template <typename T, typename Work>
void Client::askReader(QObject* context, Reply<T> reply, Work work) {
    QMetaObject::invokeMethod(
        m_reader,
        [reader = m_reader, answer = homeward<T>(this, context, std::move(reply)), work = std::move(work)] {
            answer(work(*reader));
        },
        Qt::QueuedConnection);
}

template <typename Change>
void Client::askConversations(QObject* context, Reply<void> reply, Change change) {
    ask<void>(context, std::move(reply), [change = std::move(change)](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? change(**all) : Result<void>(all.error()));
    });
}

template <typename Change>
void Client::askGroup(const ConversationId& conversation, QObject* context, Reply<void> reply,
                      Change change) {
    ask<void>(
        context, std::move(reply),
        [group = toBytes(fromQt(conversation)), change = std::move(change)](Engine& engine, auto answer) {
            if (const auto all = engine.conversations())
                change(**all, group, answer);
            else
                answer(all.error());
        });
}

template <typename Change>
void Client::askMember(const ConversationId& conversation, const AccountKey& member, QObject* context,
                       Reply<void> reply, Change change) {
    askGroup(conversation, context, std::move(reply),
             [member, change = std::move(change)](Conversations& all, const Bytes& group, auto answer) {
                 marmot::Id32 account{};
                 if (static_cast<std::size_t>(member.size()) != account.size()) {
                     answer(Error{ErrorCode::InvalidArgument, "not an account"});
                     return;
                 }
                 std::copy(member.begin(), member.end(), account.begin());
                 change(all, group, account, answer);
             });
}

void Client::createProfile(ProfileOptions options, QString name, crypto::Secret passphrase,
                           QStringList relays, QObject* context, Reply<AccountRecord> reply) {
    auto secret = std::make_shared<crypto::Secret>(std::move(passphrase));
    ask<AccountRecord>(context, std::move(reply), [=](Engine& engine, auto answer) {
        answer(engine.createProfile(options, name, *secret, relays));
        *secret = {};
        engine.announce();
    });
}

void Client::openProfile(ProfileOptions options, crypto::Secret passphrase, QObject* context,
                         Reply<AccountRecord> reply) {
    auto secret = std::make_shared<crypto::Secret>(std::move(passphrase));
    ask<AccountRecord>(context, std::move(reply), [=](Engine& engine, auto answer) {
        answer(engine.openProfile(options, *secret));
        *secret = {};
        engine.announce();
    });
}

void Client::closeProfile(QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply), [](Engine& engine, auto answer) {
        engine.closeProfile();
        answer({});
    });
}

void Client::conversations(QObject* context, Reply<QVector<ConversationRecord>> reply) {
    askReader<QVector<ConversationRecord>>(context, std::move(reply),
                                           [](HistoryReader& reader) { return reader.conversations(); });
}

void Client::latestPage(const ConversationId& conversation, int limit, QObject* context,
                        Reply<MessagePage> reply) {
    askReader<MessagePage>(context, std::move(reply),
                           [=](HistoryReader& reader) { return reader.latest(conversation, limit); });
}

void Client::pageBefore(const ConversationId& conversation, qint64 row, int limit, QObject* context,
                        Reply<MessagePage> reply) {
    askReader<MessagePage>(context, std::move(reply),
                           [=](HistoryReader& reader) { return reader.before(conversation, row, limit); });
}

void Client::pageAfter(const ConversationId& conversation, qint64 row, int limit, QObject* context,
                       Reply<MessagePage> reply) {
    askReader<MessagePage>(context, std::move(reply),
                           [=](HistoryReader& reader) { return reader.after(conversation, row, limit); });
}

void Client::pageAround(const ConversationId& conversation, qint64 row, int limit, QObject* context,
                        Reply<MessagePage> reply) {
    askReader<MessagePage>(context, std::move(reply),
                           [=](HistoryReader& reader) { return reader.around(conversation, row, limit); });
}

void Client::openingPage(const ConversationId& conversation, int limit, QObject* context,
                         Reply<MessagePage> reply) {
    askReader<MessagePage>(context, std::move(reply),
                           [=](HistoryReader& reader) { return reader.opening(conversation, limit); });
}

void Client::pageSince(const ConversationId& conversation, qint64 seconds, int limit, QObject* context,
                       Reply<MessagePage> reply) {
    askReader<MessagePage>(context, std::move(reply),
                           [=](HistoryReader& reader) { return reader.since(conversation, seconds, limit); });
}

void Client::messageDetails(const ConversationId& conversation, qint64 row, QObject* context,
                            Reply<MessageDetails> reply) {
    askReader<MessageDetails>(context, std::move(reply),
                              [=](HistoryReader& reader) { return reader.details(conversation, row); });
}

void Client::queue(const ConversationId& conversation, QObject* context, Reply<QVector<QueueRecord>> reply) {
    askReader<QVector<QueueRecord>>(context, std::move(reply),
                                    [=](HistoryReader& reader) { return reader.queue(conversation); });
}

void Client::scheduled(const ConversationId& conversation, QObject* context,
                       Reply<QVector<ScheduledRecord>> reply) {
    askReader<QVector<ScheduledRecord>>(
        context, std::move(reply), [=](HistoryReader& reader) { return reader.scheduled(conversation); });
}

void Client::starred(const ConversationId& conversation, int limit, QObject* context,
                     Reply<QVector<SearchHit>> reply) {
    askReader<QVector<SearchHit>>(context, std::move(reply),
                                  [=](HistoryReader& reader) { return reader.starred(conversation, limit); });
}

void Client::pinned(const ConversationId& conversation, QObject* context,
                    Reply<QVector<MessageRecord>> reply) {
    askReader<QVector<MessageRecord>>(context, std::move(reply),
                                      [=](HistoryReader& reader) { return reader.pinned(conversation); });
}

void Client::search(const QString& text, const SearchFilter& filter, int limit, QObject* context,
                    Reply<QVector<SearchHit>> reply) {
    askReader<QVector<SearchHit>>(context, std::move(reply),
                                  [=](HistoryReader& reader) { return reader.search(text, filter, limit); });
}

void Client::members(const ConversationId& conversation, QObject* context,
                     Reply<QVector<MemberRecord>> reply) {
    ask<QVector<MemberRecord>>(context, std::move(reply), [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->members(toBytes(fromQt(conversation)))
                   : Result<QVector<MemberRecord>>(all.error()));
    });
}

void Client::audience(const ConversationId& conversation, QObject* context, Reply<AudienceRecord> reply) {
    ask<AudienceRecord>(context, std::move(reply), [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->audience(toBytes(fromQt(conversation))) : Result<AudienceRecord>(all.error()));
    });
}

void Client::preference(const QString& name, QObject* context, Reply<QString> reply) {
    ask<QString>(context, std::move(reply),
                 [=](Engine& engine, auto answer) { answer(engine.preference(name)); });
}

void Client::setPreference(const QString& name, const QString& value) {
    ask<void>(this, {}, [=](Engine& engine, auto answer) { answer(engine.setPreference(name, value)); });
}

void Client::contacts(QObject* context, Reply<QVector<ContactRecord>> reply) {
    ask<QVector<ContactRecord>>(context, std::move(reply),
                                [](Engine& engine, auto answer) { answer(engine.contacts()); });
}

void Client::diagnostics(QObject* context, Reply<QVector<DiagnosticRecord>> reply) {
    ask<QVector<DiagnosticRecord>>(context, std::move(reply),
                                   [](Engine& engine, auto answer) { answer(engine.diagnostics()); });
}

void Client::account(QObject* context, Reply<AccountRecord> reply) {
    ask<AccountRecord>(context, std::move(reply),
                       [](Engine& engine, auto answer) { answer(engine.account()); });
}

void Client::checkIntegrity(QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply),
              [](Engine& engine, auto answer) { answer(engine.checkIntegrity()); });
}

void Client::addContact(const QString& address, const QString& name, QObject* context,
                        Reply<ContactRecord> reply) {
    ask<ContactRecord>(context, std::move(reply),
                       [=](Engine& engine, auto answer) { answer(engine.addContact(address, name)); });
}

void Client::createConversation(const QString& name, const QStringList& addresses, QObject* context,
                                Reply<ConversationRecord> reply) {
    ask<ConversationRecord>(context, std::move(reply), [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        if (all)
            (*all)->create(name, addresses, answer);
        else
            answer(all.error());
    });
}

void Client::acceptRequest(const ConversationId& conversation, QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply), [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->accept(toBytes(fromQt(conversation))) : Result<void>(all.error()));
    });
}

void Client::addMembers(const ConversationId& conversation, const QStringList& addresses, QObject* context,
                        Reply<void> reply) {
    ask<void>(context, std::move(reply), [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        if (all)
            (*all)->addMembers(toBytes(fromQt(conversation)), addresses, answer);
        else
            answer(all.error());
    });
}

void Client::removeMember(const ConversationId& conversation, const AccountKey& member, QObject* context,
                          Reply<void> reply) {
    askMember(conversation, member, context, std::move(reply),
              [](Conversations& all, const Bytes& group, const marmot::Id32& account, auto answer) {
                  all.removeMember(group, account, answer);
              });
}

void Client::setAdministrator(const ConversationId& conversation, const AccountKey& member, bool on,
                              QObject* context, Reply<void> reply) {
    askMember(conversation, member, context, std::move(reply),
              [on](Conversations& all, const Bytes& group, const marmot::Id32& account, auto answer) {
                  all.setAdmin(group, account, on, answer);
              });
}

void Client::setRetention(const ConversationId& conversation, quint64 seconds, QObject* context,
                          Reply<void> reply) {
    askGroup(conversation, context, std::move(reply),
             [seconds](Conversations& all, const Bytes& group, auto answer) {
                 all.setTimer(group, seconds, answer);
             });
}

void Client::setConversationRelays(const ConversationId& conversation, const QStringList& urls,
                                   QObject* context, Reply<void> reply) {
    askGroup(
        conversation, context, std::move(reply),
        [urls](Conversations& all, const Bytes& group, auto answer) { all.setRelays(group, urls, answer); });
}

void Client::disbandConversation(const ConversationId& conversation, QObject* context, Reply<void> reply) {
    askGroup(conversation, context, std::move(reply),
             [](Conversations& all, const Bytes& group, auto answer) { all.disband(group, answer); });
}

void Client::renameConversation(const ConversationId& conversation, const QString& name, QObject* context,
                                Reply<void> reply) {
    askGroup(
        conversation, context, std::move(reply),
        [name](Conversations& all, const Bytes& group, auto answer) { all.rename(group, name, answer); });
}

void Client::leaveConversation(const ConversationId& conversation, QObject* context, Reply<void> reply) {
    askGroup(conversation, context, std::move(reply),
             [](Conversations& all, const Bytes& group, auto answer) { all.leave(group, answer); });
}

void Client::sendText(const ConversationId& conversation, const QString& text, const QByteArray& replyTo,
                      QObject* context, Reply<MessageRecord> reply) {
    ask<MessageRecord>(context, std::move(reply), [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->sendText(toBytes(fromQt(conversation)), toStd(text), optionalBytes(replyTo))
                   : Result<MessageRecord>(all.error()));
    });
}

void Client::scheduleText(const ConversationId& conversation, const QString& text, const QByteArray& replyTo,
                          qint64 dueMs, const QString& zone, QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.schedule(toBytes(fromQt(conversation)), toStd(text), optionalBytes(replyTo), dueMs,
                            toStd(zone));
    });
}

void Client::rescheduleText(const ConversationId& conversation, qint64 id, qint64 dueMs, const QString& zone,
                            QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.reschedule(toBytes(fromQt(conversation)), id, dueMs, toStd(zone));
    });
}

void Client::cancelScheduled(const ConversationId& conversation, qint64 id, QObject* context,
                             Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.cancelScheduled(toBytes(fromQt(conversation)), id);
    });
}

void Client::sendScheduledNow(const ConversationId& conversation, qint64 id, QObject* context,
                              Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) -> Result<void> {
        VALISE_CHECK(all.sendScheduled(toBytes(fromQt(conversation)), id));
        return {};
    });
}

void Client::react(const ConversationId& conversation, const QByteArray& eventId, const QString& emoji,
                   bool on, QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.react(toBytes(fromQt(conversation)), toBytes(fromQt(eventId)), toStd(emoji), on);
    });
}

void Client::editMessage(const ConversationId& conversation, const QByteArray& eventId, const QString& text,
                         QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.edit(toBytes(fromQt(conversation)), toBytes(fromQt(eventId)), toStd(text));
    });
}

void Client::deleteForEveryone(const ConversationId& conversation, const QVector<QByteArray>& eventIds,
                               QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        std::vector<Bytes> ids;
        for (const QByteArray& id : eventIds)
            ids.push_back(toBytes(fromQt(id)));
        return all.deleteForEveryone(toBytes(fromQt(conversation)), ids);
    });
}

void Client::deleteForMe(const ConversationId& conversation, const QVector<qint64>& rows, QObject* context,
                         Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.deleteForMe(toBytes(fromQt(conversation)), {rows.begin(), rows.end()});
    });
}

void Client::setStarred(const ConversationId& conversation, qint64 row, bool on, QObject* context,
                        Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.setStarred(toBytes(fromQt(conversation)), row, on);
    });
}

void Client::setMessagePinned(const ConversationId& conversation, qint64 row, bool on, QObject* context,
                              Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.setMessagePinned(toBytes(fromQt(conversation)), row, on);
    });
}

void Client::setNotificationDetail(const ConversationId& conversation,
                                   std::optional<NotificationDetail> detail, QObject* context,
                                   Reply<void> reply) {
    askConversations(context, std::move(reply), [=](Conversations& all) {
        return all.setNotificationDetail(toBytes(fromQt(conversation)), detail);
    });
}

void Client::setMuted(const ConversationId& conversation, bool on, QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply),
                     [=](Conversations& all) { return all.setMuted(toBytes(fromQt(conversation)), on); });
}

void Client::setPinned(const ConversationId& conversation, bool on, QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply),
                     [=](Conversations& all) { return all.setPinned(toBytes(fromQt(conversation)), on); });
}

void Client::setArchived(const ConversationId& conversation, bool on, QObject* context, Reply<void> reply) {
    askConversations(context, std::move(reply),
                     [=](Conversations& all) { return all.setArchived(toBytes(fromQt(conversation)), on); });
}

void Client::saveDraft(const ConversationId& conversation, const QString& text) {
    ask<void>(this, {}, [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->saveDraft(toBytes(fromQt(conversation)), toStd(text))
                   : Result<void>(all.error()));
    });
}

void Client::markRead(const ConversationId& conversation, qint64 row) {
    ask<void>(this, {}, [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->markRead(toBytes(fromQt(conversation)), row) : Result<void>(all.error()));
    });
}

void Client::setSignals(const SignalSettings& settings) {
    ask<void>(this, {}, [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->setSignals(settings) : Result<void>(all.error()));
    });
}

void Client::setTyping(const ConversationId& conversation, bool on) {
    ask<void>(this, {}, [=](Engine& engine, auto answer) {
        const auto all = engine.conversations();
        answer(all ? (*all)->sendTyping(toBytes(fromQt(conversation)), on) : Result<void>(all.error()));
    });
}

void Client::setName(const QString& name, QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply), [=](Engine& engine, auto answer) { answer(engine.setName(name)); });
}

void Client::setRelays(const QStringList& urls, QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply),
              [=](Engine& engine, auto answer) { answer(engine.setRelays(urls)); });
}

void Client::proxy(QObject* context, Reply<ProxyRecord> reply) {
    ask<ProxyRecord>(context, std::move(reply), [](Engine& engine, auto answer) { answer(engine.proxy()); });
}

void Client::setProxy(const ProxyRecord& proxy, const std::optional<QString>& password, QObject* context,
                      Reply<void> reply) {
    ask<void>(context, std::move(reply),
              [=](Engine& engine, auto answer) { answer(engine.setProxy(proxy, password)); });
}

void Client::whenIdle(QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply), [](Engine& engine, auto answer) { engine.whenIdle(answer); });
}

void Client::connectNow() {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine] { engine->connectNow(); });
}

} // namespace valise::client
