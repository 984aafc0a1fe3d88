// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/nip19.h"

#include "core/base/encoding.h"

#include <array>

namespace valise::nostr {

namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kMaxText = 5000;
constexpr std::size_t kMaxRelays = 32;

constexpr std::uint8_t kTlvSpecial = 0;
constexpr std::uint8_t kTlvRelay = 1;
constexpr std::uint8_t kTlvAuthor = 2;
constexpr std::uint8_t kTlvKind = 3;

constexpr std::array<std::int8_t, 128> makeReverse() {
    std::array<std::int8_t, 128> out{};
    for (auto& v : out)
        v = -1;
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        out[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return out;
}
constexpr auto kReverse = makeReverse();

class Checksum {
public:
    void add(std::uint8_t value) {
        const std::uint32_t top = m_state >> 25;
        m_state = ((m_state & 0x1ffffff) << 5) ^ value;
        for (std::size_t i = 0; i < kGenerator.size(); ++i) {
            if ((top >> i) & 1)
                m_state ^= kGenerator[i];
        }
    }
    void addPrefix(std::string_view prefix) {
        for (char c : prefix)
            add(static_cast<std::uint8_t>(static_cast<unsigned char>(c) >> 5));
        add(0);
        for (char c : prefix)
            add(static_cast<std::uint8_t>(c & 31));
    }
    std::uint32_t state() const { return m_state; }

private:
    static constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                                0x3d4233dd, 0x2a1462b3};
    std::uint32_t m_state = 1;
};

Error malformed(const char* what) {
    return {ErrorCode::InvalidEncoding, what};
}

Result<Bytes> decodeAs(std::string_view text, std::string_view prefix) {
    VALISE_TRY(Bech32Decoded decoded, bech32Decode(text));
    if (decoded.prefix != prefix) {
        crypto::wipe(decoded.data.data(), decoded.data.size());
        return malformed("a bech32 text of another kind than expected");
    }
    return std::move(decoded.data);
}

Result<ByteArray<32>> decode32(std::string_view text, std::string_view prefix) {
    VALISE_TRY(Bytes data, decodeAs(text, prefix));
    const auto out = fixedBytes<32>(data);
    if (!out)
        return malformed("a bech32 text whose content has not 32 octets");
    return *out;
}

Result<crypto::XOnlyKey> onCurve(const crypto::XOnlyKey& key) {
    if (!crypto::isOnCurve(key))
        return {ErrorCode::InvalidKey, "a public key that is not on the curve"};
    return key;
}

Result<void> addTlv(Bytes& to, std::uint8_t type, ByteView value) {
    if (value.size() > 255)
        return {ErrorCode::InvalidArgument, "a NIP-19 value longer than 255 octets"};
    to.push_back(type);
    to.push_back(static_cast<std::uint8_t>(value.size()));
    append(to, value);
    return {};
}

Result<void> addRelays(Bytes& to, const std::vector<std::string>& relays) {
    for (const std::string& relay : relays)
        VALISE_CHECK(addTlv(to, kTlvRelay, viewOf(relay)));
    return {};
}

Bytes bigEndian(std::uint32_t v) {
    return {static_cast<std::uint8_t>(v >> 24), static_cast<std::uint8_t>(v >> 16),
            static_cast<std::uint8_t>(v >> 8), static_cast<std::uint8_t>(v)};
}

// The TLV entries that the three pointer types use. Of entries of one type the first counts, except for
// relays.
struct Entries {
    std::optional<Bytes> special;
    std::vector<std::string> relays;
    std::optional<crypto::XOnlyKey> author;
    std::optional<std::uint32_t> kind;
};

Result<Entries> readEntries(ByteView data) {
    Entries out;
    while (!data.empty()) {
        if (data.size() < 2 || data.size() - 2 < data[1])
            return malformed("a NIP-19 entry runs past the end");
        const std::uint8_t type = data[0];
        const ByteView value = data.subspan(2, data[1]);
        data = data.subspan(2 + value.size());
        if (type == kTlvSpecial && !out.special) {
            out.special = toBytes(value);
        } else if (type == kTlvRelay) {
            if (!isUtf8(textOf(value)))
                return malformed("a NIP-19 relay that is not UTF-8");
            if (out.relays.size() >= kMaxRelays)
                return {ErrorCode::LimitExceeded, "a NIP-19 text with too many relays"};
            out.relays.emplace_back(textOf(value));
        } else if (type == kTlvAuthor && !out.author) {
            const auto key = fixedBytes<32>(value);
            if (!key)
                return malformed("a NIP-19 author of another length than 32 octets");
            VALISE_TRY(out.author, onCurve(*key));
        } else if (type == kTlvKind && !out.kind) {
            if (value.size() != 4)
                return malformed("a NIP-19 kind of another length than 4 octets");
            out.kind = (std::uint32_t{value[0]} << 24) | (std::uint32_t{value[1]} << 16) |
                       (std::uint32_t{value[2]} << 8) | value[3];
        }
    }
    if (!out.special)
        return malformed("a NIP-19 pointer without its subject");
    return out;
}

Result<ByteArray<32>> special32(const Entries& entries) {
    const auto out = fixedBytes<32>(*entries.special);
    if (!out)
        return malformed("a NIP-19 subject of another length than 32 octets");
    return *out;
}

} // namespace

