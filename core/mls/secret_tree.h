// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/key_schedule.h"
#include "core/mls/tree_math.h"

#include <array>
#include <map>
#include <memory>

namespace valise::mls {

enum class RatchetType : std::uint8_t { Handshake = 0, Application = 1 };

//! The secret tree of an epoch (RFC 9420 section 9). Secrets are derived when they are first needed. A secret
//! is deleted when others were derived from it, and a key when it was used (section 9.2). Copies share
//! unchanged parts. A secret deleted in one copy stays in the copies that still hold it.
class SecretTree {
public:
    SecretTree() = default;
    SecretTree(CipherSuite suite, std::uint32_t leaves, crypto::KeyBytes encryptionSecret);

    //! The changes that accepting a received message will cause. Nothing changes before take().
    struct Found {
        AeadKeyNonce keyNonce;
        LeafIndex leaf = 0;
        RatchetType type = RatchetType::Application;
        std::uint32_t generation = 0;
        std::vector<std::pair<std::uint32_t, AeadKeyNonce>> skipped;
        crypto::KeyBytes nextSecret; //!< empty if the key was among the kept ones
    };
    //! The key for a received message. Errors: NotMember for a leaf outside the tree, KeyUsed, LimitExceeded
    //! for more than kRatchetForward steps.
    Result<Found> find(LeafIndex leaf, RatchetType type, std::uint32_t generation);
    //! Deletes the found key and keeps the skipped ones. Call it after the message was authenticated.
    void take(const Found& found);

    //! The next key for sending, which is deleted here. Error: LimitExceeded at the last generation.
    Result<std::pair<std::uint32_t, AeadKeyNonce>> next(LeafIndex leaf, RatchetType type);

    //! The generation that next() will return.
    std::uint32_t nextGeneration(LeafIndex leaf, RatchetType type) const;

    void write(Writer& w) const;
    static Result<SecretTree> read(Reader& r);
    std::uint32_t leafCount() const { return m_leaves; }
    CipherSuite suite() const { return m_suite; }

private:
    struct Ratchet {
        crypto::KeyBytes secret;
        std::uint32_t generation = 0; //!< the next generation to derive
        std::map<std::uint32_t, AeadKeyNonce> kept;
    };
    using Ratchets = std::array<Ratchet, 2>;
    //! A node's content: empty, an unused secret, or the ratchets of a leaf.
    struct Slot {
        crypto::KeyBytes secret;
        std::unique_ptr<Ratchets> ratchets;

        Slot() = default;
        Slot(const Slot& other)
            : secret(other.secret)
            , ratchets(other.ratchets ? std::make_unique<Ratchets>(*other.ratchets) : nullptr) {}
        Slot& operator=(const Slot&) = delete;
    };
    static constexpr std::size_t kChunk = 32;
    using Chunk = std::array<std::shared_ptr<Slot>, kChunk>;

    //! The slot of a node, or nullptr.
    const Slot* slot(tree_math::NodeIndex node) const;
    std::shared_ptr<Slot>& writable(tree_math::NodeIndex node);
    void setSecret(tree_math::NodeIndex node, crypto::KeyBytes secret);
    //! Derives the leaf's ratchets if they do not exist yet.
    Ratchets& ratchets(LeafIndex leaf);
    Ratchet& ratchet(LeafIndex leaf, RatchetType type) {
        return ratchets(leaf)[static_cast<std::size_t>(type)];
    }
    AeadKeyNonce keyNonce(const crypto::KeyBytes& secret, std::uint32_t generation) const;

    CipherSuite m_suite = CipherSuite::X25519Aes128Gcm;
    std::uint32_t m_leaves = 0;
    std::vector<std::shared_ptr<Chunk>> m_chunks; //!< nodes of the tree; nullptr for a chunk without content
};

} // namespace valise::mls
