// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/ratio_report.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace valise::bench {

namespace {

//! Whether a benchmark failed. The library had another name for this before its version 1.8.
template <typename Run>
bool gaveUp(const Run& run) {
    if constexpr (requires { run.error_occurred; })
        return run.error_occurred;
    else
        return static_cast<bool>(run.skipped);
}

class Collector final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration || gaveUp(run))
                continue;
            // Processor time, so that other programs on the machine do not count. For a benchmark with manual
            // timing this is the same value.
            const double seconds =
                run.run_name.time_type.empty() ? run.cpu_accumulated_time : run.real_accumulated_time;
            m_seconds[run.run_name.function_name].push_back(seconds / static_cast<double>(run.iterations));
        }
    }
    double median(const std::string& name) const {
        const auto it = m_seconds.find(name);
        if (it == m_seconds.end())
            return 0;
        std::vector<double> values = it->second;
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    }
    const std::map<std::string, std::vector<double>>& all() const { return m_seconds; }

private:
    std::map<std::string, std::vector<double>> m_seconds;
};

} // namespace

int runAndReport(int argc, char** argv, const std::vector<Goal>& goals) {
    std::vector<char*> arguments(argv, argv + argc);
    std::string interleave = "--benchmark_enable_random_interleaving=true";
    std::string repetitions = "--benchmark_repetitions=9";
    std::string least = "--benchmark_min_time=0.05";
    arguments.insert(arguments.begin() + 1, {interleave.data(), repetitions.data(), least.data()});
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data()))
        return 2;
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    std::printf("%-44s %14s\n", "median", "microseconds");
    for (const auto& [name, values] : collector.all())
        std::printf("%-44s %14.2f\n", name.c_str(), collector.median(name) * 1e6);
    std::printf("\n%-44s %8s %8s\n", "ratio to the primitives of the same run", "ratio", "goal");
    for (const Goal& goal : goals) {
        const double parts = collector.median(goal.parts);
        if (parts > 0)
            std::printf("%-44s %8.2f %8.2f\n", goal.name.c_str(), collector.median(goal.name) / parts,
                        goal.atMost);
    }
    return 0;
}

} // namespace valise::bench
