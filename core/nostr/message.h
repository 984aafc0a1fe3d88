// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"
#include "core/nostr/filter.h"

#include <variant>

namespace valise::nostr {

//! Client to relay (NIP-01, NIP-42, NIP-45, NIP-77).
namespace client_message {
struct Publish { //!< ["EVENT", event]
    Event event;
};
struct Request { //!< ["REQ", id, filter...]
    std::string subscription;
    std::vector<Filter> filters;
};
struct Close { //!< ["CLOSE", id]
    std::string subscription;
};
struct Auth { //!< ["AUTH", event]
    Event event;
};
struct Count { //!< ["COUNT", id, filter...]
    std::string subscription;
    std::vector<Filter> filters;
};
struct ReconcileOpen { //!< ["NEG-OPEN", id, filter, hexadecimal]
    std::string subscription;
    Filter filter;
    Bytes message; //!< see Negentropy
};
struct Reconcile { //!< ["NEG-MSG", id, hexadecimal]
    std::string subscription;
    Bytes message;
};
struct ReconcileClose { //!< ["NEG-CLOSE", id]
    std::string subscription;
};
} // namespace client_message
using ClientMessage = std::variant<client_message::Publish, client_message::Request, client_message::Close,
                                   client_message::Auth, client_message::Count, client_message::ReconcileOpen,
                                   client_message::Reconcile, client_message::ReconcileClose>;

//! Relay to client (NIP-01, NIP-42, NIP-45, NIP-77).
namespace relay_message {
struct Delivery { //!< ["EVENT", id, event]
    std::string subscription;
    Event event;
};
struct Ok { //!< ["OK", event id, accepted, reason]
    EventId id{};
    bool accepted = false;
    std::string reason;
};
struct EndOfStored { //!< ["EOSE", id]
    std::string subscription;
};
struct Closed { //!< ["CLOSED", id, reason]
    std::string subscription;
    std::string reason;
};
struct Notice { //!< ["NOTICE", text]
    std::string text;
};
struct Challenge { //!< ["AUTH", challenge]
    std::string challenge;
};
struct CountAnswer { //!< ["COUNT", id, {"count": n}]
    std::string subscription;
    std::uint64_t count = 0;
};
struct Reconcile { //!< ["NEG-MSG", id, hexadecimal]
    std::string subscription;
    Bytes message; //!< see Negentropy
};
struct ReconcileError { //!< ["NEG-ERR", id, reason]
    std::string subscription;
    std::string reason;
};
} // namespace relay_message
using RelayMessage =
    std::variant<relay_message::Delivery, relay_message::Ok, relay_message::EndOfStored,
                 relay_message::Closed, relay_message::Notice, relay_message::Challenge,
                 relay_message::CountAnswer, relay_message::Reconcile, relay_message::ReconcileError>;

//! One text frame as JSON.
std::string toJson(const ClientMessage& message);
std::string toJson(const RelayMessage& message);

//! Reads one text frame. Events inside are read as parseEvent reads them and are NOT verified. A REQ without
//! a filter, a subscription id outside 1 to 64 octets, and surplus elements are InvalidEncoding. In a relay's
//! message a missing reason counts as empty and a long one is cut. Errors: InvalidEncoding, LimitExceeded,
//! Unsupported for an unknown message type.
Result<ClientMessage> parseClientMessage(std::string_view json, const Limits& limits = {});
Result<RelayMessage> parseRelayMessage(std::string_view json, const Limits& limits = {});

//! The event id in an EVENT message that cannot be read, if it is recognisable. A relay needs it to answer
//! `OK false`.
std::optional<EventId> eventIdOfUnreadable(std::string_view json, const Limits& limits = {});

//! The machine-readable prefixes of OK and CLOSED (NIP-01, NIP-42).
enum class ReasonCode {
    None,         //!< no prefix
    Duplicate,    //!< "duplicate:"
    Pow,          //!< "pow:"
    Blocked,      //!< "blocked:"
    RateLimited,  //!< "rate-limited:"
    Invalid,      //!< "invalid:"
    Restricted,   //!< "restricted:"
    Mute,         //!< "mute:"
    Error,        //!< "error:"
    AuthRequired, //!< "auth-required:"
    Unsupported,  //!< "unsupported:"
    Closed,       //!< "closed:" of a NEG-ERR: the relay ended the reconciliation
    Other,        //!< a prefix this build does not know
};
//! The code of a reason such as "rate-limited: slow down".
ReasonCode reasonCode(std::string_view reason);
//! Joins both, for example "rate-limited: slow down" for RateLimited and "slow down". For None and Other it
//! is the text alone.
std::string makeReason(ReasonCode code, std::string_view text);
//! True if the same event may succeed later (rate-limited, error, auth-required, none).
bool isTransient(ReasonCode code);

} // namespace valise::nostr
