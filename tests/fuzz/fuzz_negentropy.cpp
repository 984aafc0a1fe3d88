// SPDX-License-Identifier: AGPL-3.0-or-later
// A message in both roles, over a set made by the fuzzer. The first octet is the number of events. Each event
// takes two octets for its time. Answers must stay within the limit, and the other side must understand them.
#include "core/crypto/hash.h"
#include "core/nostr/negentropy.h"
#include "tests/fuzz/fuzz.h"

using namespace valise;
using namespace valise::nostr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView rest(data, size);
    std::vector<NegentropyItem> items;
    if (!rest.empty()) {
        const std::size_t count = rest[0];
        rest = rest.subspan(1);
        for (std::size_t i = 0; i < count && rest.size() >= 2; ++i) {
            NegentropyItem item;
            item.timestamp = static_cast<std::uint64_t>(rest[0]) << 8 | rest[1];
            item.id = crypto::sha256(rest.first(2));
            items.push_back(item);
            rest = rest.subspan(2);
        }
    }
    constexpr std::size_t kFrame = 4096;
    const auto side = Negentropy::make(std::move(items), kFrame);
    fuzz::require(side.ok());
    if (const auto answer = side->respond(rest)) {
        fuzz::require(answer->size() <= kFrame);
        if (answer->size() > 1)
            fuzz::require(side->reconcile(*answer).ok());
    }
    if (const auto step = side->reconcile(rest); step && step->reply)
        fuzz::require(step->reply->size() <= kFrame && side->respond(*step->reply).ok());
    // A side compared with itself has no differences.
    const auto own = side->respond(side->initiate());
    fuzz::require(own.ok());
    const auto nothing = side->reconcile(*own);
    fuzz::require(nothing.ok() && nothing->have.empty() && nothing->need.empty() && !nothing->reply);
    return 0;
}
