// SPDX-License-Identifier: AGPL-3.0-or-later
// The end of a pass: a branch is chosen, and one step reports all effects.
#include "core/marmot/group_engine.h"

namespace valise::marmot {

void GroupEngine::settle(Step& step, std::int64_t nowMs, crypto::Random& random) {
    m_pass.reset();
    const std::uint64_t fork = m_history.forkEpoch();
    const std::uint64_t previous = epoch();
    const std::vector<const RetainedState*> leaves = m_history.leaves(fork);
    std::vector<BranchCandidate> candidates;
    candidates.reserve(leaves.size());
    for (const RetainedState* leaf : leaves)
        candidates.push_back(m_history.candidate(*leaf, fork));
    const auto chosen = selectBranch(previous, candidates);
    const std::uint64_t generation = m_generation++;
    if (!chosen)
        return;
    const RetainedState& winner = *leaves[chosen->winner];
    ConvergenceDecision decision;
    decision.generation = generation;
    decision.decidedMs = nowMs;
    decision.previousTip = previous;
    decision.forkEpoch = fork;
    decision.tipEpoch = winner.epoch;
    decision.tipDigest = winner.commit;
    decision.tipCommitter = winner.committer;
    decision.candidates = static_cast<std::uint32_t>(candidates.size());
    decision.decisive = chosen->decisive;
    decision.score = chosen->score;

    std::vector<mls::Digest> judged;
    for (const auto& [id, state] : m_history.states())
        if (state.standing == Standing::Candidate)
            judged.push_back(id);
    moveTo(mls::Digest(winner.id), step);
    decision.switched = !step.withdrawn.empty();
    for (const mls::Digest& id : judged) {
        const RetainedState* state = m_history.find(id);
        if (!state)
            continue;
        const bool won = state->standing == Standing::Canonical;
        Outcome outcome;
        outcome.digest = state->commit;
        outcome.kind = InputKind::Commit;
        outcome.disposition = won ? Disposition::Accepted : Disposition::Deferred;
        outcome.reason = won ? std::string() : "on a branch that was not chosen";
        step.outcomes.push_back(outcome);
        if (!won)
            continue;
        outcome.kind = InputKind::Proposal;
        for (const mls::Digest& proposal : state->consumed) {
            outcome.digest = proposal;
            step.outcomes.push_back(outcome);
        }
    }
    step.decision = decision;
    m_decision = decision;
    // A branch that is now beyond the horizon took part in this choice, and its fork lay further back. A
    // client that dropped that branch earlier compares without it. So the remaining branches are compared
    // once more.
    const std::uint64_t parting = m_history.forkEpoch();
    if (parting > fork && m_history.leaves(parting).size() > 1)
        relevant(nowMs, true);
    retryOrphans(step, nowMs);
    proposeLeaving(step, nowMs, random);
}

GroupChange GroupEngine::changeInto(const RetainedState& state) const {
    const RetainedState& parent = *m_history.find(*state.parent);
    GroupChange change;
    if (state.group) {
        change = describeChange(membersOf(*parent.group, parent.state.admins), parent.state,
                                membersOf(*state.group, state.state.admins), state.state);
        for (const Id32& account : state.left)
            std::erase(change.removed, account);
    } else {
        change.selfRemoved = true;
        change.removed = state.removed;
        change.disbanded = state.state.lifecycle == Lifecycle::Disbanded;
    }
    change.committer = state.committer;
    change.left = state.left;
    return change;
}

void GroupEngine::moveTo(const mls::Digest& leaf, Step& step) {
    const RetainedHistory::Move move = m_history.moveTip(leaf);
    for (auto it = move.left.rbegin(); it != move.left.rend(); ++it) {
        const RetainedState& state = *m_history.find(*it);
        step.withdrawn.push_back({state.id, state.epoch, state.commit, state.own});
    }
    for (const mls::Digest& id : move.entered) {
        RetainedState& state = *m_history.find(id);
        if (state.applied) {
            step.restored.push_back({state.id, state.epoch, state.commit, state.own});
        } else {
            state.applied = true;
            step.changes.push_back(
                {changeInto(state), state.commit, state.id, state.epoch, state.createdAt, state.own});
        }
    }
    for (auto it = m_parked.begin(); it != m_parked.end();) {
        const RetainedState* state = m_history.find(it->second.state);
        if (!state || state->standing != Standing::Canonical) {
            ++it;
            continue;
        }
        Outcome outcome;
        outcome.digest = it->second.digest;
        outcome.kind = InputKind::Application;
        outcome.disposition = Disposition::Accepted;
        step.outcomes.push_back(std::move(outcome));
        step.messages.push_back({std::move(it->second.message), it->second.digest, state->id});
        it = m_parked.erase(it);
    }
    if (move.left.empty() && move.entered.empty())
        return;
    step.tipMoved = true;
    step.retryDeferred = true;
    forgetOld(step);
    const GroupStanding now = standing();
    if (now == GroupStanding::Removed || now == GroupStanding::Disbanded) {
        for (const QueuedChange& queued : m_queue)
            step.failed.push_back({queued.id, checkActive().error()});
        m_queue.clear();
    }
    step.departures = now == GroupStanding::Active && !departing().empty();
}

void GroupEngine::forgetOld(Step& step) {
    const auto stale = [&](const mls::Digest& digest, InputKind kind, const char* why) {
        Outcome outcome;
        outcome.digest = digest;
        outcome.kind = kind;
        outcome.disposition = kind == InputKind::Application ? Disposition::Invalidated : Disposition::Stale;
        outcome.category = Category::StaleEpoch;
        outcome.reason = why;
        step.outcomes.push_back(std::move(outcome));
    };
    for (const RetainedState& gone : m_history.prune())
        if (gone.standing == Standing::Lost)
            stale(gone.commit, InputKind::Commit, "its branch is too far behind to be chosen any more");
    for (auto it = m_parked.begin(); it != m_parked.end();) {
        if (m_history.find(it->second.state)) {
            ++it;
            continue;
        }
        stale(it->second.digest, InputKind::Application, "it stood on a branch that was not chosen");
        it = m_parked.erase(it);
    }
    const std::uint64_t oldest = m_history.root().epoch;
    for (auto it = m_orphans.begin(); it != m_orphans.end();) {
        if (it->second.epoch >= oldest) {
            ++it;
            continue;
        }
        stale(it->first, InputKind::Commit, "BeyondAnchor: its parent never came");
        it = m_orphans.erase(it);
    }
    std::erase_if(m_known, [&](const auto& known) { return known.second.epoch < oldest; });
}

} // namespace valise::marmot
