// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/past_epochs.h"

namespace valise::mls {

void PastEpochs::add(const Group& group) {
    m_epochs.push_back(group.forReading());
    while (m_epochs.size() > m_depth)
        m_epochs.pop_front();
}

Result<ApplicationMessage> PastEpochs::unprotect(ByteView mlsMessage) {
    VALISE_TRY(const Inspected inspected, inspect(mlsMessage));
    for (Group& g : m_epochs) {
        if (g.epoch() == inspected.epoch && g.groupId() == inspected.groupId)
            return g.unprotect(mlsMessage);
    }
    return {ErrorCode::WrongEpoch, "the keys of this epoch are not kept"};
}

} // namespace valise::mls
