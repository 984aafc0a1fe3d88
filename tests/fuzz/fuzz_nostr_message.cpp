// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages of both directions. A message that was read must give the same text when written, read and written
// again.
#include "core/nostr/message.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = textOf({data, size});
    if (const auto message = parseClientMessage(text)) {
        const std::string written = toJson(*message);
        const auto again = parseClientMessage(written);
        fuzz::require(again.ok() && toJson(*again) == written);
    }
    if (const auto message = parseRelayMessage(text)) {
        const std::string written = toJson(*message);
        const auto again = parseRelayMessage(written);
        fuzz::require(again.ok() && toJson(*again) == written);
    }
    (void)eventIdOfUnreadable(text);
    (void)reasonCode(text);
    return 0;
}
