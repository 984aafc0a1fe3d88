// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Something of a kind that this version does not know. It is kept, within bounds, for a later version.
struct Unknown {
    static constexpr ContentTraits kTraits{.name = "unknown"};

    nostr::Kind kind = 0;
    nostr::Tags tags;
    std::string content;

    friend bool operator==(const Unknown&, const Unknown&) = default;
};

} // namespace valise::marmot
