// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/profile.h"
#include "core/nostr/event.h"

namespace valise::marmot {

//! An own KeyPackage with everything needed to publish it.
struct OwnKeyPackage {
    mls::KeyPackageBundle bundle;
    nostr::Event event;         //!< kind 30443, signed by the account
    std::string slot;           //!< the `d` tag: 64 lowercase hexadecimal characters
    Id32 reference{};           //!< KeyPackageRef (RFC 9420 section 5.2)
    std::uint64_t notAfter = 0; //!< seconds
};

//! Makes a last-resort KeyPackage and its event. To replace a package, give its `slot`; an empty slot means a
//! new one. `now` in seconds.
OwnKeyPackage makeKeyPackage(const crypto::SchnorrKeyPair& account, std::string slot, std::int64_t now,
                             crypto::Random& random);

//! A checked KeyPackage of another account.
struct InvitePackage {
    Id32 account{};
    nostr::EventId eventId{};
    std::uint64_t createdAt = 0;
    mls::KeyPackage keyPackage;
    std::vector<std::string> inbox; //!< relays where the account reads Welcomes; set by the caller
};

//! Reads and checks an event of kind 30443: exact tags that repeat the leaf's contents, reference, author,
//! lifetime, Current profile, and support of everything our groups require. The caller has checked the
//! event's signature. Errors: InvalidKeyPackage, InvalidEvent, InvalidSignature, Unsupported.
Result<InvitePackage> readKeyPackageEvent(const nostr::Event& event, std::int64_t now);

//! Selects an account's best KeyPackage event. In each slot only the event that replaces the others counts.
//! Of these it takes the newest valid one that is not dated more than five minutes ahead. At most 12 are
//! examined. Error: NoInvitation.
Result<InvitePackage> selectKeyPackage(const Id32& account, const std::vector<nostr::Event>& events,
                                       std::int64_t now);

} // namespace valise::marmot
