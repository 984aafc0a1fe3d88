// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace valise::nostr {

//! The parts of a valid relay URL.
struct RelayUrl {
    bool secure = true; //!< wss
    std::string host;   //!< lowercase; IPv6 without brackets
    bool ipv6 = false;
    std::uint16_t port = 0; //!< 443 or 80 if not written
    std::string path;       //!< with query, at least "/"

    //! Scheme and host in lowercase, without a default port and without the slash after a bare host.
    std::string normalised() const;
};

//! Accepts ws or wss and a host, without credentials or fragment, at most 512 octets, visible ASCII only.
//! Error: InvalidUrl.
Result<RelayUrl> parseRelayUrl(std::string_view url);
//! parseRelayUrl and normalised(), for comparing and displaying. A URL in signed group data is kept octet for
//! octet.
Result<std::string> normaliseRelayUrl(std::string_view url);
//! Requires a valid URL that is encrypted, or whose host is loopback or private. Errors: InvalidUrl,
//! InsecureUrl.
Result<RelayUrl> checkRelayUrl(std::string_view url);

//! True for localhost, *.localhost, *.local and addresses in 127/8, 10/8, 172.16/12, 192.168/16, 169.254/16,
//! ::1, fc00::/7, fe80::/10 (also as mapped IPv4). IPv6 with or without brackets.
bool isLoopbackOrPrivateHost(std::string_view host);

} // namespace valise::nostr
