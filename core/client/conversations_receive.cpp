// SPDX-License-Identifier: AGPL-3.0-or-later
// What comes in from the relays: events of kind 445 become rows, changes or counted refusals.
#include "core/client/conversations.h"

#include "core/base/codec.h"
#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

// Events handled in one transaction: enough that a catch-up is not bound by the disk, few enough that the
// core thread answers in between.
constexpr std::size_t kBatch = 128;
constexpr int kRetryMs = 5'000;
// How often and how long what cannot be read yet is tried again.
constexpr std::uint32_t kMaxDeferredTries = 32;
constexpr std::int64_t kMaxDeferredMs = std::int64_t{30} * 24 * 3600 * 1000;

std::int64_t toSeconds(std::uint64_t t) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(t, INT64_MAX));
}

std::string tagsJson(const nostr::Tags& tags) {
    std::string out = "[";
    for (const nostr::Tag& tag : tags) {
        out += out.size() > 1 ? ",[" : "[";
        for (std::size_t i = 0; i < tag.size(); ++i) {
            if (i > 0)
                out.push_back(',');
            nostr::appendJsonString(out, tag[i]);
        }
        out.push_back(']');
    }
    out.push_back(']');
    return out;
}

} // namespace

void Conversations::enqueueEvent(const nostr::Event& event) {
    m_inbound.push_back({event, false, {}, {}, 0});
    if (!m_inboundTimer.isActive())
        m_inboundTimer.start(0);
}

void Conversations::enqueueCursor(const QString& subscription, const QString& relay, qint64 createdAt) {
    m_inbound.push_back({std::nullopt, false, subscription, relay, createdAt});
    if (!m_inboundTimer.isActive())
        m_inboundTimer.start(0);
}

void Conversations::processInbound() {
    const std::size_t take = std::min(kBatch, m_inbound.size());
    if (take == 0)
        return;
    Sessions moved;
    Effects effects;
    const auto written = m_profile.write([&]() -> Result<void> {
        for (std::size_t i = 0; i < take; ++i) {
            const Inbound& item = m_inbound[i];
            if (item.event) {
                VALISE_CHECK(receiveOne(item, moved, effects));
                continue;
            }
            // The cursor stands behind its events in the queue, so it is stored with or after them.
            auto& cursors = m_profile.stores().cursors;
            const auto groups = m_subscriptions.find(toStd(item.subscription));
            if (groups == m_subscriptions.end())
                continue;
            for (const Bytes& group : groups->second)
                VALISE_CHECK(cursors.advance(toStd(item.relay), cursorName(group), item.createdAt));
        }
        for (const auto& [group, touched] : effects.epochsTouched) {
            const auto changed = moved.find(group);
            if (changed != moved.end() && !effects.ended.count(group)) {
                VALISE_CHECK(storeSession(changed->second, touched));
            }
        }
        return {};
    });
    if (!written) {
        // Nothing of the batch happened; the disk may have room later.
        log(LogLevel::Error, "receive",
            std::string(errorName(written.error().code)) + ": " + written.error().detail);
        m_inboundTimer.start(kRetryMs);
        return;
    }
    m_inbound.erase(m_inbound.begin(), m_inbound.begin() + static_cast<std::ptrdiff_t>(take));
    for (auto& [group, changed] : moved) {
        if (effects.ended.count(group))
            m_sessions.erase(group);
        else
            m_sessions.insert_or_assign(group, std::move(changed));
    }
    if (!m_inbound.empty())
        m_inboundTimer.start(0);
    for (const Bytes& group : effects.routesChanged)
        if (const marmot::GroupSession* changed = session(group))
            m_routes.try_emplace(changed->state().routing.nostrGroupId, group);
    tell(effects);
}

Result<void> Conversations::receiveOne(const Inbound& item, Sessions& moved, Effects& effects) {
    const nostr::Event& event = *item.event;
    auto& stores = m_profile.stores();
    const auto envelope = marmot::readEnvelope(event);
    if (!envelope)
        return count({}, "rejected", "invalid_encoding", envelope.error().detail);
    const auto route = m_routes.find(envelope->nostrGroupId);
    const auto known = route == m_routes.end() ? m_sessions.end() : m_sessions.find(route->second);
    if (known == m_sessions.end())
        return count({}, "rejected", "unknown_group");
    const Bytes& id = known->first;
    VALISE_TRY(const bool old, stores.seen.contains(id, event.id));
    if (old)
        return {};
    // The session is copied once a batch, so that a failed transaction leaves the one in memory as it was.
    marmot::GroupSession& session = moved.emplace(id, known->second).first->second;

    std::optional<Error> storageError;
    const marmot::Inbound inbound =
        session.receive(event, m_profile.clock.now(), [&](const mls::Digest& digest) {
            const auto seen = stores.seen.contains(id, digest);
            if (!seen)
                storageError = seen.error();
            return seen && *seen;
        });
    if (storageError)
        return *storageError;
    return applyInbound(session, inbound, event, item.retried, effects);
}