std::string bech32Encode(std::string_view prefix, ByteView data) {
    Checksum sum;
    sum.addPrefix(prefix);
    std::string out(prefix);
    out.reserve(prefix.size() + 1 + (data.size() * 8 + 4) / 5 + 6);
    out += '1';
    const auto put = [&](std::uint32_t five) {
        sum.add(static_cast<std::uint8_t>(five));
        out += kAlphabet[five];
    };
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (std::uint8_t octet : data) {
        pending = ((pending << 8) | octet) & 0xfff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            put((pending >> bits) & 31);
        }
    }
    if (bits)
        put((pending << (5 - bits)) & 31);
    for (int i = 0; i < 6; ++i)
        sum.add(0);
    const std::uint32_t check = sum.state() ^ 1;
    for (unsigned i = 0; i < 6; ++i)
        out += kAlphabet[(check >> (5 * (5 - i))) & 31];
    return out;
}

Result<Bech32Decoded> bech32Decode(std::string_view text) {
    if (text.size() > kMaxText)
        return {ErrorCode::LimitExceeded, "a bech32 text that is too long"};
    bool lower = false;
    bool upper = false;
    for (char c : text) {
        if (c < 33 || c > 126)
            return malformed("a bech32 text with a character outside its alphabet");
        lower = lower || (c >= 'a' && c <= 'z');
        upper = upper || (c >= 'A' && c <= 'Z');
    }
    if (lower && upper)
        return malformed("a bech32 text in mixed case");
    std::string folded(text);
    crypto::WipeGuard guard(folded);
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    const std::size_t separator = folded.rfind('1');
    if (separator == std::string::npos || separator == 0 || folded.size() - separator - 1 < 6)
        return malformed("a bech32 text without prefix or checksum");
    Bech32Decoded out;
    out.prefix = folded.substr(0, separator);
    Checksum sum;
    sum.addPrefix(out.prefix);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    const std::size_t dataEnd = folded.size() - 6;
    out.data.reserve((dataEnd - separator) * 5 / 8 + 1);
    for (std::size_t i = separator + 1; i < folded.size(); ++i) {
        const int value = kReverse[static_cast<unsigned char>(folded[i])];
        if (value < 0)
            return malformed("a bech32 text with a character outside its alphabet");
        sum.add(static_cast<std::uint8_t>(value));
        if (i >= dataEnd)
            continue;
        pending = ((pending << 5) | static_cast<std::uint32_t>(value)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out.data.push_back(static_cast<std::uint8_t>(pending >> bits));
        }
    }
    if (sum.state() != 1)
        return malformed("a bech32 text with a wrong checksum");
    if (bits >= 5 || (pending & ((1u << bits) - 1)) != 0)
        return malformed("a bech32 text with bits left over");
    return out;
}

std::string encodeNpub(const crypto::XOnlyKey& key) {
    return bech32Encode("npub", key);
}

Result<crypto::XOnlyKey> decodeNpub(std::string_view text) {
    VALISE_TRY(crypto::XOnlyKey key, decode32(text, "npub"));
    return onCurve(key);
}

