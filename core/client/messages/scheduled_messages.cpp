// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/scheduled_messages.h"

#include "core/base/log.h"

namespace valise::client {

namespace {

// A machine that sleeps stops timers: the clock is looked at again at least so often.
constexpr std::int64_t kLookMs = 60'000;
// The disk is full, the clock is being asked about, or no relay can be reached.
constexpr std::int64_t kAgainMs = 10'000;
// A message later than this may say something that is not true any more: the person decides.
constexpr std::int64_t kLateMs = 60 * 60 * 1'000;
constexpr std::int64_t kFurthestMs = 366LL * 24 * 3600 * 1'000;
constexpr std::size_t kMaxZone = 100;

} // namespace

ScheduledMessages::ScheduledMessages(Profile& profile, const net::RelayPool& pool, GroupSessions& sessions,
                                     const GroupFeeds& feeds, const HoldRules& rules, Sender& sender,
                                     QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_sessions(sessions)
    , m_feeds(feeds)
    , m_rules(rules)
    , m_sender(sender) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ScheduledMessages::sendDue);
}

Result<void> ScheduledMessages::start() {
    arm();
    return {};
}

Result<void> ScheduledMessages::checkDue(std::int64_t dueMs) const {
    const std::int64_t now = m_profile.clock.nowMs();
    if (dueMs <= now)
        return {ErrorCode::InvalidArgument, "a time that is over"};
    if (dueMs > now + kFurthestMs)
        return {ErrorCode::LimitExceeded, "a time more than a year ahead"};
    return {};
}

Result<void> ScheduledMessages::schedule(const Bytes& group, const std::string& text,
                                         const std::optional<storage::Id32>& replyTo, std::int64_t dueMs,
                                         const std::string& zone) {
    VALISE_CHECK((marmot::Text{text, replyTo}).check());
    VALISE_CHECK(checkDue(dueMs));
    VALISE_CHECK(m_rules.mayWrite(group));
    storage::ScheduledMessage message;
    message.groupId = group;
    message.text = text;
    message.replyTo = replyTo;
    message.dueMs = dueMs;
    message.zone = zone.substr(0, kMaxZone);
    message.createdMs = m_profile.clock.nowMs();
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(m_profile.stores().scheduled.add(message));
        return {};
    }));
    changed(group);
    return {};
}

Result<storage::ScheduledMessage> ScheduledMessages::find(const Bytes& group, std::int64_t id) {
    VALISE_TRY(auto found, m_profile.stores().scheduled.get(id));
    if (!found || found->groupId != group)
        return {ErrorCode::NotFound, "no such message to be sent later in this conversation"};
    return std::move(*found);
}

Result<void> ScheduledMessages::reschedule(const Bytes& group, std::int64_t id, std::int64_t dueMs,
                                           const std::string& zone) {
    VALISE_CHECK(checkDue(dueMs));
    VALISE_CHECK(find(group, id));
    VALISE_CHECK(m_profile.write(
        [&] { return m_profile.stores().scheduled.setDue(id, dueMs, zone.substr(0, kMaxZone)); }));
    changed(group);
    return {};
}

Result<void> ScheduledMessages::cancel(const Bytes& group, std::int64_t id) {
    VALISE_CHECK(find(group, id));
    VALISE_CHECK(m_profile.write([&] { return m_profile.stores().scheduled.remove(id); }));
    changed(group);
    return {};
}

Result<void> ScheduledMessages::sendNow(const Bytes& group, std::int64_t id) {
    VALISE_TRY(const storage::ScheduledMessage message, find(group, id));
    VALISE_CHECK(send(message));
    arm();
    return {};
}

Result<MessageRecord> ScheduledMessages::send(const storage::ScheduledMessage& message) {
    // It stops waiting in one step with the message that it becomes: whatever happens, it is sent once.
    return m_sender.send(message.groupId, marmot::Text{message.text, message.replyTo},
                         [&] { return m_profile.stores().scheduled.remove(message.id); });
}

void ScheduledMessages::changed(const Bytes& group) {
    Effects effects;
    effects.touched.insert(group);
    m_sessions.tell(effects);
    arm();
}

void ScheduledMessages::arm() {
    if (m_profile.database->restriction())
        return;
    const auto next = m_profile.stores().scheduled.next();
    if (!next || !*next) {
        m_timer.stop();
        return;
    }
    const std::int64_t left = std::clamp<std::int64_t>(**next - m_profile.clock.nowMs(), 0, kLookMs);
    m_timer.start(static_cast<int>(left));
}

void ScheduledMessages::sendDue() {
    const std::int64_t now = m_profile.clock.nowMs();
    const auto due = m_profile.stores().scheduled.due(now);
    if (!due || due->empty())
        return arm();
    // By a clock that is wrong it may not be time yet.
    if (m_pool.isClockAwaited() || m_pool.clockAheadMs() != 0) {
        m_timer.start(static_cast<int>(kAgainMs));
        return;
    }
    bool again = false;
    for (const storage::ScheduledMessage& message : *due) {
        // Without the network nobody can say what time it is, and a message in the queue instead would go
        // however late it is then.
        if (const auto* engine = m_sessions.engine(message.groupId); engine && !m_feeds.isWritable(*engine)) {
            again = true;
            continue;
        }
        auto state = storage::ScheduledState::Missed;
        if (now - message.dueMs <= kLateMs) {
            const auto sent = send(message);
            if (sent)
                continue;
            log(LogLevel::Warning, "send", "a message whose time had come: " + sent.error().detail);
            if (m_rules.mayWrite(message.groupId)) {
                m_timer.start(static_cast<int>(kAgainMs));
                return;
            }
            state = storage::ScheduledState::Refused;
        }
        const auto noted =
            m_profile.write([&] { return m_profile.stores().scheduled.setState(message.id, state); });
        if (!noted) {
            m_timer.start(static_cast<int>(kAgainMs));
            return;
        }
        Effects effects;
        effects.touched.insert(message.groupId);
        m_sessions.tell(effects);
    }
    if (again)
        m_timer.start(static_cast<int>(kAgainMs));
    else
        arm();
}

} // namespace valise::client
