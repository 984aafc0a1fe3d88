// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/secret_tree.h"

#include "core/mls/group.h"

namespace valise::mls {

using crypto::KeyBytes;
using namespace tree_math;

SecretTree::SecretTree(CipherSuite suite, std::uint32_t leaves, KeyBytes encryptionSecret)
    : m_suite(suite)
    , m_leaves(leaves) {
    m_nodes.emplace(root(leaves), std::move(encryptionSecret));
}

SecretTree::Ratchet& SecretTree::ratchet(LeafIndex leaf, RatchetType type) {
    const auto known = m_ratchets.find(leaf);
    if (known != m_ratchets.end())
        return known->second[static_cast<std::size_t>(type)];

    const NodeIndex target = leafNode(leaf);
    NodeIndex node = target;
    while (!m_nodes.contains(node)) {
        const auto up = parent(node, m_leaves);
        if (!up)
            abortInvariant("secret tree has neither a ratchet nor a secret for a leaf");
        node = *up;
    }
    while (node != target) {
        const KeyBytes secret = std::move(m_nodes.at(node));
        m_nodes.erase(node);
        m_nodes.insert_or_assign(*left(node), expandWithLabel(secret, "tree", viewOf("left"), kHashSize));
        m_nodes.insert_or_assign(*right(node), expandWithLabel(secret, "tree", viewOf("right"), kHashSize));
        node = inSubtree(*left(node), target) ? *left(node) : *right(node);
    }
    const KeyBytes secret = std::move(m_nodes.at(target));
    m_nodes.erase(target);
    Ratchets& r = m_ratchets[leaf];
    r[0].secret = expandWithLabel(secret, "handshake", {}, kHashSize);
    r[1].secret = expandWithLabel(secret, "application", {}, kHashSize);
    return r[static_cast<std::size_t>(type)];
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
        // Keys that would be forgotten at once are not even derived.
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
    std::erase_if(r.kept, [&](const auto& entry) { return r.generation - entry.first > kRatchetBack + 1; });
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
        for (const auto& [node, secret] : m_nodes) {
            in.u32(node);
            in.opaque(secret.view());
        }
    });
    w.vector([&](Writer& in) {
        for (const auto& [leaf, ratchets] : m_ratchets) {
            in.u32(leaf);
            for (const Ratchet& r : ratchets) {
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
    const std::size_t keySize = crypto::aeadKeySize(aeadOf(t.m_suite));
    VALISE_TRY(Reader nodes, r.vector());
    while (!nodes.atEnd()) {
        VALISE_TRY(const std::uint32_t node, nodes.u32());
        VALISE_TRY(const ByteView secret, nodes.opaque(kHashSize));
        if (node >= nodeWidth(t.m_leaves) || secret.size() != kHashSize)
            return {ErrorCode::InvalidEncoding, "stored secret tree"};
        t.m_nodes.emplace(node, KeyBytes(secret));
    }
    VALISE_TRY(Reader ratchets, r.vector());
    while (!ratchets.atEnd()) {
        VALISE_TRY(const std::uint32_t leaf, ratchets.u32());
        if (leaf >= t.m_leaves)
            return {ErrorCode::InvalidEncoding, "stored secret tree"};
        Ratchets& pair = t.m_ratchets[leaf];
        for (Ratchet& one : pair) {
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
    }
    // Every leaf must be reachable, or a later message would find nothing to derive from.
    for (LeafIndex leaf = 0; leaf < t.m_leaves; ++leaf) {
        if (t.m_ratchets.contains(leaf))
            continue;
        NodeIndex node = leafNode(leaf);
        bool found = t.m_nodes.contains(node);
        while (!found) {
            const auto up = parent(node, t.m_leaves);
            if (!up)
                return {ErrorCode::InvalidEncoding, "stored secret tree"};
            node = *up;
            found = t.m_nodes.contains(node);
        }
    }
    return t;
}

} // namespace valise::mls
