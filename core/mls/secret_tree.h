// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/key_schedule.h"
#include "core/mls/tree_math.h"

#include <map>

namespace valise::mls {

enum class RatchetType : std::uint8_t { Handshake = 0, Application = 1 };

//! The secret tree of an epoch (RFC 9420 section 9). Secrets are derived when first needed; a secret from
//! which others were derived, and a key that was used, is deleted (section 9.2).
class SecretTree {
public:
    SecretTree() = default;
    SecretTree(CipherSuite suite, std::uint32_t leaves, crypto::KeyBytes encryptionSecret);

    //! What accepting a received message will change; nothing changes before take().
    struct Found {
        AeadKeyNonce keyNonce;
        LeafIndex leaf = 0;
        RatchetType type = RatchetType::Application;
        std::uint32_t generation = 0;
        std::vector<std::pair<std::uint32_t, AeadKeyNonce>> skipped;
        crypto::KeyBytes nextSecret; //!< empty if the key was a kept one
    };
    //! The key for a received message. Errors: NotMember for a leaf outside the tree, KeyUsed, LimitExceeded
    //! for more than kRatchetForward steps.
    Result<Found> find(LeafIndex leaf, RatchetType type, std::uint32_t generation);
    //! Deletes the found key and keeps the skipped ones: after the message proved authentic.
    void take(const Found& found);

    //! The next key for sending, deleted here. Error: LimitExceeded at the last generation.
    Result<std::pair<std::uint32_t, AeadKeyNonce>> next(LeafIndex leaf, RatchetType type);

    //! The generation next() will give.
    std::uint32_t nextGeneration(LeafIndex leaf, RatchetType type) const {
        const auto found = m_ratchets.find(leaf);
        return found == m_ratchets.end() ? 0 : found->second[static_cast<std::size_t>(type)].generation;
    }

    void write(Writer& w) const;
    static Result<SecretTree> read(Reader& r);
    std::uint32_t leafCount() const { return m_leaves; }

private:
    struct Ratchet {
        crypto::KeyBytes secret;
        std::uint32_t generation = 0; //!< the next one to derive
        std::map<std::uint32_t, AeadKeyNonce> kept;
    };
    using Ratchets = std::array<Ratchet, 2>;

    //! Derives the leaf's ratchets if that did not happen yet.
    Ratchet& ratchet(LeafIndex leaf, RatchetType type);
    AeadKeyNonce keyNonce(const crypto::KeyBytes& secret, std::uint32_t generation) const;

    CipherSuite m_suite = CipherSuite::X25519Aes128Gcm;
    std::uint32_t m_leaves = 0;
    std::map<tree_math::NodeIndex, crypto::KeyBytes> m_nodes;
    std::map<LeafIndex, Ratchets> m_ratchets;
};

} // namespace valise::mls
