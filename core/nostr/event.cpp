// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/event.h"

#include "core/base/encoding.h"
#include "core/crypto/hash.h"
#include "core/nostr/json.h"

#include <limits>

namespace valise::nostr {

namespace {

// Databases and clocks store seconds as a signed integer.
constexpr std::uint64_t kMaxTime = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

void appendTags(std::string& to, const Tags& tags) {
    to += '[';
    for (std::size_t i = 0; i < tags.size(); ++i) {
        to += i ? ",[" : "[";
        for (std::size_t j = 0; j < tags[i].size(); ++j) {
            if (j)
                to += ',';
            appendJsonString(to, tags[i][j]);
        }
        to += ']';
    }
    to += ']';
}

EventId hashFields(const crypto::XOnlyKey& pubkey, std::uint64_t createdAt, Kind kind, const Tags& tags,
                   const std::string& content) {
    std::string text =
        "[0,\"" + toHex(pubkey) + "\"," + std::to_string(createdAt) + "," + std::to_string(kind) + ",";
    text.reserve(text.size() + content.size() + 64);
    appendTags(text, tags);
    text += ',';
    appendJsonString(text, content);
    text += ']';
    return crypto::sha256(viewOf(text));
}

// Omits the closing brace.
std::string fieldsJson(const EventId& id, const crypto::XOnlyKey& pubkey, std::uint64_t createdAt, Kind kind,
                       const Tags& tags, const std::string& content) {
    std::string out = "{\"id\":\"" + toHex(id) + "\",\"pubkey\":\"" + toHex(pubkey) +
                      "\",\"created_at\":" + std::to_string(createdAt) + ",\"kind\":" + std::to_string(kind) +
                      ",\"tags\":";
    out.reserve(out.size() + content.size() + 256);
    appendTags(out, tags);
    out += ",\"content\":";
    appendJsonString(out, content);
    return out;
}

// The members that an event's text has. Each caller requires different ones.
struct Members {
    std::optional<EventId> id;
    std::optional<crypto::XOnlyKey> pubkey;
    std::optional<std::uint64_t> createdAt;
    std::optional<Kind> kind;
    std::optional<Tags> tags;
    std::optional<std::string> content;
    std::optional<crypto::SchnorrSignature> sig;
    bool unknown = false;

    Result<void> requireFields() const {
        if (!pubkey || !createdAt || !kind || !tags || !content)
            return {ErrorCode::InvalidEncoding, "an event lacks a member"};
        return {};
    }
    UnsignedEvent takeFields() { return {*pubkey, *createdAt, *kind, std::move(*tags), std::move(*content)}; }
};

Result<Tags> readTags(json::Element e, const Limits& limits) {
    Tags out;
    VALISE_CHECK(json::values(e, limits.tags, [&](json::Element tagElement) -> Result<void> {
        Tag tag;
        VALISE_CHECK(json::values(tagElement, limits.tagValues, [&](json::Element value) -> Result<void> {
            VALISE_TRY(std::string_view text, json::text(value, limits.tagValueSize));
            tag.emplace_back(text);
            return {};
        }));
        if (tag.empty())
            return {ErrorCode::InvalidEncoding, "an event has an empty tag"};
        out.push_back(std::move(tag));
        return {};
    }));
    return out;
}

Result<Members> readMembers(json::Element e, const Limits& limits) {
    VALISE_TRY(json::Object object, json::object(e));
    Members out;
    VALISE_CHECK(json::members(object, [&](std::string_view name, json::Element value) -> Result<void> {
        if (name == "id") {
            VALISE_TRY(out.id, json::hex<32>(value));
        } else if (name == "pubkey") {
            VALISE_TRY(out.pubkey, json::hex<32>(value));
        } else if (name == "created_at") {
            VALISE_TRY(out.createdAt, json::integer(value, kMaxTime));
        } else if (name == "kind") {
            VALISE_TRY(const std::uint64_t number, json::integer(value, 65535));
            out.kind = static_cast<Kind>(number);
        } else if (name == "tags") {
            VALISE_TRY(out.tags, readTags(value, limits));
        } else if (name == "content") {
            VALISE_TRY(std::string_view text, json::text(value, limits.contentSize));
            out.content = std::string(text);
        } else if (name == "sig") {
            VALISE_TRY(out.sig, json::hex<64>(value));
        } else {
            out.unknown = true;
        }
        return {};
    }));
    return out;
}

Result<UnsignedEvent> readRumor(std::string_view text, const Limits& limits, bool lenient) {
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, limits.messageSize));
    // `sig` is looked for before the members are read, because a malformed `sig` must be refused as well.
    VALISE_TRY(json::Object object, json::object(root));
    json::Element ignored;
    if (!object["sig"].get(ignored))
        return {ErrorCode::InvalidEncoding, "a rumor has a signature"};
    VALISE_TRY(Members members, readMembers(root, limits));
    VALISE_CHECK(members.requireFields());
    if (!lenient && (!members.id || members.unknown))
        return {ErrorCode::InvalidEncoding, "a rumor without id or with a member it must not have"};
    const std::optional<EventId> id = members.id;
    UnsignedEvent out = members.takeFields();
    if (id && *id != out.canonicalId())
        return {ErrorCode::InvalidEvent, "a rumor's id is not the hash of its content"};
    return out;
}

} // namespace

