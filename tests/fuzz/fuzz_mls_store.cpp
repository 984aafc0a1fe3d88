// SPDX-License-Identifier: AGPL-3.0-or-later
// A stored group with changes. It must be refused, or be a group that encodes to the same octets and does not
// crash in use.
#include "core/mls/group_state.h"
#include "tests/fuzz/mls_world.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace valise;
    using namespace valise::mls;
    static fuzz::MlsWorld world;
    static const Bytes stored = [] {
        (void)world.reader->proposeUpdate({}, world.random);
        return world.reader->serialize();
    }();
    static const Bytes reading = world.reader->forReading().serialize();
    static const Bytes bundle = world.invited.serialize();
    if (size == 0)
        return 0;
    const ByteView rest(data + 1, size - 1);
    const Bytes* const genuine[] = {&stored, &reading, &bundle};
    const std::size_t choice = data[0] % 4;
    const Bytes bytes = choice == 3 ? toBytes(rest) : fuzz::patched(*genuine[choice], rest);
    (void)KeyPackageBundle::deserialize(bytes);
    auto group = Group::deserialize(bytes);
    if (!group.ok())
        return 0;
    const auto again = Group::deserialize(group->serialize());
    fuzz::require(again.ok() && again->serialize() == group->serialize());
    (void)group->members();
    (void)group->exportTree();
    (void)group->protect(viewOf("text"), {}, world.random);
    CommitOptions all;
    all.allStored = true;
    all.forcePath = true;
    (void)group->commit(all, world.random);
    return 0;
}
