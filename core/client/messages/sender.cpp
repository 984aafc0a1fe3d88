// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/sender.h"

#include "core/base/log.h"
#include "core/client/messages/expiry.h"
#include "core/client/people/audience.h"
#include "core/client/spine/outbox_rows.h"
#include "core/marmot/envelope.h"

namespace valise::client {

namespace {

// A held message older than this is dated when it leaves: other clients ask relays for what is new by date,
// and an old date would hide it from them.
constexpr std::uint64_t kRedateSeconds = 60;
// Held messages stand behind everything encrypted in their second, in the order in which they were written.
constexpr std::uint32_t kHeldSequence = 1u << 19;
// A message may be dated so far ahead of our clock to stand behind what it answers.
constexpr std::uint64_t kMaxAheadSeconds = 5;

} // namespace

Sender::Sender(Profile& profile, GroupSessions& sessions, const GroupFeeds& feeds, const HoldRules& rules,
               HeldMessages& held, RecordMapper& mapper, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_sessions(sessions)
    , m_feeds(feeds)
    , m_rules(rules)
    , m_held(held)
    , m_mapper(mapper) {}

Result<MessageRecord> Sender::sendText(const Bytes& group, const std::string& text,
                                       const std::optional<storage::Id32>& replyTo) {
    return send(group, marmot::Text{text, replyTo});
}

storage::MessageRow Sender::ownRow(const Bytes& group, const marmot::InnerEvent& inner) const {
    storage::MessageRow row;
    row.groupId = group;
    row.eventId = inner.canonicalId();
    row.sender = m_profile.account.publicKey;
    row.kind = inner.kind;
    row.createdAt = toSeconds(inner.createdAt);
    row.receivedMs = m_profile.clock.nowMs();
    row.direction = storage::MessageDirection::Outgoing;
    row.state = storage::MessageState::Queued;
    if (const marmot::GroupEngine* engine = m_sessions.engine(group)) {
        row.epoch = engine->epoch();
        row.totalRelays = static_cast<std::uint32_t>(m_feeds.relaysOf(*engine).size());
    }
    return row;
}

Result<void> Sender::write(const Bytes& group, const std::function<Result<void>()>& write, Effects& effects) {
    if (!m_rules.holds(group))
        return m_sessions.step(
            group,
            [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
                VALISE_CHECK(write());
                VALISE_CHECK(sealHeld(engine, effects));
                return marmot::Step();
            },
            effects);
    VALISE_CHECK(m_profile.write(write));
    m_sessions.tell(effects);
    return {};
}

Result<MessageRecord> Sender::send(const Bytes& group, const marmot::Content& content,
                                   const std::function<Result<void>()>& also) {
    VALISE_CHECK(marmot::checkContent(content));
    VALISE_CHECK(m_rules.mayWrite(group));
    VALISE_TRY(const storage::GroupRow stored, m_profile.group(group));
    auto& stores = m_profile.stores();
    Effects effects;
    std::int64_t number = 0;
    VALISE_CHECK(write(
        group,
        [&]() -> Result<void> {
            if (also)
                VALISE_CHECK(also());
            if (stored.status == storage::GroupStatus::Request) // to answer is to accept
                VALISE_CHECK(
                    stores.groups.setStatus(group, storage::GroupStatus::Joined, m_profile.clock.nowMs()));
            auto when = static_cast<std::uint64_t>(m_profile.clock.now());
            // An answer stands behind its message for everybody, also within one second and with a slow
            // clock.
            VALISE_TRY(const auto newest, stores.messages.before(group, {}, 1));
            if (!newest.empty() && newest.front().createdAt >= 0) {
                // In a second of one's own the ratchet keeps the order.
                const bool own = newest.front().sender == m_profile.account.publicKey;
                const auto after = static_cast<std::uint64_t>(newest.front().createdAt) + (own ? 0 : 1);
                when = std::max(when, std::min(after, when + kMaxAheadSeconds));
            }
            // The id is over time and content: the same words in the same second need another second.
            marmot::InnerEvent inner = marmot::makeInner(m_profile.account.publicKey, content, when);
            for (;; ++inner.createdAt) {
                VALISE_TRY(const bool taken, stores.messages.contains(group, inner.canonicalId()));
                if (!taken)
                    break;
            }
            storage::MessageRow row = ownRow(group, inner);
            row.content = inner.content;
            row.tagsJson = nostr::tagsToJson(inner.tags);
            VALISE_TRY(const std::int64_t ahead, stores.held.count(group));
            row.sequence =
                kHeldSequence + static_cast<std::uint32_t>(std::min<std::int64_t>(ahead, kHeldSequence - 1));
            row.replyTo = marmot::replyToOf(content);
            VALISE_TRY(number, stores.messages.insert(row));
            effects.added[group].push_back(number);
            VALISE_CHECK(m_held.add(group, content, row.eventId, row.createdAt));
            const marmot::GroupEngine* engine = m_sessions.engine(group);
            return engine ? noteAudience(m_profile, *engine) : Result<void>();
        },
        effects));
    const auto row = stores.messages.byRow(number);
    if (!row || !*row)
        return {ErrorCode::Internal, "a message that was written is not there"};
    return m_mapper.message(**row);
}

Result<void> Sender::sendAmendment(const Bytes& group, const marmot::Content& content,
                                   Amendments& amendments) {
    VALISE_CHECK(marmot::checkContent(content));
    VALISE_CHECK(m_rules.mayWrite(group));
    auto& stores = m_profile.stores();
    const storage::Id32& self = m_profile.account.publicKey;
    Effects effects;
    return write(
        group,
        [&]() -> Result<void> {
            const std::vector<storage::Id32> targets = marmot::targetsOf(content);
            marmot::InnerEvent inner =
                marmot::makeInner(self, content, static_cast<std::uint64_t>(m_profile.clock.now()));
            // The newest edit counts, also among several of one second.
            VALISE_TRY(const auto newest, stores.changes.newestEdit(group, targets.front(), self));
            if (std::holds_alternative<marmot::Edit>(content) && newest && newest->createdAt >= 0)
                inner.createdAt =
                    std::max(inner.createdAt, static_cast<std::uint64_t>(newest->createdAt) + 1);
            for (;; ++inner.createdAt) {
                VALISE_TRY(const bool taken, stores.messages.contains(group, inner.canonicalId()));
                if (!taken)
                    break;
            }
            storage::MessageRow row = ownRow(group, inner);
            row.target = targets.front();
            row.shown = false;
            row.countsUnread = false;
            VALISE_CHECK(stores.messages.insert(row));
            VALISE_TRY(const auto changed,
                       amendments.apply(group, {self, row.eventId, row.createdAt}, content));
            effects.changed[group].insert(changed.begin(), changed.end());
            return m_held.add(group, content, row.eventId, row.createdAt);
        },
        effects);
}

Result<void> Sender::sealHeld(marmot::GroupEngine& engine, Effects& effects) {
    if (engine.standing() != marmot::GroupStanding::Active)
        return {};
    auto& held = m_profile.stores().held;
    VALISE_TRY(const auto waiting, held.list(engine.id()));
    for (const storage::HeldMessage& listed : waiting) {
        // Read anew: the message it speaks of may have got its final id just before.
        VALISE_TRY(const auto current, held.get(listed.id));
        if (current && current->messageId)
            VALISE_CHECK(sealOne(engine, *current, effects));
    }
    return {};
}

Result<void> Sender::sealOne(marmot::GroupEngine& engine, const storage::HeldMessage& held,
                             Effects& effects) {
    auto& stores = m_profile.stores();
    const Bytes& group = engine.id();
    const std::int64_t now = m_profile.clock.nowMs();
    const storage::Id32& self = m_profile.account.publicKey;
    const auto content = HeldMessages::content(held);
    if (!content) {
        // It must not hold up what was written after it.
        VALISE_CHECK(m_held.fail(group, *held.messageId, content.error().detail, effects));
        return stores.held.remove(held.id);
    }
    auto when = static_cast<std::uint64_t>(held.createdMs / 1000);
    const auto present = static_cast<std::uint64_t>(now / 1000);
    // The clock may have been ahead when it was written, and be right by now.
    if (present > when + kRedateSeconds || when > present + kRedateSeconds)
        when = present;
    // Words written first stand first, also if the group moved on between the two and the clock of one was
    // ahead of the other's.
    VALISE_TRY(const auto own, stores.messages.writtenAfter(group, self, engine.epoch(),
                                                            static_cast<std::int64_t>(when), kHeldSequence));
    if (own)
        when = std::max(when, std::min(static_cast<std::uint64_t>(*own), present + kMaxAheadSeconds));
    marmot::InnerEvent inner = marmot::makeInner(self, *content, when);
    nostr::EventId id = inner.canonicalId();
    while (id != *held.messageId) {
        VALISE_TRY(const bool taken, stores.messages.contains(group, id));
        if (!taken)
            break;
        inner.createdAt = ++when;
        id = inner.canonicalId();
    }
    VALISE_TRY(const marmot::Outgoing out, engine.seal(inner, m_profile.random));
    VALISE_CHECK(stores.messages.setSealed(group, *held.messageId, out.epoch, static_cast<std::int64_t>(when),
                                           out.generation, id));
    if (id != *held.messageId)
        VALISE_CHECK(stores.changes.rename(group, *held.messageId, id, static_cast<std::int64_t>(when)));
    VALISE_CHECK(stores.messages.setOuter(group, id, out.event.id));
    VALISE_TRY(const auto placed, stores.messages.get(group, id));
    if (placed) {
        VALISE_CHECK(stores.groupStates.placeMessage(group, placed->row, engine.history().membership().id));
        VALISE_CHECK(
            keepExpiry(m_profile, placed->row, marmot::expiryOf(when, engine.state().retentionSeconds)));
    }
    VALISE_CHECK(stores.seen.add(group, out.digest, now));
    VALISE_CHECK(stores.seen.add(group, out.event.id, now));
    storage::OutboxRow row =
        outboxRow(m_profile, storage::OutboxPurpose::Message, out.event, engine.state().routing.relays);
    row.groupId = group;
    row.messageId = id;
    VALISE_CHECK(stores.outbox.add(row));
    VALISE_CHECK(stores.held.remove(held.id));
    effects.touched.insert(group);
    effects.outbox = true;
    return {};
}

void Sender::flush(const Bytes& group) {
    const auto waiting = m_profile.stores().held.count(group);
    if (!waiting || *waiting == 0 || m_rules.holds(group))
        return;
    Effects effects;
    const auto sealed = m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_CHECK(sealHeld(engine, effects));
            return marmot::Step();
        },
        effects);
    if (!sealed)
        log(LogLevel::Error, "send", sealed.error().detail);
}

