// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/announcements.h"

namespace valise::client {

namespace {

// If very many messages quote a changed one, only the last of them are announced again. The others follow
// when they are shown.
constexpr std::size_t kMaxQuoting = 200;

} // namespace

Announcements::Announcements(Profile& profile, RecordMapper& mapper, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_mapper(mapper) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Announcements::tellUntold);
}

void Announcements::follow(const Effects& effects) {
    tellAdded(effects);
    tellChanged(effects);
    for (const Effects::Typing& typing : effects.typing)
        emit typingChanged(toQt(typing.group), toQt(typing.member), m_mapper.nameOf(typing.member),
                           typing.on);
    std::set<Bytes> moved = effects.epochMoved;
    moved.insert(effects.joined.begin(), effects.joined.end());
    for (const Bytes& group : moved)
        emit membersChanged(toQt(group));
    // However much happens to a conversation in one turn, its record is read and told once.
    m_untold.insert(effects.touched.begin(), effects.touched.end());
    for (const auto& [group, rows] : effects.added)
        m_untold.insert(group);
    for (const auto& [group, ids] : effects.changed)
        m_untold.insert(group);
    for (const auto& [group, rows] : effects.removed)
        m_untold.insert(group);
    if (!m_untold.empty() && !m_timer.isActive())
        m_timer.start(0);
}

void Announcements::tellAdded(const Effects& effects) {
    for (const auto& [group, rows] : effects.added) {
        QVector<MessageRecord> records;
        for (const std::int64_t row : rows)
            if (const auto message = m_profile.stores().messages.byRow(row);
                message && *message && (*message)->shown)
                records.append(m_mapper.message(**message));
        if (!records.isEmpty())
            emit messagesAdded(toQt(group), records);
    }
}

void Announcements::tellChanged(const Effects& effects) {
    auto& messages = m_profile.stores().messages;
    for (const auto& [group, ids] : effects.changed) {
        std::map<std::int64_t, storage::MessageRow> rows;
        for (const storage::Id32& id : ids) {
            if (const auto message = messages.get(group, id); message && *message && (*message)->shown)
                rows.emplace((*message)->row, **message);
            if (const auto quoting = messages.quoting(group, id, kMaxQuoting))
                for (const storage::MessageRow& row : *quoting)
                    rows.emplace(row.row, row);
        }
        for (const auto& [row, message] : rows)
            emit messageChanged(m_mapper.message(message));
    }
    for (const auto& [group, rows] : effects.removed)
        for (const std::int64_t row : rows)
            emit messageRemoved(toQt(group), row);
    for (const std::int64_t row : effects.changedRows)
        if (const auto message = messages.byRow(row); message && *message && (*message)->shown)
            emit messageChanged(m_mapper.message(**message));
}

void Announcements::tellUntold() {
    for (const Bytes& group : std::exchange(m_untold, {})) {
        const auto row = m_profile.stores().groups.conversation(group);
        if (row && *row)
            emit conversationChanged(m_mapper.conversation(**row));
    }
}

void Announcements::names() {
    m_mapper.forgetNames();
    emit namesChanged();
    emit membersChanged({});
    const auto rows = m_profile.stores().groups.conversations();
    if (rows)
        for (const storage::ConversationRow& row : *rows)
            emit conversationChanged(m_mapper.conversation(row));
}

} // namespace valise::client
