// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/timeline_model.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace valise::ui {

TimelineModel::TimelineModel(QObject* parent)
    : QObject(parent) {}

void TimelineModel::open(const client::ConversationId& conversation) {
    m_conversation = conversation;
    m_messages.clear();
    m_hasOlder = m_hasNewer = m_loaded = m_askedOlder = m_askedNewer = false;
    m_firstUnread = 0;
    emit reset();
}

int TimelineModel::indexOfRow(qint64 row) const {
    // A person looks at the newest messages most of the time.
    for (int i = count() - 1; i >= 0; --i) {
        if (m_messages.at(i).row == row)
            return i;
    }
    return -1;
}

bool TimelineModel::before(const client::MessageRecord& a, const client::MessageRecord& b) {
    return std::tie(a.order.epoch, a.order.position, a.order.id) <
           std::tie(b.order.epoch, b.order.position, b.order.id);
}

void TimelineModel::setPage(const client::MessagePage& page) {
    if (page.conversation != m_conversation)
        return;
    m_messages = page.messages;
    m_hasOlder = page.hasOlder;
    m_hasNewer = page.hasNewer;
    m_loaded = true;
    m_firstUnread = page.firstUnreadRow;
    m_askedOlder = m_askedNewer = false;
    emit reset();
}

void TimelineModel::prepend(const client::MessagePage& page) {
    m_askedOlder = false;
    if (page.conversation != m_conversation)
        return;
    m_hasOlder = page.hasOlder;
    QVector<client::MessageRecord> fresh;
    for (const auto& m : page.messages) {
        if (indexOfRow(m.row) < 0)
            fresh.append(m);
    }
    if (fresh.isEmpty())
        return;
    const int added = static_cast<int>(fresh.size());
    m_messages = fresh + m_messages;
    emit inserted(0, added);
    if (count() > kMost) {
        m_hasNewer = true;
        removeRange(kMost, count() - kMost);
    }
}

void TimelineModel::append(const client::MessagePage& page) {
    m_askedNewer = false;
    if (page.conversation != m_conversation)
        return;
    m_hasNewer = page.hasNewer;
    const int first = count();
    for (const auto& m : page.messages) {
        if (indexOfRow(m.row) < 0)
            m_messages.append(m);
    }
    if (count() > first)
        emit inserted(first, count() - first);
    if (count() > kMost) {
        m_hasOlder = true;
        removeRange(0, count() - kMost);
    }
}

void TimelineModel::add(const QVector<client::MessageRecord>& messages) {
    if (!m_loaded)
        return; // the page that is on its way will hold them
    emit batchBegan();
    QSet<qint64> here;
    for (const auto& m : std::as_const(m_messages))
        here.insert(m.row);
    QVector<client::MessageRecord> fresh;
    for (const auto& m : messages) {
        if (m.conversation != m_conversation)
            continue;
        if (here.contains(m.row)) {
            change(m);
            continue;
        }
        if (m_hasNewer && (m_messages.isEmpty() || before(m_messages.constLast(), m)))
            continue;
        if (m_hasOlder && !m_messages.isEmpty() && before(m, m_messages.constFirst()))
            continue;
        here.insert(m.row);
        fresh.append(m);
    }
    insertAll(std::move(fresh));
    if (count() > kMost + kPage) {
        m_hasOlder = true;
        removeRange(0, count() - kMost);
    }
    emit batchEnded();
}

void TimelineModel::insertAll(QVector<client::MessageRecord> fresh) {
    std::sort(fresh.begin(), fresh.end(), &TimelineModel::before);
    for (int i = 0; i < fresh.size();) {
        const auto at =
            std::upper_bound(m_messages.begin(), m_messages.end(), fresh.at(i), &TimelineModel::before);
        const int index = static_cast<int>(at - m_messages.begin());
        // As many as stand together.
        int end = i + 1;
        while (end < fresh.size() && (index == count() || !before(m_messages.at(index), fresh.at(end))))
            ++end;
        m_messages.insert(index, end - i, {});
        std::copy(fresh.cbegin() + i, fresh.cbegin() + end, m_messages.begin() + index);
        emit inserted(index, end - i);
        i = end;
    }
}

void TimelineModel::insertSorted(const client::MessageRecord& message) {
    const auto at = std::upper_bound(m_messages.begin(), m_messages.end(), message, &TimelineModel::before);
    const int index = static_cast<int>(at - m_messages.begin());
    m_messages.insert(index, message);
    emit inserted(index, 1);
}

void TimelineModel::change(const client::MessageRecord& message) {
    const int index = indexOfRow(message.row);
    if (index < 0 || message.conversation != m_conversation)
        return;
    const bool moved = (index > 0 && before(message, m_messages.at(index - 1))) ||
                       (index + 1 < count() && before(m_messages.at(index + 1), message));
    if (moved) {
        removeRange(index, 1);
        insertSorted(message);
        return;
    }
    m_messages[index] = message;
    emit changedAt(index);
}

void TimelineModel::remove(qint64 row) {
    const int index = indexOfRow(row);
    if (index >= 0)
        removeRange(index, 1);
}

void TimelineModel::requestFailed() {
    m_askedOlder = m_askedNewer = false;
}

void TimelineModel::removeRange(int first, int count) {
    m_messages.remove(first, count);
    emit removed(first, count);
}

void TimelineModel::wantOlder() {
    if (!m_loaded || !m_hasOlder || m_askedOlder || m_messages.isEmpty())
        return;
    m_askedOlder = true;
    emit olderWanted(m_conversation, m_messages.constFirst().row);
}

void TimelineModel::wantNewer() {
    if (!m_loaded || !m_hasNewer || m_askedNewer || m_messages.isEmpty())
        return;
    m_askedNewer = true;
    emit newerWanted(m_conversation, m_messages.constLast().row);
}

void TimelineModel::wantNewest() {
    emit newestWanted(m_conversation);
}

void TimelineModel::wantOpening() {
    emit openingWanted(m_conversation);
}

void TimelineModel::wantSince(qint64 seconds) {
    emit sinceWanted(m_conversation, seconds);
}

void TimelineModel::wantAround(qint64 row) {
    emit aroundWanted(m_conversation, row);
}

} // namespace valise::ui
