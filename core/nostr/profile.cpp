// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/profile.h"

#include "core/nostr/json.h"

namespace valise::nostr {

namespace {

constexpr std::size_t kMaxContent = 64 * 1024;

struct Member {
    std::string_view name;
    std::string Profile::*member;
    std::size_t max;
};
constexpr Member kMembers[] = {
    {"name", &Profile::name, 256},        {"display_name", &Profile::displayName, 256},
    {"about", &Profile::about, 4096},     {"picture", &Profile::picture, 2048},
    {"website", &Profile::website, 2048}, {"nip05", &Profile::nip05, 256},
};

} // namespace

Result<UnsignedEvent> makeProfile(const Profile& profile, std::uint64_t now) {
    UnsignedEvent out;
    out.kind = kind::kMetadata;
    out.createdAt = now;
    out.content = "{";
    for (const Member& m : kMembers) {
        const std::string& text = profile.*m.member;
        if (text.size() > m.max || !isUtf8(text))
            return {ErrorCode::InvalidArgument, "a profile text that is too long or not UTF-8"};
        if (!text.empty())
            json::appendMember(out.content, m.name, text);
    }
    out.content += '}';
    return out;
}

Result<Profile> parseProfile(const Event& event) {
    if (event.kind != kind::kMetadata)
        return {ErrorCode::InvalidEvent, "not a profile"};
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(event.content, kMaxContent));
    VALISE_TRY(json::Object object, json::object(root));
    Profile out;
    for (const Member& m : kMembers) {
        json::Element value;
        if (object[m.name].get(value))
            continue;
        if (auto read = json::text(value, kMaxContent))
            out.*m.member = std::string(json::cut(*read, m.max));
    }
    return out;
}

} // namespace valise::nostr
