// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/key_schedule.h"

namespace valise::mls {

using crypto::KeyBytes;

EpochSecrets EpochSecrets::fromEpochSecret(ByteView epochSecret) {
    EpochSecrets s;
    s.senderData = deriveSecret(epochSecret, "sender data");
    s.encryption = deriveSecret(epochSecret, "encryption");
    s.exporter = deriveSecret(epochSecret, "exporter");
    s.external = deriveSecret(epochSecret, "external");
    s.confirmation = deriveSecret(epochSecret, "confirm");
    s.membership = deriveSecret(epochSecret, "membership");
    s.resumption = deriveSecret(epochSecret, "resumption");
    s.authenticator = deriveSecret(epochSecret, "authentication");
    s.init = deriveSecret(epochSecret, "init");
    return s;
}

KeyBytes joinerSecret(ByteView initSecret, ByteView commitSecret, ByteView groupContext) {
    return expandWithLabel(crypto::hkdfExtract(initSecret, commitSecret), "joiner", groupContext, kHashSize);
}

KeyBytes welcomeSecret(ByteView joiner, ByteView pskSecret) {
    return deriveSecret(crypto::hkdfExtract(joiner, pskSecret), "welcome");
}

KeyBytes epochSecret(ByteView joiner, ByteView pskSecret, ByteView groupContext) {
    return expandWithLabel(crypto::hkdfExtract(joiner, pskSecret), "epoch", groupContext, kHashSize);
}

namespace {

constexpr std::string_view kExternalInitLabel = "MLS 1.0 external init secret";

} // namespace

Result<ExternalInit> sendExternalInit(CipherSuite suite, ByteView externalPub, crypto::Random& random) {
    VALISE_TRY(crypto::HpkeExported exported,
               crypto::hpkeSendExport(aeadOf(suite), externalPub, {}, viewOf(kExternalInitLabel), kHashSize,
                                      random));
    return ExternalInit{std::move(exported.enc), std::move(exported.secret)};
}

Result<KeyBytes> receiveExternalInit(CipherSuite suite, ByteView externalSecret, ByteView kemOutput) {
    const crypto::X25519KeyPair pair = crypto::hpkeDeriveKeyPair(externalSecret);
    return crypto::hpkeReceiveExport(aeadOf(suite), pair.privateKey, pair.publicKey, kemOutput, {},
                                     viewOf(kExternalInitLabel), kHashSize);
}

KeyBytes pskSecret(const std::vector<Psk>& psks) {
    const KeyBytes zero(kHashSize);
    KeyBytes secret = zero;
    for (std::size_t i = 0; i < psks.size(); ++i) {
        Writer label;
        psks[i].id.write(label);
        label.u16(static_cast<std::uint16_t>(i));
        label.u16(static_cast<std::uint16_t>(psks.size()));
        const KeyBytes extracted = crypto::hkdfExtract(zero, psks[i].secret);
        const KeyBytes input = expandWithLabel(extracted, "derived psk", label.bytes(), kHashSize);
        secret = crypto::hkdfExtract(input, secret);
    }
    return secret;
}

KeyBytes mlsExport(ByteView exporterSecret, std::string_view label, ByteView context, std::size_t length) {
    return expandWithLabel(deriveSecret(exporterSecret, label), "exported", crypto::sha256(context), length);
}

AeadKeyNonce welcomeKeyNonce(CipherSuite suite, ByteView secret) {
    return {expandWithLabel(secret, "key", {}, crypto::aeadKeySize(aeadOf(suite))),
            expandWithLabel(secret, "nonce", {}, crypto::kAeadNonceSize)};
}

AeadKeyNonce senderDataKeyNonce(CipherSuite suite, ByteView senderDataSecret, ByteView ciphertext) {
    const ByteView sample = ciphertext.first(std::min(ciphertext.size(), kHashSize));
    return {expandWithLabel(senderDataSecret, "key", sample, crypto::aeadKeySize(aeadOf(suite))),
            expandWithLabel(senderDataSecret, "nonce", sample, crypto::kAeadNonceSize)};
}

Bytes confirmedTranscriptHash(ByteView interimBefore, ByteView input) {
    return toBytes(crypto::sha256({interimBefore, input}));
}

Bytes interimTranscriptHash(ByteView confirmed, ByteView confirmationTag) {
    Writer w;
    w.raw(confirmed);
    w.opaque(confirmationTag);
    return toBytes(crypto::sha256(w.bytes()));
}

Bytes mac(ByteView key, ByteView data) {
    return toBytes(crypto::hmacSha256(key, {data}).view());
}

} // namespace valise::mls
