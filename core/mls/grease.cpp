// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/grease.h"

namespace valise::mls::grease {

std::uint16_t value(crypto::Random& random) {
    const std::uint32_t octet = random.uniform(15) << 4 | 0x0a;
    return static_cast<std::uint16_t>(octet << 8 | octet);
}

bool isValue(std::uint16_t v) {
    return (v & 0x0f0f) == 0x0a0a && v >> 8 == (v & 0xff) && v != 0xfafa;
}

void addTo(KeyPackageInputs& inputs, crypto::Random& random) {
    Capabilities& c = inputs.capabilities;
    if (c.cipherSuites.empty())
        c.cipherSuites = {codeOf(inputs.suite)};
    const auto insert = [&](std::vector<std::uint16_t>& list, std::uint16_t v) {
        if (std::find(list.begin(), list.end(), v) == list.end())
            list.insert(list.begin() + random.uniform(static_cast<std::uint32_t>(list.size() + 1)), v);
    };
    for (auto* list : {&c.cipherSuites, &c.extensions, &c.proposals, &c.credentials}) {
        if (random.uniform(2) == 0)
            insert(*list, value(random));
    }
    if (random.uniform(2) == 0) {
        // A leaf's extension must be listed in its capabilities (section 7.3).
        const std::uint16_t type = value(random);
        insert(c.extensions, type);
        setExtension(inputs.leafExtensions, type, random.bytes(random.uniform(16)));
    }
    if (random.uniform(2) == 0) {
        // The same holds for an extension of a KeyPackage (section 10).
        const std::uint16_t type = value(random);
        insert(c.extensions, type);
        setExtension(inputs.keyPackageExtensions, type, random.bytes(random.uniform(16)));
    }
}

} // namespace valise::mls::grease
