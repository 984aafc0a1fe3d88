// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/branch_selector.h"

namespace valise::marmot {

//! The time in which competing commits are collected before a branch is chosen. The caller passes the time in
//! milliseconds, from any clock that runs as long as the program runs.
struct ConvergencePass {
    std::uint64_t generation = 0;
    std::uint64_t baseEpoch = 0; //!< the tip's epoch at the opening
    std::int64_t openedMs = 0;
    std::int64_t lastRelevantMs = 0; //!< time of the last input that can affect the choice

    //! Call it for an input that can affect the choice. The wait begins again, up to the limit of passCapMs.
    void extend(std::int64_t nowMs) { lastRelevantMs = std::max(lastRelevantMs, nowMs); }
    std::int64_t cutoffMs() const {
        return std::min(lastRelevantMs + kConvergencePolicy.quiescenceMs,
                        openedMs + kConvergencePolicy.passCapMs);
    }
    //! True also if the clock was set back to before the opening, because waiting for that time again could
    //! take for ever.
    bool due(std::int64_t nowMs) const { return nowMs >= cutoffMs() || nowMs < openedMs; }

    friend bool operator==(const ConvergencePass&, const ConvergencePass&) = default;
};

//! The last pass's decision and its reasons, for diagnostics.
struct ConvergenceDecision {
    std::uint64_t generation = 0;
    std::int64_t decidedMs = 0;
    std::uint64_t previousTip = 0; //!< epoch
    std::uint64_t forkEpoch = 0;   //!< common fork of the candidates
    std::uint64_t tipEpoch = 0;    //!< the winner's epoch
    Id32 tipDigest{};              //!< of the winner's last commit
    Id32 tipCommitter{};
    std::uint32_t candidates = 0;
    BranchRule decisive = BranchRule::OnlyCandidate;
    BranchScore score;
    bool switched = false; //!< true if another branch was followed before

    friend bool operator==(const ConvergenceDecision&, const ConvergenceDecision&) = default;
};

} // namespace valise::marmot
