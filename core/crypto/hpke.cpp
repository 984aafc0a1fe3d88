// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/hpke.h"

#include "core/crypto/hash.h"

namespace valise::crypto {

namespace {

constexpr std::uint8_t kBaseMode = 0x00;
// KEM id 0x0020: DHKEM(X25519, HKDF-SHA256).
constexpr ByteArray<5> kKemSuite = {'K', 'E', 'M', 0x00, 0x20};
constexpr std::string_view kVersion = "HPKE-v1";

// suite_id of section 5.1: "HPKE" || kem || kdf (0x0001) || aead.
ByteArray<10> suiteId(Aead aead) {
    const std::uint8_t id = aead == Aead::Aes128Gcm ? 0x01 : 0x03;
    return {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, id};
}

KeyBytes labeledExtract(ByteView suite, ByteView salt, std::string_view label, ByteView ikm) {
    return hmacSha256(salt, {viewOf(kVersion), suite, viewOf(label), ikm});
}

KeyBytes labeledExpand(ByteView suite, ByteView prk, std::string_view label, ByteView info,
                       std::size_t length) {
    Bytes full;
    full.push_back(static_cast<std::uint8_t>(length >> 8));
    full.push_back(static_cast<std::uint8_t>(length));
    append(full, viewOf(kVersion));
    append(full, suite);
    append(full, viewOf(label));
    append(full, info);
    return hkdfExpand(prk, full, length);
}

// ExtractAndExpand of section 4.1.
KeyBytes kemSecret(ByteView dh, ByteView enc, ByteView publicKey) {
    Bytes context = toBytes(enc);
    append(context, publicKey);
    const KeyBytes eaePrk = labeledExtract(kKemSuite, {}, "eae_prk", dh);
    return labeledExpand(kKemSuite, eaePrk, "shared_secret", context, 32);
}

struct Schedule {
    KeyBytes key;
    KeyBytes nonce;
};

// The `secret` of KeySchedule, section 5.1.
KeyBytes scheduleSecret(Aead aead, ByteView sharedSecret) {
    return labeledExtract(suiteId(aead), sharedSecret, "secret", {});
}

Schedule keySchedule(const HpkeInfo& info, ByteView sharedSecret) {
    const Aead aead = info.aead();
    const auto suite = suiteId(aead);
    const KeyBytes secret = scheduleSecret(aead, sharedSecret);
    return {labeledExpand(suite, secret, "key", info.keyScheduleContext(), aeadKeySize(aead)),
            labeledExpand(suite, secret, "base_nonce", info.keyScheduleContext(), kAeadNonceSize)};
}

KeyBytes exporterSecret(const HpkeInfo& info, ByteView sharedSecret) {
    return labeledExpand(suiteId(info.aead()), scheduleSecret(info.aead(), sharedSecret), "exp",
                         info.keyScheduleContext(), 32);
}

struct Encapsulated {
    Bytes enc;
    KeyBytes secret;
};

Result<Encapsulated> encapsulate(ByteView publicKey, Random& random) {
    const KeyBytes ikm = random.key(32);
    const X25519KeyPair ephemeral = hpkeDeriveKeyPair(ikm);
    VALISE_TRY(const KeyBytes dh, x25519(ephemeral.privateKey, publicKey));
    return Encapsulated{ephemeral.publicKey, kemSecret(dh, ephemeral.publicKey, publicKey)};
}

Result<KeyBytes> decapsulate(const KeyBytes& privateKey, ByteView publicKey, ByteView enc) {
    VALISE_TRY(const KeyBytes dh, x25519(privateKey, enc));
    return kemSecret(dh, enc, publicKey);
}

} // namespace

// In base mode there is no PSK.
HpkeInfo::HpkeInfo(Aead aead, ByteView info)
    : m_aead(aead)
    , m_context{kBaseMode} {
    append(m_context, labeledExtract(suiteId(aead), {}, "psk_id_hash", {}));
    append(m_context, labeledExtract(suiteId(aead), {}, "info_hash", info));
}

X25519KeyPair hpkeDeriveKeyPair(ByteView ikm) {
    const KeyBytes prk = labeledExtract(kKemSuite, {}, "dkp_prk", ikm);
    X25519KeyPair pair;
    pair.privateKey = labeledExpand(kKemSuite, prk, "sk", {}, 32);
    pair.publicKey = x25519PublicKey(pair.privateKey).value();
    return pair;
}

Result<HpkeSealed> hpkeSeal(const HpkeInfo& info, ByteView publicKey, ByteView aad, ByteView plaintext,
                            Random& random) {
    VALISE_TRY(Encapsulated kem, encapsulate(publicKey, random));
    const Schedule schedule = keySchedule(info, kem.secret);
    return HpkeSealed{std::move(kem.enc),
                      aeadSeal(info.aead(), schedule.key, schedule.nonce, aad, plaintext)};
}

Result<HpkeSealed> hpkeSeal(Aead aead, ByteView publicKey, ByteView info, ByteView aad, ByteView plaintext,
                            Random& random) {
    return hpkeSeal(HpkeInfo(aead, info), publicKey, aad, plaintext, random);
}

Result<Bytes> hpkeOpen(Aead aead, const KeyBytes& privateKey, ByteView publicKey, ByteView enc, ByteView info,
                       ByteView aad, ByteView ciphertext) {
    VALISE_TRY(const KeyBytes secret, decapsulate(privateKey, publicKey, enc));
    const Schedule schedule = keySchedule(HpkeInfo(aead, info), secret);
    return aeadOpen(aead, schedule.key, schedule.nonce, aad, ciphertext);
}

Result<HpkeExported> hpkeSendExport(Aead aead, ByteView publicKey, ByteView info, ByteView exporterContext,
                                    std::size_t length, Random& random) {
    VALISE_TRY(Encapsulated kem, encapsulate(publicKey, random));
    const KeyBytes exporter = exporterSecret(HpkeInfo(aead, info), kem.secret);
    return HpkeExported{std::move(kem.enc),
                        labeledExpand(suiteId(aead), exporter, "sec", exporterContext, length)};
}

Result<KeyBytes> hpkeReceiveExport(Aead aead, const KeyBytes& privateKey, ByteView publicKey, ByteView enc,
                                   ByteView info, ByteView exporterContext, std::size_t length) {
    VALISE_TRY(const KeyBytes secret, decapsulate(privateKey, publicKey, enc));
    return labeledExpand(suiteId(aead), exporterSecret(HpkeInfo(aead, info), secret), "sec", exporterContext,
                         length);
}

} // namespace valise::crypto
