// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip59.h"

#include "core/base/encoding.h"
#include "core/nostr/nip44.h"

#include <algorithm>

namespace valise::nostr {

namespace {

std::uint64_t backdated(std::uint64_t now, std::uint64_t most, crypto::Random& random) {
    most = std::min(most, kGiftWrapBackdate);
    const std::uint64_t by = random.uniform(static_cast<std::uint32_t>(most) + 1);
    return now > by ? now - by : 0;
}

} // namespace

Result<Event> giftWrap(const UnsignedEvent& rumor, const crypto::SchnorrKeyPair& sender,
                       const crypto::XOnlyKey& recipient, std::uint64_t now, crypto::Random& random,
                       std::uint64_t backdate) {
    if (rumor.pubkey != sender.publicKey)
        return {ErrorCode::InvalidArgument, "a rumor by another author than the sender"};
    std::string plaintext = rumor.toJson();
    crypto::WipeGuard guard(plaintext);
    VALISE_TRY(const crypto::KeyBytes sealKey, nip44ConversationKey(sender.privateKey, recipient));
    VALISE_TRY(std::string sealed, nip44Encrypt(sealKey, plaintext, random));
    UnsignedEvent seal;
    seal.kind = kind::kSeal;
    seal.createdAt = backdated(now, kGiftWrapBackdate, random);
    seal.content = std::move(sealed);
    const Event signedSeal = sign(std::move(seal), sender, random);

    const crypto::SchnorrKeyPair throwaway = crypto::schnorrGenerate(random);
    VALISE_TRY(const crypto::KeyBytes wrapKey, nip44ConversationKey(throwaway.privateKey, recipient));
    VALISE_TRY(std::string wrapped, nip44Encrypt(wrapKey, signedSeal.toJson(), random));
    UnsignedEvent wrap;
    wrap.kind = kind::kGiftWrap;
    wrap.createdAt = backdated(now, backdate, random);
    wrap.tags = {{"p", toHex(recipient)}};
    wrap.content = std::move(wrapped);
    return sign(std::move(wrap), throwaway, random);
}

Result<Unwrapped> giftUnwrap(const Event& wrap, const crypto::SchnorrKeyPair& recipient) {
    if (wrap.kind != kind::kGiftWrap)
        return {ErrorCode::InvalidEvent, "not a gift wrap"};
    const std::vector<std::string> named = tagValues(wrap.tags, "p");
    if (std::find(named.begin(), named.end(), toHex(recipient.publicKey)) == named.end())
        return {ErrorCode::WrongRecipient, "a gift wrap for another account"};
    VALISE_CHECK(wrap.verify());

    VALISE_TRY(const crypto::KeyBytes wrapKey, nip44ConversationKey(recipient.privateKey, wrap.pubkey));
    VALISE_TRY(const std::string sealText, nip44Decrypt(wrapKey, wrap.content));
    VALISE_TRY(const Event seal, parseEvent(sealText));
    if (seal.kind != kind::kSeal || !seal.tags.empty())
        return {ErrorCode::InvalidEvent, "a gift wrap whose content is not a seal"};
    VALISE_CHECK(seal.verify());

    VALISE_TRY(const crypto::KeyBytes sealKey, nip44ConversationKey(recipient.privateKey, seal.pubkey));
    VALISE_TRY(std::string rumorText, nip44Decrypt(sealKey, seal.content));
    crypto::WipeGuard guard(rumorText);
    VALISE_TRY(UnsignedEvent rumor, parseLenientRumor(rumorText));
    // Only the seal is signed. Without this check a sender could write in the name of another person.
    if (rumor.pubkey != seal.pubkey)
        return {ErrorCode::InvalidEvent, "a rumor by another author than its seal"};
    return Unwrapped{std::move(rumor), seal.pubkey, wrap.id};
}

} // namespace valise::nostr
