// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"

namespace valise::marmot {

//! The result of an input (Marmot foundation, errors). Every input has exactly one at any time. A deferred
//! input gets another result later.
enum class Disposition : std::uint8_t { Accepted, Deferred, Stale, Invalidated };

//! The reason of a result, in the terms that all clients share.
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

//! Stable names, such as "deferred", "missing_history" and "commit".
std::string_view dispositionName(Disposition disposition);
std::string_view categoryName(Category category);
std::string_view kindName(InputKind kind);
//! The profile's category for a failure.
Category categoryOf(ErrorCode code);

struct Outcome {
    std::optional<mls::Digest> digest; //!< SHA-256 of the MLSMessage, if it could be read
    InputKind kind = InputKind::Unknown;
    Disposition disposition = Disposition::Invalidated;
    Category category = Category::None;
    std::string reason; //!< for diagnostics; contains no plaintext
    //! True for a deferred event that the engine does not hold. The caller keeps it and offers it again when
    //! a step asks for that.
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
    //! The expiry time in seconds, by the retention of the epoch in which it was sent.
    std::optional<std::uint64_t> expiresAt;
};

//! A message on the branch that the group follows. It is valid as long as its state is.
struct DeliveredMessage {
    ReceivedMessage message;
    mls::Digest digest{};
    mls::Digest state{};
};

//! A commit that became part of the group's history.
struct AppliedChange {
    GroupChange change;
    mls::Digest commit{};
    mls::Digest state{};         //!< the state after the commit
    std::uint64_t epoch = 0;     //!< epoch of that state
    std::uint64_t createdAt = 0; //!< of the outer event, seconds; for display
    bool own = false;
};

//! A state that left the group's history, or returned to it. The messages and changes delivered in it are
//! withdrawn or restored with it.
struct StateMove {
    mls::Digest state{};
    std::uint64_t epoch = 0;
    mls::Digest commit{};
    bool own = false;
};

} // namespace valise::marmot
