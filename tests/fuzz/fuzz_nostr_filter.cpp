// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/filter.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto filter = parseFilter(textOf({data, size}));
    if (!filter)
        return 0;
    const auto again = parseFilter(filter->toJson());
    fuzz::require(again.ok() && *again == *filter);
    Event event;
    event.kind = 445;
    event.createdAt = 1700000000;
    event.tags = {{"h", "one"}, {"p"}};
    fuzz::require(filter->matches(event) == again->matches(event));
    return 0;
}
