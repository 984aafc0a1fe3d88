// SPDX-License-Identifier: AGPL-3.0-or-later
// The input as a text. Also, with a prefix selected by the first octet, the input as content with a right
// checksum.
#include "core/nostr/nip19.h"
#include "core/nostr/relay_url.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

namespace {

void decodeAll(std::string_view text) {
    if (const auto v = decodeNpub(text)) {
        const auto again = decodeNpub(encodeNpub(*v));
        fuzz::require(again.ok() && *again == *v);
    }
    (void)decodeNsec(text);
    (void)decodeNote(text);
    if (const auto v = decodeNprofile(text)) {
        const auto written = encodeNprofile(*v);
        fuzz::require(written.ok());
        const auto again = decodeNprofile(*written);
        fuzz::require(again.ok() && *again == *v);
    }
    if (const auto v = decodeNevent(text)) {
        const auto written = encodeNevent(*v);
        fuzz::require(written.ok());
        const auto again = decodeNevent(*written);
        fuzz::require(again.ok() && *again == *v);
    }
    if (const auto v = decodeNaddr(text)) {
        const auto written = encodeNaddr(*v);
        fuzz::require(written.ok());
        const auto again = decodeNaddr(*written);
        fuzz::require(again.ok() && *again == *v);
    }
    (void)parseAddress(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    decodeAll(textOf(input));
    if (size > 0 && size < 2000) {
        constexpr std::string_view kPrefixes[] = {"npub", "nsec", "note", "nprofile", "nevent", "naddr"};
        decodeAll(bech32Encode(kPrefixes[data[0] % 6], input.subspan(1)));
    }
    if (const auto url = normaliseRelayUrl(textOf(input))) {
        const auto again = normaliseRelayUrl(*url);
        fuzz::require(again.ok() && *again == *url);
    }
    (void)isLoopbackOrPrivateHost(textOf(input));
    return 0;
}
