// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip44.h"

#include "core/base/encoding.h"
#include "core/crypto/aead.h"
#include "core/crypto/hash.h"

#include <bit>

namespace valise::nostr {

namespace {

constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kNonce = 32;
constexpr std::size_t kMac = 32;
// Octets of version, nonce, length prefix with padded plaintext, and MAC, for the shortest and the longest
// plaintext.
constexpr std::size_t kMinRaw = 1 + kNonce + 2 + 32 + kMac;
constexpr std::size_t kMaxRaw = 1 + kNonce + 2 + 65536 + kMac;
constexpr std::size_t kMaxText = (kMaxRaw + 2) / 3 * 4;

struct MessageKeys {
    MessageKeys(const crypto::KeyBytes& conversationKey, ByteView nonce) {
        crypto::hkdfExpandInto(conversationKey, nonce, data);
    }
    ~MessageKeys() { crypto::wipe(data.data(), data.size()); }
    MessageKeys(const MessageKeys&) = delete;
    MessageKeys& operator=(const MessageKeys&) = delete;

    ByteView cipherKey() const { return ByteView(data).subspan(0, 32); }
    ByteView cipherNonce() const { return ByteView(data).subspan(32, 12); }
    ByteView macKey() const { return ByteView(data).subspan(44, 32); }

    ByteArray<76> data{};
};

} // namespace

Result<crypto::KeyBytes> nip44ConversationKey(const crypto::KeyBytes& privateKey,
                                              const crypto::XOnlyKey& other) {
    VALISE_TRY(const crypto::KeyBytes shared, crypto::ecdhX(privateKey, other));
    return crypto::hkdfExtract(viewOf("nip44-v2"), shared);
}

std::size_t nip44PaddedLength(std::size_t length) {
    if (length <= 32)
        return 32;
    const std::size_t nextPower = std::bit_ceil(length);
    const std::size_t chunk = nextPower <= 256 ? 32 : nextPower / 8;
    return chunk * ((length - 1) / chunk + 1);
}

Bytes nip44Pad(std::string_view plaintext) {
    if (plaintext.empty() || plaintext.size() > kNip44MaxPlaintext)
        abortInvariant("a NIP-44 plaintext outside its bounds");
    Bytes out;
    out.reserve(2 + nip44PaddedLength(plaintext.size()));
    out.push_back(static_cast<std::uint8_t>(plaintext.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(plaintext.size()));
    append(out, viewOf(plaintext));
    out.resize(2 + nip44PaddedLength(plaintext.size()));
    return out;
}

Result<std::string> nip44Unpad(ByteView padded) {
    if (padded.size() < 2)
        return {ErrorCode::DecryptionFailed, "a NIP-44 plaintext without a length"};
    const std::size_t length = (std::size_t{padded[0]} << 8) | padded[1];
    if (length == 0 || padded.size() != 2 + nip44PaddedLength(length))
        return {ErrorCode::DecryptionFailed, "a NIP-44 plaintext whose padding does not fit its length"};
    return std::string(textOf(padded.subspan(2, length)));
}

Result<std::string> nip44EncryptWithNonce(const crypto::KeyBytes& conversationKey, std::string_view plaintext,
                                          const ByteArray<32>& nonce) {
    if (conversationKey.size() != 32 || plaintext.empty())
        return {ErrorCode::InvalidArgument,
                "a NIP-44 key of another length than 32 octets, or nothing to encrypt"};
    if (plaintext.size() > kNip44MaxPlaintext)
        return {ErrorCode::LimitExceeded, "a NIP-44 plaintext above 65535 octets"};
    const MessageKeys keys(conversationKey, nonce);
    Bytes padded = nip44Pad(plaintext);
    crypto::WipeGuard guard(padded);
    const Bytes ciphertext = crypto::chacha20Xor(keys.cipherKey(), keys.cipherNonce(), padded);
    const crypto::KeyBytes mac = crypto::hmacSha256(keys.macKey(), {nonce, ciphertext});
    Bytes raw;
    raw.reserve(1 + kNonce + ciphertext.size() + kMac);
    raw.push_back(kVersion);
    append(raw, nonce);
    append(raw, ciphertext);
    append(raw, mac);
    return toBase64(raw);
}

Result<std::string> nip44Encrypt(const crypto::KeyBytes& conversationKey, std::string_view plaintext,
                                 crypto::Random& random) {
    return nip44EncryptWithNonce(conversationKey, plaintext, random.array<32>());
}

Result<std::string> nip44Decrypt(const crypto::KeyBytes& conversationKey, std::string_view payload) {
    if (conversationKey.size() != 32)
        return {ErrorCode::InvalidArgument, "a NIP-44 key of another length than 32 octets"};
    // NIP-44 reserves '#' for future encodings.
    if (!payload.empty() && payload[0] == '#')
        return {ErrorCode::Unsupported, "a NIP-44 payload of a later encoding"};
    if (payload.size() > kMaxText)
        return {ErrorCode::LimitExceeded, "a NIP-44 payload that is too long"};
    VALISE_TRY(const Bytes raw, fromBase64(payload));
    if (!raw.empty() && raw[0] != kVersion)
        return {ErrorCode::Unsupported, "a NIP-44 payload of another version than 2"};
    if (raw.size() < kMinRaw || raw.size() > kMaxRaw)
        return {ErrorCode::InvalidEncoding, "a NIP-44 payload of a length that cannot be"};
    const ByteView view(raw);
    const ByteView nonce = view.subspan(1, kNonce);
    const ByteView ciphertext = view.subspan(1 + kNonce, raw.size() - 1 - kNonce - kMac);
    const MessageKeys keys(conversationKey, nonce);
    if (!crypto::equalSecret(crypto::hmacSha256(keys.macKey(), {nonce, ciphertext}), view.last(kMac)))
        return {ErrorCode::DecryptionFailed, "a NIP-44 payload whose MAC is wrong"};
    Bytes padded = crypto::chacha20Xor(keys.cipherKey(), keys.cipherNonce(), ciphertext);
    crypto::WipeGuard guard(padded);
    return nip44Unpad(padded);
}

} // namespace valise::nostr