std::string encodeNsec(const crypto::KeyBytes& privateKey) {
    return bech32Encode("nsec", privateKey);
}

Result<crypto::KeyBytes> decodeNsec(std::string_view text) {
    VALISE_TRY(Bytes data, decodeAs(text, "nsec"));
    crypto::WipeGuard guard(data);
    if (data.size() != 32)
        return malformed("an nsec of another length than 32 octets");
    // This checks the range of the key as well.
    VALISE_TRY(crypto::SchnorrKeyPair pair, crypto::schnorrFromPrivate(data));
    return pair.privateKey;
}

std::string encodeNote(const EventId& id) {
    return bech32Encode("note", id);
}

Result<EventId> decodeNote(std::string_view text) {
    return decode32(text, "note");
}

Result<std::string> encodeNprofile(const ProfilePointer& pointer) {
    Bytes data;
    VALISE_CHECK(addTlv(data, kTlvSpecial, pointer.pubkey));
    VALISE_CHECK(addRelays(data, pointer.relays));
    return bech32Encode("nprofile", data);
}

Result<ProfilePointer> decodeNprofile(std::string_view text) {
    VALISE_TRY(const Bytes data, decodeAs(text, "nprofile"));
    VALISE_TRY(Entries entries, readEntries(data));
    VALISE_TRY(crypto::XOnlyKey key, special32(entries));
    VALISE_CHECK(onCurve(key));
    return ProfilePointer{key, std::move(entries.relays)};
}

Result<std::string> encodeNevent(const EventPointer& pointer) {
    Bytes data;
    VALISE_CHECK(addTlv(data, kTlvSpecial, pointer.id));
    VALISE_CHECK(addRelays(data, pointer.relays));
    if (pointer.author)
        VALISE_CHECK(addTlv(data, kTlvAuthor, *pointer.author));
    if (pointer.kind)
        VALISE_CHECK(addTlv(data, kTlvKind, bigEndian(*pointer.kind)));
    return bech32Encode("nevent", data);
}

Result<EventPointer> decodeNevent(std::string_view text) {
    VALISE_TRY(const Bytes data, decodeAs(text, "nevent"));
    VALISE_TRY(Entries entries, readEntries(data));
    VALISE_TRY(EventId id, special32(entries));
    return EventPointer{id, std::move(entries.relays), entries.author, entries.kind};
}

Result<std::string> encodeNaddr(const AddressPointer& pointer) {
    Bytes data;
    VALISE_CHECK(addTlv(data, kTlvSpecial, viewOf(pointer.identifier)));
    VALISE_CHECK(addRelays(data, pointer.relays));
    VALISE_CHECK(addTlv(data, kTlvAuthor, pointer.author));
    VALISE_CHECK(addTlv(data, kTlvKind, bigEndian(pointer.kind)));
    return bech32Encode("naddr", data);
}

Result<AddressPointer> decodeNaddr(std::string_view text) {
    VALISE_TRY(const Bytes data, decodeAs(text, "naddr"));
    VALISE_TRY(Entries entries, readEntries(data));
    if (!entries.author || !entries.kind)
        return malformed("an naddr without author or kind");
    if (!isUtf8(textOf(*entries.special)))
        return malformed("an naddr whose identifier is not UTF-8");
    return AddressPointer{std::string(textOf(*entries.special)), *entries.author, *entries.kind,
                          std::move(entries.relays)};
}

Result<ProfilePointer> parseAddress(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    constexpr std::string_view kScheme = "nostr:";
    const std::size_t from = text.find_first_not_of(kBlanks);
    if (from == std::string_view::npos)
        return malformed("an empty address");
    text = text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
    if (text.substr(0, kScheme.size()) == kScheme)
        text.remove_prefix(kScheme.size());
    if (text.size() == 64) {
        if (auto key = fromHexFixed<32>(text)) {
            VALISE_CHECK(onCurve(*key));
            return ProfilePointer{*key, {}};
        }
    }
    if (text.size() >= 8 && (text.substr(0, 8) == "nprofile" || text.substr(0, 8) == "NPROFILE"))
        return decodeNprofile(text);
    VALISE_TRY(crypto::XOnlyKey key, decodeNpub(text));
    return ProfilePointer{key, {}};
}

} // namespace valise::nostr
