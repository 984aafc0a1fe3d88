// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_types.h"

#include "core/nostr/relay_url.h"

#include <QRandomGenerator>

namespace valise::net {

Result<std::string> checkRelayUrl(const std::string& url, bool allowInsecure) {
    VALISE_TRY(nostr::RelayUrl parsed, nostr::parseRelayUrl(url));
    // "*.local" names are answered only by hosts in the own network.
    if (!parsed.secure && !allowInsecure && !nostr::isLoopbackOrPrivateHost(parsed.host))
        return {ErrorCode::InsecureUrl, "unencrypted, and not in the own network: " + parsed.host};
    return parsed.normalised();
}

Jitter systemJitter() {
    return [] { return QRandomGenerator::global()->generateDouble(); };
}

const char* relayStateName(RelayState state) {
    switch (state) {
    case RelayState::Disconnected:
        return "disconnected";
    case RelayState::Connecting:
        return "connecting";
    case RelayState::Authenticating:
        return "authenticating";
    case RelayState::Connected:
        return "connected";
    case RelayState::WaitingToRetry:
        return "waiting_to_retry";
    case RelayState::Refused:
        return "refused";
    }
    return "unknown";
}

} // namespace valise::net
