// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! The inner event ids in the `e` tags of an event, each once, in order. Errors: InvalidEvent for none or a
//! malformed one, LimitExceeded for more than `most`.
Result<std::vector<Id32>> readTargets(const InnerEvent& event, std::size_t most);
//! The only target of an event. Error: InvalidEvent for none, several or a malformed one.
Result<Id32> readTarget(const InnerEvent& event);
//! Adds an `e` tag for each target.
void writeTargets(InnerEvent& event, const std::vector<Id32>& targets);

} // namespace valise::marmot
