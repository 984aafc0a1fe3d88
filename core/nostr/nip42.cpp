// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip42.h"

#include "core/nostr/relay_url.h"

namespace valise::nostr {

Result<Event> makeAuthEvent(std::string_view relayUrl, std::string_view challenge,
                            const crypto::SchnorrKeyPair& key, std::uint64_t now, crypto::Random& random) {
    if (challenge.empty() || challenge.size() > kMaxChallenge)
        return {ErrorCode::InvalidArgument, "an authentication challenge that is empty or too long"};
    VALISE_CHECK(parseRelayUrl(relayUrl));
    UnsignedEvent draft;
    draft.kind = kind::kAuth;
    draft.createdAt = now;
    draft.tags = {{"relay", std::string(relayUrl)}, {"challenge", std::string(challenge)}};
    return sign(std::move(draft), key, random);
}

Result<void> verifyAuthEvent(const Event& event, std::string_view relayUrl, std::string_view challenge,
                             std::uint64_t now) {
    if (event.kind != kind::kAuth)
        return {ErrorCode::InvalidEvent, "an authentication event of another kind"};
    const std::uint64_t away = event.createdAt > now ? event.createdAt - now : now - event.createdAt;
    if (away > kAuthWindow)
        return {ErrorCode::InvalidEvent, "an authentication event too far from this clock"};
    if (countTags(event.tags, "challenge") != 1 || tagValue(event.tags, "challenge") != challenge ||
        challenge.empty())
        return {ErrorCode::InvalidEvent, "an authentication event for another challenge"};
    const auto named = tagValue(event.tags, "relay");
    if (!named || countTags(event.tags, "relay") != 1)
        return {ErrorCode::InvalidEvent, "an authentication event without one relay"};
    const auto theirs = normaliseRelayUrl(*named);
    const auto ours = normaliseRelayUrl(relayUrl);
    if (!theirs || !ours || *theirs != *ours)
        return {ErrorCode::InvalidEvent, "an authentication event for another relay"};
    return event.verify();
}

} // namespace valise::nostr
