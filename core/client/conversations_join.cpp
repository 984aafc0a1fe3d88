// SPDX-License-Identifier: AGPL-3.0-or-later
// How a group is entered: by a Welcome, the first time or anew.
#include "core/client/conversations.h"

#include "core/base/encoding.h"

namespace valise::client {

namespace {

// Where it is noted which Welcomes were followed; apart from everything that strangers can fill.
constexpr std::string_view kWelcomes = "welcomes";
// How long a Welcome waits for the commits that made it necessary, which come another way.
constexpr std::int64_t kRepairAfterMs = 10'000;

// Whether an administrator removed this member on a branch that is not followed here. What came after on that
// branch cannot be read, nor who became administrator on it.
bool removedElsewhere(const marmot::GroupEngine& engine) {
    const auto& states = engine.history().states();
    return std::any_of(states.begin(), states.end(), [](const auto& entry) {
        return !entry.second.group && entry.second.standing != marmot::Standing::Canonical;
    });
}

// What the rules for branches weigh first, of two lines that parted before an epoch: how far each has come,
// with what a quorum of those who spoke there adds, and whether there is one.
std::pair<std::uint64_t, bool> weightSince(const marmot::GroupEngine& engine, std::uint64_t epoch) {
    const marmot::ConvergencePolicy& policy = marmot::kConvergencePolicy;
    const auto& states = engine.history().states();
    const auto spoken = std::count_if(states.begin(), states.end(), [&](const auto& entry) {
        const marmot::RetainedState& state = entry.second;
        return state.standing == marmot::Standing::Canonical && state.epoch >= epoch &&
               engine.epoch() - state.epoch <= policy.appWindow &&
               state.witnesses.size() >= policy.quorumSenders;
    });
    const bool quorum = static_cast<std::size_t>(spoken) >= policy.quorumEpochs;
    return {engine.epoch() + (quorum ? policy.quorumBoost : 0), quorum};
}

} // namespace

Result<void> Conversations::checkRepair(const marmot::GroupEngine& fresh,
                                        const marmot::WelcomeMessage& welcome,
                                        const storage::GroupRow& record, std::int64_t firstSeenMs) {
    const marmot::GroupEngine* found = session(fresh.id());
    if (!found)
        return {};
    // A group has one leaf for an account: whoever invites anew has removed the leaf that is followed here,
    // and nothing of what comes next can be read from it. Only an administrator can have done that; anybody
    // else could have founded a group of the same id to lead this member aside. Who became one meanwhile is
    // not known yet, and where this member's removal was seen, which only an administrator can have made, it
    // never will be. Who asked to leave is led nowhere: it is out of the old group as it wished, perhaps on a
    // branch that cannot be followed here, and decides about this invitation as about any other. Who has not
    // decided yet is asked by the later word of the same person.
    const bool undecided =
        record.status == storage::GroupStatus::Leaving ||
        (record.status == storage::GroupStatus::Request && record.inviter == welcome.inviter);
    if (!undecided && !found->state().admins.contains(welcome.inviter) && !removedElsewhere(*found))
        return {ErrorCode::PendingChange, "an invitation by somebody who is no administrator yet"};
    // If that happened on the line that is followed here, its commits are on the relays: they are read first,
    // and with them what was said before. Only what cannot be followed is replaced.
    const bool known =
        current(fresh.id()) && m_inbound.empty() && found->settled() &&
        std::all_of(m_subscriptions.begin(), m_subscriptions.end(), [&](const auto& entry) {
            return std::find(entry.second.begin(), entry.second.end(), fresh.id()) == entry.second.end() ||
                   m_pool.isCaughtUp(entry.first);
        });
    if (!known || m_profile.clock.nowMs() - firstSeenMs < kRepairAfterMs)
        return {ErrorCode::PendingChange, "an invitation that waits for what happened before it"};
    if (fresh.epoch() > found->epoch())
        return {};
    // Who invites a second time has left the branch to which it invited first.
    const auto before = GroupExtra::decode(record.extra).invitedAt;
    if (before > 0 && record.inviter == welcome.inviter &&
        welcome.createdAt > static_cast<std::uint64_t>(before))
        return {};
    // Two administrators may have invited this member on two branches. What it cannot read where it is tells
    // which of them went on.
    VALISE_TRY(const marmot::GroupEngine reached, followFrom(fresh));
    if (weightSince(reached, fresh.epoch()) <= weightSince(*found, fresh.epoch()))
        return {ErrorCode::PendingChange, "an invitation to a state that is no further on"};
    return {};
}

Result<void> Conversations::checkReturn(const marmot::GroupEngine& fresh,
                                        const marmot::WelcomeMessage& welcome,
                                        const storage::GroupRow& record) const {
    // One that was made before this member went, and waited or came late, may lead to a branch that nobody
    // follows: who is let in again is let in to a later state than the one it left.
    if (welcome.createdAt >= static_cast<std::uint64_t>(std::max<std::int64_t>(record.updatedMs / 1000, 0)))
        return {};
    VALISE_TRY(const marmot::GroupEngine reached, followFrom(fresh));
    if (reached.epoch() <= record.epoch)
        return {ErrorCode::PendingChange, "an invitation from before this account went"};
    return {};
}

Result<marmot::GroupEngine> Conversations::followFrom(marmot::GroupEngine trial) const {
    VALISE_TRY(const auto waiting, m_profile.stores().deferred.list(trial.id()));
    const std::int64_t now = m_profile.clock.nowMs();
    std::vector<nostr::Event> events;
    for (const storage::DeferredEvent& deferred : waiting)
        if (auto event = nostr::parseEvent(textOf(deferred.eventJson)))
            events.push_back(std::move(event).value());
    for (std::uint64_t before = 0; before != trial.epoch();) {
        before = trial.epoch();
        for (const nostr::Event& event : events)
            trial.receive(
                event, now, [](const mls::Digest&) { return false; }, m_profile.random);
        trial.advance(now + marmot::kConvergencePolicy.passCapMs, m_profile.random, false);
    }
    return trial;
}

Result<void> Conversations::withdrawAll(const marmot::GroupEngine& replaced, Effects& effects) {
    // What this client could still follow it has followed. So the branch that it was on is not the one to
    // which it is invited, and what was said there stands nowhere else.
    const Bytes& id = replaced.id();
    for (const auto& [state, retained] : replaced.history().states()) {
        VALISE_TRY(const auto rows, m_profile.stores().messages.setStanding(id, state, false));
        effects.changedRows.insert(effects.changedRows.end(), rows.begin(), rows.end());
    }
    return {};
}

Result<void> Conversations::join(const marmot::WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                 const nostr::EventId& wrapId, std::int64_t firstSeenMs) {
    VALISE_TRY(marmot::GroupEngine joined,
               marmot::GroupEngine::join(welcome, bundle, m_profile.clock.nowMs()));
    auto& stores = m_profile.stores();
    // A Welcome counts once, in whatever wrap it comes: one that comes again after its member has left would
    // bring it back to a state that the others have left behind.
    const mls::Digest digest = crypto::sha256(welcome.mlsMessage);
    VALISE_TRY(const bool old, stores.seen.contains(viewOf(kWelcomes), digest));
    if (old)
        return {ErrorCode::AlreadyExists, "an invitation that was followed before"};
    VALISE_TRY(auto existing, stores.groups.get(joined.id()));
    const bool following = existing && (existing->status == storage::GroupStatus::Joined ||
                                        existing->status == storage::GroupStatus::Request ||
                                        existing->status == storage::GroupStatus::Leaving);
    const bool repair = following && m_sessions.count(joined.id());
    if (repair)
        VALISE_CHECK(checkRepair(joined, welcome, *existing, firstSeenMs));
    if (existing &&
        (existing->status == storage::GroupStatus::Left || existing->status == storage::GroupStatus::Removed))
        VALISE_CHECK(checkReturn(joined, welcome, *existing));
    if (existing && existing->status == storage::GroupStatus::Disbanded)
        return {ErrorCode::GroupDisbanded, "an invitation to a group that has ended"};

    // The route is public: a stranger must not draw the events of another conversation to a group of theirs.
    const auto route = m_routes.find(joined.state().routing.nostrGroupId);
    if (route != m_routes.end() && route->second != joined.id() && listens(route->second))
        return {ErrorCode::InvalidWelcome, "an invitation that uses another conversation's route"};
    const auto invitedAt = static_cast<std::int64_t>(std::min<std::uint64_t>(welcome.createdAt, INT64_MAX));

    storage::GroupRow stored = existing ? *existing : storage::GroupRow{};
    VALISE_TRY(const auto inviter, stores.contacts.get(welcome.inviter));
    // Who was in the conversation already need not decide again.
    const bool decided = repair && existing->status == storage::GroupStatus::Joined;
    stored.status =
        decided || (inviter && inviter->known) ? storage::GroupStatus::Joined : storage::GroupStatus::Request;
    stored.inviter = welcome.inviter;
    stored.welcomeEventId = wrapId;
    if (!existing)
        stored.createdMs = m_profile.clock.nowMs();
    GroupExtra extra; // what was owed to the state before is not owed any more
    extra.renewMs = nextRenewal(true);
    extra.invitedAt = invitedAt;
    if (existing) {
        const GroupExtra before = GroupExtra::decode(existing->extra);
        extra.notification = before.notification;
        // What was pushed out unread while it could not be read may be of this state.
        extra.missedSince = before.missedSince;
    }
    stored.extra = extra.encode();

    Effects effects;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        if (repair)
            VALISE_CHECK(withdrawAll(*session(joined.id()), effects));
        if (existing) {
            VALISE_CHECK(stores.groupStates.eraseParts(joined.id()));
        }
        if (repair) {
            VALISE_CHECK(count(toHex(joined.id()), "group", "repaired", "by a fresh invitation"));
        }
        VALISE_CHECK(stores.seen.add(viewOf(kWelcomes), digest, m_profile.clock.nowMs()));
        VALISE_CHECK(storeGroupRow(joined, stored));
        VALISE_CHECK(storeSession(joined));
        // Nothing before the invitation can be read, so nothing before it is fetched.
        VALISE_CHECK(readFrom(joined, std::min(m_profile.clock.now(), invitedAt)));
        const StatePlace place{joined.history().tip().id, joined.epoch()};
        return systemRow(joined.id(), place, m_profile.clock.now(),
                         {SystemKind::Joined, toQt(welcome.inviter), {}}, welcome.inviter, effects);
    }));
    m_routes[joined.state().routing.nostrGroupId] = joined.id();
    effects.touched.insert(joined.id());
    effects.routesChanged.insert(joined.id());
    // What came before the Welcome and could not be read then will not come again.
    effects.retry.insert(joined.id());
    // And what this person wrote meanwhile waits for nothing else.
    effects.settled.insert(joined.id());
    for (const marmot::GroupMember& member : joined.members())
        effects.met.insert(member.account);
    const Bytes id = joined.id();
    m_sessions.insert_or_assign(id, std::move(joined));
    tell(effects);
    fetchMissed(id);
    return {};
}

} // namespace valise::client
