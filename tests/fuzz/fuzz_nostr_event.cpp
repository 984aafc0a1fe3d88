// SPDX-License-Identifier: AGPL-3.0-or-later
// A signed event or rumor that was read must be the same when written and read again.
#include "core/nostr/event.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = textOf({data, size});
    if (const auto event = parseEvent(text)) {
        const auto again = parseEvent(event->toJson());
        fuzz::require(again.ok() && *again == *event);
        fuzz::require(event->verify().ok() == again->verify().ok());
    }
    if (const auto rumor = parseLenientRumor(text)) {
        const auto again = parseRumor(rumor->toJson());
        fuzz::require(again.ok() && *again == *rumor);
    }
    if (parseRumor(text))
        fuzz::require(!parseEvent(text).ok());
    return 0;
}
