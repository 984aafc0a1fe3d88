// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_rules.h"

namespace valise::marmot {

//! What a commit may do to a group's life (component 0x800c): begin to require it, in a commit of its own;
//! end the group, in a commit that names the committer as the only admin, removes every other leaf and does
//! nothing else; nothing otherwise. `next` is absent if the commit removed this client, which then judges by
//! the proposals alone. Errors: InvalidCommit, InvalidEncoding, GroupDisbanded.
Result<void> checkLifecycle(const mls::Group& parent, const GroupState& parentState,
                            const mls::CommitSummary& summary, const std::optional<mls::Group>& next);

} // namespace valise::marmot
