// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"

#include <QString>

#include <functional>
#include <optional>

namespace valise::cli {

//! Asks for a passphrase without showing it. Nothing if there is no terminal.
std::optional<crypto::Secret> askPassphrase(const QString& prompt);

//! Calls `stop` on the event loop when the person or the system asks the program to end (SIGINT, SIGTERM).
void onInterrupt(std::function<void()> stop);
//! True once the program was asked to end; a read from the standard input returns early then.
bool interrupted();

} // namespace valise::cli