bool Sender::idle() {
    const auto groups = m_profile.stores().held.groups();
    if (!groups)
        return true;
    for (const Bytes& group : *groups) {
        const marmot::GroupEngine* engine = m_sessions.engine(group);
        if (engine && m_rules.mayLeaveSoon(*engine))
            return false;
    }
    return true;
}

Result<void> Sender::storeAcceptance(const storage::OutboxRow& row, const storage::OutboxProgress& progress) {
    if (row.purpose != storage::OutboxPurpose::Message || !row.groupId || !row.messageId)
        return {};
    auto& stores = m_profile.stores();
    // The message may be gone from this device, but not from the relay that took it.
    VALISE_TRY(const auto message, stores.messages.get(*row.groupId, *row.messageId));
    if (!message)
        return {};
    VALISE_CHECK(
        stores.messages.setRelayCounts(*row.groupId, *row.messageId, progress.accepted, progress.total()));
    VALISE_CHECK(stores.messages.advanceState(*row.groupId, *row.messageId, storage::MessageState::Sent));
    VALISE_TRY(const auto current, stores.outbox.get(row.id));
    if (!current)
        return {};
    for (const storage::OutboxTarget& target : current->targets)
        if (target.state == storage::TargetState::Accepted)
            VALISE_CHECK(stores.changes.addAcceptance(message->row, target.relay, m_profile.clock.nowMs()));
    return {};
}

