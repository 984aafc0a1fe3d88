// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"
#include "core/marmot/welcome.h"

//! How a client gets its first state of a group: by founding it, or by a Welcome.
namespace valise::marmot {

struct Founding {
    GroupProfile profile;
    std::vector<std::string> relays; //!< 1 to 16
    std::vector<InvitePackage> invitees;
    std::uint64_t retentionSeconds = 0;
    std::vector<Id32> admins; //!< the invitees that become admins beside the founder
};

//! The first state of a group on this client.
struct FoundedGroup {
    mls::Group group;
    GroupState state;
    std::vector<WelcomeDuty> welcomes;
};

//! Creates epoch 0. With invitees, an Add to epoch 1 is merged locally and never published. `now` in seconds.
//! Errors: InvalidArgument, LimitExceeded, InvalidKeyPackage.
Result<FoundedGroup> foundGroup(const crypto::SchnorrKeyPair& account, const Founding& founding,
                                std::int64_t now, crypto::Random& random);

//! Joins by a Welcome after all checks of the profile. The bundle is not changed. Without `now`, lifetimes
//! are not checked. Errors: InvalidWelcome, NotAuthorized (the inviter is not an admin), GroupDisbanded, and
//! those of checkGroup and mls::Group::join.
Result<FoundedGroup> joinGroup(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                               std::optional<std::int64_t> now);

} // namespace valise::marmot
