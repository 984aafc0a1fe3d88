// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

#include "core/marmot/envelope.h"

using namespace valise;
using namespace valise::marmot;

namespace {

nostr::Event withTags(const nostr::Event& event, nostr::Tags tags) {
    nostr::Event out = event;
    out.tags = std::move(tags);
    return out;
}

} // namespace

TEST_CASE("an envelope comes back with its key only") {
    crypto::SeededRandom random(1);
    const Id32 group = random.array<32>();
    const auto key = random.key(32);
    const Bytes message = random.bytes(500);
    const nostr::Event event = sealEnvelope(group, key, message, 1'700'000'000, 1'700'000'600, random);
    CHECK(event.verify().ok());
    const Envelope envelope = must(readEnvelope(event));
    CHECK(envelope.nostrGroupId == group);
    CHECK(envelope.expiration == std::uint64_t{1'700'000'600});
    CHECK(must(openEnvelope(envelope, key)) == message);
    CHECK(openEnvelope(envelope, random.key(32)).error().code == ErrorCode::DecryptionFailed);
    const nostr::Event again = sealEnvelope(group, key, message, 1'700'000'000, {}, random);
    CHECK(again.pubkey != event.pubkey);
    CHECK(again.content != event.content);
}

TEST_CASE("an envelope has exactly its tags") {
    crypto::SeededRandom random(2);
    const nostr::Event event =
        sealEnvelope(random.array<32>(), random.key(32), random.bytes(10), 5, {}, random);
    const nostr::Tag h = event.tags.at(0);
    CHECK(readEnvelope(event).ok());
    CHECK(readEnvelope(withTags(event, {h, {"expiration", "7"}})).ok());
    std::string upper = h[1];
    upper[0] = 'A';
    const std::vector<nostr::Tags> bad = {{},
                                          {h, h},
                                          {{"h", h[1], "x"}},
                                          {h, {"p", h[1]}},
                                          {{"h", upper}},
                                          {{"h", "00"}},
                                          {h, {"expiration", "07"}},
                                          {h, {"expiration", "-1"}},
                                          {h, {"expiration", "99999999999999999999"}},
                                          {h, {"expiration", "1"}, {"expiration", "1"}}};
    for (const nostr::Tags& tags : bad)
        CHECK(readEnvelope(withTags(event, tags)).error().code == ErrorCode::InvalidEvent);
    nostr::Event other = event;
    other.kind = 444;
    CHECK_FALSE(readEnvelope(other).ok());
    other = event;
    other.content = "AAAA";
    CHECK_FALSE(readEnvelope(other).ok());
    other.content = "not base64";
    CHECK_FALSE(readEnvelope(other).ok());
}
