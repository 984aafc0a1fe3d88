// SPDX-License-Identifier: AGPL-3.0-or-later
// Any plaintext that a member can send. An accepted event must be the same when read again from its own JSON.
#include "core/marmot/content/content.h"
#include "core/marmot/inner_event.h"
#include "core/marmot/welcome.h"

#include <cstdlib>

using namespace valise;
using namespace valise::marmot;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView plaintext(data, size);
    const auto rumor = nostr::parseLenientRumor(textOf(plaintext));
    if (rumor) {
        (void)readWelcomeRumor(*rumor).ok();
        const auto again = readInnerEvent(viewOf(rumor->toJson()), rumor->pubkey);
        if (again && !(*again == *rumor))
            std::abort();
        if (const auto content = readContent(*rumor)) {
            const auto same = readContent(makeInner(rumor->pubkey, *content, rumor->createdAt));
            const auto stored = restoreContent(storeContent(*content));
            if (!same || !(*same == *content) || !stored || !(*stored == *content))
                std::abort();
        }
    }
    (void)readInnerEvent(plaintext, Id32{}).ok();
    return 0;
}
