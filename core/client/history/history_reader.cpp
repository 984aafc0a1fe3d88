// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history/history_reader.h"

#include "core/client/faces/bind.h"
#include "core/client/qt_conversions.h"
#include "core/client/spine/outbox_pump.h"

#include <map>

namespace valise::client {

namespace {

constexpr int kMaxPage = 1000;

std::size_t bounded(int limit) {
    return static_cast<std::size_t>(std::clamp(limit, 1, kMaxPage));
}

//! The state of a relay that has not accepted. OutboxPump kept the relay's words, or why there are none.
ServerRecord serverOf(const storage::OutboxTarget& target) {
    ServerRecord out;
    out.url = toQString(target.relay);
    const std::string_view reason = target.reason;
    if (target.state == storage::TargetState::Refused) {
        out.state = ServerRecord::State::Refused;
        out.reason = toQString(reason);
    } else if (reason == kNoAnswer) {
        out.state = ServerRecord::State::Unknown;
    } else if (reason.starts_with(kNotReached)) {
        const std::string_view why = reason.substr(kNotReached.size());
        out.failure = errorNamed(why.substr(0, why.find(':')));
    } else {
        out.reason = toQString(reason);
    }
    return out;
}

} // namespace

void HistoryReader::bind(const HistoryFace& face) {
    using client::bind;
    bind(face.conversations, *this, &HistoryReader::conversations);
    bind(face.latestPage, *this, &HistoryReader::latest);
    bind(face.pageBefore, *this, &HistoryReader::before);
    bind(face.pageAfter, *this, &HistoryReader::after);
    bind(face.pageAround, *this, &HistoryReader::around);
    bind(face.openingPage, *this, &HistoryReader::opening);
    bind(face.pageSince, *this, &HistoryReader::since);
    bind(face.messageDetails, *this, &HistoryReader::details);
    bind(face.queue, *this, &HistoryReader::queue);
    bind(face.scheduled, *this, &HistoryReader::scheduled);
    bind(face.starred, *this, &HistoryReader::starred);
    bind(face.pinned, *this, &HistoryReader::pinned);
    bind(face.search, *this, &HistoryReader::search);
}

void HistoryReader::attach(std::shared_ptr<storage::Reader> reader, storage::Id32 self, QString ownName) {
    detach();
    m_reader = std::move(reader);
    m_mapper = std::make_unique<RecordMapper>(m_reader->stores(), self, std::move(ownName));
}

void HistoryReader::detach() {
    m_mapper.reset();
    m_reader.reset();
}

void HistoryReader::forgetNames() {
    if (m_mapper)
        m_mapper->forgetNames();
}

void HistoryReader::setOwnName(const QString& name) {
    if (m_mapper)
        m_mapper->setOwnName(name);
}

Result<void> HistoryReader::ready() const {
    if (!m_reader)
        return {ErrorCode::NotFound, "no profile is open"};
    return {};
}

Result<QVector<ConversationRecord>> HistoryReader::conversations() {
    VALISE_CHECK(ready());
    VALISE_TRY(const std::vector<storage::ConversationRow> rows, m_reader->stores().groups.conversations());
    QVector<ConversationRecord> out;
    out.reserve(static_cast<qsizetype>(rows.size()));
    for (const storage::ConversationRow& row : rows)
        if (row.group.status != storage::GroupStatus::Declined)
            out.append(m_mapper->conversation(row));
    return out;
}

Result<MessagePage> HistoryReader::page(const ConversationId& conversation,
                                        const std::vector<storage::MessageRow>& rows) {
    MessagePage out;
    out.conversation = conversation;
    out.messages.reserve(static_cast<qsizetype>(rows.size()));
    for (const storage::MessageRow& row : rows)
        out.messages.append(m_mapper->message(row));
    if (!rows.empty()) {
        auto& messages = m_reader->stores().messages;
        VALISE_TRY(const auto older, messages.before(fromQt(conversation), rows.front().orderKey(), 1));
        VALISE_TRY(const auto newer, messages.after(fromQt(conversation), rows.back().orderKey(), 1));
        out.hasOlder = !older.empty();
        out.hasNewer = !newer.empty();
        auto unread = messages.firstUnread(fromQt(conversation));
        // The rows are more important than the line between them, if a damaged page stands in its way.
        if (!unread && unread.error().code == ErrorCode::StorageDamaged && m_reader->connection().revive())
            unread = std::optional<storage::OrderKey>();
        if (!unread)
            return unread.error();
        if (*unread) {
            VALISE_TRY(const auto first, messages.get(fromQt(conversation), (*unread)->eventId));
            out.firstUnreadRow = first ? first->row : 0;
        }
    }
    return out;
}

Result<storage::OrderKey> HistoryReader::keyOf(const ConversationId& conversation, qint64 row) {
    VALISE_TRY(const auto message, m_reader->stores().messages.byRow(row));
    if (!message || !sameBytes(message->groupId, fromQt(conversation)))
        return {ErrorCode::NotFound, "no such message in this conversation"};
    return message->orderKey();
}

Result<MessagePage> HistoryReader::latest(const ConversationId& conversation, int limit) {
    VALISE_CHECK(ready());
    VALISE_TRY(const auto rows, m_reader->stores().messages.before(fromQt(conversation), {}, bounded(limit)));
    return page(conversation, rows);
}

Result<MessagePage> HistoryReader::before(const ConversationId& conversation, qint64 row, int limit) {
    VALISE_CHECK(ready());
    VALISE_TRY(const storage::OrderKey key, keyOf(conversation, row));
    VALISE_TRY(const auto rows,
               m_reader->stores().messages.before(fromQt(conversation), key, bounded(limit)));
    VALISE_TRY(MessagePage out, page(conversation, rows));
    out.hasNewer = true;
    return out;
}

Result<MessagePage> HistoryReader::after(const ConversationId& conversation, qint64 row, int limit) {
    VALISE_CHECK(ready());
    VALISE_TRY(const storage::OrderKey key, keyOf(conversation, row));
    VALISE_TRY(const auto rows, m_reader->stores().messages.after(fromQt(conversation), key, bounded(limit)));
    VALISE_TRY(MessagePage out, page(conversation, rows));
    out.hasOlder = true;
    return out;
}

Result<MessagePage> HistoryReader::around(const ConversationId& conversation, qint64 row, int limit) {
    VALISE_CHECK(ready());
    VALISE_TRY(const storage::OrderKey key, keyOf(conversation, row));
    VALISE_TRY(const auto rows, m_reader->stores().messages.around(
                                    fromQt(conversation), key, std::max<std::size_t>(bounded(limit) / 2, 1)));
    return page(conversation, rows);
}

Result<QVector<SearchHit>> HistoryReader::search(const QString& text, const SearchFilter& filter, int limit) {
    VALISE_CHECK(ready());
    storage::SearchFilter wanted;
    if (!filter.conversation.isEmpty())
        wanted.groupId = toBytes(fromQt(filter.conversation));
    if (!filter.sender.isEmpty()) {
        wanted.sender = fixedBytes<32>(fromQt(filter.sender));
        if (!wanted.sender)
            return {ErrorCode::InvalidArgument, "an account is named by 32 octets"};
    }
    if (filter.from > 0)
        wanted.from = filter.from;
    if (filter.before > 0)
        wanted.before = filter.before;
    wanted.withLinks = filter.withLinks;
    VALISE_TRY(const auto hits, m_reader->stores().search.find(toStd(text), wanted, bounded(limit)));
    QVector<SearchHit> out;
    for (const storage::SearchHit& found : hits) {
        SearchHit one = hit(found.message);
        const QByteArray snippet = QByteArray::fromStdString(found.snippet);
        const QString before = found.cutBefore ? QString(QChar(0x2026)) : QString();
        const auto units = [&](std::size_t octets) {
            return static_cast<int>(QString::fromUtf8(snippet.left(static_cast<qsizetype>(octets))).size());
        };
        one.snippet =
            before + QString::fromUtf8(snippet) + (found.cutAfter ? QString(QChar(0x2026)) : QString());
        for (const storage::TextRange& match : found.matches) {
            const int first = units(match.offset);
            one.marks.append(
                {first + static_cast<int>(before.size()), units(match.offset + match.length) - first});
        }
        out.append(one);
    }
    return out;
}

SearchHit HistoryReader::hit(const storage::MessageRow& message) {
    SearchHit out{m_mapper->message(message), {}};
    if (const auto row = m_reader->stores().groups.conversation(message.groupId); row && *row)
        out.conversationName = m_mapper->conversation(**row).name;
    return out;
}

Result<QVector<ScheduledRecord>> HistoryReader::scheduled(const ConversationId& conversation) {
    VALISE_CHECK(ready());
    const std::optional<Bytes> group =
        conversation.isEmpty() ? std::nullopt : std::optional(toBytes(fromQt(conversation)));
    VALISE_TRY(const auto rows, m_reader->stores().scheduled.list(group));
    QHash<ConversationId, QString> names;
    if (!rows.empty()) {
        VALISE_TRY(const auto all, conversations());
        for (const ConversationRecord& c : all)
            names.insert(c.id, c.name);
    }
    QVector<ScheduledRecord> out;
    for (const storage::ScheduledMessage& row : rows) {
        ScheduledRecord record;
        record.id = row.id;
        record.conversation = toQt(row.groupId);
        record.conversationName = names.value(record.conversation);
        record.text = toQString(row.text);
        if (row.replyTo)
            record.replyTo = toQt(*row.replyTo);
        record.dueMs = row.dueMs;
        record.zone = toQString(row.zone);
        record.mentions = m_mapper->mentions(row.text);
        record.state = static_cast<ScheduledRecord::State>(row.state);
        out.append(record);
    }
    return out;
}

Result<QVector<SearchHit>> HistoryReader::starred(const ConversationId& conversation, int limit) {
    VALISE_CHECK(ready());
    std::optional<Bytes> group;
    if (!conversation.isEmpty())
        group = toBytes(fromQt(conversation));
    VALISE_TRY(const auto rows, m_reader->stores().changes.starred(group, bounded(limit)));
    QVector<SearchHit> out;
    for (const storage::MessageRow& row : rows)
        out.append(hit(row));
    return out;
}

Result<QVector<MessageRecord>> HistoryReader::pinned(const ConversationId& conversation) {
    VALISE_CHECK(ready());
    VALISE_TRY(const auto rows, m_reader->stores().marks.pinned(fromQt(conversation)));
    QVector<MessageRecord> out;
    for (const storage::MessageRow& row : rows)
        out.append(m_mapper->message(row));
    return out;
}

Result<MessagePage> HistoryReader::opening(const ConversationId& conversation, int limit) {
    VALISE_TRY(MessagePage newest, latest(conversation, limit));
    if (newest.firstUnreadRow == 0)
        return newest;
    for (const MessageRecord& message : newest.messages)
        if (message.row == newest.firstUnreadRow)
            return newest;
    return around(conversation, newest.firstUnreadRow, limit);
}

Result<MessagePage> HistoryReader::since(const ConversationId& conversation, qint64 seconds, int limit) {
    VALISE_CHECK(ready());
    VALISE_TRY(const auto first, m_reader->stores().messages.firstSince(fromQt(conversation), seconds));
    return first ? around(conversation, first->row, limit) : latest(conversation, limit);
}

Result<QVector<QueueRecord>> HistoryReader::queue(const ConversationId& conversation) {
    VALISE_CHECK(ready());
    auto& stores = m_reader->stores();
    const std::optional<Bytes> group =
        conversation.isEmpty() ? std::nullopt : std::optional(toBytes(fromQt(conversation)));
    std::map<std::int64_t, QueueRecord> out; // by row: as they were written
    const auto add = [&](const Bytes& owner, const storage::Id32& id, bool held) -> Result<void> {
        VALISE_TRY(const auto message, stores.messages.get(owner, id));
        if (!message || !message->shown)
            return {};
        QueueRecord& record = out[message->row];
        record.held = held;
        record.message = m_mapper->message(*message);
        record.servers = held ? QVector<ServerRecord>() : servers(*message);
        return {};
    };
    VALISE_TRY(const auto sealed, stores.outbox.list(group));
    for (const storage::OutboxRow& row : sealed)
        if (row.groupId && row.messageId)
            VALISE_CHECK(add(*row.groupId, *row.messageId, false));
    VALISE_TRY(const auto failed, stores.messages.outgoing(storage::MessageState::Failed, group));
    for (const storage::MessageRow& message : failed)
        VALISE_CHECK(add(message.groupId, message.eventId, false));
    VALISE_TRY(const auto held, stores.held.list(group));
    for (const storage::HeldMessage& message : held)
        if (message.messageId)
            VALISE_CHECK(add(message.groupId, *message.messageId, true));
    VALISE_TRY(const auto all, conversations());
    QVector<QueueRecord> records;
    for (auto& [row, record] : out) {
        for (const ConversationRecord& c : all)
            if (c.id == record.message.conversation)
                record.conversationName = c.name;
        records.append(std::move(record));
    }
    return records;
}

QVector<ServerRecord> HistoryReader::servers(const storage::MessageRow& message) {
    QVector<ServerRecord> out;
    const auto accepted = m_reader->stores().changes.acceptances(message.row);
    if (accepted)
        for (const storage::ServerAcceptance& server : *accepted)
            out.append({toQString(server.url), ServerRecord::State::Accepted, {}, server.acceptedMs});
    // While something waits its row stands in the outbox.
    const auto waiting = m_reader->stores().outbox.list(message.groupId);
    if (!waiting)
        return out;
    for (const storage::OutboxRow& row : *waiting) {
        if (row.messageId != message.eventId)
            continue;
        for (const storage::OutboxTarget& target : row.targets) {
            if (target.state == storage::TargetState::Accepted)
                continue;
            out.append(serverOf(target));
        }
    }
    return out;
}

Result<MessageDetails> HistoryReader::details(const ConversationId& conversation, qint64 row) {
    VALISE_CHECK(ready());
    auto& stores = m_reader->stores();
    VALISE_TRY(const auto message, stores.messages.byRow(row));
    if (!message || !sameBytes(message->groupId, fromQt(conversation)))
        return {ErrorCode::NotFound, "no such message in this conversation"};
    MessageDetails out;
    out.message = m_mapper->message(*message);
    if (out.message.own) {
        out.servers = servers(*message);
        VALISE_TRY(const auto readers, stores.receipts.list(message->groupId, message->eventId));
        for (const storage::Receipt& reader : readers)
            out.readers.append(
                {toQt(reader.reader), m_mapper->nameOf(reader.reader), reader.deliveredAt, reader.readAt});
    }
    if (message->deleted || message->direction == storage::MessageDirection::System)
        return out;
    out.versions.append(
        {toQString(message->original ? *message->original : message->content), message->createdAt});
    VALISE_TRY(const auto edits, stores.changes.edits(message->groupId, message->eventId, message->sender));
    for (const storage::Edit& edit : edits)
        out.versions.append({toQString(edit.body), edit.createdAt});
    return out;
}

} // namespace valise::client
