// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/types.h"

namespace valise::mls {

//! The secrets of one epoch (RFC 9420 section 8), 32 octets each.
struct EpochSecrets {
    crypto::KeyBytes senderData;
    crypto::KeyBytes encryption;
    crypto::KeyBytes exporter;
    crypto::KeyBytes external;
    crypto::KeyBytes confirmation;
    crypto::KeyBytes membership;
    crypto::KeyBytes resumption;
    crypto::KeyBytes authenticator;
    crypto::KeyBytes init; //!< for the next epoch

    static EpochSecrets fromEpochSecret(ByteView epochSecret);
};

//! joiner_secret of the epoch that `groupContext` describes.
crypto::KeyBytes joinerSecret(ByteView initSecret, ByteView commitSecret, ByteView groupContext);
//! welcome_secret and epoch_secret, from joiner_secret and psk_secret.
crypto::KeyBytes welcomeSecret(ByteView joiner, ByteView pskSecret);
crypto::KeyBytes epochSecret(ByteView joiner, ByteView pskSecret, ByteView groupContext);

//! The init secret of an external commit (section 8.3). The joiner makes it from the group's external_pub.
//! The members compute it from external_secret and kem_output. Error: InvalidKey.
struct ExternalInit {
    Bytes kemOutput;
    crypto::KeyBytes initSecret;
};
Result<ExternalInit> sendExternalInit(CipherSuite suite, ByteView externalPub, crypto::Random& random);
Result<crypto::KeyBytes> receiveExternalInit(CipherSuite suite, ByteView externalSecret, ByteView kemOutput);

//! A PSK with its id.
struct Psk {
    PreSharedKeyId id;
    crypto::KeyBytes secret;
};
//! psk_secret (section 8.4); zeros for an empty list.
crypto::KeyBytes pskSecret(const std::vector<Psk>& psks);

//! MLS-Exporter (section 8.5).
crypto::KeyBytes mlsExport(ByteView exporterSecret, std::string_view label, ByteView context,
                           std::size_t length);

//! The key and nonce for the sender data or the GroupInfo.
struct AeadKeyNonce {
    crypto::KeyBytes key;
    crypto::KeyBytes nonce;
};
//! Section 12.4.3.1: key and nonce of the encrypted GroupInfo.
AeadKeyNonce welcomeKeyNonce(CipherSuite suite, ByteView welcomeSecret);
//! Section 6.3.2: key and nonce of the sender data for a ciphertext.
AeadKeyNonce senderDataKeyNonce(CipherSuite suite, ByteView senderDataSecret, ByteView ciphertext);

//! The transcript hashes (section 8.2).
Bytes confirmedTranscriptHash(ByteView interimBefore, ByteView confirmedTranscriptHashInput);
Bytes interimTranscriptHash(ByteView confirmed, ByteView confirmationTag);
//! MAC (HMAC-SHA-256) as octets.
Bytes mac(ByteView key, ByteView data);

} // namespace valise::mls
