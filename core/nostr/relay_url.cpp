// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/relay_url.h"

#include "core/base/bytes.h"
#include "core/nostr/limits.h"

#include <algorithm>
#include <optional>

namespace valise::nostr {

namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool endsWith(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Accepts only four decimal numbers without leading zeros. Other notations, such as 127.1 or 0x7f000001,
// could hide a loopback address.
std::optional<ByteArray<4>> parseIpv4(std::string_view text) {
    ByteArray<4> out{};
    for (std::size_t i = 0; i < 4; ++i) {
        std::size_t digits = 0;
        unsigned value = 0;
        while (digits < text.size() && digits < 3 && isDigit(text[digits]))
            value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
        if (digits == 0 || value > 255 || (digits > 1 && text[0] == '0'))
            return std::nullopt;
        out[i] = static_cast<std::uint8_t>(value);
        text.remove_prefix(digits);
        if (i < 3) {
            if (text.empty() || text[0] != '.')
                return std::nullopt;
            text.remove_prefix(1);
        }
    }
    if (!text.empty())
        return std::nullopt;
    return out;
}

// RFC 4291 section 2.2, without a zone.
std::optional<ByteArray<16>> parseIpv6(std::string_view text) {
    Bytes head;
    Bytes tail;
    bool compressed = false;
    if (text.substr(0, 2) == "::") {
        compressed = true;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        Bytes& to = compressed ? tail : head;
        if (const auto v4 = parseIpv4(text)) {
            append(to, *v4);
            text = {};
            break;
        }
        std::size_t digits = 0;
        unsigned value = 0;
        while (digits < text.size() && digits < 4) {
            const char c = text[digits];
            unsigned nibble = 0;
            if (isDigit(c))
                nibble = static_cast<unsigned>(c - '0');
            else if (c >= 'a' && c <= 'f')
                nibble = static_cast<unsigned>(c - 'a') + 10;
            else if (c >= 'A' && c <= 'F')
                nibble = static_cast<unsigned>(c - 'A') + 10;
            else
                break;
            value = value * 16 + nibble;
            ++digits;
        }
        if (digits == 0 || head.size() + tail.size() >= 16)
            return std::nullopt;
        to.push_back(static_cast<std::uint8_t>(value >> 8));
        to.push_back(static_cast<std::uint8_t>(value));
        text.remove_prefix(digits);
        if (text.empty())
            break;
        if (text.substr(0, 2) == "::") {
            if (compressed)
                return std::nullopt;
            compressed = true;
            text.remove_prefix(2);
        } else if (text[0] == ':' && text.size() > 1) {
            text.remove_prefix(1);
        } else {
            return std::nullopt;
        }
    }
    const std::size_t known = head.size() + tail.size();
    if (compressed ? known > 14 : known != 16)
        return std::nullopt;
    ByteArray<16> out{};
    std::copy(head.begin(), head.end(), out.begin());
    std::copy(tail.begin(), tail.end(), out.end() - static_cast<std::ptrdiff_t>(tail.size()));
    return out;
}

bool isPrivateIpv4(const ByteArray<4>& a) {
    return a[0] == 127 || a[0] == 10 || (a[0] == 172 && a[1] >= 16 && a[1] < 32) ||
           (a[0] == 192 && a[1] == 168) || (a[0] == 169 && a[1] == 254);
}

bool isPrivateIpv6(const ByteArray<16>& a) {
    const bool zeros10 = std::all_of(a.begin(), a.begin() + 10, [](std::uint8_t b) { return b == 0; });
    if (zeros10 && a[10] == 0xff && a[11] == 0xff)
        return isPrivateIpv4({a[12], a[13], a[14], a[15]});
    const bool zeros15 = std::all_of(a.begin(), a.begin() + 15, [](std::uint8_t b) { return b == 0; });
    return (zeros15 && a[15] == 1) || (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
}

bool isHostName(std::string_view host) {
    if (host.empty() || host.size() > 253)
        return false;
    std::string_view last;
    while (true) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
            return false;
        for (char c : label) {
            if (!isDigit(c) && !(c >= 'a' && c <= 'z') && c != '-' && c != '_')
                return false;
        }
        last = label;
        if (dot == std::string_view::npos)
            break;
        host.remove_prefix(dot + 1);
    }
    // A host whose last label is a number is an IPv4 address in some notation.
    return !std::all_of(last.begin(), last.end(), isDigit) && last.substr(0, 2) != "0x";
}

Error invalid(const char* what) {
    return {ErrorCode::InvalidUrl, what};
}

} // namespace

std::string RelayUrl::normalised() const {
    std::string out = secure ? "wss://" : "ws://";
    out += ipv6 ? "[" + host + "]" : host;
    if (port != (secure ? 443 : 80))
        out += ":" + std::to_string(port);
    if (path != "/")
        out += path;
    return out;
}

Result<RelayUrl> parseRelayUrl(std::string_view url) {
    if (url.size() > kMaxRelayUrl)
        return invalid("a relay URL above 512 octets");
    for (char c : url) {
        if (c <= 0x20 || c >= 0x7f || c == '\\' || c == '"' || c == '<' || c == '>' || c == '#')
            return invalid("a relay URL with a character that must not be in it");
    }
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos)
        return invalid("a relay URL without a scheme");
    RelayUrl out;
    const std::string scheme = lowered(url.substr(0, colon));
    if (scheme != "wss" && scheme != "ws")
        return invalid("a relay URL whose scheme is not ws or wss");
    out.secure = scheme == "wss";
    out.port = out.secure ? 443 : 80;
    url.remove_prefix(colon + 3);

