// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages that are to be sent later: they wait in the profile, and become ordinary messages at their time.
#include "core/client/conversations.h"

#include "core/base/log.h"
#include "core/client/record_mapping.h"

namespace valise::client {

namespace {

// A machine that sleeps stops timers: the clock is looked at again at least so often.
constexpr std::int64_t kLookMs = 60'000;
// The disk is full, the clock is being asked about, or no relay can be reached.
constexpr std::int64_t kAgainMs = 10'000;
// What is later than this may say something that is not true any more: the person decides.
constexpr std::int64_t kLateMs = 60 * 60 * 1'000;
constexpr std::int64_t kFurthestMs = 366LL * 24 * 3600 * 1'000;

} // namespace

Result<void> Conversations::checkDue(std::int64_t dueMs) const {
    const std::int64_t now = m_profile.clock.nowMs();
    if (dueMs <= now)
        return {ErrorCode::InvalidArgument, "a time that is over"};
    if (dueMs > now + kFurthestMs)
        return {ErrorCode::LimitExceeded, "a time more than a year ahead"};
    return {};
}

Result<void> Conversations::schedule(const Bytes& group, const std::string& text,
                                     const std::optional<Bytes>& replyTo, std::int64_t dueMs,
                                     const std::string& zone) {
    VALISE_CHECK(checkText(text));
    VALISE_CHECK(checkDue(dueMs));
    VALISE_CHECK(mayWrite(group));
    storage::ScheduledMessage message;
    message.groupId = group;
    message.text = text;
    VALISE_TRY(message.replyTo, replyTarget(replyTo));
    message.dueMs = dueMs;
    message.zone = zone.substr(0, 100);
    message.createdMs = m_profile.clock.nowMs();
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(m_profile.stores().scheduled.add(message));
        return {};
    }));
    emitConversation(group);
    armScheduled();
    return {};
}

Result<storage::ScheduledMessage> Conversations::scheduledIn(const Bytes& group, std::int64_t id) {
    VALISE_TRY(auto found, m_profile.stores().scheduled.get(id));
    if (!found || found->groupId != group)
        return {ErrorCode::NotFound, "no such message to be sent later in this conversation"};
    return std::move(*found);
}

Result<void> Conversations::reschedule(const Bytes& group, std::int64_t id, std::int64_t dueMs,
                                       const std::string& zone) {
    VALISE_CHECK(checkDue(dueMs));
    VALISE_CHECK(scheduledIn(group, id));
    VALISE_CHECK(
        m_profile.write([&] { return m_profile.stores().scheduled.setDue(id, dueMs, zone.substr(0, 100)); }));
    emitConversation(group);
    armScheduled();
    return {};
}

Result<void> Conversations::cancelScheduled(const Bytes& group, std::int64_t id) {
    VALISE_CHECK(scheduledIn(group, id));
    VALISE_CHECK(m_profile.write([&] { return m_profile.stores().scheduled.remove(id); }));
    emitConversation(group);
    armScheduled();
    return {};
}

Result<MessageRecord> Conversations::sendScheduled(const Bytes& group, std::int64_t id) {
    VALISE_TRY(const storage::ScheduledMessage message, scheduledIn(group, id));
    VALISE_TRY(MessageRecord out, send(group, message.text, message.replyTo, id));
    armScheduled();
    return out;
}

void Conversations::armScheduled() {
    if (m_profile.database->restriction())
        return;
    const auto next = m_profile.stores().scheduled.next();
    if (!next || !*next) {
        m_scheduled.stop();
        return;
    }
    const std::int64_t left = std::clamp<std::int64_t>(**next - m_profile.clock.nowMs(), 0, kLookMs);
    m_scheduled.start(static_cast<int>(left));
}

void Conversations::sendDue() {
    const std::int64_t now = m_profile.clock.nowMs();
    const auto due = m_profile.stores().scheduled.due(now);
    if (!due || due->empty())
        return armScheduled();
    // By a clock that is wrong it may not be time yet.
    if (m_pool.isClockAwaited() || m_pool.clockAheadMs() != 0) {
        m_scheduled.start(static_cast<int>(kAgainMs));
        return;
    }
    bool again = false;
    for (const storage::ScheduledMessage& message : *due) {
        // Without the network nobody can say what time it is, and what waits in the queue instead would go
        // however late it is then.
        if (const marmot::GroupEngine* group = session(message.groupId); group && !writable(*group)) {
            again = true;
            continue;
        }
        auto state = storage::ScheduledState::Missed;
        if (now - message.dueMs <= kLateMs) {
            const auto sent = send(message.groupId, message.text, message.replyTo, message.id);
            if (sent)
                continue;
            log(LogLevel::Warning, "send", "a message whose time had come: " + sent.error().detail);
            if (mayWrite(message.groupId)) {
                m_scheduled.start(static_cast<int>(kAgainMs));
                return;
            }
            state = storage::ScheduledState::Refused;
        }
        const auto noted =
            m_profile.write([&] { return m_profile.stores().scheduled.setState(message.id, state); });
        if (!noted) {
            m_scheduled.start(static_cast<int>(kAgainMs));
            return;
        }
        emitConversation(message.groupId);
    }
    if (again)
        m_scheduled.start(static_cast<int>(kAgainMs));
    else
        armScheduled();
}

} // namespace valise::client
