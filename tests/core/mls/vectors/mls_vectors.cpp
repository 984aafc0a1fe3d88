// SPDX-License-Identifier: AGPL-3.0-or-later
// Checks files of the official MLS vector format of any kind:
//   mls_vectors FILE...
// Prints one line for each file, kind and suite. Exit codes: 0 all vectors pass, 1 a vector or file fails, 2
// usage.
#include "tests/core/mls/vectors/vector_check.h"

#include <cstdio>
#include <filesystem>

int main(int argc, char** argv) {
    using namespace valise;
    if (argc < 2) {
        std::fprintf(stderr, "usage: mls_vectors FILE...\n");
        return 2;
    }
    std::size_t checked = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string name = std::filesystem::path(argv[i]).filename().string();
        const auto counts = test::vectors::checkFile(argv[i]);
        if (!counts.ok()) {
            std::printf("%-40s FAILED: %s\n", name.c_str(), counts.error().detail.c_str());
            ++failed;
            continue;
        }
        if (counts->empty()) {
            std::printf("%-40s FAILED: no vectors\n", name.c_str());
            ++failed;
        }
        for (const auto& c : *counts) {
            char suite[16] = "any";
            if (c.suite != 0)
                std::snprintf(suite, sizeof suite, "0x%04x", c.suite);
            std::printf("%-40s %-18s suite %-6s  checked %5zu  failed %3zu  skipped %4zu", name.c_str(),
                        c.kind.c_str(), suite, c.checked, c.failed, c.skipped);
            std::printf(c.skipped > 0 ? "  (%s)\n" : "\n", c.reason.c_str());
            for (const std::string& failure : c.failures)
                std::printf("    %s\n", failure.c_str());
            checked += c.checked;
            failed += c.failed;
            skipped += c.skipped;
        }
    }
    std::printf("mls_vectors: %zu checked, %zu failed, %zu skipped\n", checked, failed, skipped);
    return failed == 0 ? 0 : 1;
}
