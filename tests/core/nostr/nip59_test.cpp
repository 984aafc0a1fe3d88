// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip59.h"

#include "core/base/encoding.h"
#include "core/nostr/nip44.h"
#include "tests/core/nostr/nip59_example.h"
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::nostr;

namespace {

crypto::SchnorrKeyPair keyOf(std::uint64_t seed) {
    crypto::SeededRandom random(seed);
    return crypto::schnorrGenerate(random);
}

UnsignedEvent rumorBy(const crypto::XOnlyKey& author) {
    UnsignedEvent rumor;
    rumor.pubkey = author;
    rumor.createdAt = 1700000000;
    rumor.kind = kind::kWelcome;
    rumor.tags = {{"relays", "wss://relay.kasara.example"}};
    rumor.content = "d2VsY29tZQ==";
    return rumor;
}

// Wraps any seal text by hand, as an attacker would.
Event wrapText(std::string_view sealText, const crypto::XOnlyKey& recipient, crypto::Random& random) {
    const auto throwaway = keyOf(99);
    UnsignedEvent wrap;
    wrap.kind = kind::kGiftWrap;
    wrap.tags = {{"p", toHex(recipient)}};
    wrap.content =
        must(nip44Encrypt(must(nip44ConversationKey(throwaway.privateKey, recipient)), sealText, random));
    return sign(wrap, throwaway, random);
}

Event sealText(std::string_view rumorText, const crypto::SchnorrKeyPair& by,
               const crypto::XOnlyKey& recipient, crypto::Random& random) {
    UnsignedEvent seal;
    seal.kind = kind::kSeal;
    seal.content =
        must(nip44Encrypt(must(nip44ConversationKey(by.privateKey, recipient)), rumorText, random));
    return sign(seal, by, random);
}

ErrorCode codeOf(const Event& wrap, const crypto::SchnorrKeyPair& recipient) {
    const auto r = giftUnwrap(wrap, recipient);
    REQUIRE_FALSE(r.ok());
    return r.error().code;
}

} // namespace

TEST_CASE("the example of NIP-59 opens", "[nostr]") {
    const auto recipient = must(crypto::schnorrFromPrivate(
        must(fromHex("e108399bd8424357a710b606ae0c13166d853d327e47a6e5e038197346bdbf45"))));
    const Unwrapped out = must(giftUnwrap(must(parseEvent(test::kExampleWrap)), recipient));
    CHECK(out.rumor.content == "Are you going to the party tonight?");
    CHECK(out.rumor.createdAt == 1691518405);
    CHECK(toHex(out.sender) == "611df01bfcf85c26ae65453b772d8f1dfd25c264621c0277e1fc1518686faef9");
    CHECK(toHex(out.wrapId) == "5c005f3ccf01950aa8d131203248544fb1e41a0d698e846bd419cec3890903ac");
}

