// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/components.h"

#include <optional>
#include <set>
#include <span>

//! Which of several branches of a group all its members follow (Marmot protocol-core, convergence). Pure: the
//! same candidates give the same winner on every client, in whatever order they are given.
namespace valise::marmot {

//! The numbers of the convergence policy. They are constants of the protocol, neither negotiated nor
//! configurable; the published selector cases bring their own.
struct ConvergencePolicy {
    std::uint64_t maxRewind = 5;   //!< epochs behind the tip at which a branch may begin
    std::uint64_t appWindow = 5;   //!< epochs behind a branch's tip whose messages are evidence for it
    std::size_t quorumSenders = 2; //!< accounts that make an epoch count towards the quorum; caps its score
    std::size_t quorumEpochs = 1;  //!< epochs that must count for the quorum
    std::uint64_t quorumBoost = 1; //!< depth that the quorum adds
    std::int64_t quiescenceMs = 1000; //!< a pass ends so long after the last input that matters to the score
    std::int64_t passCapMs = 5000;    //!< and at the latest so long after it opened
};
inline constexpr ConvergencePolicy kConvergencePolicy{};

//! Whether a commit needed an admin, judged by the state before it.
enum class CommitClass : std::uint8_t { Privileged = 0, Ordinary = 1 };

//! A branch from where all candidates begin to a tip that no known commit extends.
struct BranchCandidate {
    std::uint64_t forkEpoch = 0;
    std::uint64_t tipEpoch = 0;
    CommitClass tipClass = CommitClass::Ordinary;
    Id32 tipCommitter{}; //!< account
    Id32 tipDigest{};    //!< SHA-256 of the tip commit's MLSMessage
    //! Accounts whose application messages were decrypted on the branch, by epoch.
    std::map<std::uint64_t, std::set<Id32>> witnesses;
};

struct BranchScore {
    std::uint64_t depth = 0;          //!< commits from the fork to the tip
    std::uint64_t effectiveDepth = 0; //!< with the boost
    bool quorum = false;
    std::size_t witnessScore = 0; //!< sum over epochs of min(accounts, quorumSenders)
    friend bool operator==(const BranchScore&, const BranchScore&) = default;
};

//! Witnesses count at fork < epoch <= tip, within the window of the candidate's own tip.
BranchScore scoreOf(const BranchCandidate& candidate, const ConvergencePolicy& policy = kConvergencePolicy);

//! What told the winner from the next best.
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

//! Whether a branch begins within the rewind horizon of the tip that this client stands on.
bool isEligible(std::uint64_t currentTip, const BranchCandidate& candidate,
                const ConvergencePolicy& policy = kConvergencePolicy);

//! Higher effective depth; quorum; higher witness score; privileged tip; lower committer; lower digest.
//! nullopt if no candidate is eligible.
std::optional<BranchSelection> selectBranch(std::uint64_t currentTip,
                                            std::span<const BranchCandidate> candidates,
                                            const ConvergencePolicy& policy = kConvergencePolicy);

} // namespace valise::marmot
