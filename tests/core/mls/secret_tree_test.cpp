// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"
#include "core/mls/secret_tree.h"
#include "tests/support/catch.h"

using namespace valise;
using namespace valise::mls;

namespace {

SecretTree sampleTree() {
    return SecretTree(CipherSuite::X25519Aes128Gcm, 4, crypto::KeyBytes(Bytes(32, 7)));
}

} // namespace

TEST_CASE("the window is bounded backwards and forwards", "[mls]") {
    SecretTree tree = sampleTree();
    CHECK(tree.find(4, RatchetType::Application, 0).error().code == ErrorCode::NotMember);
    CHECK(tree.find(1, RatchetType::Application, kRatchetForward + 1).error().code ==
          ErrorCode::LimitExceeded);
    // Skipped generations: as many keys as may be kept.
    tree.take(must(tree.find(1, RatchetType::Application, kRatchetForward)));
    // Messages in order do not remove any of the kept keys.
    for (std::uint32_t g = kRatchetForward + 1; g < 3 * kRatchetForward; ++g)
        tree.take(must(tree.find(1, RatchetType::Application, g)));
    CHECK(tree.find(1, RatchetType::Application, 0).ok());
    // Ten more skipped messages remove the ten oldest keys.
    const std::uint32_t far = 3 * kRatchetForward + 10;
    tree.take(must(tree.find(1, RatchetType::Application, far)));
    CHECK(tree.find(1, RatchetType::Application, 9).error().code == ErrorCode::KeyUsed);
    CHECK(tree.find(1, RatchetType::Application, 10).ok());
    const auto late = must(tree.find(1, RatchetType::Application, far - 5));
    tree.take(late);
    CHECK(tree.find(1, RatchetType::Application, far - 5).error().code == ErrorCode::KeyUsed);
}

TEST_CASE("a found key stays until it is taken, and sending follows the same chain", "[mls]") {
    SecretTree tree = sampleTree();
    SecretTree sender = sampleTree();
    for (std::uint32_t i = 0; i < 3; ++i) {
        const auto sent = must(sender.next(2, RatchetType::Application));
        REQUIRE(sent.first == i);
        const auto first = must(tree.find(2, RatchetType::Application, i));
        const auto again = must(tree.find(2, RatchetType::Application, i));
        CHECK(toBytes(first.keyNonce.key.view()) == toBytes(again.keyNonce.key.view()));
        CHECK(toBytes(first.keyNonce.key.view()) == toBytes(sent.second.key.view()));
        tree.take(first);
    }
}

TEST_CASE("a stored secret tree continues where it was", "[mls]") {
    SecretTree tree = sampleTree();
    tree.take(must(tree.find(0, RatchetType::Application, 3)));
    Writer w;
    tree.write(w);
    Reader r(w.bytes());
    SecretTree back = must(SecretTree::read(r));
    must(r.finish());
    CHECK(back.find(0, RatchetType::Application, 3).error().code == ErrorCode::KeyUsed);
    for (const LeafIndex leaf : {0u, 3u}) {
        for (const std::uint32_t g : {1u, 7u}) {
            CHECK(toBytes(must(back.find(leaf, RatchetType::Application, g)).keyNonce.key.view()) ==
                  toBytes(must(tree.find(leaf, RatchetType::Application, g)).keyNonce.key.view()));
        }
    }
    for (std::size_t cut = 0; cut < w.bytes().size(); ++cut) {
        Reader part(ByteView(w.bytes()).first(cut));
        CHECK_FALSE(SecretTree::read(part).ok());
    }
}
