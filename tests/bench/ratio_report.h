// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace valise::bench {

//! What a figure is measured against: the benchmark `name` by `parts` (another benchmark of the same run),
//! with the ratio that is aimed at.
struct Goal {
    std::string name;
    std::string parts;
    double atMost = 0;
};

//! Runs all registered benchmarks, interleaved so that a drift of the machine's speed meets all alike, and
//! prints for each the median and for each goal the ratio of the medians. The arguments are Google
//! Benchmark's.
int runAndReport(int argc, char** argv, const std::vector<Goal>& goals);

} // namespace valise::bench
