// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"

#include <QString>

#include <functional>
#include <optional>

namespace valise::cli {

//! Asks for a passphrase without echo. Empty if there is no terminal.
std::optional<crypto::Secret> askPassphrase(const QString& prompt);

//! Calls `stop` on the event loop when the person or the system asks the program to end (SIGINT, SIGTERM).
void onInterrupt(std::function<void()> stop);
//! True after the program was asked to end. Then a blocked read from standard input returns early.
bool interrupted();

} // namespace valise::cli
