// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::ui {

//! Lets screen readers walk the messages of every TimelineView, and the parts of their bodies. Call once,
//! after the application object is made.
void installTimelineAccessibility();

} // namespace valise::ui
