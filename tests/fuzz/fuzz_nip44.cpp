// SPDX-License-Identifier: AGPL-3.0-or-later
// The input as payload, as padded plaintext, and as ciphertext with a right MAC.
#include "core/base/encoding.h"
#include "core/crypto/hash.h"
#include "core/nostr/nip44.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    const crypto::KeyBytes key(Bytes(32, 7));
    (void)nip44Decrypt(key, textOf(input));
    if (const auto plain = nip44Unpad(input))
        fuzz::require(nip44Pad(*plain).size() == size);
    if (size > 0 && size <= kNip44MaxPlaintext) {
        const auto payload = nip44EncryptWithNonce(key, textOf(input), ByteArray<32>{1});
        fuzz::require(payload.ok());
        const auto plain = nip44Decrypt(key, *payload);
        fuzz::require(plain.ok() && sameBytes(viewOf(*plain), input));
    }
    const Bytes nonce(32, 3);
    ByteArray<76> keys{};
    crypto::hkdfExpandInto(key, nonce, keys);
    Bytes raw{2};
    append(raw, nonce);
    append(raw, input);
    append(raw, crypto::hmacSha256(ByteView(keys).subspan(44), {nonce, input}));
    (void)nip44Decrypt(key, toBase64(raw));
    return 0;
}
