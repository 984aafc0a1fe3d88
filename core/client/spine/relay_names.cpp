// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/relay_names.h"

#include "core/net/relay_pool.h"

#include <algorithm>

namespace valise::client {

std::vector<std::string> normalisedRelays(const std::vector<std::string>& urls, bool allowInsecure) {
    constexpr std::size_t kMost = 16;
    std::vector<std::string> out;
    for (const std::string& url : urls)
        if (auto checked = net::checkRelayUrl(url, allowInsecure))
            if (out.size() < kMost && std::find(out.begin(), out.end(), *checked) == out.end())
                out.push_back(std::move(checked).value());
    return out;
}

std::vector<storage::OutboxTarget> outboxTargets(const std::vector<std::string>& urls, bool allowInsecure) {
    std::vector<storage::OutboxTarget> out;
    for (const std::string& relay : normalisedRelays(urls, allowInsecure)) {
        storage::OutboxTarget target;
        target.relay = relay;
        out.push_back(std::move(target));
    }
    return out;
}

} // namespace valise::client
