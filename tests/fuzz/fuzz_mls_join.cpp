// SPDX-License-Identifier: AGPL-3.0-or-later
// A hostile inviter: it invents a GroupInfo with its tree and extensions, and hashes and signs it properly
// with the key of a leaf in that tree. The first octet selects a genuine tree. The rest is combined with it
// by exclusive or.
#include "core/mls/framing.h"
#include "core/mls/welcome.h"
#include "tests/fuzz/mls_world.h"

namespace {

using namespace valise;
using namespace valise::mls;

struct World : fuzz::MlsWorld {
    std::vector<Bytes> trees;
    GroupInfo info;
    crypto::Ed25519KeyPair signer;

    World() {
        trees.push_back(sender->exportTree());
        // The tree has parents with unmerged leaves, and a blank leaf.
        CommitOptions more;
        for (const char* name : {"Ulmar", "Ostrava Reach", "Veld"})
            more.proposals.push_back({AddProposal{bundle(name).keyPackage}});
        Group next = sender->commit(more, random)->next;
        trees.push_back(next.exportTree());
        CommitOptions less;
        less.proposals = {{RemoveProposal{2}}};
        next = next.commit(less, random)->next;
        trees.push_back(next.exportTree());
        const Bytes message = *sender->groupInfo(false, true);
        Reader r(message);
        (void)readMessageHeader(r);
        info = *GroupInfo::read(r);
        signer = sender->signer();
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static World world;
    if (size == 0)
        return 0;
    const ByteView rest(data + 1, size - 1);
    const std::size_t choice = data[0] % (world.trees.size() + 1);
    const Bytes octets =
        choice == world.trees.size() ? toBytes(rest) : fuzz::patched(world.trees[choice], rest);
    const auto tree = RatchetTree::decode(octets);
    if (!tree.ok())
        return 0;
    GroupInfo info = world.info;
    info.context.treeHash = tree->treeHash();
    info.extensions.push_back({extension_type::kRatchetTree, octets});
    info.sign(world.signer);
    Writer w;
    writeMessageHeader(w, WireFormat::GroupInfo);
    w.raw(info.raw);
    if (const auto joined = Group::joinByExternalCommit(w.bytes(), world.invited, {}, world.random);
        joined.ok())
        fuzz::require(joined->next.memberCount() == tree->memberCount() + 1);
    return 0;
}
