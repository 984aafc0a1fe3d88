// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/receipts.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/client/history/record_mapping.h"
#include "core/client/spine/outbox_rows.h"

namespace valise::client {

namespace {

// In large groups every message would cause as many receipts as there are members.
constexpr std::uint32_t kMostForDelivered = 16;
constexpr std::uint32_t kMostForRead = 64;
constexpr std::uint32_t kMostForTyping = 16;
// Messages that arrive in this time after the first one are acknowledged by the same event; those that are
// read in it are acknowledged only as read.
constexpr int kDeliveredDelayMs = 3000;
// Messages read within this time are acknowledged by one event.
constexpr int kReadDelayMs = 1000;
// A message that waited so long for this device needs no word that it came.
constexpr std::int64_t kDeliveredSeconds = 7 * 24 * 3600;
// A word about the present is no word about the past, nor about the future.
constexpr std::int64_t kTypingPastSeconds = 30;
constexpr std::int64_t kTypingAheadSeconds = 120;
constexpr std::size_t kMostReadAtOnce = 1024;

} // namespace

Receipts::Receipts(Profile& profile, net::RelayPool& pool, GroupSessions& sessions, const GroupFeeds& feeds,
                   const HoldRules& rules, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_sessions(sessions)
    , m_feeds(feeds)
    , m_rules(rules) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Receipts::sendReceipts);
}

Result<void> Receipts::setSignals(const SignalSettings& settings) {
    const bool silenced = m_signals.receipts && !settings.receipts;
    m_signals = settings;
    if (!silenced) {
        arm(0);
        return {};
    }
    m_timer.stop();
    return m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(m_profile.stores().receipts.forgetDue(false));
        return m_profile.stores().receipts.forgetDue(true);
    });
}

Result<void> Receipts::added(const storage::MessageRow& row, Effects& effects) {
    if (!m_signals.receipts || row.deleted || row.direction != storage::MessageDirection::Incoming ||
        row.createdAt < m_profile.clock.now() - kDeliveredSeconds)
        return {};
    auto known = effects.acknowledges.find(row.groupId);
    if (known == effects.acknowledges.end()) {
        // A person that was invited and has not answered says nothing, also not that it looks at the
        // invitation.
        VALISE_TRY(const storage::GroupRow group, m_profile.group(row.groupId));
        const bool yes = group.status == storage::GroupStatus::Joined && group.members <= kMostForDelivered;
        known = effects.acknowledges.emplace(row.groupId, yes).first;
    }
    if (!known->second)
        return {};
    VALISE_CHECK(m_profile.stores().receipts.owe(row.groupId, row.eventId, false));
    effects.receiptsOwed.insert(row.groupId);
    return {};
}

Result<void> Receipts::markRead(const Bytes& group, std::int64_t row) {
    VALISE_TRY(const auto message, m_profile.stores().messages.byRow(row));
    if (!message || message->groupId != group)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const storage::GroupRow before, m_profile.group(group));
        VALISE_CHECK(oweRead(group, before.lastRead, message->orderKey()));
        VALISE_CHECK(m_profile.stores().groups.markRead(group, message->orderKey()));
        return {};
    }));
    Effects effects;
    effects.touched.insert(group);
    m_sessions.tell(effects);
    return {};
}

Result<void> Receipts::oweRead(const Bytes& group, const std::optional<storage::OrderKey>& before,
                               const storage::OrderKey& upTo) {
    if (!m_signals.receipts || (before && *before >= upTo))
        return {};
    VALISE_TRY(const storage::GroupRow row, m_profile.group(group));
    if (row.status != storage::GroupStatus::Joined || row.members > kMostForRead)
        return {};
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto read, stores.messages.incomingBetween(group, before, upTo, kMostReadAtOnce));
    for (const storage::Id32& id : read)
        VALISE_CHECK(stores.receipts.owe(group, id, true));
    VALISE_CHECK(stores.receipts.boundDue(group));
    if (!read.empty())
        arm(kReadDelayMs);
    return {};
}

Result<bool> Receipts::receive(const Bytes& group, const marmot::DeliveredMessage& delivered,
                               const marmot::Content& content, Effects& effects) {
    const auto* receipt = std::get_if<marmot::Receipt>(&content);
    const auto* typing = std::get_if<marmot::Typing>(&content);
    if (!receipt && !typing)
        return false;
    const marmot::ReceivedMessage& message = delivered.message;
    if (message.sender == m_profile.account.publicKey)
        return true; // from another device of this account
    if (receipt) {
        VALISE_CHECK(receiveReceipt(group, message, *receipt, effects));
        return true;
    }
    const std::int64_t at = toSeconds(message.inner.createdAt);
    const std::int64_t now = m_profile.clock.now();
    if (m_signals.typing && at >= now - kTypingPastSeconds && at <= now + kTypingAheadSeconds)
        effects.typing.push_back({group, message.sender, typing->on});
    return true;
}

