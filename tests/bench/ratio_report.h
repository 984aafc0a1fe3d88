// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace valise::bench {

//! A goal: the time of the benchmark `name` divided by that of `parts`, another benchmark of the same run,
//! and the ratio to reach.
struct Goal {
    std::string name;
    std::string parts;
    double atMost = 0;
};

//! Runs all registered benchmarks, interleaved so that changes in the machine's speed affect all of them
//! equally. Prints the median of each, and for each goal the ratio of the medians. The arguments are those of
//! Google Benchmark.
int runAndReport(int argc, char** argv, const std::vector<Goal>& goals);

} // namespace valise::bench
