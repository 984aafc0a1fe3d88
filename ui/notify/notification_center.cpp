// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/notify/notification_center.h"

namespace valise::ui {
namespace {

constexpr int kMomentMs = 250; //!< messages within it share a notification

bool silent(const client::ConversationRecord& conversation) {
    return conversation.muted || conversation.archived;
}

} // namespace

NotificationCenter::NotificationCenter(Notifier* notifier, std::function<bool(const QByteArray&)> inSight,
                                       std::function<qint64()> now, QObject* parent)
    : QObject(parent)
    , m_notifier(notifier)
    , m_inSight(std::move(inSight))
    , m_now(std::move(now)) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kMomentMs);
    connect(&m_timer, &QTimer::timeout, this, &NotificationCenter::flush);
}

void NotificationCenter::setSettings(const NotificationSettings& settings) {
    m_settings = settings;
    if (settings.content == NotificationContent::Off || settings.quietAt(m_now())) {
        m_pending.clear();
        m_told.clear();
        m_notifier->withdrawAll();
    }
}

void NotificationCenter::start(const QVector<client::ConversationRecord>& conversations) {
    m_conversations.clear();
    for (const client::ConversationRecord& c : conversations)
        m_conversations.insert(c.id, c);
    m_started = true;
    tellWaiting();
}

void NotificationCenter::stop() {
    m_started = false;
    m_timer.stop();
    m_pending.clear();
    m_told.clear();
    m_conversations.clear();
    m_notifier->withdrawAll();
    tellWaiting();
}

void NotificationCenter::onConversation(const client::ConversationRecord& conversation) {
    if (!m_started)
        return;
    const bool known = m_conversations.contains(conversation.id);
    m_conversations.insert(conversation.id, conversation);
    if (!known && conversation.state == client::ConversationState::Request && !m_settings.quietAt(m_now()) &&
        !m_inSight(conversation.id)) {
        const Notification n = describeRequest(conversation, m_settings);
        if (!n.title.isEmpty())
            m_notifier->show(n);
    }
    const bool answered = known && conversation.state != client::ConversationState::Request;
    if ((conversation.unread == 0 && answered) || silent(conversation))
        onSeen(conversation.id);
    tellWaiting();
}

void NotificationCenter::onMessages(const QVector<client::MessageRecord>& messages) {
    if (!m_started || m_settings.content == NotificationContent::Off || m_settings.quietAt(m_now()))
        return;
    for (const client::MessageRecord& message : messages) {
        if (message.own || message.isDeleted() || message.system() != client::SystemKind::None ||
            m_inSight(message.conversation))
            continue;
        Pending& pending = m_pending[message.conversation];
        pending.last = message;
        ++pending.count;
    }
    if (!m_pending.isEmpty() && !m_timer.isActive())
        m_timer.start();
}

void NotificationCenter::flush() {
    for (const auto& [id, pending] : std::exchange(m_pending, {}).asKeyValueRange()) {
        const auto at = m_conversations.constFind(id);
        if (at == m_conversations.constEnd() || silent(*at) || m_inSight(id))
            continue;
        // The request itself had a notification. Its messages are read once it is accepted.
        if (at->state == client::ConversationState::Request)
            continue;
        int& told = m_told[id];
        told += pending.count;
        const Notification n = describeMessage(*at, pending.last, told, m_settings);
        if (!n.title.isEmpty())
            m_notifier->show(n);
    }
}

void NotificationCenter::onSeen(const QByteArray& conversation) {
    m_pending.remove(conversation);
    m_told.remove(conversation);
    m_notifier->withdraw(conversation);
}

int NotificationCenter::waiting() const {
    int count = 0;
    for (const client::ConversationRecord& c : m_conversations) {
        if (!silent(c))
            count += c.state == client::ConversationState::Request ? 1 : c.unread;
    }
    return count;
}

void NotificationCenter::tellWaiting() {
    const int now = waiting();
    if (now != std::exchange(m_waiting, now))
        emit waitingChanged(now);
}

} // namespace valise::ui