Result<void> Receipts::receiveReceipt(const Bytes& group, const marmot::ReceivedMessage& message,
                                      const marmot::Receipt& receipt, Effects& effects) {
    auto& stores = m_profile.stores();
    for (const storage::Id32& target : receipt.messages) {
        // Only own messages are anybody's to acknowledge here; this also bounds what is kept.
        VALISE_TRY(const auto about, stores.messages.get(group, target));
        if (!about || about->direction != storage::MessageDirection::Outgoing || !about->shown)
            continue;
        VALISE_TRY(const bool news, stores.receipts.add(group, target, message.sender,
                                                        toSeconds(message.inner.createdAt), receipt.seen));
        if (!news)
            continue;
        effects.changedRows.push_back(about->row);
        effects.touched.insert(group);
    }
    return {};
}

Result<marmot::Outgoing> Receipts::seal(marmot::GroupEngine& engine, const marmot::Content& content) {
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    const marmot::InnerEvent inner = marmot::makeInner(m_profile.account.publicKey, content,
                                                       static_cast<std::uint64_t>(m_profile.clock.now()));
    VALISE_TRY(marmot::Outgoing out, engine.seal(inner, m_profile.random));
    VALISE_CHECK(stores.seen.add(engine.id(), out.digest, now));
    VALISE_CHECK(stores.seen.add(engine.id(), out.event.id, now));
    return out;
}

void Receipts::follow(const Effects& effects) {
    if (!effects.receiptsOwed.empty())
        arm(kDeliveredDelayMs);
}

void Receipts::arm(int delayMs) {
    if (!m_signals.receipts)
        return;
    if (!m_timer.isActive() || m_timer.remainingTime() > delayMs)
        m_timer.start(delayMs);
}

void Receipts::sendReceipts() {
    const auto groups = m_profile.stores().receipts.groupsDue();
    if (!m_signals.receipts || !groups)
        return;
    bool more = false;
    for (const Bytes& group : *groups) {
        // A receipt that has to wait goes out when messages go out: resume() calls this again.
        if (m_rules.holds(group))
            continue;
        const auto left = sendDue(group);
        if (!left)
            log(LogLevel::Warning, "send", left.error().detail);
        more = more || (left && *left);
    }
    if (more)
        arm(kReadDelayMs);
}

// True if more is due in the group.
Result<bool> Receipts::sendDue(const Bytes& group) {
    auto& stores = m_profile.stores();
    Effects effects;
    bool more = false;
    VALISE_CHECK(m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_TRY(const auto due, stores.receipts.due(group, marmot::kMaxReceipts));
            if (due.empty())
                return marmot::Step();
            marmot::Receipt receipt;
            receipt.seen = due.front().read;
            for (const storage::DueReceipt& one : due) {
                receipt.messages.push_back(one.target);
                VALISE_CHECK(stores.receipts.removeDue(group, one.target));
            }
            VALISE_TRY(const marmot::Outgoing out, seal(engine, receipt));
            storage::OutboxRow row =
                outboxRow(m_profile, storage::OutboxPurpose::Other, out.event, engine.state().routing.relays);
            row.groupId = group;
            VALISE_CHECK(stores.outbox.add(row));
            VALISE_TRY(const auto left, stores.receipts.due(group, 1));
            more = !left.empty();
            effects.outbox = true;
            return marmot::Step();
        },
        effects));
    return more;
}

Result<void> Receipts::setTyping(const Bytes& group, bool on) {
    VALISE_TRY(const storage::GroupRow row, m_profile.group(group));
    if (!m_signals.typing || m_rules.holds(group) || row.status != storage::GroupStatus::Joined ||
        row.members > kMostForTyping)
        return {};
    Effects effects;
    std::optional<marmot::Outgoing> out;
    std::vector<std::string> relays;
    VALISE_CHECK(m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_TRY(out, seal(engine, marmot::Typing{on}));
            relays = m_feeds.relaysOf(engine);
            return marmot::Step();
        },
        effects));
    // Past the outbox: a word that cannot leave now is not worth saying later.
    m_pool.publish(toHex(out->event.id), out->event.toJson(), relays);
    return {};
}

} // namespace valise::client
