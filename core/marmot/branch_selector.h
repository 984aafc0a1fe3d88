// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/components.h"

#include <optional>
#include <set>
#include <span>

//! Selection of the branch that all members of a group follow (Marmot protocol-core, convergence). It is a
//! pure function: the same candidates give the same winner on every client, in any order.
namespace valise::marmot {

//! The parameters of the convergence policy. They are constants of the protocol, neither negotiated nor
//! configurable. The published test cases of the selector have their own values.
struct ConvergencePolicy {
    std::uint64_t maxRewind = 5; //!< largest number of epochs between the fork of a branch and the tip
    std::uint64_t appWindow = 5; //!< number of epochs before a branch's tip whose messages count as evidence
    std::size_t quorumSenders = 2;    //!< accounts needed for an epoch to count towards the quorum; also the
                                      //!< most that one epoch scores
    std::size_t quorumEpochs = 1;     //!< epochs needed for the quorum
    std::uint64_t quorumBoost = 1;    //!< depth added for the quorum
    std::int64_t quiescenceMs = 1000; //!< a pass ends this long after the last input that affects the score
    std::int64_t passCapMs = 5000;    //!< a pass ends at the latest this long after it opened
};
inline constexpr ConvergencePolicy kConvergencePolicy{};

//! Whether the commit required an admin, by the rules of the state before it.
enum class CommitClass : std::uint8_t { Privileged = 0, Ordinary = 1 };

//! A branch from the common fork of all candidates to a tip that no known commit extends.
struct BranchCandidate {
    std::uint64_t forkEpoch = 0;
    std::uint64_t tipEpoch = 0;
    CommitClass tipClass = CommitClass::Ordinary;
    Id32 tipCommitter{}; //!< account
    Id32 tipDigest{};    //!< SHA-256 of the tip commit's MLSMessage
    //! The accounts whose application messages were decrypted on the branch, by epoch.
    std::map<std::uint64_t, std::set<Id32>> witnesses;
};

struct BranchScore {
    std::uint64_t depth = 0;          //!< commits from the fork to the tip
    std::uint64_t effectiveDepth = 0; //!< depth with the boost
    bool quorum = false;
    std::size_t witnessScore = 0; //!< sum over epochs of min(accounts, quorumSenders)
    friend bool operator==(const BranchScore&, const BranchScore&) = default;
};

//! Counts the witnesses of the epochs fork < epoch <= tip that are within the window of the candidate's own
//! tip.
BranchScore scoreOf(const BranchCandidate& candidate, const ConvergencePolicy& policy = kConvergencePolicy);

//! The rule by which the winner differs from the second-best candidate.
enum class BranchRule : std::uint8_t {
    OnlyCandidate = 0,
    EffectiveDepth = 1,
    WitnessQuorum = 2,
    WitnessScore = 3,
    TipClass = 4,
    TipCommitter = 5,
    TipDigest = 6,
};
//! A stable English name, such as "tip_committer".
std::string_view ruleName(BranchRule rule);

struct BranchSelection {
    std::size_t winner = 0; //!< index among the candidates
    BranchRule decisive = BranchRule::OnlyCandidate;
    BranchScore score;
};

//! True if the branch's fork is within the rewind horizon of this client's tip.
bool isEligible(std::uint64_t currentTip, const BranchCandidate& candidate,
                const ConvergencePolicy& policy = kConvergencePolicy);

//! Compares by these rules in order: higher effective depth, quorum, higher witness score, privileged tip,
//! lower committer, lower digest. nullopt if no candidate is eligible.
std::optional<BranchSelection> selectBranch(std::uint64_t currentTip,
                                            std::span<const BranchCandidate> candidates,
                                            const ConvergencePolicy& policy = kConvergencePolicy);

} // namespace valise::marmot
