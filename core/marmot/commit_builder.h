// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_change.h"
#include "core/marmot/inner_event.h"
#include "core/marmot/key_package.h"

namespace valise::marmot {

// The changes that a person or the program can make in a group. A change names no epoch, so the commit can be
// built again on another state.

struct AddMembers {
    std::vector<InvitePackage> invitees;
    //! The invitees that become admins at once. Used only for founding a group.
    std::vector<Id32> admins;
};
//! Removes all leaves of the accounts. An account also loses its admin rights when its last leaf is removed.
struct RemoveMembers {
    std::vector<Id32> accounts;
};
struct SetProfile {
    GroupProfile profile;
};
struct SetAdmins {
    std::vector<Id32> admins; //!< the complete new list
};
//! Moves the group to other relays, and to another public id if `nostrGroupId` is different.
struct SetRouting {
    NostrRouting routing;
};
struct SetRetention {
    std::uint64_t seconds = 0; //!< 0: messages are kept without limit
};
//! Renews this client's keys in the tree.
struct SelfUpdate {};
//! Commits the stored proposals of others to leave.
struct CommitDepartures {};
//! Ends the group for everybody.
struct Disband {};

using LocalChange = std::variant<AddMembers, RemoveMembers, SetProfile, SetAdmins, SetRouting, SetRetention,
                                 SelfUpdate, CommitDepartures, Disband>;

//! True if only an admin may make the change.
bool needsAdmin(const LocalChange& change);

//! An event that is ready to be published, with data about its content.
struct Outgoing {
    nostr::Event event;
    mls::Digest digest{}; //!< SHA-256 of the MLSMessage; it identifies the echo from a relay
    std::uint64_t epoch = 0;
    std::uint32_t generation = 0; //!< of application messages: position in the sender's ratchet
};

//! A Welcome for a new member. It is gift-wrapped and sent after the commit was accepted.
struct WelcomeDuty {
    Id32 recipient{};
    nostr::UnsignedEvent rumor;
    std::vector<std::string> inbox; //!< relays where the recipient reads Welcomes, if known
};

//! An own commit that no relay has accepted yet.
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
//! The other accounts with a stored proposal to leave that can be committed.
std::vector<Id32> departingFrom(const mls::Group& group);

//! Builds the commit of a change on a state, makes the checks that other members will make, and seals it.
//! `now` in seconds. Errors: NotAuthorized, InvalidArgument, AlreadyExists, NotFound, LimitExceeded, and
//! those of mls::Group::commit and checkGroup.
Result<PreparedCommit> buildCommit(const mls::Group& group, const GroupState& state,
                                   const LocalChange& change, std::int64_t now, crypto::Random& random);

//! Encrypts an application event and puts it into its outer event. The ratchet moves forward. Errors:
//! GroupDisbanded, LimitExceeded.
Result<Outgoing> sealMessage(mls::Group& group, const GroupState& state, const InnerEvent& inner,
                             crypto::Random& random);

//! Makes the proposal to leave. Error: NotAuthorized for an admin, who must give up the rights first.
Result<Outgoing> proposeLeave(mls::Group& group, const GroupState& state, std::int64_t now,
                              crypto::Random& random);

} // namespace valise::marmot