void appendJsonString(std::string& to, std::string_view text) {
    static constexpr char kDigits[] = "0123456789abcdef";
    to += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        to.append(text, from, i - from);
        from = i + 1;
        switch (c) {
        case '"':
            to += "\\\"";
            break;
        case '\\':
            to += "\\\\";
            break;
        case '\b':
            to += "\\b";
            break;
        case '\f':
            to += "\\f";
            break;
        case '\n':
            to += "\\n";
            break;
        case '\r':
            to += "\\r";
            break;
        case '\t':
            to += "\\t";
            break;
        default:
            to += "\\u00";
            to += kDigits[c >> 4];
            to += kDigits[c & 15];
        }
    }
    to.append(text, from, text.size() - from);
    to += '"';
}

EventId UnsignedEvent::canonicalId() const {
    return hashFields(pubkey, createdAt, kind, tags, content);
}

std::string UnsignedEvent::toJson() const {
    return fieldsJson(canonicalId(), pubkey, createdAt, kind, tags, content) + "}";
}

UnsignedEvent Event::unsignedPart() const {
    return {pubkey, createdAt, kind, tags, content};
}

EventId Event::canonicalId() const {
    return hashFields(pubkey, createdAt, kind, tags, content);
}

std::string Event::toJson() const {
    return fieldsJson(id, pubkey, createdAt, kind, tags, content) + ",\"sig\":\"" + toHex(sig) + "\"}";
}

Result<void> Event::verify() const {
    if (canonicalId() != id)
        return {ErrorCode::InvalidEvent, "an event's id is not the hash of its content"};
    if (!crypto::schnorrVerify(pubkey, id, sig))
        return {ErrorCode::InvalidSignature, "an event's signature does not verify"};
    return {};
}

Event sign(UnsignedEvent draft, const crypto::SchnorrKeyPair& key, crypto::Random& random) {
    Event out;
    out.pubkey = key.publicKey;
    out.createdAt = draft.createdAt;
    out.kind = draft.kind;
    out.tags = std::move(draft.tags);
    out.content = std::move(draft.content);
    out.id = out.canonicalId();
    out.sig = crypto::schnorrSign(key, out.id, random);
    return out;
}

Result<Event> json::event(Element e, const Limits& limits) {
    VALISE_TRY(Members members, readMembers(e, limits));
    VALISE_CHECK(members.requireFields());
    if (!members.id || !members.sig)
        return {ErrorCode::InvalidEncoding, "an event lacks its id or signature"};
    return Event{*members.id,   *members.pubkey,          *members.createdAt,
                 *members.kind, std::move(*members.tags), std::move(*members.content),
                 *members.sig};
}

Result<Event> parseEvent(std::string_view text, const Limits& limits) {
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, limits.messageSize));
    return json::event(root, limits);
}

Result<UnsignedEvent> parseRumor(std::string_view text, const Limits& limits) {
    return readRumor(text, limits, false);
}

Result<UnsignedEvent> parseLenientRumor(std::string_view text, const Limits& limits) {
    return readRumor(text, limits, true);
}

const Tag* findTag(const Tags& tags, std::string_view name) {
    for (const Tag& tag : tags) {
        if (!tag.empty() && tag[0] == name)
            return &tag;
    }
    return nullptr;
}

std::optional<std::string_view> tagValue(const Tags& tags, std::string_view name) {
    const Tag* tag = findTag(tags, name);
    if (!tag || tag->size() < 2)
        return std::nullopt;
    return (*tag)[1];
}

std::vector<std::string> tagValues(const Tags& tags, std::string_view name) {
    std::vector<std::string> out;
    for (const Tag& tag : tags) {
        if (tag.size() >= 2 && tag[0] == name)
            out.push_back(tag[1]);
    }
    return out;
}

std::size_t countTags(const Tags& tags, std::string_view name) {
    return static_cast<std::size_t>(std::count_if(
        tags.begin(), tags.end(), [&](const Tag& tag) { return !tag.empty() && tag[0] == name; }));
}

std::string tagsToJson(const Tags& tags) {
    std::string out;
    appendTags(out, tags);
    return out;
}

Result<Tags> parseTags(std::string_view text, const Limits& limits) {
    if (text.empty())
        return Tags();
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, limits.messageSize));
    return readTags(root, limits);
}

bool replaces(const Event& a, const Event& b) {
    return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : a.id < b.id;
}

} // namespace valise::nostr
