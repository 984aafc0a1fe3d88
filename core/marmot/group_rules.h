// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/branch_selector.h"
#include "core/marmot/profile.h"

namespace valise::marmot {

//! What a group's dictionary says, decoded.
struct GroupState {
    GroupProfile profile;
    AdminPolicy admins;
    NostrRouting routing;
    std::uint64_t retentionSeconds = 0;
    Lifecycle lifecycle = Lifecycle::Active;
    ComponentsList required;
};

//! Decodes the dictionary and checks the invariants of a Current group on the whole state: required
//! capabilities and components, canonical states, every leaf's proof and support, every admin with a leaf.
//! Errors: UnknownComponent, InvalidTree, InvalidEncoding, InvalidKeyPackage, InvalidSignature. With
//! `knownLeaves`, leaves that stand there unchanged are not verified again.
Result<GroupState> checkGroup(const mls::Group& group, const mls::Group* knownLeaves = nullptr);

//! Whether a commit was made by somebody who may, judged by the state before it. Errors: NotAuthorized,
//! InvalidCommit.
Result<void> checkAuthority(const mls::Group& parent, const GroupState& parentState,
                            const mls::CommitSummary& summary, const std::optional<mls::Group>& next);

//! Whether a member may send this proposal on its own. Error: NotAuthorized.
Result<void> checkProposalAuthority(const mls::Group& group, const GroupState& state,
                                    const mls::VerifiedProposal& proposal);

//! Whether a valid commit needed an admin: everything but renewing one's own keys and committing departures.
CommitClass classOf(const mls::CommitSummary& summary);

} // namespace valise::marmot
