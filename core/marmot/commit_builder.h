// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_change.h"
#include "core/marmot/inner_event.h"
#include "core/marmot/key_package.h"

namespace valise::marmot {

// What a person or the program wants to change in a group. It says nothing of an epoch, so that it can be
// made anew on another state.

struct AddMembers {
    std::vector<InvitePackage> invitees;
    //! Of the invitees, who becomes an admin at once; only for founding.
    std::vector<Id32> admins;
};
//! All leaves of the accounts; an admin's rights go with its last leaf.
struct RemoveMembers {
    std::vector<Id32> accounts;
};
struct SetProfile {
    GroupProfile profile;
};
struct SetAdmins {
    std::vector<Id32> admins; //!< all of them from then on
};
//! Moves the group to other relays, and to another public id if `nostrGroupId` differs.
struct SetRouting {
    NostrRouting routing;
};
struct SetRetention {
    std::uint64_t seconds = 0; //!< 0: messages are kept
};
//! Renews this client's keys in the tree.
struct SelfUpdate {};
//! Commits the stored departures of others.
struct CommitDepartures {};
//! Ends the group for everybody.
struct Disband {};

using LocalChange = std::variant<AddMembers, RemoveMembers, SetProfile, SetAdmins, SetRouting, SetRetention,
                                 SelfUpdate, CommitDepartures, Disband>;

//! Whether only an admin may make it.
bool needsAdmin(const LocalChange& change);

//! An event ready to be published, and what it carries.
struct Outgoing {
    nostr::Event event;
    mls::Digest digest{}; //!< SHA-256 of the MLSMessage: by this an echo from a relay is known
    std::uint64_t epoch = 0;
    std::uint32_t generation = 0; //!< application messages: position in the sender's ratchet
};

//! A Welcome owed to a new member, to be gift-wrapped once the commit was accepted.
struct WelcomeDuty {
    Id32 recipient{};
    nostr::UnsignedEvent rumor;
    std::vector<std::string> inbox; //!< relays where the recipient reads Welcomes, if it was said
};

//! A commit of our own before a relay has accepted it.
struct PreparedCommit {
    Outgoing outgoing;
    Bytes message; //!< the MLSMessage inside
    mls::Group next;
    GroupState after;
    mls::CommitSummary summary;
    GroupChange change;
    std::vector<WelcomeDuty> welcomes;
};

//! The account of this client's leaf.
Id32 ownAccount(const mls::Group& group);
//! The key of a group's outer events in this epoch (32 octets).
Result<crypto::KeyBytes> envelopeKey(const mls::Group& group);
//! The departures stored in the state, by accounts of others, ready to be committed.
std::vector<Id32> departingFrom(const mls::Group& group);

//! Builds, checks by the rules that others will apply, and seals the commit of a change on a state. `now` in
//! seconds. Errors: NotAuthorized, InvalidArgument, AlreadyExists, NotFound, LimitExceeded, and those of
//! mls::Group::commit and checkGroup.
Result<PreparedCommit> buildCommit(const mls::Group& group, const GroupState& state,
                                   const LocalChange& change, std::int64_t now, crypto::Random& random);

//! Encrypts an application event and puts it into its outer event; advances the ratchet. Errors:
//! GroupDisbanded, LimitExceeded.
Result<Outgoing> sealMessage(mls::Group& group, const GroupState& state, const InnerEvent& inner,
                             crypto::Random& random);

//! The proposal to leave. Error: NotAuthorized for admins, who give up their rights first.
Result<Outgoing> proposeLeave(mls::Group& group, const GroupState& state, std::int64_t now,
                              crypto::Random& random);

} // namespace valise::marmot
