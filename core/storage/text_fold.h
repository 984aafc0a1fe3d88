// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace valise::storage {

//! A character and its place in its UTF-8 text. Ill-formed octets count as one character each.
struct FoldedChar {
    char32_t folded = 0;
    std::size_t offset = 0;
};

//! A text's characters in lower case, in the scripts that have case (Latin, Greek, Cyrillic, Armenian);
//! others as they are.
std::vector<FoldedChar> foldText(std::string_view text);

} // namespace valise::storage
