// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/inner_event.h"

//! Inner events that Marmot does not define and other clients accept without showing them:
//! docs/protocol-extensions.md.
namespace valise::marmot {

//! Kind 1211: messages reached a member's device, or the member read them.
struct Receipt {
    bool read = false;
    std::vector<Id32> targets; //!< inner event ids, each once, 1 to kMaxReceipts

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

//! Messages one receipt may name.
inline constexpr std::size_t kMaxReceipts = 256;
//! Seconds after which relays may forget an event of an ephemeral kind (NIP-40).
inline constexpr std::uint64_t kEphemeralSeconds = 60;

//! True for the kinds that are told and not kept: receipts and typing.
bool isSignal(nostr::Kind kind);
//! True for kinds 20000 to 29999 (NIP-01).
bool isEphemeral(nostr::Kind kind);

//! The event of a receipt that readReceipt() accepts.
InnerEvent makeReceipt(const Id32& author, const Receipt& receipt, std::uint64_t createdAt);
//! Errors: InvalidEvent for another kind or content, no target or a malformed one; LimitExceeded for too
//! many.
Result<Receipt> readReceipt(const InnerEvent& event);

//! Kind 20211: the author is writing, or has stopped.
InnerEvent makeTyping(const Id32& author, bool typing, std::uint64_t createdAt);
//! Whether the author is writing. Error: InvalidEvent.
Result<bool> readTyping(const InnerEvent& event);

} // namespace valise::marmot
