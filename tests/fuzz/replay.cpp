// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs a fuzz entry without libFuzzer: first the corpus, then seeded mutations of it. In this way every build
// compiles the entries and tests what they check.
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

namespace {

using valise::Bytes;

Bytes mutated(const std::vector<Bytes>& corpus, std::mt19937_64& random) {
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    Bytes out = corpus[below(corpus.size())];
    const std::size_t changes = 1 + below(4);
    for (std::size_t i = 0; i < changes; ++i) {
        if (out.empty()) {
            out.push_back(static_cast<std::uint8_t>(random()));
            continue;
        }
        const std::size_t at = below(out.size());
        const auto position = out.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(6)) {
        case 0:
            out[at] = static_cast<std::uint8_t>(random());
            break;
        case 1:
            out[at] = static_cast<std::uint8_t>(out[at] ^ (1u << below(8)));
            break;
        case 2:
            out.insert(position, static_cast<std::uint8_t>(random()));
            break;
        case 3: {
            const std::size_t length = std::min(1 + below(16), out.size() - at);
            out.erase(position, position + static_cast<std::ptrdiff_t>(length));
            break;
        }
        case 4: {
            const std::size_t length = std::min(1 + below(32), out.size() - at);
            const Bytes piece(position, position + static_cast<std::ptrdiff_t>(length));
            out.insert(position, piece.begin(), piece.end());
            break;
        }
        default: {
            const Bytes& other = corpus[below(corpus.size())];
            if (!other.empty()) {
                out.resize(at);
                const std::size_t from = below(other.size());
                out.insert(out.end(), other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
            }
        }
        }
    }
    return out;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: " << argv[0] << " CORPUS [MUTATIONS]\n";
        return 2;
    }
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(argv[1])) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    }
    // The order of files in a directory differs between machines. Runs must not differ.
    std::sort(files.begin(), files.end());
    std::vector<Bytes> corpus;
    for (const auto& path : files) {
        std::ifstream in(path, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    if (corpus.empty()) {
        std::cerr << "no corpus in " << argv[1] << "\n";
        return 1;
    }
    LLVMFuzzerTestOneInput(nullptr, 0);
    for (const Bytes& input : corpus)
        LLVMFuzzerTestOneInput(input.data(), input.size());
    const unsigned long mutations = argc == 3 ? std::stoul(argv[2]) : 3000;
    std::mt19937_64 random(20240607);
    for (unsigned long i = 0; i < mutations; ++i) {
        const Bytes input = mutated(corpus, random);
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    std::cout << corpus.size() << " corpus files and " << mutations << " mutations passed\n";
    return 0;
}
