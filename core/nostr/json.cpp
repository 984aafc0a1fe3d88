// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/json.h"

namespace valise::nostr::json {

Result<Element> Document::parse(std::string_view text, std::size_t max) {
    if (text.size() > max)
        return {ErrorCode::LimitExceeded, "a JSON text above the size limit"};
    // NIP-01 has no byte order mark. Newer versions of the parser skip it and older ones refuse it.
    if (text.size() >= 3 && text.substr(0, 3) == "\xEF\xBB\xBF")
        return {ErrorCode::InvalidEncoding, "a JSON text with a byte order mark"};
    m_text = simdjson::padded_string(text);
    if (m_parser.allocate(std::max<std::size_t>(text.size(), 64), kMaxJsonDepth))
        return {ErrorCode::Internal, "no memory for the JSON parser"};
    Element root;
    const simdjson::error_code error = m_parser.parse(m_text).get(root);
    if (error == simdjson::DEPTH_ERROR)
        return {ErrorCode::LimitExceeded, "a JSON text that is nested too deep"};
    if (error)
        return {ErrorCode::InvalidEncoding, std::string("not JSON: ") + simdjson::error_message(error)};
    return root;
}

Result<Array> array(Element e) {
    Array out;
    if (e.get(out))
        return {ErrorCode::InvalidEncoding, "a JSON value is not an array"};
    return out;
}

Result<Object> object(Element e) {
    Object out;
    if (e.get(out))
        return {ErrorCode::InvalidEncoding, "a JSON value is not an object"};
    return out;
}

Result<std::string_view> text(Element e, std::size_t max) {
    std::string_view out;
    if (e.get(out))
        return {ErrorCode::InvalidEncoding, "a JSON value is not text"};
    if (out.size() > max)
        return {ErrorCode::LimitExceeded, "a JSON text value above its size limit"};
    // The parser checks the octets it reads. Some of its versions accept an escaped lone surrogate.
    if (!isUtf8(out))
        return {ErrorCode::InvalidEncoding, "a JSON text value is not UTF-8"};
    return out;
}

Result<std::uint64_t> integer(Element e, std::uint64_t max) {
    std::uint64_t out = 0;
    if (e.type() == simdjson::dom::element_type::DOUBLE || e.get(out))
        return {ErrorCode::InvalidEncoding, "a JSON value is not a non-negative integer"};
    if (out > max)
        return {ErrorCode::LimitExceeded, "a JSON integer above its limit"};
    return out;
}

Result<bool> boolean(Element e) {
    bool out = false;
    if (e.get(out))
        return {ErrorCode::InvalidEncoding, "a JSON value is not a boolean"};
    return out;
}

std::string_view cut(std::string_view text, std::size_t max) {
    if (text.size() <= max)
        return text;
    std::size_t end = max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

namespace {

void appendName(std::string& to, std::string_view name) {
    if (!to.empty() && to.back() != '{')
        to += ',';
    appendJsonString(to, name);
    to += ':';
}

} // namespace

void appendMember(std::string& to, std::string_view name, std::string_view value) {
    appendName(to, name);
    appendJsonString(to, value);
}

void appendMember(std::string& to, std::string_view name, std::uint64_t value) {
    appendName(to, name);
    to += std::to_string(value);
}

} // namespace valise::nostr::json
