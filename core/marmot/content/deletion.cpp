// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/deletion.h"

#include "core/marmot/content/targets.h"

namespace valise::marmot {

Result<void> Deletion::check() const {
    if (messages.empty())
        return {ErrorCode::InvalidArgument, "a deletion of nothing"};
    if (messages.size() > kMaxDeleted)
        return {ErrorCode::LimitExceeded, "a deletion of too many messages"};
    return {};
}

Result<Deletion> Deletion::read(const InnerEvent& event) {
    VALISE_TRY(std::vector<Id32> targets, readTargets(event, kMaxDeleted));
    return Deletion{std::move(targets)};
}

void Deletion::write(InnerEvent& event) const {
    writeTargets(event, messages);
}

} // namespace valise::marmot
