// SPDX-License-Identifier: AGPL-3.0-or-later
// Loads a group engine from damaged parts. The first octet selects a part. The second octet decides whether
// the rest replaces the part or is combined with it by exclusive or. An engine that loads must store, load
// again, and continue to work.
#include "core/marmot/change_codec.h"
#include "core/marmot/content/content.h"
#include "core/marmot/group_engine.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

namespace {

using namespace valise;
using namespace valise::marmot;

constexpr std::int64_t kNow = 1'760'000'000'000;

struct World {
    crypto::SeededRandom random{42};
    EngineParts parts;
    nostr::Event message;

    World() {
        const crypto::SchnorrKeyPair founder = crypto::schnorrGenerate(random);
        const crypto::SchnorrKeyPair guest = crypto::schnorrGenerate(random);
        const OwnKeyPackage package = makeKeyPackage(guest, {}, kNow / 1000, random);
        Founding founding;
        founding.profile.name = "Fuzz";
        founding.relays = {"wss://one.example.org"};
        founding.invitees = {*readKeyPackageEvent(package.event, kNow / 1000)};
        founding.admins = {guest.publicKey};
        auto founded = *GroupEngine::found(founder, founding, kNow, random);
        GroupEngine one = founded.engine;
        GroupEngine two =
            *GroupEngine::join(*readWelcomeRumor(founded.welcomes[0].rumor), package.bundle, kNow);
        // Two branches, a message on each, an open pass and a queued change.
        (void)*one.submit(SetProfile{{"One", ""}}, kNow, random);
        const nostr::Event commit = one.pendingPublish()->outgoing.event;
        (void)*one.confirm(kNow, random);
        (void)*two.submit(SetProfile{{"Two", ""}}, kNow, random);
        (void)*two.confirm(kNow, random);
        const auto seen = [](const mls::Digest&) { return false; };
        (void)two.receive(commit, kNow, seen, random);
        (void)two.receive(one.seal(makeInner(founder.publicKey, Text{"hello"}, 1), random)->event, kNow, seen,
                          random);
        (void)*two.submit(RemoveMembers{{founder.publicKey}}, kNow, random);
        (void)*one.submit(SelfUpdate{}, kNow, random);
        parts = two.parts();
        message = one.pendingPublish()->outgoing.event;
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const World world;
    if (size < 2)
        return 0;
    const ByteView rest(data + 2, size - 2);
    (void)decodeChange(rest);
    EngineParts parts = world.parts;
    auto chosen = parts.begin();
    std::advance(chosen, data[0] % parts.size());
    if (data[1] % 2 == 0) {
        chosen->second = toBytes(rest);
    } else {
        Bytes& bytes = chosen->second;
        for (std::size_t i = 0; i + 2 < rest.size(); i += 3)
            if (!bytes.empty())
                bytes[(static_cast<std::size_t>(rest[i]) << 8 | rest[i + 1]) % bytes.size()] ^= rest[i + 2];
    }
    auto loaded = GroupEngine::load(parts);
    if (!loaded)
        return 0;
    const EngineParts again = loaded->parts();
    auto second = GroupEngine::load(again);
    fuzz::require(second.ok());
    fuzz::require(second->parts() == again);
    crypto::SeededRandom random(1);
    (void)loaded->receive(
        world.message, kNow, [](const mls::Digest&) { return false; }, random);
    (void)loaded->advance(kNow + 10'000, random);
    (void)loaded->takeChanges();
    return 0;
}
