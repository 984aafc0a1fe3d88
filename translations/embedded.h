// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::translations {

//! Makes the translations reachable under :/i18n. A static library's resources have to be asked for.
void initialize();

} // namespace valise::translations
