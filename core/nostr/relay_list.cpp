// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/relay_list.h"

#include "core/nostr/relay_url.h"

#include <algorithm>

namespace valise::nostr {

Result<UnsignedEvent> makeRelayList(const std::vector<RelayListEntry>& entries, std::uint64_t now) {
    UnsignedEvent out;
    out.kind = kind::kRelayList;
    out.createdAt = now;
    for (const RelayListEntry& entry : entries) {
        if (!entry.read && !entry.write)
            return {ErrorCode::InvalidArgument, "a relay that is neither read nor write"};
        VALISE_TRY(std::string url, normaliseRelayUrl(entry.url));
        const bool repeated =
            std::any_of(out.tags.begin(), out.tags.end(), [&](const Tag& tag) { return tag[1] == url; });
        if (repeated)
            continue;
        Tag tag{"r", std::move(url)};
        if (!(entry.read && entry.write))
            tag.emplace_back(entry.read ? "read" : "write");
        out.tags.push_back(std::move(tag));
    }
    return out;
}

Result<UnsignedEvent> makeInboxRelays(const std::vector<std::string>& urls, std::uint64_t now) {
    UnsignedEvent out;
    out.kind = kind::kInboxRelays;
    out.createdAt = now;
    for (const std::string& text : urls) {
        VALISE_TRY(std::string url, normaliseRelayUrl(text));
        const bool repeated =
            std::any_of(out.tags.begin(), out.tags.end(), [&](const Tag& tag) { return tag[1] == url; });
        if (!repeated)
            out.tags.push_back({"relay", std::move(url)});
    }
    return out;
}

Result<std::vector<RelayListEntry>> parseRelayList(const Event& event) {
    if (event.kind != kind::kRelayList)
        return {ErrorCode::InvalidEvent, "not a relay list"};
    std::vector<RelayListEntry> out;
    for (const Tag& tag : event.tags) {
        if (tag.size() < 2 || tag[0] != "r")
            continue;
        const auto url = normaliseRelayUrl(tag[1]);
        if (!url)
            continue;
        const std::string marker = tag.size() > 2 ? tag[2] : std::string();
        if (!marker.empty() && marker != "read" && marker != "write")
            continue;
        const bool read = marker != "write";
        const bool write = marker != "read";
        // Some clients write one tag for reading and another for writing.
        const auto known = std::find_if(out.begin(), out.end(), [&](const auto& e) { return e.url == *url; });
        if (known != out.end()) {
            known->read = known->read || read;
            known->write = known->write || write;
        } else if (out.size() < kMaxRelayListEntries) {
            out.push_back({*url, read, write});
        }
    }
    return out;
}

Result<std::vector<std::string>> parseInboxRelays(const Event& event) {
    if (event.kind != kind::kInboxRelays)
        return {ErrorCode::InvalidEvent, "not a list of inbox relays"};
    std::vector<std::string> out;
    for (const std::string& text : tagValues(event.tags, "relay")) {
        auto url = normaliseRelayUrl(text);
        if (url && out.size() < kMaxRelayListEntries && std::find(out.begin(), out.end(), *url) == out.end())
            out.push_back(std::move(url).value());
    }
    return out;
}

} // namespace valise::nostr