    const std::size_t end = url.find_first_of("/?");
    std::string_view authority = url.substr(0, end);
    out.path = end == std::string_view::npos ? "/" : std::string(url.substr(end));
    if (out.path[0] == '?')
        out.path.insert(0, "/");
    if (authority.find('@') != std::string_view::npos)
        return invalid("a relay URL with credentials");

    std::string_view portText;
    bool hasPort = false;
    if (!authority.empty() && authority[0] == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return invalid("a relay URL with a malformed IPv6 host");
        out.host = lowered(authority.substr(1, close - 1));
        out.ipv6 = true;
        if (!parseIpv6(out.host))
            return invalid("a relay URL with a malformed IPv6 host");
        authority.remove_prefix(close + 1);
        if (!authority.empty()) {
            if (authority[0] != ':')
                return invalid("a relay URL with a malformed port");
            hasPort = true;
            portText = authority.substr(1);
        }
    } else {
        const std::size_t at = authority.find(':');
        out.host = lowered(authority.substr(0, at));
        if (at != std::string_view::npos) {
            hasPort = true;
            portText = authority.substr(at + 1);
        }
        if (!parseIpv4(out.host) && !isHostName(out.host))
            return invalid("a relay URL with a malformed host");
    }
    if (hasPort) {
        unsigned port = 0;
        if (portText.empty() || portText.size() > 5 ||
            !std::all_of(portText.begin(), portText.end(), isDigit))
            return invalid("a relay URL with a malformed port");
        for (char c : portText)
            port = port * 10 + static_cast<unsigned>(c - '0');
        if (port == 0 || port > 65535)
            return invalid("a relay URL with a malformed port");
        out.port = static_cast<std::uint16_t>(port);
    }
    return out;
}

Result<std::string> normaliseRelayUrl(std::string_view url) {
    VALISE_TRY(const RelayUrl parsed, parseRelayUrl(url));
    return parsed.normalised();
}

Result<RelayUrl> checkRelayUrl(std::string_view url) {
    VALISE_TRY(RelayUrl parsed, parseRelayUrl(url));
    if (!parsed.secure && !isLoopbackOrPrivateHost(parsed.host))
        return {ErrorCode::InsecureUrl, "an unencrypted relay URL to a public host"};
    return parsed;
}

bool isLoopbackOrPrivateHost(std::string_view host) {
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    if (const auto v4 = parseIpv4(host))
        return isPrivateIpv4(*v4);
    if (const auto v6 = parseIpv6(host))
        return isPrivateIpv6(*v6);
    const std::string name = lowered(host);
    return isHostName(name) &&
           (name == "localhost" || endsWith(name, ".localhost") || endsWith(name, ".local"));
}

} // namespace valise::nostr
