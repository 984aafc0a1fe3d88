// SPDX-License-Identifier: AGPL-3.0-or-later
// Receipts and typing (docs/protocol-extensions.md): sparingly sent, gladly forgotten, and only as the person
// wants.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/marmot/receipt.h"

namespace valise::client {

namespace {

// In large groups every message would cause as many receipts as there are members.
constexpr int kMostForDelivered = 16;
constexpr int kMostForRead = 64;
constexpr int kMostForTyping = 16;
// What is read within this time is acknowledged by one event.
constexpr int kReadDelayMs = 1000;
// What waited so long for this device needs no word that it came.
constexpr std::int64_t kDeliveredSeconds = 7 * 24 * 3600;
// A word about the present is no word about the past, nor about the future.
constexpr std::int64_t kTypingPastSeconds = 30;
constexpr std::int64_t kTypingAheadSeconds = 120;
constexpr std::size_t kMostReadAtOnce = 1024;

} // namespace

Result<void> Conversations::setSignals(const SignalSettings& settings) {
    const bool silenced = m_signals.receipts && !settings.receipts;
    m_signals = settings;
    if (silenced) {
        m_receiptTimer.stop();
        return m_profile.write([&]() -> Result<void> {
            VALISE_CHECK(m_profile.stores().receipts.forgetDue(false));
            return m_profile.stores().receipts.forgetDue(true);
        });
    }
    armReceipts(0);
    return {};
}

Result<bool> Conversations::acknowledges(const Bytes& group) {
    // Who was invited and has not answered says nothing, also not that the invitation is being looked at.
    VALISE_TRY(const storage::GroupRow stored, record(group));
    return stored.status == storage::GroupStatus::Joined &&
           GroupExtra::decode(stored.extra).members <= kMostForDelivered;
}

Result<void> Conversations::oweDelivered(const storage::MessageRow& message, Effects& effects) {
    if (!m_signals.receipts || !message.shown || message.deleted ||
        message.direction != storage::MessageDirection::Incoming ||
        message.createdAt < m_profile.clock.now() - kDeliveredSeconds)
        return {};
    auto known = effects.acknowledges.find(message.groupId);
    if (known == effects.acknowledges.end()) {
        VALISE_TRY(const bool yes, acknowledges(message.groupId));
        known = effects.acknowledges.emplace(message.groupId, yes).first;
    }
    if (!known->second)
        return {};
    VALISE_CHECK(m_profile.stores().receipts.owe(message.groupId, message.eventId, false));
    effects.receiptsOwed.insert(message.groupId);
    return {};
}

Result<void> Conversations::oweRead(const Bytes& group, const std::optional<storage::OrderKey>& before,
                                    const storage::OrderKey& upTo) {
    if (!m_signals.receipts || (before && *before >= upTo))
        return {};
    VALISE_TRY(const storage::GroupRow stored, record(group));
    if (stored.status != storage::GroupStatus::Joined ||
        GroupExtra::decode(stored.extra).members > kMostForRead)
        return {};
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto read, stores.messages.incomingBetween(group, before, upTo, kMostReadAtOnce));
    for (const storage::Id32& id : read)
        VALISE_CHECK(stores.receipts.owe(group, id, true));
    VALISE_CHECK(stores.receipts.boundDue(group));
    if (!read.empty())
        armReceipts(kReadDelayMs);
    return {};
}

Result<void> Conversations::receiveSignal(const Bytes& group, const marmot::ReceivedMessage& message,
                                          Effects& effects) {
    if (message.sender == m_profile.account.publicKey)
        return {}; // from another device of this account
    if (message.inner.kind == nostr::kind::kReceipt)
        return receiveReceipt(group, message, effects);
    const auto typing = marmot::readTyping(message.inner);
    if (!typing)
        return count(toHex(group), "rejected", "invalid_signal", typing.error().detail);
    const std::int64_t at = toSeconds(message.inner.createdAt);
    const std::int64_t now = m_profile.clock.now();
    if (m_signals.typing && at >= now - kTypingPastSeconds && at <= now + kTypingAheadSeconds)
        effects.typing.push_back({group, message.sender, *typing});
    return {};
}