Result<void> Conversations::applyInbound(marmot::GroupSession& session, const marmot::Inbound& inbound,
                                         const nostr::Event& event, bool retried, Effects& effects) {
    using Disposition = marmot::Inbound::Disposition;
    auto& stores = m_profile.stores();
    const Bytes& id = session.id();
    const std::int64_t now = m_profile.clock.nowMs();
    if (inbound.touchedEpoch)
        effects.epochsTouched[id].insert(*inbound.touchedEpoch);

    if (inbound.disposition == Disposition::Deferred) {
        storage::DeferredEvent deferred;
        deferred.eventJson = toBytes(viewOf(event.toJson()));
        deferred.eventId = event.id;
        deferred.groupHint = id;
        deferred.reason = std::string(inbound.category) + ": " + inbound.reason;
        deferred.firstSeenMs = now;
        deferred.lastTryMs = now;
        VALISE_TRY(const storage::DeferOutcome outcome, stores.inbox.defer(deferred));
        if (!outcome.evicted.empty()) {
            VALISE_CHECK(count(toHex(id), "deferred", "evicted"));
        }
        return {};
    }
    if (retried) {
        VALISE_TRY(const auto waiting, stores.inbox.get(event.id));
        if (waiting) {
            VALISE_CHECK(stores.inbox.remove(waiting->id));
        }
    }
    VALISE_CHECK(stores.seen.add(id, event.id, now));
    if (inbound.digest) {
        VALISE_CHECK(stores.seen.add(id, *inbound.digest, now));
    }
    switch (inbound.disposition) {
    case Disposition::Duplicate:
    case Disposition::Deferred:
        return {};
    case Disposition::Stale:
        return count(toHex(id), "stale", inbound.category, inbound.reason);
    case Disposition::Invalid:
        return count(toHex(id), "rejected", inbound.category, inbound.reason);
    case Disposition::Accepted:
        break;
    }
    if (inbound.message) {
        VALISE_CHECK(storeMessage(session, *inbound.message, event, effects));
    }
    if (inbound.departureProposed)
        effects.departures.insert(id);
    if (inbound.change) {
        effects.epochsTouched[id].insert(session.epoch());
        VALISE_CHECK(storeChange(session, *inbound.change, toSeconds(event.createdAt), effects));
        effects.epochMoved.insert(id);
    }
    return {};
}

Result<void> Conversations::storeMessage(const marmot::GroupSession& session,
                                         const marmot::ReceivedMessage& message, const nostr::Event& event,
                                         Effects& effects) {
    if (marmot::isMessageChange(message.inner.kind))
        return receiveChange(session, message, event, effects);
    auto& stores = m_profile.stores();
    storage::MessageRecord row;
    row.groupId = session.id();
    row.eventId = message.id;
    row.sender = message.sender;
    row.kind = message.inner.kind;
    row.content = message.inner.content;
    row.tagsJson = tagsJson(message.inner.tags);
    row.createdAt = toSeconds(message.inner.createdAt);
    row.receivedMs = m_profile.clock.nowMs();
    row.epoch = message.epoch;
    row.sequence = message.generation;
    row.outerEventId = event.id;
    row.replyTo = marmot::replyTarget(message.inner);
    // Another device of this account wrote it.
    const bool own = message.sender == m_profile.account.publicKey;
    row.direction = own ? storage::MessageDirection::Outgoing : storage::MessageDirection::Incoming;
    row.state = own ? storage::MessageState::Sent : storage::MessageState::Received;
    // Kinds this version does not show are kept, so that a later one can.
    row.shown = message.inner.kind == nostr::kind::kChat;
    VALISE_TRY(const bool known, stores.messages.contains(row.groupId, row.eventId));
    if (known)
        return count(toHex(row.groupId), "rejected", "duplicate", "an inner event sent twice");
    VALISE_CHECK(m_changes.prepare(row));
    VALISE_TRY(const std::int64_t rowId, stores.messages.insert(row));
    if (row.shown)
        effects.added[row.groupId].push_back(rowId);
    effects.met.insert(message.sender);
    return {};
}

Result<void> Conversations::storeSession(const marmot::GroupSession& session,
                                         const std::set<std::uint64_t>& touched) {
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    if (touched.count(session.epoch())) {
        Bytes state = session.tip().serialize();
        const crypto::WipeGuard guard(state);
        VALISE_CHECK(stores.groups.saveState(session.id(), session.epoch(), state, now));
    }
    for (const mls::Group& past : session.past()) {
        if (!touched.count(past.epoch()))
            continue;
        storage::EpochRecord record;
        record.groupId = session.id();
        record.epoch = past.epoch();
        record.state = past.serialize();
        record.createdMs = now;
        const crypto::WipeGuard guard(record.state);
        VALISE_CHECK(stores.groupStates.putEpoch(record));
    }
    const std::uint64_t oldest = session.past().empty() ? session.epoch() : session.past().back().epoch();
    VALISE_CHECK(stores.groupStates.eraseEpochsBefore(session.id(), oldest));
    return {};
}

