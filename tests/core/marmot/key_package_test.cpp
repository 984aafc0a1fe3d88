// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"
#include "tests/support/vectors.h"

#include "core/marmot/key_package.h"

using namespace valise;
using namespace valise::marmot;

namespace {

constexpr std::int64_t kNow = 1'760'000'000;

nostr::Event resigned(nostr::Event event, const crypto::SchnorrKeyPair& key, crypto::Random& random) {
    return nostr::sign(event.unsignedPart(), key, random);
}

} // namespace

TEST_CASE("a KeyPackage event mirrors its package and is accepted by others") {
    crypto::SeededRandom random(1);
    const auto account = crypto::schnorrGenerate(random);
    const OwnKeyPackage own = makeKeyPackage(account, {}, kNow, random);
    CHECK(own.event.verify().ok());
    const InvitePackage read = must(readKeyPackageEvent(own.event, kNow));
    CHECK(read.account == account.publicKey);
    CHECK(read.eventId == own.event.id);
    // A replacement keeps its slot.
    CHECK(makeKeyPackage(account, own.slot, kNow + 1, random).event.tags[0][1] == own.slot);
    // Before and after the lifetime.
    CHECK_FALSE(readKeyPackageEvent(own.event, kNow - 10'000).ok());
    CHECK_FALSE(readKeyPackageEvent(own.event, kNow + 8'000'000).ok());

    for (std::size_t i = 0; i < own.event.tags.size(); ++i) {
        nostr::Event missing = own.event;
        missing.tags.erase(missing.tags.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_FALSE(readKeyPackageEvent(resigned(missing, account, random), kNow).ok());
        nostr::Event doubled = own.event;
        doubled.tags.push_back(doubled.tags[i]);
        CHECK_FALSE(readKeyPackageEvent(resigned(doubled, account, random), kNow).ok());
        nostr::Event altered = own.event;
        altered.tags[i].back() = "0x0badc0de";
        CHECK_FALSE(readKeyPackageEvent(resigned(altered, account, random), kNow).ok());
    }
    const auto thief = crypto::schnorrGenerate(random);
    CHECK_FALSE(readKeyPackageEvent(resigned(own.event, thief, random), kNow).ok());
}

TEST_CASE("the newest valid KeyPackage of an account is chosen") {
    crypto::SeededRandom random(2);
    const auto account = crypto::schnorrGenerate(random);
    const OwnKeyPackage first = makeKeyPackage(account, {}, kNow, random);
    const OwnKeyPackage replacement = makeKeyPackage(account, first.slot, kNow + 10, random);
    const OwnKeyPackage otherDevice = makeKeyPackage(account, {}, kNow + 5, random);
    const OwnKeyPackage fromTheFuture = makeKeyPackage(account, {}, kNow + 4000, random);
    const OwnKeyPackage stranger = makeKeyPackage(crypto::schnorrGenerate(random), {}, kNow + 20, random);
    CHECK(must(selectKeyPackage(
                   account.publicKey,
                   {first.event, otherDevice.event, replacement.event, fromTheFuture.event, stranger.event},
                   kNow + 30))
              .eventId == replacement.event.id);
    nostr::Event broken = replacement.event;
    broken.content = "AAAA";
    CHECK(must(selectKeyPackage(account.publicKey, {resigned(broken, account, random), otherDevice.event},
                                kNow + 30))
              .eventId == otherDevice.event.id);
    CHECK(selectKeyPackage(account.publicKey, {stranger.event}, kNow).error().code ==
          ErrorCode::NoInvitation);
}

TEST_CASE("the KeyPackage of a deployed client is accepted") {
    const auto file = test::openVectors("marmot/third-party/mdk-0.11-white-noise-join.json");
    if (!file)
        return;
    const simdjson::dom::element member = file->root()["key_package_event"];
    const nostr::Event event = must(nostr::parseEvent(simdjson::minify(member)));
    CHECK(event.verify().ok());
    const InvitePackage read =
        must(readKeyPackageEvent(event, 1'790'817'820)); // the time when its invitation was written
    CHECK(toHex(read.keyPackage.ref()) == test::textMember(file->root(), "key_package_ref"));
}
