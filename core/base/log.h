// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace valise {

enum class LogLevel { Debug, Info, Warning, Error };

//! Receives every line. The default writes warnings and errors to standard error. Called from any thread.
using LogSink = std::function<void(LogLevel, std::string_view category, std::string_view text)>;
//! Replaces the sink; call before other threads start.
void setLogSink(LogSink sink);

//! One line for the log. `category` names the room ("net", "storage", ...). Never pass a secret, a plaintext,
//! a name or a key: the log may be sent to a help desk.
void log(LogLevel level, std::string_view category, std::string_view text);

} // namespace valise
