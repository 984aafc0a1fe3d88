// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/filter.h"

#include "core/nostr/json.h"

#include <limits>

namespace valise::nostr {

namespace {

template <typename T>
bool contains(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

template <typename T, typename F>
void appendList(std::string& to, std::string_view name, const std::vector<T>& list, F&& writeOne) {
    if (to.back() != '{')
        to += ',';
    appendJsonString(to, name);
    to += ":[";
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i)
            to += ',';
        writeOne(list[i]);
    }
    to += ']';
}

Result<std::vector<ByteArray<32>>> readHexList(json::Element e, std::size_t max) {
    std::vector<ByteArray<32>> out;
    VALISE_CHECK(json::values(e, max, [&](json::Element value) -> Result<void> {
        VALISE_TRY(ByteArray<32> one, json::hex<32>(value));
        out.push_back(one);
        return {};
    }));
    return out;
}

} // namespace

bool Filter::matches(const Event& event) const {
    if (ids && !contains(*ids, event.id))
        return false;
    if (authors && !contains(*authors, event.pubkey))
        return false;
    if (kinds && !contains(*kinds, event.kind))
        return false;
    if (since && event.createdAt < *since)
        return false;
    if (until && event.createdAt > *until)
        return false;
    for (const auto& condition : tags) {
        // These names exist because clang before 16 cannot capture a structured binding.
        const char letter = condition.first;
        const std::vector<std::string>& wanted = condition.second;
        const bool found = std::any_of(event.tags.begin(), event.tags.end(), [&](const Tag& tag) {
            return tag.size() >= 2 && tag[0].size() == 1 && tag[0][0] == letter && contains(wanted, tag[1]);
        });
        if (!found)
            return false;
    }
    return true;
}

std::string Filter::toJson() const {
    std::string out = "{";
    const auto hexOne = [&](const ByteArray<32>& v) { appendJsonString(out, toHex(v)); };
    if (ids)
        appendList(out, "ids", *ids, hexOne);
    if (authors)
        appendList(out, "authors", *authors, hexOne);
    if (kinds)
        appendList(out, "kinds", *kinds, [&](Kind k) { out += std::to_string(k); });
    for (const auto& [letter, wanted] : tags)
        appendList(out, std::string("#") + letter, wanted,
                   [&](const std::string& v) { appendJsonString(out, v); });
    if (since)
        json::appendMember(out, "since", *since);
    if (until)
        json::appendMember(out, "until", *until);
    if (limit)
        json::appendMember(out, "limit", *limit);
    return out + "}";
}

Result<Filter> json::filter(Element e, const Limits& limits) {
    VALISE_TRY(Object root, object(e));
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    Filter out;
    VALISE_CHECK(members(root, [&](std::string_view name, Element value) -> Result<void> {
        if (name == "ids") {
            VALISE_TRY(out.ids, readHexList(value, limits.filterValues));
        } else if (name == "authors") {
            VALISE_TRY(out.authors, readHexList(value, limits.filterValues));
        } else if (name == "kinds") {
            std::vector<Kind> list;
            VALISE_CHECK(values(value, limits.filterValues, [&](Element one) -> Result<void> {
                VALISE_TRY(const std::uint64_t number, integer(one, 65535));
                list.push_back(static_cast<Kind>(number));
                return {};
            }));
            out.kinds = std::move(list);
        } else if (name == "since") {
            VALISE_TRY(out.since, integer(value, kMax));
        } else if (name == "until") {
            VALISE_TRY(out.until, integer(value, kMax));
        } else if (name == "limit") {
            VALISE_TRY(out.limit, integer(value, kMax));
        } else if (name.size() == 2 && name[0] == '#' && isLetter(name[1])) {
            if (out.tags.size() >= limits.filterTags)
                return {ErrorCode::LimitExceeded, "a filter with too many tag conditions"};
            const bool isHex = name[1] == 'e' || name[1] == 'p';
            std::vector<std::string> list;
            VALISE_CHECK(values(value, limits.filterValues, [&](Element one) -> Result<void> {
                VALISE_TRY(std::string_view t, text(one, limits.tagValueSize));
                if (isHex)
                    VALISE_CHECK(fromHexFixed<32>(t));
                list.emplace_back(t);
                return {};
            }));
            out.tags.emplace(name[1], std::move(list));
        } else {
            return {ErrorCode::Unsupported, "a filter with a condition that is not known"};
        }
        return {};
    }));
    return out;
}

Result<Filter> parseFilter(std::string_view text, const Limits& limits) {
    json::Document document;
    VALISE_TRY(json::Element root, document.parse(text, limits.messageSize));
    return json::filter(root, limits);
}

} // namespace valise::nostr
