// SPDX-License-Identifier: AGPL-3.0-or-later
// What comes in from the relays: events of kind 445 become rows, changes or counted refusals.
#include "core/client/conversations.h"

#include "core/base/codec.h"
#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/marmot/envelope.h"
#include "core/marmot/receipt.h"

namespace valise::client {

namespace {

// Events handled in one transaction: enough that a catch-up is not bound by the disk, few enough that the
// core thread answers in between.
constexpr std::size_t kBatch = 128;
constexpr int kRetryMs = 5'000;

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
    const std::size_t most = std::min(kBatch, m_inbound.size());
    if (most == 0)
        return;
    const bool wasCrowded = crowded();
    std::size_t done = 0;
    Batch batch;
    Effects effects;
    const auto written = m_profile.write([&]() -> Result<void> {
        for (; done < most; ++done) {
            const Inbound& item = m_inbound[done];
            if (item.event) {
                VALISE_TRY(const bool taken, receiveOne(item, batch, effects));
                if (!taken)
                    break;
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
        // In this order: a group that ends may push out the oldest of its former engines.
        for (auto& [group, formers] : batch.formers)
            for (Former& former : formers)
                VALISE_CHECK(storeFormer(former));
        for (auto& [group, changed] : batch.sessions)
            VALISE_CHECK(storeMoved(changed, effects));
        for (const Bytes& group : effects.receiptsOwed)
            VALISE_CHECK(m_profile.stores().receipts.boundDue(group));
        return {};
    });
    if (!written) {
        // Nothing of the batch happened; the disk may have room later.
        log(LogLevel::Error, "receive",
            std::string(errorName(written.error().code)) + ": " + written.error().detail);
        m_inboundTimer.start(kRetryMs);
        return;
    }
    m_inbound.erase(m_inbound.begin(), m_inbound.begin() + static_cast<std::ptrdiff_t>(done));
    for (auto& [group, formers] : batch.formers)
        m_formers[group] = std::move(formers);
    for (auto& [group, changed] : batch.sessions)
        followMoved(group, std::move(changed), effects);
    // What does not fit into a pass waits in its place, behind it everything else, until the pass has ended.
    m_stalled = done < most;
    if (!m_inbound.empty() && !m_stalled)
        m_inboundTimer.start(0);
    tell(effects);
    if (wasCrowded && !crowded())
        flushAll(); // what waited behind the crowd
}

Result<bool> Conversations::receiveOne(const Inbound& item, Batch& batch, Effects& effects) {
    const nostr::Event& event = *item.event;
    auto& stores = m_profile.stores();
    const auto envelope = marmot::readEnvelope(event);
    if (!envelope) {
        VALISE_CHECK(count({}, "rejected", "invalid_encoding", envelope.error().detail));
        return true;
    }
    const auto route = m_routes.find(envelope->nostrGroupId);
    if (route == m_routes.end() || !listens(route->second)) {
        VALISE_CHECK(count({}, "rejected", "unknown_group"));
        return true;
    }
    const Bytes id = route->second;
    VALISE_TRY(const bool old, stores.seen.contains(id, event.id));
    if (old)
        return true;
    const std::int64_t now = m_profile.clock.nowMs();
    std::optional<Error> storageError;
    const auto isSeen = [&](const mls::Digest& digest) {
        const auto seen = stores.seen.contains(id, digest);
        if (!seen)
            storageError = seen.error();
        return seen && *seen;
    };
    const auto known = m_sessions.find(id);
    if (known != m_sessions.end() && !effects.ended.count(id)) {
        // The session is copied once a batch, so that a failed transaction leaves the one in memory as it
        // was.
        marmot::GroupEngine& session = batch.sessions.emplace(id, known->second).first->second;
        if (session.saturated() && !session.pass()->due(now))
            return false;
        const marmot::Step step = session.receive(event, now, isSeen, m_profile.random);
        if (storageError)
            return *storageError;
        std::optional<marmot::Outcome> former;
        if (step.outcome().category == marmot::Category::MissingHistory) {
            VALISE_TRY(former, readFormer(id, event, isSeen, batch, effects));
        }
        VALISE_CHECK(fileOutcome(id, former.value_or(step.outcome()), event, item.retried));
        VALISE_CHECK(applyStep(session, step, effects));
    } else {
        VALISE_TRY(auto former, readFormer(id, event, isSeen, batch, effects));
        if (!former) {
            former.emplace();
            former->disposition = marmot::Disposition::Deferred;
            former->category = marmot::Category::MissingHistory;
            former->reason = "said when this account was no member";
            former->again = true; // it may be invited again
        }
        VALISE_CHECK(fileOutcome(id, *former, event, item.retried));
    }
    return storageError ? Result<bool>(*storageError) : Result<bool>(true);
}

Result<void> Conversations::fileOutcome(const Bytes& id, const marmot::Outcome& outcome,
                                        const nostr::Event& event, bool retried) {
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    if (outcome.again) {
        storage::DeferredEvent deferred;
        deferred.eventJson = toBytes(viewOf(event.toJson()));
        deferred.eventId = event.id;
        deferred.groupHint = id;
        deferred.reason = std::string(marmot::categoryName(outcome.category)) + ": " + outcome.reason;
        deferred.firstSeenMs = now;
        deferred.lastTryMs = now;
        VALISE_TRY(const storage::DeferOutcome kept, stores.deferred.defer(deferred));
        if (outcome.category == marmot::Category::ResourceRefused)
            m_refused.insert(id);
        return kept.evicted.empty() ? Result<void>() : noteMissed(id, kept.evicted);
    }
    if (retried) {
        VALISE_TRY(const auto waiting, stores.deferred.get(event.id));
        if (waiting) {
            VALISE_CHECK(stores.deferred.remove(waiting->id));
        }
    }
    VALISE_CHECK(stores.seen.add(id, event.id, now));
    if (outcome.digest) {
        VALISE_CHECK(stores.seen.add(id, *outcome.digest, now));
    }
    return {};
}

Result<void> Conversations::applyStep(marmot::GroupEngine& session, const marmot::Step& step,
                                      Effects& effects) {
    using Category = marmot::Category;
    auto& stores = m_profile.stores();
    const Bytes& id = session.id();
    for (const marmot::Outcome& outcome : step.outcomes) {
        const bool stale = outcome.disposition == marmot::Disposition::Stale;
        const bool harmless =
            outcome.category == Category::Duplicate || outcome.category == Category::OwnEcho;
        if ((stale && !harmless) || outcome.disposition == marmot::Disposition::Invalidated) {
            VALISE_CHECK(count(toHex(id), stale ? "stale" : "rejected",
                               marmot::categoryName(outcome.category), outcome.reason));
        }
    }
    for (const bool stands : {false, true}) {
        for (const marmot::StateMove& move : stands ? step.restored : step.withdrawn) {
            VALISE_TRY(const auto rows, stores.messages.setStanding(id, move.state, stands));
            effects.changedRows.insert(effects.changedRows.end(), rows.begin(), rows.end());
            for (const std::int64_t row : rows) {
                VALISE_TRY(const auto moved, stores.messages.byRow(row));
                if (!moved)
                    continue;
                VALISE_TRY(const auto about, m_changes.follow(*moved));
                if (about)
                    effects.changed[id].insert(*about);
            }
            effects.touched.insert(id);
            VALISE_CHECK(count(toHex(id), "branch", stands ? "restored" : "withdrawn",
                               move.own ? "a change of our own" : "a change by somebody else"));
        }
    }
    VALISE_CHECK(noteOwed(session, step));
    for (const marmot::AppliedChange& change : step.changes)
        VALISE_CHECK(storeChange(session, change, effects));
    for (const marmot::DeliveredMessage& message : step.messages)
        VALISE_CHECK(storeMessage(id, message, effects));
    for (const marmot::WelcomeDuty& welcome : step.welcomes) {
        // The change is public already: one invitation that fails must not hold it up.
        if (const auto queued = queueWelcome(id, welcome); !queued) {
            VALISE_CHECK(count(toHex(id), "welcome", errorName(queued.error().code), queued.error().detail));
        }
        effects.outbox = true;
    }
    for (const marmot::Outgoing& proposal : step.publish) {
        VALISE_CHECK(queueProposal(session, proposal));
        effects.outbox = true;
    }
    if (step.prepared) {
        VALISE_CHECK(queuePending(session));
        effects.outbox = true;
    }
    for (const marmot::Step::FailedChange& failed : step.failed)
        effects.finished.emplace_back(std::pair(id, failed.id), failed.error);
    if (step.tipMoved) {
        VALISE_CHECK(storeStanding(session, effects));
        effects.epochMoved.insert(id);
    }
    // What was too far ahead in a sender's ratchet, or found no room, may be read once something else was.
    if (step.retryDeferred || (!step.messages.empty() && m_refused.erase(id) > 0))
        effects.retry.insert(id);
    if (step.departures)
        effects.departures.insert(id);
    return {};
}

Result<void> Conversations::storeStanding(const marmot::GroupEngine& session, Effects& effects) {
    auto& stores = m_profile.stores();
    const Bytes& id = session.id();
    VALISE_TRY(storage::GroupRow stored, record(id));
    effects.touched.insert(id);
    switch (session.standing()) {
    case marmot::GroupStanding::Removed: {
        const bool wished = stored.status == storage::GroupStatus::Leaving;
        VALISE_CHECK(
            stores.groups.setStatus(id, wished ? storage::GroupStatus::Left : storage::GroupStatus::Removed,
                                    m_profile.clock.nowMs()));
        VALISE_CHECK(failHeld(id));
        effects.ended.emplace(id, m_profile.clock.nowMs() + kOverlapSeconds * 1000);
        effects.routesChanged.insert(id);
        return {};
    }
    case marmot::GroupStanding::Disbanded:
        stored.status = storage::GroupStatus::Disbanded;
        VALISE_CHECK(failHeld(id));
        break;
    default:
        // A branch on which the group goes on may win against one that ended it.
        if (stored.status == storage::GroupStatus::Disbanded)
            stored.status = storage::GroupStatus::Joined;
        break;
    }
    if (stored.nostrGroupId != session.state().routing.nostrGroupId ||
        GroupExtra::decode(stored.extra).relays != toQStrings(session.state().routing.relays))
        effects.routesChanged.insert(id);
    return storeGroupRow(session, stored);
}

Result<void> Conversations::storeMessage(const Bytes& group, const marmot::DeliveredMessage& delivered,
                                         Effects& effects) {
    if (marmot::isMessageChange(delivered.message.inner.kind))
        return receiveChange(group, delivered, effects);
    if (marmot::isSignal(delivered.message.inner.kind))
        return receiveSignal(group, delivered.message, effects);
    // It was stored somewhere for longer than it should have been.
    const auto& expiresAt = delivered.message.expiresAt;
    if (expiresAt && toSeconds(*expiresAt) <= m_profile.clock.now())
        return count(toHex(group), "stale", "expired");
    const marmot::ReceivedMessage& message = delivered.message;
    auto& stores = m_profile.stores();
    storage::MessageRow row;
    row.groupId = group;
    row.eventId = message.id;
    row.sender = message.sender;
    row.kind = message.inner.kind;
    row.content = message.inner.content;
    row.tagsJson = tagsJson(message.inner.tags);
    row.createdAt = toSeconds(message.inner.createdAt);
    row.receivedMs = m_profile.clock.nowMs();
    row.epoch = message.epoch;
    row.sequence = message.generation;
    row.outerEventId = message.outerId;
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
    VALISE_CHECK(stores.groupStates.placeMessage(group, rowId, delivered.state));
    if (row.shown)
        effects.added[row.groupId].push_back(rowId);
    VALISE_CHECK(keepExpiry(rowId, expiresAt));
    VALISE_CHECK(oweDelivered(row, effects));
    if (row.shown && !own && !row.deleted) {
        const auto mentioned = marmot::mentionsIn(row.content);
        if (std::find(mentioned.begin(), mentioned.end(), m_profile.account.publicKey) != mentioned.end())
            VALISE_CHECK(stores.marks.addMention(rowId));
    }
    effects.met.insert(message.sender);
    return {};
}

Result<void> Conversations::storeSession(marmot::GroupEngine& session) {
    marmot::EngineChanges parts = session.takeChanges();
    const auto stored = m_profile.stores().groupStates.putParts(session.id(), parts);
    bool statesChanged = false;
    for (auto& [name, value] : parts) {
        statesChanged = statesChanged || name.find("/epoch") != std::string::npos;
        if (value)
            const crypto::WipeGuard guard(*value);
    }
    VALISE_CHECK(stored);
    if (!statesChanged)
        return {};
    std::vector<storage::Id32> held;
    for (const auto& [state, retained] : session.history().states())
        held.push_back(state);
    return m_profile.stores().groupStates.keepPlaces(session.id(), held);
}

Result<void> Conversations::systemRow(const Bytes& id, const StatePlace& at, std::int64_t createdAt,
                                      const SystemRow& row, const storage::Id32& by, Effects& effects) {
    storage::MessageRow message;
    message.groupId = id;
    // Derived from what it says, so that every member's row has the same place and a replay adds nothing.
    Writer w;
    w.opaque(viewOf("valise system row"));
    w.raw(at.state);
    w.u8(static_cast<std::uint8_t>(row.kind));
    w.opaque(fromQt(row.subject));
    w.opaque(by);
    message.eventId = crypto::sha256({id, w.bytes()});
    message.sender = by;
    message.kind = 1210;
    // Before what is written in the same second.
    message.createdAt = createdAt - 1;
    message.receivedMs = m_profile.clock.nowMs();
    message.epoch = at.epoch;
    message.direction = storage::MessageDirection::System;
    message.countsUnread = false;
    message.systemJson = row.encode();
    VALISE_TRY(const bool known, m_profile.stores().messages.contains(id, message.eventId));
    if (known)
        return {};
    VALISE_TRY(const std::int64_t rowId, m_profile.stores().messages.insert(message));
    VALISE_CHECK(m_profile.stores().groupStates.placeMessage(id, rowId, at.state));
    effects.added[id].push_back(rowId);
    return {};
}

Result<void> Conversations::storeChange(const marmot::GroupEngine& session,
                                        const marmot::AppliedChange& applied, Effects& effects) {
    const Bytes& id = session.id();
    const marmot::GroupChange& change = applied.change;
    const auto row = [&](SystemKind kind, const QByteArray& subject, const QString& text = {}) {
        return systemRow(id, {applied.state, applied.epoch}, toSeconds(applied.createdAt),
                         {kind, subject, text}, change.committer, effects);
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
    return {};
}

} // namespace valise::client
