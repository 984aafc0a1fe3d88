// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/components.h"

#include "core/base/codec.h"
#include "core/base/encoding.h"

namespace valise::marmot {

namespace {

Error bad(std::string detail) {
    return {ErrorCode::InvalidEncoding, std::move(detail)};
}

Result<std::string> readText(Reader& reader, std::size_t max, const char* what) {
    VALISE_TRY(const ByteView bytes, reader.opaque(max));
    if (!isUtf8(textOf(bytes)))
        return bad(std::string(what) + " is not UTF-8");
    return std::string(textOf(bytes));
}

bool startsWith(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

// Checks the parts of a URL that the group's rules limit and that every reader must refuse. Only the sender
// must normalise the URL fully.
Result<void> checkUrl(std::string_view url, std::initializer_list<std::string_view> schemes,
                      bool queryAllowed) {
    std::string_view rest;
    for (const std::string_view scheme : schemes) {
        if (startsWith(url, scheme)) {
            rest = url.substr(scheme.size());
            break;
        }
    }
    if (rest.empty())
        return bad("a URL of another scheme or without a host");
    for (const char c : url)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '\\')
            return bad("a URL with characters that must be escaped");
    if (url.find('#') != std::string_view::npos)
        return bad("a URL with a fragment");
    if (!queryAllowed && url.find('?') != std::string_view::npos)
        return bad("a URL with a query");
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    if (authority.empty() || authority[0] == ':')
        return bad("a URL without a host");
    if (authority.find('@') != std::string_view::npos)
        return bad("a URL with credentials");
    return {};
}

Result<void> checkRelayUrl(std::string_view url) {
    if (url.empty() || url.size() > 512)
        return bad("a relay URL of a length outside 1 to 512 octets");
    return checkUrl(url, {"wss://", "ws://"}, true);
}

Result<void> checkGroupImage(ByteView state) {
    Reader r(state);
    VALISE_TRY(const ByteView hash, r.opaque(32));
    VALISE_TRY(const ByteView key, r.opaque(32));
    VALISE_TRY(const ByteView nonce, r.opaque(12));
    VALISE_TRY(const ByteView upload, r.opaque(32));
    VALISE_TRY(const ByteView type, r.opaque(128));
    VALISE_CHECK(r.finish());
    const bool none = hash.empty() && key.empty() && nonce.empty() && upload.empty() && type.empty();
    if (!none &&
        (hash.size() != 32 || key.size() != 32 || nonce.size() != 12 || upload.size() != 32 || type.empty()))
        return bad("a group image with some of its parts");
    return {};
}

Result<void> checkAvatarUrl(ByteView state) {
    Reader r(state);
    VALISE_TRY(const ByteView url, r.opaque(2048));
    VALISE_TRY(const ByteView dim, r.opaque(256));
    VALISE_TRY(const ByteView thumb, r.opaque(256));
    VALISE_CHECK(r.finish());
    if (url.empty()) {
        if (!dim.empty() || !thumb.empty())
            return bad("avatar hints without a URL");
        return {};
    }
    return checkUrl(textOf(url), {"https://"}, true);
}

} // namespace

bool ComponentsList::contains(ComponentId id) const {
    return std::binary_search(ids.begin(), ids.end(), idOf(id));
}

Bytes ComponentsList::encode() const {
    Writer w;
    w.vector([&](Writer& list) {
        for (const std::uint16_t id : ids)
            list.u16(id);
    });
    return w.take();
}

Result<ComponentsList> ComponentsList::decode(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(Reader list, r.vector(2 * 1024));
    VALISE_CHECK(r.finish());
    ComponentsList out;
    while (!list.atEnd()) {
        VALISE_TRY(const std::uint16_t id, list.u16());
        if (!out.ids.empty() && out.ids.back() >= id)
            return bad("component ids not strictly ascending");
        out.ids.push_back(id);
    }
    return out;
}

Bytes GroupProfile::encode() const {
    Writer w;
    w.opaque(viewOf(name));
    w.opaque(viewOf(description));
    return w.take();
}

Result<GroupProfile> GroupProfile::decode(ByteView bytes) {
    Reader r(bytes);
    GroupProfile out;
    VALISE_TRY(out.name, readText(r, kMaxName, "a group name"));
    VALISE_TRY(out.description, readText(r, kMaxDescription, "a group description"));
    VALISE_CHECK(r.finish());
    return out;
}

bool AdminPolicy::contains(const Id32& account) const {
    return std::binary_search(admins.begin(), admins.end(), account);
}

Bytes AdminPolicy::encode() const {
    Writer w;
    w.vector([&](Writer& list) {
        for (const Id32& admin : admins)
            list.raw(admin);
    });
    return w.take();
}

Result<AdminPolicy> AdminPolicy::decode(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(Reader list, r.vector(std::size_t{1} << 20));
    VALISE_CHECK(r.finish());
    AdminPolicy out;
    while (!list.atEnd()) {
        VALISE_TRY(const Id32 admin, list.fixed<32>());
        if (!out.admins.empty() && !(out.admins.back() < admin))
            return bad("admins not sorted and unique");
        out.admins.push_back(admin);
    }
    if (out.admins.empty())
        return bad("a group without admins");
    return out;
}

Bytes NostrRouting::encode() const {
    Writer w;
    w.raw(nostrGroupId);
    w.vector([&](Writer& list) {
        for (const std::string& relay : relays)
            list.opaque(viewOf(relay));
    });
    return w.take();
}

Result<NostrRouting> NostrRouting::decode(ByteView bytes) {
    Reader r(bytes);
    NostrRouting out;
    VALISE_TRY(out.nostrGroupId, r.fixed<32>());
    VALISE_TRY(Reader list, r.vector(16 * 516));
    VALISE_CHECK(r.finish());
    while (!list.atEnd()) {
        VALISE_TRY(std::string relay, readText(list, 512, "a relay URL"));
        VALISE_CHECK(checkRelayUrl(relay));
        if (!out.relays.empty() && !(out.relays.back() < relay))
            return bad("relay URLs not sorted and unique");
        out.relays.push_back(std::move(relay));
    }
    if (out.relays.empty() || out.relays.size() > 16)
        return bad("a group with no relay or more than 16");
    return out;
}

Bytes MessageRetention::encode() const {
    Writer w;
    w.u64(seconds);
    return w.take();
}

Result<MessageRetention> MessageRetention::decode(ByteView bytes) {
    Reader r(bytes);
    MessageRetention out;
    VALISE_TRY(out.seconds, r.u64());
    VALISE_CHECK(r.finish());
    return out;
}

Bytes AgentTextStream::encode() const {
    Writer w;
    w.u8(requiredRoles);
    w.u8(allowedRoles);
    w.u32(maxFrame);
    w.u32(ttl);
    w.u16(padding);
    return w.take();
}

Result<AgentTextStream> AgentTextStream::decode(ByteView bytes) {
    Reader r(bytes);
    AgentTextStream out;
    VALISE_TRY(out.requiredRoles, r.u8());
    VALISE_TRY(out.allowedRoles, r.u8());
    VALISE_TRY(out.maxFrame, r.u32());
    VALISE_TRY(out.ttl, r.u32());
    VALISE_TRY(out.padding, r.u16());
    VALISE_CHECK(r.finish());
    if ((out.requiredRoles & ~out.allowedRoles) != 0)
        return bad("a stream role that is required but not allowed");
    return out;
}

Bytes EncryptedMediaPolicy::encode() const {
    Writer w;
    w.opaque(viewOf(kFormat));
    w.vector([&](Writer& list) {
        for (const std::string& kind : kinds)
            list.opaque(viewOf(kind));
    });
    w.vector([&](Writer& list) {
        for (const Endpoint& endpoint : endpoints) {
            list.opaque(viewOf(endpoint.kind));
            list.opaque(viewOf(endpoint.baseUrl));
        }
    });
    return w.take();
}

Result<EncryptedMediaPolicy> EncryptedMediaPolicy::decode(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(const ByteView format, r.opaque(64));
    if (textOf(format) != kFormat)
        return bad("another media format");
    EncryptedMediaPolicy out;
    VALISE_TRY(Reader kinds, r.vector(16 * 66));
    while (!kinds.atEnd()) {
        VALISE_TRY(std::string kind, readText(kinds, 64, "a locator kind"));
        const bool fine = !kind.empty() && std::all_of(kind.begin(), kind.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
        if (!fine || std::find(out.kinds.begin(), out.kinds.end(), kind) != out.kinds.end())
            return bad("a malformed or repeated locator kind");
        out.kinds.push_back(std::move(kind));
    }
    VALISE_TRY(Reader endpoints, r.vector(16 * 2200));
    while (!endpoints.atEnd()) {
        Endpoint endpoint;
        VALISE_TRY(endpoint.kind, readText(endpoints, 64, "a locator kind"));
        VALISE_TRY(endpoint.baseUrl, readText(endpoints, 2048, "an endpoint URL"));
        VALISE_CHECK(checkUrl(endpoint.baseUrl, {"https://", "http://"}, false));
        if (std::find(out.kinds.begin(), out.kinds.end(), endpoint.kind) == out.kinds.end() ||
            std::find(out.endpoints.begin(), out.endpoints.end(), endpoint) != out.endpoints.end())
            return bad("an endpoint that is repeated or of an unlisted kind");
        out.endpoints.push_back(std::move(endpoint));
    }
    VALISE_CHECK(r.finish());
    if (out.kinds.empty() || out.kinds.size() > 16 || out.endpoints.empty() || out.endpoints.size() > 16)
        return bad("no or more than 16 locator kinds or endpoints");
    return out;
}

Bytes encodeLifecycle(Lifecycle state) {
    return {static_cast<std::uint8_t>(state)};
}

Result<Lifecycle> decodeLifecycle(ByteView bytes) {
    if (bytes.size() != 1 || bytes[0] > 1)
        return bad("an unknown lifecycle state");
    return static_cast<Lifecycle>(bytes[0]);
}

Result<void> checkComponentState(std::uint16_t id, ByteView state) {
    const auto check = [](const auto& decoded) -> Result<void> {
        if (!decoded.ok())
            return decoded.error();
        return {};
    };
    switch (static_cast<ComponentId>(id)) {
    case ComponentId::AppComponents:
        return check(ComponentsList::decode(state));
    case ComponentId::GroupProfile:
        return check(GroupProfile::decode(state));
    case ComponentId::GroupImage:
        return checkGroupImage(state);
    case ComponentId::AdminPolicy:
        return check(AdminPolicy::decode(state));
    case ComponentId::NostrRouting:
        return check(NostrRouting::decode(state));
    case ComponentId::MessageRetention:
        return check(MessageRetention::decode(state));
    case ComponentId::AgentTextStream:
        return check(AgentTextStream::decode(state));
    case ComponentId::GroupAvatarUrl:
        return checkAvatarUrl(state);
    case ComponentId::EncryptedMedia:
        return check(EncryptedMediaPolicy::decode(state));
    case ComponentId::GroupLifecycle:
        return check(decodeLifecycle(state));
    default:
        return {};
    }
}

ComponentsList supportedComponents() {
    return {{0x0001, 0x8001, 0x8002, 0x8003, 0x8004, 0x8005, 0x8006, 0x8007, 0x8009, 0x800b, 0x800c}};
}

ComponentsList requiredComponents() {
    return {{0x8001, 0x8003, 0x8004, 0x8006, 0x8009, 0x800b, 0x800c}};
}

} // namespace valise::marmot
