// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/branch_selector.h"

namespace valise::marmot {

//! The time during which competing input is collected before a branch is chosen. Milliseconds are the
//! caller's: any clock that goes on while the program runs.
struct ConvergencePass {
    std::uint64_t generation = 0;
    std::uint64_t baseEpoch = 0; //!< the tip when it opened
    std::int64_t openedMs = 0;
    std::int64_t lastRelevantMs = 0; //!< when the last input came that can change the choice

    //! Input that can change the choice arrived: the wait begins anew, within the cap.
    void extend(std::int64_t nowMs) { lastRelevantMs = std::max(lastRelevantMs, nowMs); }
    std::int64_t cutoffMs() const {
        return std::min(lastRelevantMs + kConvergencePolicy.quiescenceMs,
                        openedMs + kConvergencePolicy.passCapMs);
    }
    //! Also where the clock was set back behind the opening: waiting for it to return could last forever.
    bool due(std::int64_t nowMs) const { return nowMs >= cutoffMs() || nowMs < openedMs; }

    friend bool operator==(const ConvergencePass&, const ConvergencePass&) = default;
};

//! Why the last pass chose as it did; for diagnostics.
struct ConvergenceDecision {
    std::uint64_t generation = 0;
    std::int64_t decidedMs = 0;
    std::uint64_t previousTip = 0; //!< epoch
    std::uint64_t forkEpoch = 0;   //!< where the candidates begin
    std::uint64_t tipEpoch = 0;    //!< of the winner
    Id32 tipDigest{};              //!< of the winner's last commit
    Id32 tipCommitter{};
    std::uint32_t candidates = 0;
    BranchRule decisive = BranchRule::OnlyCandidate;
    BranchScore score;
    bool switched = false; //!< another branch than the one followed before

    friend bool operator==(const ConvergenceDecision&, const ConvergenceDecision&) = default;
};

} // namespace valise::marmot
