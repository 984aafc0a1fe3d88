// SPDX-License-Identifier: AGPL-3.0-or-later
// The program with a kept profile open, and what it shows, as lines. Everything that knows how this version
// is asked stands here: when calls and records change these functions do, and the lines that upgrade_test.cpp
// expects do not.
#pragma once

#include "tests/core/client/upgrade/correspondents.h"

#include "core/client/engine.h"
#include "core/client/history/history_reader.h"

#include <QElapsedTimer>

namespace valise::client::test {

//! The time at which the profile was closed, and what has gone by since the test began.
class LaterClock final : public Clock {
public:
    LaterClock() { m_since.start(); }
    std::int64_t nowMs() const override { return kClosedMs + 600'000 + m_since.elapsed(); }
    std::int64_t monotonicMs() const override { return m_since.elapsed(); }

private:
    QElapsedTimer m_since;
};

//! The program with the kept profile open; without relays it stays offline.
class Program {
public:
    explicit Program(const KeptProfile& profile, Relays* relays = nullptr) {
        Environment environment;
        environment.clock = &m_clock;
        if (relays)
            environment.openSocket = relays->sockets();
        environment.onOpened = [this](storage::Database& database) { m_database = &database; };
        m_engine = std::make_unique<Engine>(&m_reader, std::move(environment));
        ProfileOptions options;
        options.home = profile.home();
        options.online = relays != nullptr;
        account = must(m_engine->openProfile(options, crypto::Secret(viewOf(kKeptPassphrase))));
    }
    //! For what the window does not show.
    storage::Stores& stores() { return m_database->stores(); }

    QVector<ConversationRecord> conversations() { return must(m_reader.conversations()); }
    QVector<MessageRecord> messages(const ConversationId& id) {
        return must(m_reader.latest(id, 1000)).messages;
    }
    qint64 firstUnread(const ConversationId& id) { return must(m_reader.opening(id, 1000)).firstUnreadRow; }
    QVector<QueueRecord> queue() { return must(m_reader.queue({})); }
    QVector<ScheduledRecord> scheduled() { return must(m_reader.scheduled({})); }
    QVector<SearchHit> starred() { return must(m_reader.starred({}, 100)); }
    QVector<MessageRecord> pinned(const ConversationId& id) { return must(m_reader.pinned(id)); }
    QVector<SearchHit> search(const QString& text) { return must(m_reader.search(text, {}, 100)); }
    MessageDetails details(const ConversationId& id, qint64 row) { return must(m_reader.details(id, row)); }
    QVector<MemberRecord> members(const ConversationId& id) {
        return must(parts().audience.members(bytes(id)));
    }
    AudienceRecord audience(const ConversationId& id) { return must(parts().audience.audience(bytes(id))); }
    QVector<ContactRecord> contacts() { return must(parts().contacts.list()); }
    QString preference(const char* name) {
        return must(parts().housekeeping.preference(QLatin1String(name)));
    }
    ProxyRecord proxy() { return must(parts().proxy.proxy()); }
    QVector<DiagnosticRecord> diagnostics() { return must(parts().diagnostics.report()); }
    void setSignals(const SignalSettings& settings) { must(parts().receipts.setSignals(settings)); }
    //! Something is still to be sent, decided or repaired that the relays which are there could take.
    bool hasWork() {
        if (must(stores().held.count()) > 0)
            return true;
        for (const Bytes& group : must(stores().receipts.groupsDue()))
            if (parts().sessions.engine(group)) // nothing is said to those who are left behind
                return true;
        for (const storage::OutboxRow& row : must(stores().outbox.list()))
            for (const storage::OutboxTarget& target : row.targets)
                if (target.state == storage::TargetState::Pending && Relays::isThere(target.relay))
                    return true;
        for (const storage::GroupRow& group : must(stores().groups.list())) {
            const marmot::GroupEngine* engine = parts().sessions.engine(group.groupId);
            if (engine && (!engine->settled() || !engine->queue().empty()))
                return true;
            if (!must(stores().debts.list(group.groupId)).empty())
                return true;
        }
        return false;
    }

    AccountRecord account;

private:
    EngineParts& parts() { return *m_engine->parts(); }
    static Bytes bytes(const ConversationId& id) { return toBytes(fromQt(id)); }

