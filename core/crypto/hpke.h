// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/aead.h"
#include "core/crypto/curve25519.h"

namespace valise::crypto {

//! HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and one of the two AEADs.
struct HpkeSealed {
    Bytes enc;        //!< the encapsulated key, 32 octets
    Bytes ciphertext; //!< ciphertext || tag
};

//! DeriveKeyPair of RFC 9180 section 7.1.3. `ikm` has at least 32 octets.
X25519KeyPair hpkeDeriveKeyPair(ByteView ikm);
//! The part of the key schedule (section 5.1) that depends on the info alone. An info that many recipients
//! share, such as the GroupInfo of an MLS Welcome, is hashed only once.
class HpkeInfo {
public:
    HpkeInfo(Aead aead, ByteView info);
    Aead aead() const { return m_aead; }
    //! mode || psk_id_hash || info_hash
    ByteView keyScheduleContext() const { return m_context; }

private:
    Aead m_aead;
    Bytes m_context;
};
//! SealBase, section 6.1. Error: InvalidKey for an unusable public key.
Result<HpkeSealed> hpkeSeal(const HpkeInfo& info, ByteView publicKey, ByteView aad, ByteView plaintext,
                            Random& random);
//! hpkeSeal for an info that is used only once.
Result<HpkeSealed> hpkeSeal(Aead aead, ByteView publicKey, ByteView info, ByteView aad, ByteView plaintext,
                            Random& random);
//! OpenBase, section 6.1. Errors: InvalidKey, DecryptionFailed.
Result<Bytes> hpkeOpen(Aead aead, const KeyBytes& privateKey, ByteView publicKey, ByteView enc, ByteView info,
                       ByteView aad, ByteView ciphertext);

//! SetupBaseS and Export, sections 5.1 and 5.3: for RFC 9420 external initialisation. At most
//! KeyBytes::kCapacity octets.
struct HpkeExported {
    Bytes enc;
    KeyBytes secret;
};
Result<HpkeExported> hpkeSendExport(Aead aead, ByteView publicKey, ByteView info, ByteView exporterContext,
                                    std::size_t length, Random& random);
Result<KeyBytes> hpkeReceiveExport(Aead aead, const KeyBytes& privateKey, ByteView publicKey, ByteView enc,
                                   ByteView info, ByteView exporterContext, std::size_t length);

} // namespace valise::crypto
