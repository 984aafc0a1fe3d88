// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/branch_selector.h"

namespace valise::marmot {

namespace {

// The result of comparing two candidates: whether `a` is better, and the rule that decided. OnlyCandidate if
// they are equal by all rules.
struct Comparison {
    bool better = false;
    BranchRule rule = BranchRule::OnlyCandidate;
};

Comparison compare(const BranchCandidate& a, const BranchScore& as, const BranchCandidate& b,
                   const BranchScore& bs) {
    if (as.effectiveDepth != bs.effectiveDepth)
        return {as.effectiveDepth > bs.effectiveDepth, BranchRule::EffectiveDepth};
    if (as.quorum != bs.quorum)
        return {as.quorum, BranchRule::WitnessQuorum};
    if (as.witnessScore != bs.witnessScore)
        return {as.witnessScore > bs.witnessScore, BranchRule::WitnessScore};
    if (a.tipClass != b.tipClass)
        return {a.tipClass == CommitClass::Privileged, BranchRule::TipClass};
    if (a.tipCommitter != b.tipCommitter)
        return {a.tipCommitter < b.tipCommitter, BranchRule::TipCommitter};
    if (a.tipDigest != b.tipDigest)
        return {a.tipDigest < b.tipDigest, BranchRule::TipDigest};
    return {};
}

} // namespace

BranchScore scoreOf(const BranchCandidate& candidate, const ConvergencePolicy& policy) {
    BranchScore score;
    score.depth = candidate.tipEpoch > candidate.forkEpoch ? candidate.tipEpoch - candidate.forkEpoch : 0;
    std::size_t full = 0;
    for (const auto& [epoch, accounts] : candidate.witnesses) {
        if (epoch <= candidate.forkEpoch || epoch > candidate.tipEpoch ||
            candidate.tipEpoch - epoch > policy.appWindow)
            continue;
        score.witnessScore += std::min(accounts.size(), policy.quorumSenders);
        if (accounts.size() >= policy.quorumSenders)
            ++full;
    }
    score.quorum = policy.quorumSenders > 0 && policy.quorumEpochs > 0 && full >= policy.quorumEpochs;
    score.effectiveDepth = score.depth + (score.quorum ? policy.quorumBoost : 0);
    return score;
}

std::string_view ruleName(BranchRule rule) {
    switch (rule) {
    case BranchRule::EffectiveDepth:
        return "effective_commit_depth";
    case BranchRule::WitnessQuorum:
        return "witness_quorum_met";
    case BranchRule::WitnessScore:
        return "app_witness_score";
    case BranchRule::TipClass:
        return "tip_priority";
    case BranchRule::TipCommitter:
        return "tip_committer";
    case BranchRule::TipDigest:
        return "tip_digest";
    case BranchRule::OnlyCandidate:
        break;
    }
    return "only_candidate";
}

bool isEligible(std::uint64_t currentTip, const BranchCandidate& candidate, const ConvergencePolicy& policy) {
    return currentTip <= candidate.forkEpoch || currentTip - candidate.forkEpoch <= policy.maxRewind;
}

std::optional<BranchSelection> selectBranch(std::uint64_t currentTip,
                                            std::span<const BranchCandidate> candidates,
                                            const ConvergencePolicy& policy) {
    std::vector<BranchScore> scores;
    scores.reserve(candidates.size());
    for (const BranchCandidate& candidate : candidates)
        scores.push_back(scoreOf(candidate, policy));
    const auto better = [&](std::size_t a, std::size_t b) {
        return compare(candidates[a], scores[a], candidates[b], scores[b]).better;
    };
    std::optional<std::size_t> best;
    std::optional<std::size_t> next;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!isEligible(currentTip, candidates[i], policy))
            continue;
        if (!best || better(i, *best)) {
            next = best;
            best = i;
        } else if (!next || better(i, *next)) {
            next = i;
        }
    }
    if (!best)
        return std::nullopt;
    BranchSelection out{*best, BranchRule::OnlyCandidate, scores[*best]};
    if (next)
        out.decisive = compare(candidates[*best], scores[*best], candidates[*next], scores[*next]).rule;
    return out;
}

} // namespace valise::marmot