    LaterClock m_clock;
    HistoryReader m_reader;
    std::unique_ptr<Engine> m_engine;
    storage::Database* m_database = nullptr;
};

inline const char* wordOf(DeliveryState state) {
    constexpr const char* words[] = {"received", "queued", "sent",     "delivered",
                                     "read",     "failed", "withdrawn"};
    return words[static_cast<int>(state)];
}
inline const char* wordOf(ConversationState state) {
    constexpr const char* words[] = {"request", "active",    "leaving", "left",
                                     "removed", "disbanded", "damaged"};
    return words[static_cast<int>(state)];
}
inline const char* wordOf(ServerRecord::State state) {
    constexpr const char* words[] = {"accepted", "waiting", "unknown", "refused"};
    return words[static_cast<int>(state)];
}

inline std::string lineOf(const MessageRecord& message) {
    Line line;
    line << message.row << wordOf(message.delivery.state) << message.senderName + QLatin1Char(':');
    if (message.system() != SystemKind::None)
        return line << wordOf(message.system()) << message.systemSubject();
    line << quoted(message.text());
    line.fact("at", since(message.createdAt));
    if (message.own)
        line << std::to_string(message.delivery.acceptedBy) + "of" +
                    std::to_string(message.delivery.ofRelays);
    line.fact("delivered", message.delivery.deliveredTo).fact("read", message.delivery.readBy);
    line.fact("failure", message.delivery.failure);
    if (!message.quote.eventId.isEmpty())
        line << "answers" << message.quote.row << message.quote.sender << quoted(message.quote.text);
    line.when(message.quote.deleted, "(deleted)").when(message.isDeleted(), "deleted");
    line.fact("edited", since(message.editedAt()))
        .when(message.starred, "starred")
        .when(message.pinned, "pinned");
    line.fact("expires", since(message.expiresAt));
    for (const ReactionRecord& reaction : message.reactions)
        line << reaction.emoji + QString::number(reaction.count) + QLatin1String(reaction.own ? "+" : "") +
                    QLatin1Char('(') + reaction.names.join(QLatin1Char(',')) + QLatin1Char(')');
    for (const MentionRecord& mention : message.mentions())
        line << "mentions" << mention.name + QLatin1String(mention.self ? "(self)" : "");
    return line;
}

inline std::string lineOf(const ConversationRecord& c) {
    Line line;
    line << nameOf(c.id) << wordOf(c.state) << quoted(c.name);
    line.fact("about", quoted(c.description), quoted(std::string())).when(c.direct, "direct");
    line.fact("peer", c.peer.isEmpty() ? std::string() : nameOf(c.peer)).fact("by", c.invitedBy);
    line.fact("members", c.members).when(c.admin, "admin").fact("unread", c.unread);
    line.fact("mentions", c.mentions).fact("queued", c.queued).fact("failed", c.failed);
    line.fact("scheduled", c.scheduled).when(c.scheduledMissed, "missed");
    line.fact("draft", quoted(c.draft), quoted(std::string()));
    if (c.notification)
        line.fact("notification", static_cast<int>(*c.notification), -1);
    line.when(c.muted, "muted").when(c.pinned, "pinned").when(c.archived, "archived");
    line.fact("retention", c.retentionSeconds).fact("relays", joined(c.relays)).fact("epoch", c.epoch);
    line << "last" << since(c.lastAt) << c.lastSender + QLatin1Char(':');
    if (c.lastSystem != SystemKind::None)
        line << wordOf(c.lastSystem) << c.lastSystemSubject;
    else
        line << quoted(c.lastText) << wordOf(c.lastState);
    line.when(c.lastOwn, "own").when(c.lastDeleted, "deleted");
    return line;
}

inline std::string lineOf(const ServerRecord& server) {
    Line line;
    line << wordOf(server.state) << server.url;
    line.fact("reason", server.reason).fact("at", sinceMs(server.acceptedAt));
    if (server.failure)
        line << errorName(*server.failure);
    return line;
}

inline Lines linesOf(const QueueRecord& record) {
    Lines out{Line() << quoted(record.conversationName) << (record.held ? "held" : "sealed")
                     << lineOf(record.message)};
    for (const ServerRecord& server : record.servers)
        out.push_back("  " + lineOf(server));
    return out;
}

inline std::string lineOf(const ScheduledRecord& record) {
    constexpr const char* words[] = {"waiting", "missed", "refused"};
    Line line;
    line << record.id << words[static_cast<int>(record.state)] << quoted(record.conversationName)
         << quoted(record.text) << sinceMs(record.dueMs) << record.zone;
    line.fact("answers", record.replyTo.isEmpty() ? std::string() : nameOf(record.replyTo));
    for (const MentionRecord& mention : record.mentions)
        line << "mentions" << mention.name;
    return line;
}

inline Lines linesOf(const MessageDetails& details) {
    Lines out;
    for (const ServerRecord& server : details.servers)
        out.push_back(lineOf(server));
    for (const ReaderRecord& reader : details.readers)
        out.push_back(Line() << reader.name << since(reader.deliveredAt) << since(reader.readAt));
    for (const VersionRecord& version : details.versions)
        out.push_back(Line() << since(version.at) << quoted(version.text));
    return out;
}

inline std::string lineOf(const MemberRecord& member) {
    Line line;
    line << nameOf(member.key) << quoted(member.name) << member.address.left(12);
    return line.when(member.admin, "admin").when(member.self, "self").when(member.verified, "verified");
}

inline std::string lineOf(const ContactRecord& contact) {
    Line line;
    line << nameOf(contact.key) << quoted(contact.name) << contact.address.left(12) << joined(contact.relays);
    return line.when(contact.verified, "verified");
}

inline std::string lineOf(const DiagnosticRecord& record) {
    const std::string scope = record.scope.toStdString();
    return Line() << (scope.size() == 32 ? nameOf(scope) : scope) << record.category << record.reason
                  << record.count;
}

} // namespace valise::client::test
