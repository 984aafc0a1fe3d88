// SPDX-License-Identifier: AGPL-3.0-or-later
// Documents that strangers publish about themselves: relay information, profiles and relay lists.
#include "core/base/encoding.h"
#include "core/nostr/nip11.h"
#include "core/nostr/profile.h"
#include "core/nostr/relay_list.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = textOf({data, size});
    if (const auto info = parseRelayInfo(text)) {
        const auto again = parseRelayInfo(info->toJson());
        fuzz::require(again.ok() && *again == *info);
    }
    Event event;
    event.kind = kind::kMetadata;
    event.content = std::string(text);
    if (const auto profile = parseProfile(event)) {
        const auto made = makeProfile(*profile, 1);
        fuzz::require(made.ok());
        event.content = made->content;
        const auto again = parseProfile(event);
        fuzz::require(again.ok() && *again == *profile);
    }
    event.kind = kind::kRelayList;
    event.tags = {{"r", std::string(text)}};
    const auto list = parseRelayList(event);
    fuzz::require(list.ok());
    for (const auto& entry : *list)
        fuzz::require(isUtf8(entry.url));
    return 0;
}
