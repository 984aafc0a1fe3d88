// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/inner_event.h"

namespace valise::marmot {

Result<InnerEvent> readInnerEvent(ByteView plaintext, const Id32& author) {
    if (plaintext.size() > kMaxInnerEvent)
        return {ErrorCode::LimitExceeded, "an inner event above its bound"};
    VALISE_TRY(InnerEvent event, nostr::parseRumor(textOf(plaintext)));
    if (event.pubkey != author)
        return {ErrorCode::InvalidEvent, "an inner event under another name than its sender's"};
    return event;
}

} // namespace valise::marmot