TEST_CASE("a gift is wrapped and opened", "[nostr]") {
    crypto::SeededRandom random(21);
    const auto sender = keyOf(1);
    const auto recipient = keyOf(2);
    const UnsignedEvent rumor = rumorBy(sender.publicKey);
    std::uint64_t earliest = 1700000000;
    for (int i = 0; i < 20; ++i) {
        const Event wrap = must(giftWrap(rumor, sender, recipient.publicKey, 1700000000, random));
        CHECK(wrap.kind == kind::kGiftWrap);
        CHECK(wrap.pubkey != sender.publicKey);
        CHECK(wrap.tags == Tags{{"p", toHex(recipient.publicKey)}});
        CHECK(wrap.createdAt <= 1700000000);
        CHECK(wrap.createdAt >= 1700000000 - kGiftWrapBackdate);
        earliest = std::min(earliest, wrap.createdAt);
        must(wrap.verify());
        const Unwrapped out = must(giftUnwrap(wrap, recipient));
        CHECK(out.rumor == rumor);
        CHECK(out.sender == sender.publicKey);
        CHECK(out.wrapId == wrap.id);
        CHECK(codeOf(wrap, sender) == ErrorCode::WrongRecipient);
    }
    CHECK(earliest < 1700000000 - 3600);
    CHECK(must(giftWrap(rumor, sender, recipient.publicKey, 10, random)).createdAt <= 10);

    UnsignedEvent big = rumor;
    big.content = std::string(70000, 'x');
    CHECK(giftWrap(big, sender, recipient.publicKey, 5, random).error().code == ErrorCode::LimitExceeded);
    CHECK(giftWrap(rumor, recipient, recipient.publicKey, 5, random).error().code ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("forged gifts are refused", "[nostr]") {
    crypto::SeededRandom random(22);
    const auto sender = keyOf(1);
    const auto recipient = keyOf(2);
    const auto attacker = keyOf(3);
    const UnsignedEvent rumor = rumorBy(sender.publicKey);
    const Event wrap = must(giftWrap(rumor, sender, recipient.publicKey, 1700000000, random));

    SECTION("a rumor by another author than the seal") {
        const Event seal = sealText(rumor.toJson(), attacker, recipient.publicKey, random);
        CHECK(codeOf(wrapText(seal.toJson(), recipient.publicKey, random), recipient) ==
              ErrorCode::InvalidEvent);
    }
    SECTION("a seal that claims another author") {
        Event seal = sealText(rumor.toJson(), attacker, recipient.publicKey, random);
        seal.pubkey = sender.publicKey;
        seal.id = seal.canonicalId();
        CHECK(codeOf(wrapText(seal.toJson(), recipient.publicKey, random), recipient) ==
              ErrorCode::InvalidSignature);
    }
    SECTION("a seal whose id is wrong") {
        Event seal = sealText(rumor.toJson(), sender, recipient.publicKey, random);
        seal.id[0] ^= 1;
        CHECK(codeOf(wrapText(seal.toJson(), recipient.publicKey, random), recipient) ==
              ErrorCode::InvalidEvent);
    }
    SECTION("a seal of another kind or with tags") {
        UnsignedEvent other = sealText(rumor.toJson(), sender, recipient.publicKey, random).unsignedPart();
        other.kind = 1;
        CHECK(codeOf(wrapText(sign(other, sender, random).toJson(), recipient.publicKey, random),
                     recipient) == ErrorCode::InvalidEvent);
        other.kind = kind::kSeal;
        other.tags = {{"p", "x"}};
        CHECK(codeOf(wrapText(sign(other, sender, random).toJson(), recipient.publicKey, random),
                     recipient) == ErrorCode::InvalidEvent);
    }
    SECTION("a seal made for somebody else") {
        const Event seal = sealText(rumor.toJson(), sender, attacker.publicKey, random);
        CHECK(codeOf(wrapText(seal.toJson(), recipient.publicKey, random), recipient) ==
              ErrorCode::DecryptionFailed);
    }
    SECTION("a signed event where a rumor belongs") {
        const Event published = sign(rumor, sender, random);
        const Event seal = sealText(published.toJson(), sender, recipient.publicKey, random);
        CHECK(codeOf(wrapText(seal.toJson(), recipient.publicKey, random), recipient) ==
              ErrorCode::InvalidEncoding);
    }
    SECTION("not JSON inside") {
        CHECK(codeOf(wrapText("{", recipient.publicKey, random), recipient) == ErrorCode::InvalidEncoding);
    }
    SECTION("a tampered wrap") {
        Event bad = wrap;
        bad.sig[0] ^= 1;
        CHECK(codeOf(bad, recipient) == ErrorCode::InvalidSignature);
        bad = wrap;
        bad.content[50] = bad.content[50] == 'A' ? 'B' : 'A';
        CHECK(codeOf(bad, recipient) == ErrorCode::InvalidEvent);
        bad = wrap;
        bad.kind = 1060;
        CHECK(codeOf(bad, recipient) == ErrorCode::InvalidEvent);
        bad = wrap;
        bad.tags.clear();
        CHECK(codeOf(bad, recipient) == ErrorCode::WrongRecipient);
    }
}

TEST_CASE("a wrap is dated back as far as is allowed, the seal within always as far as NIP-59 has it",
          "[nostr]") {
    crypto::SeededRandom random(77);
    const auto sender = keyOf(1);
    const auto recipient = keyOf(2);
    constexpr std::uint64_t kNow = 1'700'000'000;
    std::uint64_t furthest = 0;
    for (int i = 0; i < 40; ++i) {
        const Event wrap =
            must(giftWrap(rumorBy(sender.publicKey), sender, recipient.publicKey, kNow, random, 600));
        CHECK(wrap.createdAt <= kNow);
        CHECK(wrap.createdAt >= kNow - 600);
        furthest = std::max(furthest, kNow - wrap.createdAt);
        CHECK(giftUnwrap(wrap, recipient).ok());
    }
    CHECK(furthest > 300); // the wraps are still dated back
    const Event now = must(giftWrap(rumorBy(sender.publicKey), sender, recipient.publicKey, kNow, random, 0));
    CHECK(now.createdAt == kNow);
}
