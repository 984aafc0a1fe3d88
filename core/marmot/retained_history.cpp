// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/retained_history.h"

namespace valise::marmot {

mls::Digest stateId(const mls::Group& group) {
    return crypto::sha256(group.contextBytes());
}

mls::Digest removedStateId(const mls::Digest& commit) {
    return crypto::sha256({viewOf("removed by"), commit});
}

RetainedHistory::RetainedHistory(mls::Group group, GroupState state) {
    RetainedState first;
    first.id = stateId(group);
    first.epoch = group.epoch();
    first.standing = Standing::Canonical;
    first.applied = true;
    first.state = std::move(state);
    first.group = std::move(group);
    m_tip = first.id;
    m_states.emplace(m_tip, std::move(first));
}

Result<RetainedHistory> RetainedHistory::restore(std::vector<RetainedState> states, const mls::Digest& tip) {
    const auto bad = [](const char* why) { return Error{ErrorCode::InvalidEncoding, why}; };
    if (states.empty() || states.size() > kMaxStates)
        return bad("a history with no states or too many");
    RetainedHistory history;
    history.m_tip = tip;
    std::size_t roots = 0;
    std::size_t canonical = 0;
    for (RetainedState& state : states) {
        canonical += state.standing == Standing::Canonical ? 1 : 0;
        const mls::Digest id = state.id;
        if (!history.m_states.emplace(id, std::move(state)).second)
            return bad("a history with a state twice");
    }
    for (const auto& [id, state] : history.m_states) {
        const RetainedState* parent = state.parent ? history.find(*state.parent) : nullptr;
        if (!parent) {
            // A root: its parent was pruned.
            if (++roots > 1 || state.standing != Standing::Canonical || !state.group)
                return bad("a history that is not one tree");
        } else if (parent->epoch + 1 != state.epoch || !parent->group) {
            return bad("a history whose epochs do not follow each other");
        }
    }
    if (roots != 1 || !history.find(tip))
        return bad("a history without its tip");
    const std::vector<mls::Digest> line = history.line(tip);
    for (const mls::Digest& id : line)
        if (history.find(id)->standing != Standing::Canonical)
            return bad("a history whose line is broken");
    if (line.size() != canonical)
        return bad("a history with two lines");
    return history;
}

std::vector<mls::Digest> RetainedHistory::line(const mls::Digest& from) const {
    std::vector<mls::Digest> out;
    for (const RetainedState* at = find(from); at; at = at->parent ? find(*at->parent) : nullptr)
        out.push_back(at->id);
    return out;
}

const RetainedState* RetainedHistory::find(const mls::Digest& id) const {
    const auto it = m_states.find(id);
    return it == m_states.end() ? nullptr : &it->second;
}

RetainedState* RetainedHistory::find(const mls::Digest& id) {
    return const_cast<RetainedState*>(std::as_const(*this).find(id));
}

const RetainedState* RetainedHistory::byCommit(const mls::Digest& commit) const {
    for (const auto& [id, state] : m_states)
        if (state.commit == commit && !state.commitBytes.empty())
            return &state;
    return nullptr;
}

const RetainedState& RetainedHistory::root() const {
    return *find(line(m_tip).back());
}

const RetainedState& RetainedHistory::membership() const {
    const RetainedState& last = tip();
    return last.group ? last : *find(*last.parent);
}

RetainedState& RetainedHistory::membership() {
    return const_cast<RetainedState&>(std::as_const(*this).membership());
}

std::vector<RetainedState*> RetainedHistory::at(std::uint64_t epoch) {
    std::vector<RetainedState*> out;
    for (auto& [id, state] : m_states)
        if (state.epoch == epoch && state.group && state.standing != Standing::Dormant)
            out.push_back(&state);
    std::stable_partition(out.begin(), out.end(),
                          [](const RetainedState* s) { return s->standing == Standing::Canonical; });
    return out;
}

std::vector<const RetainedState*> RetainedHistory::readable() const {
    std::vector<const RetainedState*> out;
    for (const auto& [id, state] : m_states)
        if (state.group && state.standing != Standing::Dormant)
            out.push_back(&state);
    std::sort(out.begin(), out.end(), [](const RetainedState* a, const RetainedState* b) {
        const bool ac = a->standing == Standing::Canonical;
        const bool bc = b->standing == Standing::Canonical;
        if (ac != bc)
            return ac;
        return a->epoch != b->epoch ? a->epoch > b->epoch : a->id < b->id;
    });
    return out;
}

Result<void> RetainedHistory::add(RetainedState state) {
    const RetainedState* parent = state.parent ? find(*state.parent) : nullptr;
    if (!parent || !parent->group || parent->epoch + 1 != state.epoch)
        return {ErrorCode::NotFound, "the state that a commit leads from"};
    if (m_states.count(state.id))
        return {ErrorCode::AlreadyExists, "a state that is held already"};
    if (m_states.size() >= kMaxStates)
        return {ErrorCode::LimitExceeded, "more branches than a client follows"};
    const mls::Digest id = state.id;
    m_states.emplace(id, std::move(state));
    return {};
}

void RetainedHistory::wake(const mls::Digest& id, Standing standing) {
    if (RetainedState* state = find(id)) {
        state->standing = standing;
        state->recordChanged = true;
    }
}

void RetainedHistory::limitDormant(std::size_t keep) {
    std::vector<std::pair<std::uint64_t, mls::Digest>> dormant;
    for (const auto& [id, state] : m_states)
        if (state.standing == Standing::Dormant)
            dormant.emplace_back(state.createdAt, id);
    std::sort(dormant.begin(), dormant.end());
    for (std::size_t i = 0; i + keep < dormant.size(); ++i)
        m_states.erase(dormant[i].second);
}

std::uint64_t RetainedHistory::forkEpoch() const {
    std::uint64_t out = tip().epoch;
    for (const auto& [id, state] : m_states)
        if (state.standing == Standing::Candidate || state.standing == Standing::Lost)
            out = std::min(out, state.epoch - 1);
    // The states that all branches share favour none of them, so the branches are compared from where they
    // part. A client that has followed the shared states already compares from there. A client that receives
    // everything at once must get the same result.
    const std::vector<const RetainedState*> ends = leaves(out);
    if (ends.size() < 2)
        return out;
    std::set<mls::Digest> shared;
    for (const RetainedState* state : branch(*ends.front(), out))
        shared.insert(state->id);
    for (const RetainedState* end : ends) {
        std::set<mls::Digest> both;
        for (const RetainedState* state : branch(*end, out))
            if (shared.count(state->id) > 0)
                both.insert(state->id);
        shared = std::move(both);
    }
    return out + shared.size();
}

std::vector<const RetainedState*> RetainedHistory::leaves(std::uint64_t forkEpoch) const {
    std::set<mls::Digest> parents;
    for (const auto& [id, state] : m_states)
        if (state.parent && state.standing != Standing::Dormant)
            parents.insert(*state.parent);
    std::vector<const RetainedState*> out;
    for (const auto& [id, state] : m_states)
        if (state.epoch > forkEpoch && state.standing != Standing::Dormant && parents.count(id) == 0)
            out.push_back(&state);
    return out;
}

std::vector<const RetainedState*> RetainedHistory::branch(const RetainedState& leaf,
                                                          std::uint64_t forkEpoch) const {
    std::vector<const RetainedState*> out;
    for (const RetainedState* at = &leaf; at && at->epoch > forkEpoch;
         at = at->parent ? find(*at->parent) : nullptr)
        out.push_back(at);
    std::reverse(out.begin(), out.end());
    return out;
}

BranchCandidate RetainedHistory::candidate(const RetainedState& leaf, std::uint64_t forkEpoch) const {
    BranchCandidate out;
    out.forkEpoch = forkEpoch;
    out.tipEpoch = leaf.epoch;
    out.tipClass = leaf.commitClass;
    out.tipCommitter = leaf.committer;
    out.tipDigest = leaf.commit;
    for (const RetainedState* state : branch(leaf, forkEpoch))
        if (!state->witnesses.empty())
            out.witnesses[state->epoch] = state->witnesses;
    return out;
}

RetainedHistory::Move RetainedHistory::moveTip(const mls::Digest& leaf) {
    std::vector<mls::Digest> before = line(m_tip);
    std::vector<mls::Digest> after = line(leaf);
    // Both lists end with the root. The states at the end that they share do not change.
    while (!before.empty() && !after.empty() && before.back() == after.back()) {
        before.pop_back();
        after.pop_back();
    }
    const auto stand = [&](const std::vector<mls::Digest>& ids, Standing standing) {
        for (const mls::Digest& id : ids) {
            RetainedState* state = find(id);
            state->standing = standing;
            state->recordChanged = true;
        }
    };
    stand(before, Standing::Lost);
    stand(after, Standing::Canonical);
    for (auto& [id, state] : m_states) {
        if (state.standing == Standing::Candidate) {
            state.standing = Standing::Lost;
            state.recordChanged = true;
        }
    }
    m_tip = leaf;
    std::reverse(before.begin(), before.end());
    std::reverse(after.begin(), after.end());
    return {std::move(before), std::move(after)};
}

std::vector<RetainedState> RetainedHistory::prune() {
    const std::uint64_t tipEpoch = tip().epoch;
    const std::uint64_t anchor =
        tipEpoch > kConvergencePolicy.maxRewind ? tipEpoch - kConvergencePolicy.maxRewind : 0;
    std::vector<RetainedState> gone;
    const auto drop = [&](const auto& when) {
        bool any = false;
        for (auto it = m_states.begin(); it != m_states.end();) {
            if (it->first != m_tip && when(it->second)) {
                gone.push_back(std::move(it->second));
                it = m_states.erase(it);
                any = true;
            } else {
                ++it;
            }
        }
        return any;
    };
    // The state after a removal of this client has no group, so its parent must be kept as well.
    const mls::Digest kept = membership().id;
    drop([&](const RetainedState& s) { return s.epoch < anchor && s.id != kept; });
    while (drop([&](const RetainedState& s) {
        return s.standing != Standing::Canonical && (!s.parent || !find(*s.parent));
    })) {
    }
    return gone;
}

} // namespace valise::marmot
