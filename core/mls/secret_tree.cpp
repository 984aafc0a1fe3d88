// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/secret_tree.h"

#include "core/mls/group.h"

namespace valise::mls {

using crypto::KeyBytes;
using namespace tree_math;

SecretTree::SecretTree(CipherSuite suite, std::uint32_t leaves, KeyBytes encryptionSecret)
    : m_suite(suite)
    , m_leaves(leaves)
    , m_chunks((nodeWidth(leaves) + kChunk - 1) / kChunk) {
    setSecret(root(leaves), std::move(encryptionSecret));
}

const SecretTree::Slot* SecretTree::slot(NodeIndex node) const {
    const auto& chunk = m_chunks[node / kChunk];
    return chunk ? (*chunk)[node % kChunk].get() : nullptr;
}

std::shared_ptr<SecretTree::Slot>& SecretTree::writable(NodeIndex node) {
    auto& chunk = m_chunks[node / kChunk];
    if (!chunk)
        chunk = std::make_shared<Chunk>();
    else if (chunk.use_count() > 1)
        chunk = std::make_shared<Chunk>(*chunk);
    return (*chunk)[node % kChunk];
}

void SecretTree::setSecret(NodeIndex node, KeyBytes secret) {
    auto fresh = std::make_shared<Slot>();
    fresh->secret = std::move(secret);
    writable(node) = std::move(fresh);
}

SecretTree::Ratchets& SecretTree::ratchets(LeafIndex leaf) {
    const NodeIndex target = leafNode(leaf);
    if (const Slot* known = slot(target); known && known->ratchets) {
        std::shared_ptr<Slot>& own = writable(target);
        if (own.use_count() > 1)
            own = std::make_shared<Slot>(*own);
        return *own->ratchets;
    }
    NodeIndex node = target;
    while (!slot(node)) {
        const auto up = parent(node, m_leaves);
        if (!up)
            abortInvariant("secret tree has neither a ratchet nor a secret for a leaf");
        node = *up;
    }
    while (node != target) {
        const std::shared_ptr<Slot> used = std::move(writable(node));
        const KeyBytes& secret = used->secret;
        setSecret(*left(node), expandWithLabel(secret, "tree", viewOf("left"), kHashSize));
        setSecret(*right(node), expandWithLabel(secret, "tree", viewOf("right"), kHashSize));
        node = inSubtree(*left(node), target) ? *left(node) : *right(node);
    }
    const std::shared_ptr<Slot> used = std::move(writable(target));
    auto fresh = std::make_shared<Slot>();
    fresh->ratchets = std::make_unique<Ratchets>();
    (*fresh->ratchets)[0].secret = expandWithLabel(used->secret, "handshake", {}, kHashSize);
    (*fresh->ratchets)[1].secret = expandWithLabel(used->secret, "application", {}, kHashSize);
    return *(writable(target) = std::move(fresh))->ratchets;
}

std::uint32_t SecretTree::nextGeneration(LeafIndex leaf, RatchetType type) const {
    const Slot* known = slot(leafNode(leaf));
    return known && known->ratchets ? (*known->ratchets)[static_cast<std::size_t>(type)].generation : 0;
}

AeadKeyNonce SecretTree::keyNonce(const KeyBytes& secret, std::uint32_t generation) const {
    return {deriveTreeSecret(secret, "key", generation, crypto::aeadKeySize(aeadOf(m_suite))),
            deriveTreeSecret(secret, "nonce", generation, crypto::kAeadNonceSize)};
}

Result<SecretTree::Found> SecretTree::find(LeafIndex leaf, RatchetType type, std::uint32_t generation) {
    if (leaf >= m_leaves)
        return {ErrorCode::NotMember, "sender beyond the tree"};
    const Ratchet& r = ratchet(leaf, type);
    Found found;
    found.leaf = leaf;
    found.type = type;
    found.generation = generation;
    if (generation < r.generation) {
        const auto it = r.kept.find(generation);
        if (it == r.kept.end())
            return {ErrorCode::KeyUsed, "message key was used or is too far back"};
        found.keyNonce = it->second;
        return found;
    }
    if (generation - r.generation > kRatchetForward || generation == UINT32_MAX)
        return {ErrorCode::LimitExceeded, "message too far ahead of its sender's ratchet"};
    KeyBytes secret = r.secret;
    for (std::uint32_t g = r.generation; g < generation; ++g) {
        // Keys beyond the limit would be deleted at once, so they are not derived.
        if (generation - g <= kRatchetBack)
            found.skipped.emplace_back(g, keyNonce(secret, g));
        secret = deriveTreeSecret(secret, "secret", g, kHashSize);
    }
    found.keyNonce = keyNonce(secret, generation);
    found.nextSecret = deriveTreeSecret(secret, "secret", generation, kHashSize);
    return found;
}

void SecretTree::take(const Found& found) {
    Ratchet& r = ratchet(found.leaf, found.type);
    if (found.nextSecret.empty()) {
        r.kept.erase(found.generation);
        return;
    }
    for (const auto& [generation, key] : found.skipped)
        r.kept.emplace(generation, key);
    r.secret = found.nextSecret;
    r.generation = found.generation + 1;
    // The limit counts keys, not generations. So messages that arrive in order do not remove keys of missing
    // ones.
    while (r.kept.size() > kRatchetBack)
        r.kept.erase(r.kept.begin());
}

Result<std::pair<std::uint32_t, AeadKeyNonce>> SecretTree::next(LeafIndex leaf, RatchetType type) {
    if (leaf >= m_leaves)
        return {ErrorCode::NotMember, "sender beyond the tree"};
    Ratchet& r = ratchet(leaf, type);
    if (r.generation == UINT32_MAX)
        return {ErrorCode::LimitExceeded, "sending ratchet is exhausted"};
    const std::uint32_t generation = r.generation;
    AeadKeyNonce out = keyNonce(r.secret, generation);
    r.secret = deriveTreeSecret(r.secret, "secret", generation, kHashSize);
    r.generation = generation + 1;
    return std::pair{generation, std::move(out)};
}

void SecretTree::write(Writer& w) const {
    w.u16(codeOf(m_suite));
    w.u32(m_leaves);
    w.vector([&](Writer& in) {
        for (NodeIndex node = 0; node < nodeWidth(m_leaves); ++node) {
            if (const Slot* s = slot(node); s && !s->ratchets) {
                in.u32(node);
                in.opaque(s->secret.view());
            }
        }
    });
    w.vector([&](Writer& in) {
        for (LeafIndex leaf = 0; leaf < m_leaves; ++leaf) {
            const Slot* s = slot(leafNode(leaf));
            if (!s || !s->ratchets)
                continue;
            in.u32(leaf);
            for (const Ratchet& r : *s->ratchets) {
                in.opaque(r.secret.view());
                in.u32(r.generation);
                in.vector([&](Writer& k) {
                    for (const auto& [generation, key] : r.kept) {
                        k.u32(generation);
                        k.opaque(key.key.view());
                        k.opaque(key.nonce.view());
                    }
                });
            }
        }
    });
}

Result<SecretTree> SecretTree::read(Reader& r) {
    SecretTree t;
    VALISE_TRY(const std::uint16_t suite, r.u16());
    VALISE_TRY(t.m_suite, cipherSuiteFrom(suite));
    VALISE_TRY(t.m_leaves, r.u32());
    if (t.m_leaves == 0 || t.m_leaves > kMaxLeaves || (t.m_leaves & (t.m_leaves - 1)) != 0)
        return {ErrorCode::InvalidEncoding, "stored secret tree"};
    t.m_chunks.resize((nodeWidth(t.m_leaves) + kChunk - 1) / kChunk);
    const std::size_t keySize = crypto::aeadKeySize(aeadOf(t.m_suite));
    VALISE_TRY(Reader nodes, r.vector(Reader::kLongestVector));
    while (!nodes.atEnd()) {
        VALISE_TRY(const std::uint32_t node, nodes.u32());
        VALISE_TRY(const ByteView secret, nodes.opaque(kHashSize));
        if (node >= nodeWidth(t.m_leaves) || secret.size() != kHashSize)
            return {ErrorCode::InvalidEncoding, "stored secret tree"};
        t.setSecret(node, KeyBytes(secret));
    }
    VALISE_TRY(Reader ratchets, r.vector(Reader::kLongestVector));
    while (!ratchets.atEnd()) {
        VALISE_TRY(const std::uint32_t leaf, ratchets.u32());
        if (leaf >= t.m_leaves)
            return {ErrorCode::InvalidEncoding, "stored secret tree"};
        auto fresh = std::make_shared<Slot>();
        fresh->ratchets = std::make_unique<Ratchets>();
        for (Ratchet& one : *fresh->ratchets) {
            VALISE_TRY(const ByteView secret, ratchets.opaque(kHashSize));
            if (secret.size() != kHashSize)
                return {ErrorCode::InvalidEncoding, "stored secret tree"};
            one.secret = KeyBytes(secret);
            VALISE_TRY(one.generation, ratchets.u32());
            VALISE_TRY(Reader kept, ratchets.vector());
            while (!kept.atEnd()) {
                VALISE_TRY(const std::uint32_t generation, kept.u32());
                VALISE_TRY(const ByteView key, kept.opaque(32));
                VALISE_TRY(const ByteView nonce, kept.opaque(32));
                if (key.size() != keySize || nonce.size() != crypto::kAeadNonceSize ||
                    generation >= one.generation)
                    return {ErrorCode::InvalidEncoding, "stored secret tree"};
                one.kept.emplace(generation, AeadKeyNonce{KeyBytes(key), KeyBytes(nonce)});
            }
        }
        t.writable(leafNode(leaf)) = std::move(fresh);
    }
    // Each leaf needs a secret on its path to the root, from which its keys are derived.
    for (LeafIndex leaf = 0; leaf < t.m_leaves; ++leaf) {
        std::optional<NodeIndex> node = leafNode(leaf);
        while (node && !t.slot(*node))
            node = parent(*node, t.m_leaves);
        if (!node)
            return {ErrorCode::InvalidEncoding, "stored secret tree"};
    }
    return t;
}

} // namespace valise::mls
