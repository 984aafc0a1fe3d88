// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip19.h"

#include "core/base/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::nostr;

namespace {

const std::string kNpub = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
const std::string kNpubHex = "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e";
const std::string kNsec = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
const std::string kNprofile =
    "nprofile1qqsrhuxx8l9ex335q7he0f09aej04zpazpl0ne2cgukyawd24mayt8gpp4mhxue69uhhytnc9e3k7"
    "mgpz4mhxue69uhkg6nzv9ejuumpv34kytnrdaksjlyr9p";

} // namespace

TEST_CASE("the examples of NIP-19", "[nostr]") {
    CHECK(toHex(must(decodeNpub(kNpub))) == kNpubHex);
    CHECK(encodeNpub(must(fromHexFixed<32>(kNpubHex))) == kNpub);
    CHECK(encodeNpub(
              must(fromHexFixed<32>("3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"))) ==
          "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6");
    const auto secret = must(decodeNsec(kNsec));
    CHECK(toHex(secret) == "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa");
    CHECK(encodeNsec(secret) == kNsec);
    const ProfilePointer profile = must(decodeNprofile(kNprofile));
    CHECK(toHex(profile.pubkey) == "3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d");
    CHECK(profile.relays == std::vector<std::string>{"wss://r.x.com", "wss://djbas.sadkb.com"});
    CHECK(must(encodeNprofile(profile)) == kNprofile);
}

TEST_CASE("NIP-19 pointers survive a round trip", "[nostr]") {
    const auto key = must(fromHexFixed<32>(kNpubHex));
    EventPointer event{EventId{1, 2, 3}, {"wss://relay.kasara.example"}, key, 30443};
    CHECK(must(decodeNevent(must(encodeNevent(event)))) == event);
    event.author.reset();
    event.kind.reset();
    event.relays.clear();
    CHECK(must(decodeNevent(must(encodeNevent(event)))) == event);
    const AddressPointer address{"slot-1", key, 30443, {"wss://a.example", "wss://b.example"}};
    CHECK(must(decodeNaddr(must(encodeNaddr(address)))) == address);
    CHECK(must(decodeNote(encodeNote(event.id))) == event.id);
    CHECK_FALSE(encodeNprofile({key, {std::string(256, 'a')}}).ok());
}

TEST_CASE("damaged NIP-19 texts are refused", "[nostr]") {
    for (std::size_t i = 0; i < kNpub.size(); ++i) {
        std::string bad = kNpub;
        bad[i] = bad[i] == 'q' ? 'p' : 'q';
        INFO(bad);
        CHECK_FALSE(decodeNpub(bad).ok());
    }
    std::string upper = kNpub;
    for (char& c : upper)
        c = (c >= 'a' && c <= 'z') ? static_cast<char>(c - 32) : c;
    CHECK(toHex(must(decodeNpub(upper))) == kNpubHex);
    upper[0] = 'n';
    CHECK_FALSE(decodeNpub(upper).ok());
    for (const std::string& bad :
         {std::string(), std::string("1"), std::string("npub1"), std::string("npub1qqqqq"),
          std::string("npub1\xff"), kNsec, kNprofile, kNpub + "q", " " + kNpub}) {
        INFO(bad);
        CHECK_FALSE(decodeNpub(bad).ok());
    }
    CHECK(bech32Decode(std::string(6000, 'q')).error().code == ErrorCode::LimitExceeded);
    // Valid checksums with invalid contents.
    CHECK_FALSE(decodeNpub(bech32Encode("npub", Bytes(31, 1))).ok());
    CHECK_FALSE(decodeNpub(bech32Encode("npub", Bytes(33, 1))).ok());
    CHECK(decodeNpub(bech32Encode("npub", Bytes(32, 0xff))).error().code == ErrorCode::InvalidKey);
    CHECK(decodeNsec(bech32Encode("nsec", Bytes(32, 0))).error().code == ErrorCode::InvalidKey);
    CHECK(decodeNsec(bech32Encode("nsec", Bytes(32, 0xff))).error().code == ErrorCode::InvalidKey);
    CHECK_FALSE(decodeNprofile(bech32Encode("nprofile", {})).ok());
    CHECK_FALSE(decodeNprofile(bech32Encode("nprofile", Bytes{0})).ok());
    CHECK_FALSE(decodeNprofile(bech32Encode("nprofile", Bytes{0, 32, 1})).ok());
    CHECK_FALSE(decodeNprofile(bech32Encode("nprofile", Bytes{1, 1, 'a'})).ok());
    Bytes unknown{9, 1, 5, 0, 32};
    append(unknown, must(fromHex(kNpubHex)));
    CHECK(decodeNprofile(bech32Encode("nprofile", unknown)).ok());
    CHECK_FALSE(decodeNaddr(bech32Encode("naddr", unknown)).ok());
    Bytes badKind = unknown;
    append(badKind, Bytes{3, 2, 0, 1});
    CHECK_FALSE(decodeNevent(bech32Encode("nevent", badKind)).ok());
}

TEST_CASE("bech32 carries any octets", "[nostr]") {
    crypto::SeededRandom random(11);
    for (std::size_t size = 0; size < 80; ++size) {
        const Bytes data = random.bytes(size);
        const auto decoded = must(bech32Decode(bech32Encode("test", data)));
        CHECK(decoded.prefix == "test");
        CHECK(decoded.data == data);
    }
    // A valid example of BIP-173 with empty content.
    CHECK(must(bech32Decode("A12UEL5L")).prefix == "a");
    CHECK(bech32Encode("a", {}) == "a12uel5l");
    CHECK_FALSE(bech32Decode("A12UEL5M").ok());
}

TEST_CASE("addresses as people paste them", "[nostr]") {
    for (const std::string& text : {kNpub, " nostr:" + kNpub + "\n", kNpubHex})
        CHECK(toHex(must(parseAddress(text)).pubkey) == kNpubHex);
    CHECK(must(parseAddress("nostr:" + kNprofile)).relays.size() == 2);
    for (const std::string& text :
         {std::string(), std::string("  "), kNsec, std::string(64, 'f'), std::string("kasara")})
        CHECK_FALSE(parseAddress(text).ok());
}