Result<void> Conversations::receiveReceipt(const Bytes& group, const marmot::ReceivedMessage& message,
                                           Effects& effects) {
    const auto receipt = marmot::readReceipt(message.inner);
    if (!receipt)
        return count(toHex(group), "rejected", "invalid_signal", receipt.error().detail);
    auto& stores = m_profile.stores();
    for (const storage::Id32& target : receipt->targets) {
        // Only own messages are anybody's to acknowledge here; this also bounds what is kept.
        VALISE_TRY(const auto about, stores.messages.get(group, target));
        if (!about || about->direction != storage::MessageDirection::Outgoing || !about->shown)
            continue;
        VALISE_TRY(const bool news, stores.receipts.add(group, target, message.sender,
                                                        toSeconds(message.inner.createdAt), receipt->read));
        if (!news)
            continue;
        effects.changedRows.push_back(about->row);
        effects.touched.insert(group);
    }
    return {};
}

Result<marmot::Outgoing> Conversations::sealSignal(marmot::GroupEngine& engine,
                                                   const marmot::InnerEvent& inner) {
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    VALISE_TRY(marmot::Outgoing out, engine.seal(inner, m_profile.random));
    VALISE_CHECK(stores.seen.add(engine.id(), out.digest, now));
    VALISE_CHECK(stores.seen.add(engine.id(), out.event.id, now));
    VALISE_CHECK(storeSession(engine));
    return out;
}

void Conversations::armReceipts(int delayMs) {
    if (!m_signals.receipts)
        return;
    if (!m_receiptTimer.isActive() || m_receiptTimer.remainingTime() > delayMs)
        m_receiptTimer.start(delayMs);
}

void Conversations::sendReceipts() {
    auto& stores = m_profile.stores();
    const auto groups = stores.receipts.groupsDue();
    if (!m_signals.receipts || !groups)
        return;
    bool more = false;
    bool queued = false;
    for (const Bytes& group : *groups) {
        // What has to wait goes when messages go: flushAll() comes back here.
        if (holds(group))
            continue;
        marmot::GroupEngine* found = session(group);
        const marmot::GroupEngine before = *found;
        const auto written = m_profile.write([&]() -> Result<void> {
            VALISE_TRY(const auto due, stores.receipts.due(group, marmot::kMaxReceipts));
            if (due.empty())
                return {};
            marmot::Receipt receipt;
            receipt.read = due.front().read;
            for (const storage::DueReceipt& one : due) {
                receipt.targets.push_back(one.target);
                VALISE_CHECK(stores.receipts.removeDue(group, one.target));
            }
            const auto now = static_cast<std::uint64_t>(m_profile.clock.now());
            VALISE_TRY(const marmot::Outgoing out,
                       sealSignal(*found, marmot::makeReceipt(m_profile.account.publicKey, receipt, now)));
            storage::OutboxRow row;
            row.groupId = group;
            row.purpose = storage::OutboxPurpose::Other;
            row.eventJson = toBytes(viewOf(out.event.toJson()));
            row.eventId = out.event.id;
            row.targets = targets(found->state().routing.relays);
            row.createdMs = m_profile.clock.nowMs();
            VALISE_CHECK(stores.outbox.add(row));
            VALISE_TRY(const auto left, stores.receipts.due(group, 1));
            more = more || !left.empty();
            queued = true;
            return {};
        });
        if (!written) {
            m_sessions.insert_or_assign(group, before);
            log(LogLevel::Warning, "send", written.error().detail);
        }
    }
    if (queued)
        m_outbox.wake();
    if (more)
        armReceipts(kReadDelayMs);
}

Result<void> Conversations::sendTyping(const Bytes& group, bool on) {
    marmot::GroupEngine* found = session(group);
    VALISE_TRY(const storage::GroupRow stored, record(group));
    if (!m_signals.typing || !found || holds(group) || stored.status != storage::GroupStatus::Joined ||
        GroupExtra::decode(stored.extra).members > kMostForTyping)
        return {};
    const marmot::GroupEngine before = *found;
    std::optional<marmot::Outgoing> out;
    const auto written = m_profile.write([&]() -> Result<void> {
        const auto now = static_cast<std::uint64_t>(m_profile.clock.now());
        VALISE_TRY(out, sealSignal(*found, marmot::makeTyping(m_profile.account.publicKey, on, now)));
        return {};
    });
    if (!written) {
        m_sessions.insert_or_assign(group, before);
        return written;
    }
    // Past the outbox: what cannot leave now is not worth saying later.
    m_pool.publish(toHex(out->event.id), out->event.toJson(), relaysOf(*found));
    return {};
}

} // namespace valise::client
