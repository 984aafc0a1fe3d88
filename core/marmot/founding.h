// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"
#include "core/marmot/welcome.h"

//! How a group begins for this client: by founding it, or by a Welcome.
namespace valise::marmot {

struct Founding {
    GroupProfile profile;
    std::vector<std::string> relays; //!< 1 to 16
    std::vector<InvitePackage> invitees;
    std::uint64_t retentionSeconds = 0;
    std::vector<Id32> admins; //!< of the invitees, who is an admin beside the founder
};

//! The first state that this client holds.
struct FoundedGroup {
    mls::Group group;
    GroupState state;
    std::vector<WelcomeDuty> welcomes;
};

//! Epoch 0 alone and, with invitees, a locally merged Add to epoch 1 that is never published. `now` in
//! seconds. Errors: InvalidArgument, LimitExceeded, InvalidKeyPackage.
Result<FoundedGroup> foundGroup(const crypto::SchnorrKeyPair& account, const Founding& founding,
                                std::int64_t now, crypto::Random& random);

//! Joins by a Welcome after every check of the profile; the bundle is untouched. Errors: InvalidWelcome,
//! NotAuthorized (the inviter is no admin), GroupDisbanded, and those of checkGroup and mls::Group::join.
//! Without `now` lifetimes are not checked.
Result<FoundedGroup> joinGroup(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                               std::optional<std::int64_t> now);

} // namespace valise::marmot