void Sender::onOutboxAccepted(const storage::OutboxRow& row, bool first) {
    if (row.purpose != storage::OutboxPurpose::Message || !row.groupId || !row.messageId)
        return;
    Effects effects;
    if (const auto message = m_profile.stores().messages.get(*row.groupId, *row.messageId);
        message && *message)
        effects.changedRows.push_back((*message)->row);
    if (first)
        effects.touched.insert(*row.groupId);
    m_sessions.tell(effects);
}

void Sender::onOutboxFailed(const storage::OutboxRow& row, const std::string& reason) {
    if (row.purpose != storage::OutboxPurpose::Message || !row.groupId || !row.messageId)
        return;
    Effects effects;
    const auto written =
        m_profile.write([&] { return m_held.fail(*row.groupId, *row.messageId, reason, effects); });
    if (!written) {
        log(LogLevel::Warning, "send", written.error().detail);
        return;
    }
    m_sessions.tell(effects);
}

Result<void> Sender::record(const marmot::GroupEngine& engine, const marmot::Step& step, Effects&) {
    const bool over = engine.standing() == marmot::GroupStanding::Removed ||
                      engine.standing() == marmot::GroupStanding::Disbanded;
    return step.tipMoved && over ? m_held.failAll(engine.id()) : Result<void>();
}

void Sender::follow(const Effects& effects) {
    std::set<Bytes> ready = effects.ready();
    ready.insert(effects.refused.begin(), effects.refused.end());
    for (const Bytes& group : ready)
        flush(group);
}

void Sender::resume() {
    const auto groups = m_profile.stores().held.groups();
    if (!groups)
        return;
    for (const Bytes& group : *groups)
        flush(group);
}

} // namespace valise::client
