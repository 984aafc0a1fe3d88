// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"

namespace valise::marmot {

//! What became of an input (Marmot foundation, errors). Every input ends in exactly one at a time; a deferred
//! one gets another later.
enum class Disposition : std::uint8_t { Accepted, Deferred, Stale, Invalidated };

//! Why, in the words all clients share.
enum class Category : std::uint8_t {
    None,
    Duplicate,
    OwnEcho,
    WrongRecipient,
    UnknownGroup,
    StaleEpoch,
    InvalidEncoding,
    InvalidSignature,
    UnsupportedRequiredFeature,
    AuthorizationFailed,
    MissingHistory,
    TransportDeferred,
    ResourceRefused,
};

enum class InputKind : std::uint8_t { Unknown, Application, Proposal, Commit };

//! Such as "deferred", "missing_history" and "commit".
std::string_view dispositionName(Disposition disposition);
std::string_view categoryName(Category category);
std::string_view kindName(InputKind kind);
//! How the profile names a failure.
Category categoryOf(ErrorCode code);

struct Outcome {
    std::optional<mls::Digest> digest; //!< SHA-256 of the MLSMessage, once it could be read
    InputKind kind = InputKind::Unknown;
    Disposition disposition = Disposition::Invalidated;
    Category category = Category::None;
    std::string reason; //!< for diagnostics; no plaintext
    //! Deferred, and not held by the engine: the caller keeps the event and offers it again when a step says
    //! so.
    bool again = false;
};

//! An application message that was decrypted and validated.
struct ReceivedMessage {
    InnerEvent inner;
    nostr::EventId id{};      //!< of the inner event
    nostr::EventId outerId{}; //!< of the event of kind 445
    Id32 sender{};
    std::uint64_t epoch = 0;
    std::uint32_t generation = 0;
    //! When it expires by the retention of the epoch it was sent in, seconds.
    std::optional<std::uint64_t> expiresAt;
};

//! A message on the branch that the group follows. It stands and falls with its state.
struct DeliveredMessage {
    ReceivedMessage message;
    mls::Digest digest{};
    mls::Digest state{};
};

//! A commit that became part of the group's history.
struct AppliedChange {
    GroupChange change;
    mls::Digest commit{};
    mls::Digest state{};         //!< that it leads to
    std::uint64_t epoch = 0;     //!< of that state
    std::uint64_t createdAt = 0; //!< of the outer event, seconds; for display
    bool own = false;
};

//! A state that left the group's history, or came back. What was delivered on it (messages and changes) is
//! withdrawn or restored with it.
struct StateMove {
    mls::Digest state{};
    std::uint64_t epoch = 0;
    mls::Digest commit{};
    bool own = false;
};

} // namespace valise::marmot
