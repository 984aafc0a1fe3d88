// SPDX-License-Identifier: AGPL-3.0-or-later
// Processes arbitrary octets in a live group. The first octet selects: the rest is taken as it is, or
// combined by exclusive or with a genuine message of each kind, so that the fuzzer gets past the headers.
// Refused input must change nothing.
#include "tests/fuzz/mls_world.h"

namespace {

using namespace valise;
using namespace valise::mls;

struct World : fuzz::MlsWorld {
    std::vector<Bytes> genuine;
    Bytes stored;
    Bytes storedEpoch;

    World() {
        genuine.push_back(welcome);
        Group from = *sender;
        genuine.push_back(*from.protect(viewOf("hello"), {}, random));
        CommitOptions change;
        change.proposals = {{AppDataUpdateProposal{0x8001, Bytes{1, 2, 3}}}};
        change.forcePath = true;
        genuine.push_back(from.commit(change, random)->message);
        genuine.push_back(from.propose({SelfRemoveProposal{}}, {}, random)->message);
        const Bytes info = *sender->groupInfo(true, true);
        genuine.push_back(info);
        genuine.push_back(Group::joinByExternalCommit(info, invited, {}, random)->message);
        const ProposalPlace place{sender->suite(), sender->groupId(), sender->epoch()};
        genuine.push_back(*proposeFromOutside(place, 0, service, {RemoveProposal{2}}));
        genuine.push_back(*proposeToJoin(place, invited));
        change.framing.wireFormat = WireFormat::PrivateMessage;
        genuine.push_back(from.commit(change, random)->message);
        stored = reader->serialize();
        storedEpoch = reader->serializeEpoch();
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static World world;
    if (size == 0)
        return 0;
    const std::size_t choice = data[0] % (world.genuine.size() + 1);
    const ByteView rest(data + 1, size - 1);
    const Bytes message = choice == 0 ? toBytes(rest) : fuzz::patched(world.genuine[choice - 1], rest);
    Group group = *Group::deserialize(world.stored);
    const bool accepted = group.processCommit(message).ok() || group.processProposal(message).ok() ||
                          group.unprotect(message).ok();
    // Refused input changes nothing, except that secrets may have been derived, as reading does as well.
    if (!accepted)
        fuzz::require(group.serializeEpoch() == world.storedEpoch && group.storedProposals().empty() &&
                      group.unprotect(world.genuine[1]).ok());
    (void)Group::join(message, world.invited);
    (void)Group::joinByExternalCommit(message, world.invited, {}, world.random);
    return 0;
}
