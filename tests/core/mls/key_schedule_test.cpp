// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"
#include "core/mls/key_schedule.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

Bytes plain(const crypto::KeyBytes& k) {
    return toBytes(k.view());
}

} // namespace

TEST_CASE("the key schedule matches the published vectors", "[mls]") {
    forSupportedSuites("mls/key-schedule.json", [](CipherSuite suite, simdjson::dom::element v) {
        crypto::KeyBytes init(hexMember(v, "initial_init_secret"));
        std::uint64_t epoch = 0;
        for (const auto e : simdjson::dom::array(v["epochs"])) {
            GroupContext context;
            context.suite = suite;
            context.groupId = hexMember(v, "group_id");
            context.epoch = epoch++;
            context.treeHash = hexMember(e, "tree_hash");
            context.confirmedTranscriptHash = hexMember(e, "confirmed_transcript_hash");
            const Bytes encoded = context.encode();
            REQUIRE(encoded == hexMember(e, "group_context"));
            const auto joiner = joinerSecret(init, hexMember(e, "commit_secret"), encoded);
            CHECK(plain(joiner) == hexMember(e, "joiner_secret"));
            const Bytes psk = hexMember(e, "psk_secret");
            CHECK(plain(welcomeSecret(joiner, psk)) == hexMember(e, "welcome_secret"));
            const auto s = EpochSecrets::fromEpochSecret(epochSecret(joiner, psk, encoded));
            CHECK(plain(s.init) == hexMember(e, "init_secret"));
            CHECK(plain(s.senderData) == hexMember(e, "sender_data_secret"));
            CHECK(plain(s.encryption) == hexMember(e, "encryption_secret"));
            CHECK(plain(s.exporter) == hexMember(e, "exporter_secret"));
            CHECK(plain(s.authenticator) == hexMember(e, "epoch_authenticator"));
            CHECK(plain(s.external) == hexMember(e, "external_secret"));
            CHECK(plain(s.confirmation) == hexMember(e, "confirmation_key"));
            CHECK(plain(s.membership) == hexMember(e, "membership_key"));
            CHECK(plain(s.resumption) == hexMember(e, "resumption_psk"));
            CHECK(crypto::hpkeDeriveKeyPair(s.external).publicKey == hexMember(e, "external_pub"));
            const auto exporter = e["exporter"].value();
            CHECK(plain(mlsExport(s.exporter, textMember(exporter, "label"), hexMember(exporter, "context"),
                                  intMember(exporter, "length"))) == hexMember(exporter, "secret"));
            init = s.init;
        }
        CHECK(epoch > 0);
    });
}

TEST_CASE("psk_secret matches the published vectors", "[mls]") {
    forSupportedSuites("mls/psk_secret.json", [](CipherSuite, simdjson::dom::element v) {
        std::vector<Psk> psks;
        for (const auto p : simdjson::dom::array(v["psks"])) {
            Psk psk;
            psk.id.pskId = hexMember(p, "psk_id");
            psk.id.pskNonce = hexMember(p, "psk_nonce");
            psk.secret = crypto::KeyBytes(hexMember(p, "psk"));
            psks.push_back(psk);
        }
        CHECK(plain(pskSecret(psks)) == hexMember(v, "psk_secret"));
    });
}

TEST_CASE("transcript hashes match the published vectors", "[mls]") {
    forSupportedSuites("mls/transcript-hashes.json", [](CipherSuite, simdjson::dom::element v) {
        const Bytes encoded = hexMember(v, "authenticated_content");
        Reader r(encoded);
        const AuthenticatedContent content = must(AuthenticatedContent::read(r));
        must(r.finish());
        Writer w;
        content.write(w);
        CHECK(w.bytes() == encoded);
        const Bytes confirmed = confirmedTranscriptHash(hexMember(v, "interim_transcript_hash_before"),
                                                        content.confirmedTranscriptInput());
        CHECK(confirmed == hexMember(v, "confirmed_transcript_hash_after"));
        CHECK(mac(hexMember(v, "confirmation_key"), confirmed) == content.confirmationTag);
        CHECK(interimTranscriptHash(confirmed, content.confirmationTag) ==
              hexMember(v, "interim_transcript_hash_after"));
    });
}
