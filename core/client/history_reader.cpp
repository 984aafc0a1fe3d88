// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history_reader.h"

#include "core/client/profile.h"

namespace valise::client {

namespace {

constexpr int kMaxPage = 1000;

std::size_t bounded(int limit) {
    return static_cast<std::size_t>(std::clamp(limit, 1, kMaxPage));
}

} // namespace

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
                                        const std::vector<storage::MessageRecord>& rows) {
    MessagePage out;
    out.conversation = conversation;
    out.messages.reserve(static_cast<qsizetype>(rows.size()));
    for (const storage::MessageRecord& row : rows)
        out.messages.append(m_mapper->message(row));
    if (!rows.empty()) {
        auto& messages = m_reader->stores().messages;
        VALISE_TRY(const auto older, messages.before(fromQt(conversation), rows.front().orderKey(), 1));
        VALISE_TRY(const auto newer, messages.after(fromQt(conversation), rows.back().orderKey(), 1));
        out.hasOlder = !older.empty();
        out.hasNewer = !newer.empty();
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

Result<QVector<SearchHit>> HistoryReader::search(const QString& text, const ConversationId& conversation,
                                                 int limit) {
    VALISE_CHECK(ready());
    std::optional<Bytes> group;
    if (!conversation.isEmpty())
        group = toBytes(fromQt(conversation));
    VALISE_TRY(const auto hits, m_reader->stores().search.search(toStd(text), group, bounded(limit)));
    QVector<SearchHit> out;
    for (const storage::SearchHit& hit : hits) {
        SearchHit record{m_mapper->message(hit.message), {}};
        if (const auto row = m_reader->stores().groups.conversation(hit.message.groupId); row && *row)
            record.conversationName = m_mapper->conversation(**row).name;
        out.append(std::move(record));
    }
    return out;
}

} // namespace valise::client
