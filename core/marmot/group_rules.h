// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/branch_selector.h"
#include "core/marmot/profile.h"

namespace valise::marmot {

//! The decoded contents of a group's dictionary.
struct GroupState {
    GroupProfile profile;
    AdminPolicy admins;
    NostrRouting routing;
    std::uint64_t retentionSeconds = 0;
    Lifecycle lifecycle = Lifecycle::Active;
    ComponentsList required;
};

//! Decodes the dictionary and checks the whole state by the rules for a Current group: required capabilities
//! and components, canonical states, proof and support of every leaf, a leaf for every admin. Leaves that are
//! unchanged in `knownLeaves` are not verified again. Errors: UnknownComponent, InvalidTree, InvalidEncoding,
//! InvalidKeyPackage, InvalidSignature.
Result<GroupState> checkGroup(const mls::Group& group, const mls::Group* knownLeaves = nullptr);

//! Checks that the committer was allowed to make the commit, by the rules of the state before it. Errors:
//! NotAuthorized, InvalidCommit.
Result<void> checkAuthority(const mls::Group& parent, const GroupState& parentState,
                            const mls::CommitSummary& summary, const std::optional<mls::Group>& next);

//! Checks that a member may send this proposal by itself. Error: NotAuthorized.
Result<void> checkProposalAuthority(const mls::Group& group, const GroupState& state,
                                    const mls::VerifiedProposal& proposal);

//! The class of a valid commit. Every commit requires an admin, except renewing the own keys and committing
//! departures.
CommitClass classOf(const mls::CommitSummary& summary);

} // namespace valise::marmot
