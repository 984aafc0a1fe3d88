// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/key_schedule.h"
#include "core/mls/treekem.h"

namespace valise::mls {

//! GroupInfo (RFC 9420 section 12.4.3).
struct GroupInfo {
    GroupContext context;
    Extensions extensions;
    Bytes confirmationTag;
    LeafIndex signer = 0;
    Bytes signature;
    Bytes raw;
    std::size_t signedSize = 0;

    static Result<GroupInfo> read(Reader& r);
    //! Sets `signature` and `raw`.
    void sign(const crypto::Ed25519KeyPair& key);
    bool verify(ByteView signatureKey) const;
};

//! GroupSecrets (section 12.4.3.1).
struct GroupSecrets {
    crypto::KeyBytes joinerSecret;
    std::optional<crypto::KeyBytes> pathSecret;
    std::vector<PreSharedKeyId> psks;

    //! The result is secret, so the caller wipes it.
    Bytes encode() const;
    static Result<GroupSecrets> decode(ByteView bytes);
};

struct EncryptedGroupSecrets {
    Bytes newMember; //!< KeyPackageRef
    crypto::HpkeSealed secrets;
};

//! Welcome (section 12.4.3.1).
struct Welcome {
    std::uint16_t cipherSuite = 0;
    std::vector<EncryptedGroupSecrets> secrets;
    Bytes encryptedGroupInfo;

    Bytes toMessage() const;
    static Result<Welcome> read(Reader& r);
};

} // namespace valise::mls
