// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"
#include "tests/support/vectors.h"

#include "core/crypto/curve25519.h"
#include "core/marmot/identity_proof.h"

using namespace valise;
using namespace valise::marmot;

TEST_CASE("a proof binds one MLS key to one account") {
    crypto::SeededRandom random(1);
    const auto account = crypto::schnorrGenerate(random);
    const auto other = crypto::schnorrGenerate(random);
    const auto leaf = crypto::ed25519Generate(random);
    const IdentityProof proof = IdentityProof::make(account, leaf.publicKey, 1'700'000'000, random);
    CHECK(proof.encode().size() == 104);
    const IdentityProof read = must(IdentityProof::decode(proof.encode()));
    CHECK(read.verify(account.publicKey, leaf.publicKey).ok());
    CHECK_FALSE(read.verify(other.publicKey, leaf.publicKey).ok());
    CHECK_FALSE(read.verify(account.publicKey, crypto::ed25519Generate(random).publicKey).ok());
    IdentityProof moved = read;
    ++moved.createdAt;
    CHECK_FALSE(moved.verify(account.publicKey, leaf.publicKey).ok());

    Bytes zeroTime = proof.encode();
    std::fill(zeroTime.begin() + 32, zeroTime.begin() + 40, std::uint8_t{0});
    CHECK_FALSE(IdentityProof::decode(zeroTime).ok());
    Bytes farTime = proof.encode();
    farTime[32] = 0x80;
    CHECK_FALSE(IdentityProof::decode(farTime).ok());
    CHECK_FALSE(IdentityProof::decode(ByteView(farTime).first(103)).ok());
}

TEST_CASE("the published proof verifies") {
    const auto file = test::openVectors("marmot/extracted/pinned-values.json");
    if (!file)
        return;
    bool found = false;
    for (simdjson::dom::element entry : file->root()["cases"].get_array()) {
        if (test::textMember(entry, "name") != "account-identity-proof-v2")
            continue;
        found = true;
        const IdentityProof proof = must(IdentityProof::decode(test::hexMember(entry, "component_0x8009")));
        const Id32 account = fixedBytes<32>(test::hexMember(entry, "account_pubkey")).value();
        CHECK(proof.createdAt == test::intMember(entry, "created_at"));
        CHECK(proof.verify(account, test::hexMember(entry, "mls_signature_key")).ok());
    }
    CHECK(found);
}
