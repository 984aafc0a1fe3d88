// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/log.h"

#include <cstdio>

namespace valise {

namespace {

void toStandardError(LogLevel level, std::string_view category, std::string_view text) {
    if (level < LogLevel::Warning)
        return;
    // Each line is written by one call, so that lines of two threads do not mix.
    std::string line;
    line.reserve(category.size() + text.size() + 16);
    line.append(level == LogLevel::Error ? "error " : "warning ").append(category).append(": ").append(text);
    line.push_back('\n');
    std::fwrite(line.data(), 1, line.size(), stderr);
}

LogSink& sink() {
    static LogSink current = toStandardError;
    return current;
}

} // namespace

void setLogSink(LogSink replacement) {
    sink() = replacement ? std::move(replacement) : LogSink(toStandardError);
}

void log(LogLevel level, std::string_view category, std::string_view text) {
    sink()(level, category, text);
}

} // namespace valise
