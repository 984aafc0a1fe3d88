// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/aead.h"

#include "core/crypto/thread.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <climits>
#include <memory>

namespace valise::crypto {

namespace {

struct CipherContextDeleter {
    void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
};

// Creating a context costs more than encrypting a short message, so each thread keeps one. Freeing it at the
// end of the thread also wipes its key.
thread_local std::unique_ptr<EVP_CIPHER_CTX, CipherContextDeleter> t_gcmContext;

EVP_CIPHER_CTX* gcmContext() {
    if (!t_gcmContext)
        t_gcmContext.reset(EVP_CIPHER_CTX_new());
    if (!t_gcmContext)
        abortInvariant("no memory for a cipher");
    return t_gcmContext.get();
}

// Resets the kept context after use, so that no key schedule stays in memory.
class GcmUse {
public:
    GcmUse()
        : m_context(gcmContext()) {}
    ~GcmUse() { EVP_CIPHER_CTX_reset(m_context); }
    GcmUse(const GcmUse&) = delete;
    GcmUse& operator=(const GcmUse&) = delete;
    EVP_CIPHER_CTX* get() const { return m_context; }

private:
    EVP_CIPHER_CTX* m_context;
};

int lengthOf(ByteView v) {
    if (v.size() > static_cast<std::size_t>(INT_MAX))
        abortInvariant("an AEAD input above 2 GiB");
    return static_cast<int>(v.size());
}

void checkSizes(Aead aead, ByteView key, ByteView nonce) {
    if (key.size() != aeadKeySize(aead) || nonce.size() != kAeadNonceSize)
        abortInvariant("an AEAD key or nonce of the wrong length");
}

Bytes gcmSeal(ByteView key, ByteView nonce, ByteView aad, ByteView plaintext) {
    const GcmUse use;
    EVP_CIPHER_CTX* c = use.get();
    Bytes out(plaintext.size() + kAeadTagSize);
    int n = 0;
    bool ok = EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), nullptr, key.data(), nonce.data()) == 1;
    if (ok && !aad.empty())
        ok = EVP_EncryptUpdate(c, nullptr, &n, aad.data(), lengthOf(aad)) == 1;
    if (ok && !plaintext.empty())
        ok = EVP_EncryptUpdate(c, out.data(), &n, plaintext.data(), lengthOf(plaintext)) == 1;
    ok = ok && EVP_EncryptFinal_ex(c, out.data() + plaintext.size(), &n) == 1 &&
         EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, kAeadTagSize, out.data() + plaintext.size()) == 1;
    if (!ok)
        abortInvariant("AES-128-GCM failed to encrypt");
    return out;
}

Result<Bytes> gcmOpen(ByteView key, ByteView nonce, ByteView aad, ByteView sealed) {
    const GcmUse use;
    EVP_CIPHER_CTX* c = use.get();
    const ByteView body = sealed.first(sealed.size() - kAeadTagSize);
    ByteArray<kAeadTagSize> tag;
    std::copy(sealed.end() - kAeadTagSize, sealed.end(), tag.begin());
    Bytes out(body.size());
    int n = 0;
    bool ok = EVP_DecryptInit_ex(c, EVP_aes_128_gcm(), nullptr, key.data(), nonce.data()) == 1;
    if (ok && !aad.empty())
        ok = EVP_DecryptUpdate(c, nullptr, &n, aad.data(), lengthOf(aad)) == 1;
    if (ok && !body.empty())
        ok = EVP_DecryptUpdate(c, out.data(), &n, body.data(), lengthOf(body)) == 1;
    std::uint8_t none = 0;
    ok = ok && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, kAeadTagSize, tag.data()) == 1 &&
         EVP_DecryptFinal_ex(c, &none, &n) == 1;
    if (!ok) {
        wipe(out.data(), out.size());
        return {ErrorCode::DecryptionFailed, "AES-128-GCM"};
    }
    return out;
}

} // namespace

void releaseThread() {
    t_gcmContext.reset();
    OPENSSL_thread_stop();
}

Bytes aeadSeal(Aead aead, ByteView key, ByteView nonce, ByteView aad, ByteView plaintext) {
    checkSizes(aead, key, nonce);
    if (aead == Aead::Aes128Gcm)
        return gcmSeal(key, nonce, aad, plaintext);
    initialize();
    Bytes out(plaintext.size() + kAeadTagSize);
    unsigned long long size = 0;
    crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), &size, plaintext.data(), plaintext.size(),
                                              aad.data(), aad.size(), nullptr, nonce.data(), key.data());
    return out;
}

Result<Bytes> aeadOpen(Aead aead, ByteView key, ByteView nonce, ByteView aad, ByteView sealed) {
    checkSizes(aead, key, nonce);
    if (sealed.size() < kAeadTagSize)
        return {ErrorCode::DecryptionFailed, "shorter than a tag"};
    if (aead == Aead::Aes128Gcm)
        return gcmOpen(key, nonce, aad, sealed);
    initialize();
    Bytes out(sealed.size() - kAeadTagSize);
    unsigned long long size = 0;
    if (crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), &size, nullptr, sealed.data(), sealed.size(),
                                                  aad.data(), aad.size(), nonce.data(), key.data()) != 0)
        return {ErrorCode::DecryptionFailed, "ChaCha20-Poly1305"};
    return out;
}

Bytes chacha20Xor(ByteView key, ByteView nonce, ByteView data) {
    if (key.size() != 32 || nonce.size() != 12)
        abortInvariant("a ChaCha20 key or nonce of the wrong length");
    initialize();
    Bytes out(data.size());
    crypto_stream_chacha20_ietf_xor(out.data(), data.data(), data.size(), nonce.data(), key.data());
    return out;
}

} // namespace valise::crypto