Result<void> Conversations::systemRow(const Bytes& id, std::uint64_t epoch, std::int64_t createdAt,
                                      const SystemRow& row, const storage::Id32& by, Effects& effects) {
    storage::MessageRecord message;
    message.groupId = id;
    // Derived from what it says, so that every member's row has the same place and a replay adds nothing.
    Writer w;
    w.opaque(viewOf("valise system row"));
    w.u64(epoch);
    w.u8(static_cast<std::uint8_t>(row.kind));
    w.opaque(fromQt(row.subject));
    w.opaque(by);
    message.eventId = crypto::sha256({id, w.bytes()});
    message.sender = by;
    message.kind = 1210;
    // Before what is written in the same second.
    message.createdAt = createdAt - 1;
    message.receivedMs = m_profile.clock.nowMs();
    message.epoch = epoch;
    message.direction = storage::MessageDirection::System;
    message.countsUnread = false;
    message.systemJson = row.encode();
    VALISE_TRY(const bool known, m_profile.stores().messages.contains(id, message.eventId));
    if (known)
        return {};
    VALISE_TRY(const std::int64_t rowId, m_profile.stores().messages.insert(message));
    effects.added[id].push_back(rowId);
    return {};
}

Result<void> Conversations::storeChange(const marmot::GroupSession& session,
                                        const marmot::GroupChange& change, std::int64_t createdAt,
                                        Effects& effects) {
    auto& stores = m_profile.stores();
    const Bytes& id = session.id();
    VALISE_TRY(storage::GroupRecord stored, record(id));
    const std::uint64_t epoch = change.selfRemoved ? session.epoch() + 1 : session.epoch();
    const auto row = [&](SystemKind kind, const QByteArray& subject, const QString& text = {}) {
        return systemRow(id, epoch, createdAt, {kind, subject, text}, change.committer, effects);
    };
    for (const marmot::Id32& account : change.added) {
        VALISE_CHECK(row(SystemKind::MemberAdded, toQt(account)));
        effects.met.insert(account);
    }
    for (const marmot::Id32& account : change.removed)
        VALISE_CHECK(row(SystemKind::MemberRemoved, toQt(account)));
    for (const marmot::Id32& account : change.left)
        VALISE_CHECK(row(SystemKind::MemberLeft, toQt(account)));
    if (change.renamedTo)
        VALISE_CHECK(row(SystemKind::Renamed, {}, toQString(*change.renamedTo)));
    for (const marmot::Id32& account : change.adminsAdded)
        VALISE_CHECK(row(SystemKind::AdminAdded, toQt(account)));
    for (const marmot::Id32& account : change.adminsRemoved)
        VALISE_CHECK(row(SystemKind::AdminRemoved, toQt(account)));
    if (change.timerSeconds)
        VALISE_CHECK(row(SystemKind::TimerChanged, {}, QString::number(*change.timerSeconds)));
    if (change.disbanded)
        VALISE_CHECK(row(SystemKind::Disbanded, {}));
    effects.touched.insert(id);

    if (change.selfRemoved) {
        const bool wished = stored.status == storage::GroupStatus::Leaving;
        VALISE_CHECK(
            stores.groups.setStatus(id, wished ? storage::GroupStatus::Left : storage::GroupStatus::Removed,
                                    m_profile.clock.nowMs()));
        VALISE_CHECK(failHeld(id));
        // The keys serve nothing any more; the history stays.
        VALISE_CHECK(stores.groups.eraseState(id));
        VALISE_CHECK(stores.groupStates.eraseEpochs(id));
        effects.ended.insert(id);
        effects.routesChanged.insert(id);
        return {};
    }
    if (change.disbanded) {
        stored.status = storage::GroupStatus::Disbanded;
        VALISE_CHECK(failHeld(id));
    }
    VALISE_CHECK(storeGroupRecord(session, stored));
    if (change.routeChanged) {
        effects.routesChanged.insert(id);
    }
    return {};
}

void Conversations::retryDeferred(const Bytes& group) {
    const auto waiting = m_profile.stores().inbox.list(group);
    if (!waiting)
        return;
    const std::int64_t oldest = m_profile.clock.nowMs() - kMaxDeferredMs;
    for (const storage::DeferredEvent& deferred : *waiting) {
        if (deferred.tries >= kMaxDeferredTries || deferred.firstSeenMs < oldest) {
            const auto dropped = m_profile.write([&]() -> Result<void> {
                VALISE_CHECK(count(toHex(group), "deferred", "given_up", deferred.reason));
                return m_profile.stores().inbox.remove(deferred.id);
            });
            if (!dropped)
                log(LogLevel::Warning, "receive", dropped.error().detail);
            continue;
        }
        auto event = nostr::parseEvent(textOf(deferred.eventJson));
        if (event)
            m_inbound.push_back({std::move(event).value(), true, {}, {}, 0});
    }
    if (!m_inbound.empty() && !m_inboundTimer.isActive())
        m_inboundTimer.start(0);
}

} // namespace valise::client
