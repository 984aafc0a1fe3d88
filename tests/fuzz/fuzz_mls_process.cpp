// SPDX-License-Identifier: AGPL-3.0-or-later
// Processes arbitrary bytes in a live group of two. The first octet chooses: the rest as it is, or laid over
// (exclusive or) a genuine commit, proposal, application message or Welcome, so that the fuzzer gets past the
// headers.
#include "core/mls/group.h"

#include <cstddef>
#include <cstdint>

namespace {

using namespace valise;
using namespace valise::mls;

struct World {
    crypto::SeededRandom random{42};
    KeyPackageBundle invited;
    std::optional<Group> reader;
    std::vector<Bytes> genuine;

    KeyPackageBundle bundle(std::string_view name) {
        KeyPackageInputs in;
        in.credential = Credential::basic(viewOf(name));
        in.signer = crypto::ed25519Generate(random);
        in.capabilities.extensions = {extension_type::kAppDataDictionary};
        in.capabilities.proposals = {0x0008, 0x000a};
        in.lifetime = {0, UINT64_MAX};
        return KeyPackageBundle::generate(in, random);
    }

    World() {
        Group founder = *Group::create(random.bytes(16), bundle("Kasara"), {}, random);
        invited = bundle("Nordvale");
        CommitOptions add;
        add.proposals = {{AddProposal{invited.keyPackage}}};
        CommitResult made = *founder.commit(add, random);
        reader = *Group::join(*made.welcome, invited);
        Group sender = made.next;
        genuine.push_back(*made.welcome);
        genuine.push_back(*sender.protect(viewOf("hello"), {}, random));
        CommitOptions change;
        change.proposals = {{AppDataUpdateProposal{0x8001, Bytes{1, 2, 3}}}};
        change.forcePath = true;
        genuine.push_back(sender.commit(change, random)->message);
        genuine.push_back(sender.propose({SelfRemoveProposal{}}, {}, random)->message);
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const World world;
    if (size == 0)
        return 0;
    const std::size_t choice = data[0] % (world.genuine.size() + 1);
    const ByteView rest(data + 1, size - 1);
    Bytes message = toBytes(rest);
    if (choice > 0) {
        message = world.genuine[choice - 1];
        for (std::size_t i = 0; i + 2 < rest.size(); i += 3) {
            const std::size_t at = (std::size_t{rest[i]} << 8 | rest[i + 1]) % message.size();
            message[at] = static_cast<std::uint8_t>(message[at] ^ rest[i + 2]);
        }
    }
    Group group = *world.reader;
    (void)group.processCommit(message);
    (void)group.processProposal(message);
    (void)group.unprotect(message);
    (void)Group::join(message, world.invited);
    return 0;
}
