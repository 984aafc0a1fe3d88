// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

#include "core/marmot/convergence_pass.h"

using namespace valise;
using namespace valise::marmot;

namespace {

// The published cases write an account as a word and a digest as one octet.
Id32 padded(std::string_view text) {
    Id32 out{};
    std::copy_n(text.begin(), std::min(text.size(), out.size()), out.begin());
    return out;
}

BranchCandidate candidate(std::uint64_t fork, std::uint64_t tip, std::string_view committer = "a",
                          std::string_view digest = "x") {
    BranchCandidate out;
    out.forkEpoch = fork;
    out.tipEpoch = tip;
    out.tipCommitter = padded(committer);
    out.tipDigest = padded(digest);
    return out;
}

BranchRule ruleOf(std::string_view reason) {
    if (reason == "quorum_tie")
        return BranchRule::WitnessQuorum;
    if (reason == "effective_depth")
        return BranchRule::EffectiveDepth;
    if (reason == "witness_score_tie")
        return BranchRule::WitnessScore;
    if (reason == "priority_tie")
        return BranchRule::TipClass;
    if (reason == "committer_tie")
        return BranchRule::TipCommitter;
    if (reason == "digest_tie")
        return BranchRule::TipDigest;
    FAIL("a reason this test does not know: " << reason);
    return BranchRule::OnlyCandidate;
}

std::string optionalText(simdjson::dom::element object, std::string_view key) {
    std::string_view text;
    return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

} // namespace

TEST_CASE("the published branch selector cases choose as stated") {
    const auto file = test::openVectors("marmot/mdk/branch-selector/policy_cases.json");
    if (!file)
        return;
    std::size_t cases = 0;
    for (const simdjson::dom::element item : simdjson::dom::array(file->root())) {
        INFO(test::textMember(item, "name"));
        const simdjson::dom::element numbers = item["policy"];
        ConvergencePolicy policy;
        policy.maxRewind = test::intMember(numbers, "max_rewind_commits");
        policy.quorumSenders = test::intMember(numbers, "witness_quorum_senders_per_epoch");
        policy.quorumEpochs = test::intMember(numbers, "witness_quorum_epochs");
        policy.quorumBoost = test::intMember(numbers, "max_witness_override_depth");
        std::vector<BranchCandidate> candidates;
        std::vector<std::string> names;
        for (const simdjson::dom::element branch : simdjson::dom::array(item["branches"])) {
            BranchCandidate c = candidate(
                test::intMember(branch, "fork_epoch"), test::intMember(branch, "tip_epoch"),
                optionalText(branch, "tip_committer"), textOf(test::hexMember(branch, "tip_digest")));
            if (optionalText(branch, "tip_priority") == "privileged")
                c.tipClass = CommitClass::Privileged;
            for (const simdjson::dom::element witness : simdjson::dom::array(branch["app_witnesses"]))
                c.witnesses[test::intMember(witness, "epoch")].insert(
                    padded(test::textMember(witness, "sender")));
            candidates.push_back(std::move(c));
            names.push_back(test::textMember(branch, "id"));
        }
        const std::uint64_t tip = test::intMember(item, "current_tip_epoch");
        const simdjson::dom::element expected = item["expected"];
        for (int turn = 0; turn < 2; ++turn) {
            const auto chosen = selectBranch(tip, candidates, policy);
            REQUIRE(chosen.has_value());
            CHECK(names[chosen->winner] == test::textMember(expected, "branch"));
            CHECK(chosen->decisive == ruleOf(test::textMember(expected, "reason")));
            std::reverse(candidates.begin(), candidates.end());
            std::reverse(names.begin(), names.end());
        }
        ++cases;
    }
    CHECK(cases == 7);
}

TEST_CASE("witnesses count between the fork and the tip, once an account and epoch") {
    BranchCandidate c = candidate(3, 9);
    c.witnesses[3] = {padded("kasara"), padded("nordvale")}; // at the fork: common history
    c.witnesses[10] = {padded("kasara")};                    // beyond the tip
    CHECK(scoreOf(c) == BranchScore{6, 6, false, 0});
    c.witnesses[4] = {padded("kasara")};
    c.witnesses[9] = {padded("kasara"), padded("nordvale"), padded("tamir")};
    CHECK(scoreOf(c) == BranchScore{6, 7, true, 3});
    // An epoch six before the candidate's own tip is outside its window.
    c.tipEpoch = 10;
    CHECK(scoreOf(c) == BranchScore{7, 8, true, 3});
}

TEST_CASE("a branch that begins too far back is never chosen") {
    const std::vector<BranchCandidate> candidates{candidate(1, 30), candidate(2, 4)};
    const auto chosen = selectBranch(7, candidates);
    REQUIRE(chosen.has_value());
    CHECK(chosen->winner == 1);
    CHECK(chosen->decisive == BranchRule::OnlyCandidate);
    CHECK_FALSE(selectBranch(8, candidates).has_value());
}

TEST_CASE("a pass ends a second after the last input that matters and five after it opened") {
    ConvergencePass pass;
    pass.openedMs = pass.lastRelevantMs = 10'000;
    CHECK_FALSE(pass.due(10'999));
    CHECK(pass.due(11'000));
    pass.extend(10'900);
    CHECK_FALSE(pass.due(11'899));
    CHECK(pass.due(11'900));
    pass.extend(14'800);
    CHECK(pass.cutoffMs() == 15'000);
    CHECK(pass.due(9'999)); // the clock was set back
}
