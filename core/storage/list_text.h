// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace valise::storage {

//! URLs in one column, one a line. Error: InvalidArgument for an empty one or one with a line feed.
inline Result<std::string> joinLines(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) {
        if (line.empty() || line.find('\n') != std::string::npos)
            return {ErrorCode::InvalidArgument, "a relay URL is empty or holds a line feed"};
        out += line;
        out += '\n';
    }
    return out;
}

inline std::vector<std::string> splitLines(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string::npos)
            break;
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

} // namespace valise::storage
