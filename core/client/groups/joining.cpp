// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/groups/joining.h"

#include "core/base/encoding.h"
#include "core/client/groups/key_renewal.h"
#include "core/client/messages/system_lines.h"

namespace valise::client {

namespace {

// Followed Welcomes are noted here, apart from everything that strangers can fill.
constexpr std::string_view kWelcomes = "welcomes";
// A Welcome waits so long for the commits that made it necessary, which come another way.
constexpr std::int64_t kRepairAfterMs = 10'000;

// An administrator removed this member on a branch that is not followed here. The commits that came after on
// that branch cannot be read, nor who became administrator on it.
bool removedElsewhere(const marmot::GroupEngine& engine) {
    const auto& states = engine.history().states();
    return std::any_of(states.begin(), states.end(), [](const auto& entry) {
        return !entry.second.group && entry.second.standing != marmot::Standing::Canonical;
    });
}

// The first weights of the rules for branches, of two lines that parted before an epoch: how far each has
// come, with the bonus of a quorum of those who spoke there, and whether there is one.
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

Result<void> Joining::checkRepair(const marmot::GroupEngine& fresh, const marmot::WelcomeMessage& welcome,
                                  const storage::GroupRow& row, std::int64_t firstSeenMs) const {
    const marmot::GroupEngine* found = m_sessions.engine(fresh.id());
    if (!found)
        return {};
    // A group has one leaf for an account. An account that invites anew has removed the leaf that is followed
    // here, and nothing of what comes next can be read from it. Only an administrator can have done that;
    // anybody else could have founded a group of the same id to lead this member aside. A later administrator
    // may not be known yet, and never will be where this member's removal was seen, which only an
    // administrator can have made. A member that asked to leave is led nowhere: it is out of the old group as
    // it wished, perhaps on a branch that cannot be followed here, and decides about this invitation as about
    // any other. A person that has not decided yet is asked by the later word of the same inviter.
    const bool undecided = row.status == storage::GroupStatus::Leaving ||
                           (row.status == storage::GroupStatus::Request && row.inviter == welcome.inviter);
    if (!undecided && !found->state().admins.contains(welcome.inviter) && !removedElsewhere(*found))
        return {ErrorCode::PendingChange, "an invitation by somebody who is no administrator yet"};
    // If that happened on the line that is followed here, its commits are on the relays: they are read first,
    // and with them what was said before. Only a state that cannot be followed is replaced.
    const bool known = m_feeds.isComplete(fresh.id()) && m_feeds.backlog() == 0 && found->settled();
    if (!known || m_profile.clock.nowMs() - firstSeenMs < kRepairAfterMs)
        return {ErrorCode::PendingChange, "an invitation that waits for what happened before it"};
    if (fresh.epoch() > found->epoch())
        return {};
    // An account that invites a second time has left the branch to which it invited first.
    if (row.invitedAt > 0 && row.inviter == welcome.inviter &&
        welcome.createdAt > static_cast<std::uint64_t>(row.invitedAt))
        return {};
    // Two administrators may have invited this member on two branches. The events that it cannot read where
    // it is tell which of them went on.
    VALISE_TRY(const marmot::GroupEngine reached, followFrom(fresh));
    if (weightSince(reached, fresh.epoch()) <= weightSince(*found, fresh.epoch()))
        return {ErrorCode::PendingChange, "an invitation to a state that is no further on"};
    return {};
}

Result<void> Joining::checkReturn(const marmot::GroupEngine& fresh, const marmot::WelcomeMessage& welcome,
                                  const storage::GroupRow& row) const {
    // A Welcome that was made before this member went, and waited or came late, may lead to a branch that
    // nobody follows: a member that is let in again is let in to a later state than the one it left.
    if (welcome.createdAt >= static_cast<std::uint64_t>(std::max<std::int64_t>(row.updatedMs / 1000, 0)))
        return {};
    VALISE_TRY(const marmot::GroupEngine reached, followFrom(fresh));
    if (reached.epoch() <= row.epoch)
        return {ErrorCode::PendingChange, "an invitation from before this account went"};
    return {};
}

// The state to which the waiting events lead from a given one.
Result<marmot::GroupEngine> Joining::followFrom(marmot::GroupEngine trial) const {
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

Result<void> Joining::withdrawAll(const marmot::GroupEngine& replaced, Effects& effects) {
    // This client has followed everything that it could. So its branch is not the one to which it is invited,
    // and what was said there stands nowhere else.
    for (const auto& [state, retained] : replaced.history().states()) {
        VALISE_TRY(const auto rows, m_profile.stores().messages.setStanding(replaced.id(), state, false));
        effects.changedRows.insert(effects.changedRows.end(), rows.begin(), rows.end());
    }
    return {};
}

Result<void> Joining::join(const marmot::WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                           const nostr::EventId& wrapId, std::int64_t firstSeenMs) {
    using storage::GroupStatus;
    VALISE_TRY(marmot::GroupEngine joined,
               marmot::GroupEngine::join(welcome, bundle, m_profile.clock.nowMs()));
    auto& stores = m_profile.stores();
    const Bytes group = joined.id();
    // A Welcome counts once, in whatever wrap it comes: one that comes again after its member has left would
    // bring it back to a state that the others have left behind.
    const mls::Digest digest = crypto::sha256(welcome.mlsMessage);
    VALISE_TRY(const bool old, stores.seen.contains(viewOf(kWelcomes), digest));
    if (old)
        return {ErrorCode::AlreadyExists, "an invitation that was followed before"};
    VALISE_TRY(auto existing, stores.groups.get(group));
    const bool following =
        existing && (existing->status == GroupStatus::Joined || existing->status == GroupStatus::Request ||
                     existing->status == GroupStatus::Leaving);
    const bool repair = following && m_sessions.engine(group);
    if (repair)
        VALISE_CHECK(checkRepair(joined, welcome, *existing, firstSeenMs));
    if (existing && (existing->status == GroupStatus::Left || existing->status == GroupStatus::Removed))
        VALISE_CHECK(checkReturn(joined, welcome, *existing));
    if (existing && existing->status == GroupStatus::Disbanded)
        return {ErrorCode::GroupDisbanded, "an invitation to a group that has ended"};

    // The route is public: a stranger must not draw the events of another conversation to a group of theirs.
    if (const auto owner = m_feeds.groupOf(joined.state().routing.nostrGroupId); owner && *owner != group)
        return {ErrorCode::InvalidWelcome, "an invitation that uses another conversation's route"};

    storage::GroupRow row = existing ? *existing : storage::GroupRow{};
    VALISE_TRY(const auto inviter, stores.contacts.get(welcome.inviter));
    // A member of the conversation need not decide again.
    const bool decided = repair && existing->status == GroupStatus::Joined;
    row.status = decided || (inviter && inviter->known) ? GroupStatus::Joined : GroupStatus::Request;
    row.inviter = welcome.inviter;
    row.welcomeEventId = wrapId;
    if (!existing)
        row.createdMs = m_profile.clock.nowMs();
    row.invitedAt = static_cast<std::int64_t>(std::min<std::uint64_t>(welcome.createdAt, INT64_MAX));

    Effects effects;
    return m_sessions.stepAll(
        [&](EngineCopies& copies) -> Result<void> {
            if (repair) {
                VALISE_CHECK(withdrawAll(*m_sessions.engine(group), effects));
                VALISE_CHECK(m_profile.count(toHex(group), "group", "repaired", "by a fresh invitation"));
            }
            if (existing)
                VALISE_CHECK(stores.groupStates.eraseParts(group));
            VALISE_CHECK(stores.seen.add(viewOf(kWelcomes), digest, m_profile.clock.nowMs()));
            VALISE_CHECK(m_sessions.storeRow(joined, row));
            // Debts to the state before are no debts any more.
            VALISE_CHECK(stores.debts.clear(group));
            VALISE_CHECK(stores.groups.setRenewal(group, KeyRenewal::next(m_profile, true)));
            // Nothing before the invitation can be read, so nothing before it is fetched.
            VALISE_CHECK(m_feeds.readFrom(joined, std::min(m_profile.clock.now(), row.invitedAt)));
            VALISE_CHECK(addSystemLine(m_profile, group, {joined.history().tip().id, joined.epoch()},
                                       m_profile.clock.now(), {SystemKind::Joined, toQt(welcome.inviter), {}},
                                       welcome.inviter, effects));
            effects.touched.insert(group);
            effects.routesChanged.insert(group);
            effects.joined.insert(group);
            // Events that came before the Welcome and could not be read then will not come again.
            effects.retry.insert(group);
            // Messages that this person wrote meanwhile have waited only for this.
            effects.settled.insert(group);
            for (const marmot::GroupMember& member : joined.members())
                effects.met.insert(member.account);
            copies.put(std::move(joined));
            return {};
        },
        effects);
}

} // namespace valise::client
