// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/bodies/message_body.h"

namespace valise::ui {

std::pair<int, int> wordAt(const QString& text, int character) {
    const int length = static_cast<int>(text.size());
    if (character < 0 || character > length)
        return {0, 0};
    int from = character;
    int to = character;
    while (from > 0 && text.at(from - 1).isLetterOrNumber())
        --from;
    while (to < length && text.at(to).isLetterOrNumber())
        ++to;
    return {from, to};
}

} // namespace valise::ui
