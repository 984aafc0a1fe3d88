// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/profile.h"
#include "core/nostr/event.h"

namespace valise::marmot {

//! A KeyPackage of our own with what is needed to publish it.
struct OwnKeyPackage {
    mls::KeyPackageBundle bundle;
    nostr::Event event;         //!< kind 30443, signed by the account
    std::string slot;           //!< the `d` tag: 64 lowercase hexadecimal characters
    Id32 reference{};           //!< KeyPackageRef (RFC 9420 section 5.2)
    std::uint64_t notAfter = 0; //!< seconds
};

//! Makes a last-resort KeyPackage and its event. `slot` is reused when a package is replaced; empty makes a
//! new one. `now` in seconds.
OwnKeyPackage makeKeyPackage(const crypto::SchnorrKeyPair& account, std::string slot, std::int64_t now,
                             crypto::Random& random);

//! A KeyPackage of somebody else that was checked.
struct InvitePackage {
    Id32 account{};
    nostr::EventId eventId{};
    std::uint64_t createdAt = 0;
    mls::KeyPackage keyPackage;
    std::vector<std::string> inbox; //!< relays where the account reads Welcomes; the caller's to fill
};

//! Reads and checks an event of kind 30443: exact tags mirroring the leaf, reference, author, lifetime,
//! Current profile, support of everything our groups require. The event's signature was checked before.
//! Errors: InvalidKeyPackage, InvalidEvent, InvalidSignature, Unsupported.
Result<InvitePackage> readKeyPackageEvent(const nostr::Event& event, std::int64_t now);

//! The best of an account's KeyPackage events: per slot the one that replaces the others, across slots the
//! newest valid one that is not from more than five minutes in the future. At most 12 are looked at. Error:
//! NoInvitation.
Result<InvitePackage> selectKeyPackage(const Id32& account, const std::vector<nostr::Event>& events,
                                       std::int64_t now);

} // namespace valise::marmot
