// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/external_proposal.h"
#include "core/mls/group.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

namespace valise::fuzz {

//! A live group of three for the MLS targets, the same in every run. Its tree has filled and blank parents.
struct MlsWorld {
    crypto::SeededRandom random{42};
    crypto::Ed25519KeyPair service = crypto::ed25519Generate(random);
    mls::KeyPackageBundle invited = bundle("Ulmar");
    std::optional<mls::Group> sender;
    std::optional<mls::Group> reader;
    std::optional<mls::Group> third;
    Bytes welcome; //!< for `invited`, who is not in the group

    MlsWorld() {
        using namespace mls;
        const Extensions extensions{
            {extension_type::kRequiredCapabilities, RequiredCapabilities{{6}, {8, 10}, {}}.encode()},
            externalSendersExtension({{service.publicKey, Credential::basic(viewOf("Secretariat"))}})};
        const Group founder = *Group::create(random.bytes(16), bundle("Kasara"), extensions, random);
        const KeyPackageBundle b = bundle("Nordvale");
        CommitOptions add;
        const KeyPackageBundle c = bundle("Tamir");
        add.proposals = {{AddProposal{b.keyPackage}}, {AddProposal{c.keyPackage}}};
        add.forcePath = true;
        const CommitResult made = *founder.commit(add, random);
        sender = made.next;
        reader = *Group::join(*made.welcome, b);
        third = *Group::join(*made.welcome, c);
        CommitOptions more;
        more.proposals = {{AddProposal{invited.keyPackage}}};
        welcome = *sender->commit(more, random)->welcome;
    }

    mls::KeyPackageBundle bundle(std::string_view name) {
        mls::KeyPackageInputs in;
        in.credential = mls::Credential::basic(viewOf(name));
        in.signer = crypto::ed25519Generate(random);
        in.capabilities.extensions = {mls::extension_type::kAppDataDictionary};
        in.capabilities.proposals = {0x0008, 0x000a};
        in.lifetime = {0, UINT64_MAX};
        return mls::KeyPackageBundle::generate(in, random);
    }
};

//! Combines the input with genuine octets by exclusive or. Three octets of input change one octet at a 16-bit
//! position.
inline Bytes patched(Bytes genuine, ByteView patches) {
    for (std::size_t i = 0; i + 2 < patches.size() && !genuine.empty(); i += 3) {
        const std::size_t at = (std::size_t{patches[i]} << 8 | patches[i + 1]) % genuine.size();
        genuine[at] = static_cast<std::uint8_t>(genuine[at] ^ patches[i + 2]);
    }
    return genuine;
}

} // namespace valise::fuzz
