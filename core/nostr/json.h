// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON reading for this room only: other rooms must not depend on the parser's header.
#pragma once

#include "core/base/encoding.h"
#include "core/nostr/event.h"
#include "core/nostr/filter.h"
#include "core/nostr/limits.h"

#include <simdjson.h>

#include <algorithm>

namespace valise::nostr::json {

using Element = simdjson::dom::element;
using Array = simdjson::dom::array;
using Object = simdjson::dom::object;

//! An upper bound on the members of an object that is read member by member.
inline constexpr std::size_t kMaxMembers = 128;

//! A parsed text. Its elements are valid as long as the document exists.
class Document {
public:
    //! Errors: LimitExceeded (longer than `max` octets, deeper than kMaxJsonDepth), InvalidEncoding.
    Result<Element> parse(std::string_view text, std::size_t max);

private:
    simdjson::padded_string m_text;
    simdjson::dom::parser m_parser;
};

Result<Array> array(Element e);
Result<Object> object(Element e);
//! Text of at most `max` octets, borrowed. Well-formed UTF-8.
Result<std::string_view> text(Element e, std::size_t max);
//! An integer in [0, max]; a number with a fraction or an exponent is refused.
Result<std::uint64_t> integer(Element e, std::uint64_t max);
Result<bool> boolean(Element e);

template <std::size_t N>
Result<ByteArray<N>> hex(Element e) {
    VALISE_TRY(std::string_view t, text(e, 2 * N));
    return fromHexFixed<N>(t);
}

//! Calls `visit(name, value)`, which returns Result<void>, for each member. A repeated name is refused.
template <typename F>
Result<void> members(Object o, F&& visit) {
    std::vector<std::string_view> seen;
    for (const auto field : o) {
        if (seen.size() >= kMaxMembers)
            return {ErrorCode::LimitExceeded, "a JSON object with too many members"};
        if (std::find(seen.begin(), seen.end(), field.key) != seen.end())
            return {ErrorCode::InvalidEncoding, "a JSON object has a member twice"};
        seen.push_back(field.key);
        VALISE_CHECK(visit(field.key, field.value));
    }
    return {};
}

//! Calls `visit(value)` for each value of an array of at most `max` values.
template <typename F>
Result<void> values(Element e, std::size_t max, F&& visit) {
    VALISE_TRY(Array a, array(e));
    std::size_t count = 0;
    for (const Element value : a) {
        if (++count > max)
            return {ErrorCode::LimitExceeded, "a JSON array with too many values"};
        VALISE_CHECK(visit(value));
    }
    return {};
}

Result<Event> event(Element e, const Limits& limits);
Result<Filter> filter(Element e, const Limits& limits);

//! The longest start of `text` with at most `max` octets that does not end inside a character.
std::string_view cut(std::string_view text, std::size_t max);

//! Appends `"name":"value"`, with a comma before it unless it is the first member.
void appendMember(std::string& to, std::string_view name, std::string_view value);
void appendMember(std::string& to, std::string_view name, std::uint64_t value);

} // namespace valise::nostr::json
