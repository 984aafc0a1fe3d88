// SPDX-License-Identifier: AGPL-3.0-or-later
// valise_sim --seeds FIRST[-LAST] [--operations N] [--desks N] [--trace] [--twice] [--folder DIR]
// Runs a world for each seed and prints the broken invariants. With --twice it runs each seed again and
// compares the traces of the network.
#include "core/base/log.h"
#include "tests/sim/world.h"

#include <QCoreApplication>
#include <QHashFunctions>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

using namespace valise;

namespace {

void complain(const char* what) {
    std::fprintf(stderr, "valise_sim: %s\n", what);
    std::exit(2);
}

} // namespace

int main(int argc, char** argv) {
    QHashSeed::setDeterministicGlobalSeed();
    auto& time = *new sim::VirtualTime; // the application object owns it
    QCoreApplication::setEventDispatcher(&time);
    QCoreApplication app(argc, argv);

    std::uint64_t first = 1;
    std::uint64_t last = 1;
    bool twice = false;
    sim::Options options;
    options.folder = "/dev/shm/valise-sim-" + std::to_string(getpid());
    std::error_code none;
    if (!std::filesystem::is_directory("/dev/shm", none))
        options.folder = std::filesystem::temp_directory_path() / ("valise-sim-" + std::to_string(getpid()));
    for (int i = 1; i < argc; ++i) {
        const std::string flag = argv[i];
        const auto value = [&]() -> std::string {
            if (i + 1 >= argc)
                complain("a value is missing");
            return argv[++i];
        };
        if (flag == "--seeds") {
            const std::string range = value();
            const auto dash = range.find('-');
            first = std::stoull(range.substr(0, dash));
            last = dash == std::string::npos ? first : std::stoull(range.substr(dash + 1));
        } else if (flag == "--operations") {
            options.operations = std::stoi(value());
        } else if (flag == "--desks") {
            options.desks = std::stoi(value());
        } else if (flag == "--folder") {
            options.folder = value();
        } else if (flag == "--trace") {
            options.trace = true;
        } else if (flag == "--twice") {
            twice = true;
        } else {
            complain("unknown option");
        }
    }

    if (!options.trace)
        setLogSink([](LogLevel, std::string_view, std::string_view) {});
    const auto began = std::chrono::steady_clock::now();
    std::uint64_t frames = 0;
    std::size_t messages = 0;
    int late = 0;
    int apart = 0;
    int crashes = 0;
    int failed = 0;
    std::size_t states = 0;
    double virtualHours = 0;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        options.seed = seed;
        const auto once = [&] {
            time.reset();
            return sim::World(time, options).run();
        };
        sim::Report report = once();
        if (twice && once().trace != report.trace)
            report.broken.push_back("the seed does not reproduce the run");
        if (!report.broken.empty()) {
            ++failed;
            std::printf("seed %llu (%d clients, %d operations):\n", static_cast<unsigned long long>(seed),
                        report.desks, report.operations);
            for (const std::string& what : report.broken)
                std::printf("  %s\n", what.c_str());
        }
        frames += report.frames;
        messages += report.messages;
        late += report.late;
        apart += report.apart;
        crashes += report.crashes;
        states += report.states;
        virtualHours += static_cast<double>(report.virtualMs) / 3'600'000;
        if (options.trace)
            std::printf("trace %016llx\n", static_cast<unsigned long long>(report.trace));
        std::fflush(stdout);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::printf("%llu seeds: %d broken; %zu messages (%d times one came too late for its epoch), %zu group "
                "states, %d times a member was cut off for longer than branches can be joined, %d crashes, "
                "%llu frames, %.0f virtual hours, "
                "%.0f seconds\n",
                static_cast<unsigned long long>(last - first + 1), failed, messages, late, states, apart,
                crashes, static_cast<unsigned long long>(frames), virtualHours, seconds);
    return failed == 0 ? 0 : 1;
}
