// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/suite.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("labelled primitives match the published vectors", "[mls]") {
    forSupportedSuites("mls/crypto-basics.json", [](CipherSuite suite, simdjson::dom::element v) {
        const auto ref = v["ref_hash"].value();
        CHECK(refHash(textMember(ref, "label"), hexMember(ref, "value")) == hexMember(ref, "out"));
        const auto expand = v["expand_with_label"].value();
        CHECK(toBytes(expandWithLabel(hexMember(expand, "secret"), textMember(expand, "label"),
                                      hexMember(expand, "context"), intMember(expand, "length"))
                          .view()) == hexMember(expand, "out"));
        const auto derive = v["derive_secret"].value();
        CHECK(toBytes(deriveSecret(hexMember(derive, "secret"), textMember(derive, "label")).view()) ==
              hexMember(derive, "out"));
        const auto tree = v["derive_tree_secret"].value();
        CHECK(toBytes(deriveTreeSecret(hexMember(tree, "secret"), textMember(tree, "label"),
                                       static_cast<std::uint32_t>(intMember(tree, "generation")),
                                       intMember(tree, "length"))
                          .view()) == hexMember(tree, "out"));

        const auto sign = v["sign_with_label"].value();
        const Bytes content = hexMember(sign, "content");
        const std::string label = textMember(sign, "label");
        CHECK(verifyWithLabel(hexMember(sign, "pub"), label, content, hexMember(sign, "signature")));
        const auto key = must(crypto::ed25519FromSeed(hexMember(sign, "priv")));
        CHECK(key.publicKey == hexMember(sign, "pub"));
        CHECK(signWithLabel(key, label, content) == hexMember(sign, "signature"));
        CHECK_FALSE(verifyWithLabel(key.publicKey, label + "x", content, hexMember(sign, "signature")));

        const auto enc = v["encrypt_with_label"].value();
        const crypto::KeyBytes priv(hexMember(enc, "priv"));
        CHECK(must(decryptWithLabel(suite, priv, hexMember(enc, "pub"), textMember(enc, "label"),
                                    hexMember(enc, "context"), hexMember(enc, "kem_output"),
                                    hexMember(enc, "ciphertext"))) == hexMember(enc, "plaintext"));
        crypto::SeededRandom random(1);
        const auto sealed = must(encryptWithLabel(suite, hexMember(enc, "pub"), "own", content,
                                                  label.empty() ? Bytes{} : content, random));
        CHECK(must(decryptWithLabel(suite, priv, hexMember(enc, "pub"), "own", content, sealed.enc,
                                    sealed.ciphertext)) == content);
        CHECK_FALSE(decryptWithLabel(suite, priv, hexMember(enc, "pub"), "other", content, sealed.enc,
                                     sealed.ciphertext)
                        .ok());
    });
}

TEST_CASE("a suite of another curve is not supported", "[mls]") {
    CHECK(cipherSuiteFrom(2).error().code == ErrorCode::Unsupported);
    CHECK(cipherSuiteFrom(0).error().code == ErrorCode::Unsupported);
    CHECK(cipherSuiteFrom(3).ok());
}
