// SPDX-License-Identifier: AGPL-3.0-or-later
// Random scripts in groups with our clients and clients on openmls:
//   openmls_scripts PEER [--scripts N] [--seed S] [--members M] [--steps K] [--suite 1|3|both]
// PEER is the program tests/interop/openmls, or `-` for our clients instead. Script i has the seed S + i and
// does the same in every run; only the keys of openmls differ. Exit code: 0 all members agreed, 1 a
// disagreement or refusal (with a report), 2 usage.
#include "tests/interop/mls_scripts/openmls_client.h"
#include "tests/interop/mls_scripts/our_client.h"
#include "tests/interop/mls_scripts/script.h"
#include "tests/support/seeded_random.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace {

using namespace valise;
using namespace valise::interop;

//! Makes the keys of the two sides different if both are ours.
constexpr std::uint64_t kOtherSide = 0x6f70656e6d6c73;

struct Arguments {
    std::string peer;
    std::uint64_t scripts = 10;
    std::uint64_t seed = 1;
    std::uint32_t members = 8;
    std::uint32_t steps = 16;
    std::string suite = "both";
};

template <typename T>
bool parseNumber(std::string_view text, T& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

bool parse(int argc, char** argv, Arguments& out) {
    if (argc < 2 || argc % 2 != 0)
        return false;
    out.peer = argv[1];
    for (int i = 2; i < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string_view value = argv[i + 1];
        const bool understood = name == "--scripts"   ? parseNumber(value, out.scripts)
                                : name == "--seed"    ? parseNumber(value, out.seed)
                                : name == "--members" ? parseNumber(value, out.members)
                                : name == "--steps"   ? parseNumber(value, out.steps)
                                : name == "--suite"   ? (out.suite = value, true)
                                                      : false;
        if (!understood)
            return false;
    }
    return out.members >= 2 && (out.suite == "1" || out.suite == "3" || out.suite == "both");
}

mls::CipherSuite suiteFor(const Arguments& arguments, std::uint64_t seed) {
    const bool third = arguments.suite == "3" || (arguments.suite == "both" && seed % 2 == 0);
    return third ? mls::CipherSuite::X25519ChaCha20Poly1305 : mls::CipherSuite::X25519Aes128Gcm;
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (!parse(argc, argv, arguments)) {
        std::fprintf(stderr, "usage: openmls_scripts PEER [--scripts N] [--seed S] [--members M] [--steps K] "
                             "[--suite 1|3|both]\n");
        return 2;
    }
    std::optional<OpenmlsProcess> peer;
    if (arguments.peer != "-") {
        Result<OpenmlsProcess> started = OpenmlsProcess::start(arguments.peer);
        if (!started.ok()) {
            std::fprintf(stderr, "%s\n", started.error().detail.c_str());
            return 1;
        }
        peer.emplace(std::move(*started));
    }
    const auto began = std::chrono::steady_clock::now();
    Tally tally;
    for (std::uint64_t i = 0; i < arguments.scripts; ++i) {
        const std::uint64_t seed = arguments.seed + i;
        const mls::CipherSuite suite = suiteFor(arguments, seed);
        crypto::SeededRandom otherRandom(seed ^ kOtherSide);
        const auto makeOther = [&](std::string_view name, const mls::Extensions& leafExtensions,
                                   bool grease) -> Result<std::unique_ptr<Client>> {
            if (peer)
                return OpenmlsClient::make(suite, name, leafExtensions, grease, *peer);
            return std::unique_ptr<Client>(
                std::make_unique<OurClient>(suite, name, leafExtensions, grease, otherRandom));
        };
        Script script({seed, suite, arguments.members, arguments.steps}, makeOther, tally);
        const Result<void> result = script.run();
        if (!result.ok()) {
            std::printf("openmls_scripts: FAILED with seed %llu, suite 0x%04x: %s: %s\n%s",
                        static_cast<unsigned long long>(seed), mls::codeOf(suite),
                        std::string(errorName(result.error().code)).c_str(), result.error().detail.c_str(),
                        script.report().c_str());
            return 1;
        }
        if (const Result<void> reset = peer ? peer->reset() : Result<void>(); !reset.ok()) {
            std::fprintf(stderr, "%s\n", reset.error().detail.c_str());
            return 1;
        }
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    std::string operations;
    for (const auto& [name, times] : tally.operations)
        operations += (operations.empty() ? "" : ", ") + name + " " + std::to_string(times);
    std::printf(
        "openmls_scripts: %llu scripts agreed; %llu epochs, %llu messages (%llu late), %llu refusals, "
        "largest group %zu, %.0f seconds; %s\n",
        static_cast<unsigned long long>(arguments.scripts), static_cast<unsigned long long>(tally.epochs),
        static_cast<unsigned long long>(tally.messages), static_cast<unsigned long long>(tally.late),
        static_cast<unsigned long long>(tally.refusals), tally.largestGroup, seconds.count(),
        operations.c_str());
    return 0;
}
