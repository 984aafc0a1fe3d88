// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/memory_scan.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

namespace valise::test {

namespace {

constexpr std::uint8_t kMask = 0xa5;
constexpr std::uint64_t kMask8 = 0xa5a5a5a5a5a5a5a5;

} // namespace

bool MemoryScan::isPossible() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return false;
#else
    return true;
#endif
#else
    return true;
#endif
}

void MemoryScan::watch(std::string name, ByteView secret) {
    Needle needle;
    needle.name = std::move(name);
    for (const std::uint8_t octet : secret)
        needle.disguised.push_back(static_cast<std::uint8_t>(octet ^ kMask));
    std::memcpy(&needle.start, needle.disguised.data(), sizeof needle.start);
    m_needles.push_back(std::move(needle));
}

std::vector<std::string> MemoryScan::found() const {
    std::vector<std::uint64_t> starts;
    for (const Needle& n : m_needles)
        starts.push_back(n.start);
    std::sort(starts.begin(), starts.end());
    // The table has a bit for each possible pair of first octets, so that almost every position needs one
    // look.
    std::vector<bool> first(65536);
    for (const Needle& n : m_needles)
        first[static_cast<std::size_t>(n.disguised[0] ^ kMask) |
              static_cast<std::size_t>(n.disguised[1] ^ kMask) << 8] = true;
    std::vector<bool> seen(m_needles.size());

    std::ifstream maps("/proc/self/maps");
    std::vector<std::pair<std::uintptr_t, std::uintptr_t>> regions;
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0;
        unsigned long to = 0;
        char rights[8] = {};
        if (std::sscanf(line.c_str(), "%lx-%lx %7s", &from, &to, rights) == 3 && rights[0] == 'r' &&
            rights[1] == 'w')
            regions.emplace_back(from, to);
    }
    for (const auto& [from, to] : regions) {
        const auto* at = reinterpret_cast<const std::uint8_t*>(from);
        const auto* const end = reinterpret_cast<const std::uint8_t*>(to) - sizeof(std::uint64_t);
        for (; at < end; ++at) {
            std::uint16_t two = 0;
            std::memcpy(&two, at, sizeof two);
            if (!first[two])
                continue;
            std::uint64_t eight = 0;
            std::memcpy(&eight, at, sizeof eight);
            if (!std::binary_search(starts.begin(), starts.end(), eight ^ kMask8))
                continue;
            const auto room = static_cast<std::size_t>(reinterpret_cast<const std::uint8_t*>(to) - at);
            for (std::size_t i = 0; i < m_needles.size(); ++i) {
                const Bytes& d = m_needles[i].disguised;
                if (d.size() <= room &&
                    std::equal(d.begin(), d.end(), at,
                               [](std::uint8_t a, std::uint8_t b) { return a == (b ^ kMask); }))
                    seen[i] = true;
            }
        }
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < m_needles.size(); ++i) {
        if (seen[i])
            out.push_back(m_needles[i].name);
    }
    return out;
}

} // namespace valise::test
