// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/edit.h"

#include "core/marmot/content/targets.h"
#include "core/marmot/content/text.h"

namespace valise::marmot {

Result<void> Edit::check() const {
    return Text{text}.check();
}

Result<Edit> Edit::read(const InnerEvent& event) {
    VALISE_TRY(const Id32 target, readTarget(event));
    if (event.content.empty())
        return {ErrorCode::InvalidEvent, "an edit without text"};
    return Edit{target, event.content};
}

void Edit::write(InnerEvent& event) const {
    writeTargets(event, {target});
    event.content = text;
}

} // namespace valise::marmot
