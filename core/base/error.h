// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace valise {

//! Every reason for which an operation of the core can fail. The codes are part of the interface: the command
//! line prints their names and the window turns each into a sentence. A new one is added at the end of its
//! block, with its row in error.cpp's table; the numbers are nowhere stored.
enum class ErrorCode {
    // General
    InvalidArgument, //!< a value given by the caller is outside what the operation accepts
    InvalidEncoding, //!< bytes or text from outside are not in the form their standard demands
    LimitExceeded,   //!< a size or count is above the bound set for it
    NotFound,        //!< the named thing does not exist
    AlreadyExists,   //!< the named thing exists already
    Unsupported,     //!< a version, suite or feature that this build does not have
    Internal,        //!< a library below reported a failure that has no better name
    Cancelled,       //!< the person or the program stopped the operation
    // Cryptography
    InvalidKey,       //!< a key is malformed or unsafe (wrong length, small order, not on the curve)
    InvalidSignature, //!< a signature does not verify
    DecryptionFailed, //!< authenticated decryption failed
    // MLS (RFC 9420) and Marmot
    InvalidProposal,   //!< a proposal breaks RFC 9420 section 12.1 or 12.2
    InvalidCommit,     //!< a commit breaks RFC 9420 section 12.4
    InvalidTree,       //!< a ratchet tree breaks RFC 9420 section 7.9 or 12.4.3.1
    InvalidKeyPackage, //!< a KeyPackage breaks RFC 9420 section 10.1 or the Marmot profile
    InvalidWelcome,    //!< a Welcome cannot be processed
    WrongEpoch,        //!< this client does not have the keys of the message's epoch
    WrongGroup,        //!< the message belongs to another group
    KeyUsed,           //!< the message key was used already and is deleted (a replay), or is too far back
    NotMember,         //!< the sender or this client is not in the group
    NotAuthorized,     //!< the sender or this client may not do that (Marmot admin policy)
    UnknownComponent,  //!< the group requires a component this build does not understand
    PendingChange,     //!< another change of this group is still on its way
    GroupDisbanded,    //!< the group has ended
    MissingProposal,   //!< a commit refers to a proposal that this client does not have
    // Nostr
    InvalidEvent,   //!< an event breaks NIP-01 or the kind's own rules
    WrongRecipient, //!< the event is not addressed to this account
    // Storage
    WrongPassphrase, //!< the database does not open with this passphrase
    StorageDamaged,  //!< the database file is damaged
    StorageFull,     //!< no room on the disk
    StorageReadOnly, //!< the folder or file cannot be written
    StorageBusy,     //!< another process has the profile open
    StorageVersion,  //!< the profile was written by a newer version
    StorageFailed,   //!< any other failure of the database
    // Network
    Offline,                  //!< no relay can be reached now
    RelayRefused,             //!< a relay answered OK false, CLOSED or a NOTICE; detail has its reason
    InsecureUrl,              //!< ws:// to an address that is neither loopback nor private
    InvalidUrl,               //!< not a WebSocket URL
    Timeout,                  //!< no answer in the time allowed
    TlsFailed,                //!< the certificate or handshake was not acceptable
    NoInvitation,             //!< the account has published no usable KeyPackage or inbox relays
    NameNotFound,             //!< the name of a host cannot be looked up (DNS)
    NoNetwork,                //!< this computer is on no network
    ConnectionRefused,        //!< the host is there, but nobody listens
    ConnectionLost,           //!< the connection was closed by the other side or the network
    CertificateExpired,       //!< the certificate is not valid now, or this computer's clock is wrong
    CertificateWrongHost,     //!< the certificate belongs to another host
    CertificateUnknownIssuer, //!< nobody this computer trusts vouches for the certificate
    CaptivePortal,            //!< the network answers with a sign-in page of its own
    ProxyFailed,              //!< the proxy cannot be reached or does not carry the connection
    ProxyNeedsPassword,       //!< the proxy wants a user name and password, or others than those given
    NotARelay,                //!< something else than a relay answers at the URL
    RelayBusy,                //!< the relay asks to come back later (HTTP 429 or 5xx)
};

//! The stable, English, machine-readable name of a code, such as "wrong_passphrase"; "unknown" for a number
//! that is no code.
std::string_view errorName(ErrorCode code);
//! The code with this name, or nothing.
std::optional<ErrorCode> errorNamed(std::string_view name);

//! A failure: what kind, and a detail for the log. The detail never holds a secret, a plaintext or a key.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;

    friend bool operator==(const Error&, const Error&) = default;
};

} // namespace valise
