// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/welcome.h"

#include "core/base/encoding.h"

#include <set>

namespace valise::marmot {

nostr::UnsignedEvent makeWelcomeRumor(const WelcomeMessage& welcome, std::uint64_t now) {
    nostr::UnsignedEvent rumor;
    rumor.pubkey = welcome.inviter;
    rumor.createdAt = now;
    rumor.kind = nostr::kind::kWelcome;
    rumor.tags.push_back({"e", toHex(welcome.keyPackageEvent)});
    nostr::Tag relays{"relays"};
    relays.insert(relays.end(), welcome.relays.begin(), welcome.relays.end());
    rumor.tags.push_back(std::move(relays));
    rumor.content = toBase64(welcome.mlsMessage);
    return rumor;
}

Result<WelcomeMessage> readWelcomeRumor(const nostr::UnsignedEvent& rumor) {
    const auto bad = [](const char* why) { return Error{ErrorCode::InvalidEvent, why}; };
    if (rumor.kind != nostr::kind::kWelcome)
        return bad("not a Welcome");
    WelcomeMessage out;
    out.inviter = rumor.pubkey;
    out.createdAt = rumor.createdAt;
    if (nostr::countTags(rumor.tags, "e") != 1 || nostr::countTags(rumor.tags, "relays") != 1)
        return bad("a Welcome with missing or repeated tags");
    const auto event = nostr::tagValue(rumor.tags, "e");
    const auto id = event ? fromHexFixed<32>(*event) : Result<Id32>(ErrorCode::InvalidEvent, "");
    if (!id)
        return bad("a Welcome that names no KeyPackage event");
    out.keyPackageEvent = *id;
    const nostr::Tag& relays = *nostr::findTag(rumor.tags, "relays");
    std::set<std::string> seen;
    for (std::size_t i = 1; i < relays.size(); ++i) {
        if (relays[i].size() > 512 || !seen.insert(relays[i]).second)
            return bad("a Welcome with malformed or repeated relays");
        out.relays.push_back(relays[i]);
    }
    if (out.relays.empty() || out.relays.size() > 16)
        return bad("a Welcome with no relay or more than 16");
    VALISE_TRY(out.mlsMessage, fromBase64(rumor.content));
    return out;
}

} // namespace valise::marmot
