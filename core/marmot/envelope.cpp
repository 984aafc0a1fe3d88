// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/envelope.h"

#include "core/base/encoding.h"
#include "core/crypto/aead.h"

namespace valise::marmot {

namespace {

constexpr std::size_t kNonceSize = crypto::kAeadNonceSize;

// A decimal number without sign, blanks or leading zeros.
std::optional<std::uint64_t> canonicalNumber(std::string_view text) {
    if (text.empty() || text.size() > 20 || (text.size() > 1 && text[0] == '0'))
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

} // namespace

nostr::Event sealEnvelope(const Id32& nostrGroupId, ByteView key, ByteView mlsMessage,
                          std::uint64_t createdAt, std::optional<std::uint64_t> expiration,
                          crypto::Random& random) {
    const auto nonce = random.array<kNonceSize>();
    Bytes content = toBytes(nonce);
    append(content, crypto::aeadSeal(crypto::Aead::ChaCha20Poly1305, key, nonce, {}, mlsMessage));
    nostr::UnsignedEvent draft;
    draft.createdAt = createdAt;
    draft.kind = nostr::kind::kGroup;
    draft.tags = {{"h", toHex(nostrGroupId)}};
    if (expiration)
        draft.tags.push_back({"expiration", std::to_string(*expiration)});
    draft.content = toBase64(content);
    const crypto::SchnorrKeyPair author = crypto::schnorrGenerate(random);
    return nostr::sign(std::move(draft), author, random);
}

std::optional<std::uint64_t> expiryOf(std::uint64_t createdAt, std::uint64_t retentionSeconds) {
    if (retentionSeconds == 0 || createdAt > UINT64_MAX - retentionSeconds)
        return std::nullopt;
    return createdAt + retentionSeconds;
}

Result<Envelope> readEnvelope(const nostr::Event& event) {
    const auto bad = [](const char* why) { return Error{ErrorCode::InvalidEvent, why}; };
    if (event.kind != nostr::kind::kGroup)
        return bad("not a group event");
    Envelope out;
    bool route = false;
    for (const nostr::Tag& tag : event.tags) {
        if (tag.size() != 2)
            return bad("a group event with a tag of another size than two");
        if (tag[0] == "h" && !route) {
            const auto id = fromHexFixed<32>(tag[1]);
            if (!id)
                return bad("a group event with a malformed group id");
            out.nostrGroupId = *id;
            route = true;
        } else if (tag[0] == "expiration" && !out.expiration) {
            out.expiration = canonicalNumber(tag[1]);
            if (!out.expiration)
                return bad("a group event with a malformed expiration");
        } else {
            return bad("a group event with an unknown or repeated tag");
        }
    }
    if (!route)
        return bad("a group event without a group id");
    const auto content = fromBase64(event.content);
    if (!content || content->size() < kNonceSize + crypto::kAeadTagSize)
        return bad("a group event whose content is not an envelope");
    out.nonce.assign(content->begin(), content->begin() + kNonceSize);
    out.ciphertext.assign(content->begin() + kNonceSize, content->end());
    return out;
}

Result<Bytes> openEnvelope(const Envelope& envelope, ByteView key) {
    return crypto::aeadOpen(crypto::Aead::ChaCha20Poly1305, key, envelope.nonce, {}, envelope.ciphertext);
}

} // namespace valise::marmot
