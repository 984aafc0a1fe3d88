// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"
#include "core/mls/welcome.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("a published Welcome decrypts and confirms", "[mls]") {
    forSupportedSuites("mls/welcome.json", [](CipherSuite suite, simdjson::dom::element v) {
        const Bytes message = hexMember(v, "welcome");
        Reader r(message);
        REQUIRE(must(readMessageHeader(r)) == WireFormat::Welcome);
        const Welcome welcome = must(Welcome::read(r));
        must(r.finish());
        CHECK(welcome.toMessage() == message);
        const KeyPackage keyPackage = must(KeyPackage::fromMessage(hexMember(v, "key_package")));
        CHECK(keyPackage.toMessage() == hexMember(v, "key_package"));
        const auto entry = std::find_if(welcome.secrets.begin(), welcome.secrets.end(),
                                        [&](const auto& s) { return s.newMember == keyPackage.ref(); });
        REQUIRE(entry != welcome.secrets.end());
        const Bytes plain = must(decryptWithLabel(suite, crypto::KeyBytes(hexMember(v, "init_priv")),
                                                  keyPackage.initKey, "Welcome", welcome.encryptedGroupInfo,
                                                  entry->secrets.enc, entry->secrets.ciphertext));
        const GroupSecrets secrets = must(GroupSecrets::decode(plain));
        CHECK(secrets.encode() == plain);
        const auto psk = pskSecret({});
        const auto key = welcomeKeyNonce(suite, welcomeSecret(secrets.joinerSecret, psk));
        const Bytes infoBytes =
            must(crypto::aeadOpen(aeadOf(suite), key.key, key.nonce, {}, welcome.encryptedGroupInfo));
        Reader infoReader(infoBytes);
        const GroupInfo info = must(GroupInfo::read(infoReader));
        CHECK(info.verify(hexMember(v, "signer_pub")));
        const auto epoch =
            EpochSecrets::fromEpochSecret(epochSecret(secrets.joinerSecret, psk, info.context.encode()));
        CHECK(mac(epoch.confirmation, info.context.confirmedTranscriptHash) == info.confirmationTag);
    });
}
