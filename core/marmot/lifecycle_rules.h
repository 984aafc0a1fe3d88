// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_rules.h"

namespace valise::marmot {

//! Checks the effect of a commit on the group's lifecycle (component 0x800c). A commit may make the group
//! require it, and then does nothing else. A commit may end the group: it names the committer as the only
//! admin, removes every other leaf, and does nothing else. No other change is allowed. `next` is absent if
//! the commit removed this client; then only the proposals are checked. Errors: InvalidCommit,
//! InvalidEncoding, GroupDisbanded.
Result<void> checkLifecycle(const mls::Group& parent, const GroupState& parentState,
                            const mls::CommitSummary& summary, const std::optional<mls::Group>& next);

} // namespace valise::marmot
