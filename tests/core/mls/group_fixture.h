// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/group.h"
#include "tests/support/catch.h"

namespace valise::test {

//! GroupContext extensions as in the Marmot profile, with two components.
inline mls::Extensions groupExtensions() {
    mls::AppDataDictionary d;
    d.set(0x8001, toBytes(viewOf("Kasara and Nordvale")));
    d.set(0x8003, Bytes(32, 1));
    return {{mls::extension_type::kRequiredCapabilities,
             mls::RequiredCapabilities{{0x0006}, {0x0008, 0x000a}, {}}.encode()},
            {mls::extension_type::kAppDataDictionary, d.encode()}};
}

inline mls::KeyPackageInputs inputs(mls::CipherSuite suite, std::string_view name, crypto::Random& random) {
    mls::AppDataDictionary d;
    d.set(0x0001, mls::encodeComponentsList({0x8001, 0x8003}));
    mls::KeyPackageInputs in;
    in.suite = suite;
    in.credential = mls::Credential::basic(viewOf(name));
    in.signer = crypto::ed25519Generate(random);
    in.capabilities.extensions = {0x0006};
    in.capabilities.proposals = {0x000a, 0x0008};
    in.leafExtensions = {{mls::extension_type::kAppDataDictionary, d.encode()}};
    in.lifetime = {1000, 2000};
    return in;
}

inline mls::KeyPackageBundle bundle(mls::CipherSuite suite, std::string_view name, crypto::Random& random) {
    return mls::KeyPackageBundle::generate(inputs(suite, name, random), random);
}

inline mls::Group founded(mls::CipherSuite suite, std::string_view name, crypto::Random& random) {
    return must(mls::Group::create(random.bytes(16), bundle(suite, name, random), groupExtensions(), random));
}

//! Requires that all `members` agree on everything that an epoch defines.
inline void requireAgreement(const std::vector<mls::Group*>& members) {
    REQUIRE_FALSE(members.empty());
    const mls::Group& first = *members.front();
    const auto exported = must(first.exportSecret("marmot", viewOf("group-event"), 32));
    for (const mls::Group* g : members) {
        REQUIRE(g->contextBytes() == first.contextBytes());
        REQUIRE(g->treeHash() == first.treeHash());
        REQUIRE(g->exportTree() == first.exportTree());
        REQUIRE(crypto::equalSecret(g->epochAuthenticator(), first.epochAuthenticator()));
        REQUIRE(crypto::equalSecret(must(g->exportSecret("marmot", viewOf("group-event"), 32)), exported));
        REQUIRE(g->dictionary() == first.dictionary());
    }
}

} // namespace valise::test
