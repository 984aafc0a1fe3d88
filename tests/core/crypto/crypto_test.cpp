// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

#include "core/base/encoding.h"
#include "core/crypto/aead.h"
#include "core/crypto/argon2.h"
#include "core/crypto/curve25519.h"
#include "core/crypto/hash.h"
#include "core/crypto/hpke.h"
#include "core/crypto/secp256k1.h"

using namespace valise;
using namespace valise::crypto;

namespace {
Bytes hex(std::string_view text) {
    return must(fromHex(text));
}
} // namespace

TEST_CASE("SHA-256, HMAC and HKDF answer their published values") {
    CHECK(toHex(sha256(viewOf("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256({viewOf("a"), viewOf("bc")}) == sha256(viewOf("abc")));
    // RFC 4231 case 2.
    CHECK(toHex(hmacSha256(viewOf("Jefe"), {viewOf("what do ya want "), viewOf("for nothing?")})) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // RFC 5869 case 1.
    const KeyBytes prk = hkdfExtract(hex("000102030405060708090a0b0c"), Bytes(22, 0x0b));
    CHECK(toHex(prk) == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    CHECK(toHex(hkdfExpand(prk, hex("f0f1f2f3f4f5f6f7f8f9"), 42)) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST_CASE("the AEADs answer their published values and refuse every changed bit") {
    // McGrew and Viega, test case 4.
    const Bytes key = hex("feffe9928665731c6d6a8f9467308308");
    const Bytes nonce = hex("cafebabefacedbaddecaf888");
    const Bytes aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const Bytes plain =
        hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
            "b16aedf5aa0de657ba637b39");
    CHECK(toHex(aeadSeal(Aead::Aes128Gcm, key, nonce, aad, plain)) ==
          "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051b"
          "a30b396a0a"
          "ac973d58e0915bc94fbc3221a5db94fae95ae7121a47");
    // RFC 8439 section 2.8.2.
    Bytes key2;
    for (int i = 0x80; i < 0xa0; ++i)
        key2.push_back(static_cast<std::uint8_t>(i));
    const Bytes sealed2 = aeadSeal(
        Aead::ChaCha20Poly1305, key2, hex("070000004041424344454647"), hex("50515253c0c1c2c3c4c5c6c7"),
        viewOf("Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
               "for the future, sunscreen would be it."));
    CHECK(toHex(ByteView(sealed2).last(16)) == "1ae10b594f09e26a7e902ecbd0600691");

    for (const Aead aead : {Aead::Aes128Gcm, Aead::ChaCha20Poly1305}) {
        const Bytes k(aeadKeySize(aead), 7);
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{300}}) {
            const Bytes text(size, 3);
            const Bytes sealed = aeadSeal(aead, k, nonce, aad, text);
            CHECK(must(aeadOpen(aead, k, nonce, aad, sealed)) == text);
            for (std::size_t bit = 0; bit < sealed.size() * 8; bit += 13) {
                Bytes changed = sealed;
                changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
                CHECK(aeadOpen(aead, k, nonce, aad, changed).error().code == ErrorCode::DecryptionFailed);
            }
            CHECK_FALSE(aeadOpen(aead, k, nonce, {}, sealed).ok());
        }
        CHECK_FALSE(aeadOpen(aead, k, nonce, aad, Bytes(15)).ok());
    }
}

TEST_CASE("X25519 and Ed25519 answer their published values") {
    // RFC 9180 appendix A.1.1 gives this pair.
    CHECK(toHex(must(
              x25519PublicKey(hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")))) ==
          "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    CHECK_FALSE(x25519PublicKey(Bytes(31)).ok());
    SeededRandom random(1);
    const X25519KeyPair one = x25519Generate(random);
    const X25519KeyPair two = x25519Generate(random);
    CHECK(
        sameBytes(must(x25519(one.privateKey, two.publicKey)), must(x25519(two.privateKey, one.publicKey))));
    CHECK(x25519(one.privateKey, Bytes(32, 0)).error().code == ErrorCode::InvalidKey);

    // RFC 8032 section 7.1, test 2.
    const Ed25519KeyPair key =
        must(ed25519FromSeed(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
    CHECK(toHex(key.publicKey) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const Bytes signature = ed25519Sign(key, Bytes{0x72});
    CHECK(toHex(signature) == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e1599"
                              "6e458f3613d0f11d8c387b2eaeb430"
                              "2aeeb00d291612bb0c00");
    CHECK(ed25519Verify(key.publicKey, Bytes{0x72}, signature));
    CHECK_FALSE(ed25519Verify(key.publicKey, Bytes{0x73}, signature));
    CHECK_FALSE(ed25519Verify(Bytes(32, 0), Bytes{0x72}, signature));
    CHECK_FALSE(ed25519Verify(key.publicKey, Bytes{0x72}, Bytes(63)));
}

TEST_CASE("HPKE answers RFC 9180 appendix A.1.1") {
    const X25519KeyPair recipient =
        hpkeDeriveKeyPair(hex("6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037"));
    CHECK(toHex(recipient.privateKey) == "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
    CHECK(toHex(recipient.publicKey) == "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    const Bytes enc = hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
    const Bytes info = hex("4f6465206f6e2061204772656369616e2055726e");
    const Bytes aad = hex("436f756e742d30");
    const Bytes ct =
        hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a");
    CHECK(textOf(must(hpkeOpen(Aead::Aes128Gcm, recipient.privateKey, recipient.publicKey, enc, info, aad,
                               ct))) == "Beauty is truth, truth beauty");

    SeededRandom random(2);
    for (const Aead aead : {Aead::Aes128Gcm, Aead::ChaCha20Poly1305}) {
        const HpkeSealed sealed =
            must(hpkeSeal(aead, recipient.publicKey, info, aad, viewOf("annex B"), random));
        CHECK(textOf(must(hpkeOpen(aead, recipient.privateKey, recipient.publicKey, sealed.enc, info, aad,
                                   sealed.ciphertext))) == "annex B");
        CHECK_FALSE(
            hpkeOpen(aead, recipient.privateKey, recipient.publicKey, sealed.enc, {}, aad, sealed.ciphertext)
                .ok());
        const HpkeExported sent = must(hpkeSendExport(aead, recipient.publicKey, info, aad, 32, random));
        CHECK(sameBytes(sent.secret, must(hpkeReceiveExport(aead, recipient.privateKey, recipient.publicKey,
                                                            sent.enc, info, aad, 32))));
        CHECK(hpkeSeal(aead, Bytes(32, 0), info, aad, {}, random).error().code == ErrorCode::InvalidKey);
    }
}

TEST_CASE("BIP-340 and ECDH on secp256k1") {
    // BIP-340 vector 1: the secret key and its public key.
    const SchnorrKeyPair key =
        must(schnorrFromPrivate(hex("b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef")));
    CHECK(toHex(key.publicKey) == "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659");
    const Bytes message = hex("243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89");
    CHECK(schnorrVerify(
        key.publicKey, message,
        hex("6896bd60eeae296db48a229ff71dfe071bde413e6d43f917dc8dcf8c78de33418906d11ac976abccb20b091292bff4ea"
            "897efcb639ea871cfa95f6de339e4b0a")));
    SeededRandom random(3);
    const SchnorrSignature signature = schnorrSign(key, message, random);
    CHECK(schnorrVerify(key.publicKey, message, signature));
    SchnorrSignature changed = signature;
    changed[40] ^= 1;
    CHECK_FALSE(schnorrVerify(key.publicKey, message, changed));
    CHECK_FALSE(schnorrFromPrivate(Bytes(32, 0)).ok());
    CHECK_FALSE(schnorrFromPrivate(Bytes(32, 0xff)).ok());
    CHECK(isOnCurve(key.publicKey));
    CHECK_FALSE(isOnCurve(Bytes(32, 0xff)));
    const SchnorrKeyPair other = schnorrGenerate(random);
    CHECK(sameBytes(must(ecdhX(key.privateKey, other.publicKey)),
                    must(ecdhX(other.privateKey, key.publicKey))));
    CHECK_FALSE(ecdhX(key.privateKey, Bytes(32, 0xff)).ok());
}

TEST_CASE("Argon2id depends on passphrase, salt and cost, and refuses absurd costs") {
    const Argon2Cost least{1, 8192};
    const Bytes salt(16, 1);
    const Secret a = must(argon2id(viewOf("open sesame"), salt, least, 32));
    CHECK(equalSecret(a.view(), must(argon2id(viewOf("open sesame"), salt, least, 32)).view()));
    CHECK_FALSE(equalSecret(a.view(), must(argon2id({}, salt, least, 32)).view()));
    CHECK_FALSE(equalSecret(a.view(), must(argon2id(viewOf("open sesamE"), salt, least, 32)).view()));
    CHECK_FALSE(equalSecret(a.view(), must(argon2id(viewOf("open sesame"), Bytes(16, 2), least, 32)).view()));
    CHECK_FALSE(equalSecret(a.view(), must(argon2id(viewOf("open sesame"), salt, {2, 8192}, 32)).view()));
    CHECK_FALSE(argon2id(viewOf("x"), Bytes(15), least, 32).ok());
    CHECK_FALSE(argon2id(viewOf("x"), salt, {0, 8192}, 32).ok());
    CHECK_FALSE(argon2id(viewOf("x"), salt, {1, std::uint64_t{5} << 30}, 32).ok());
}
