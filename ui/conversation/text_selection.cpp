// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/text_selection.h"

#include "ui/conversation/timeline_model.h"

namespace valise::ui {

std::optional<TextSelection::Span> TextSelection::span(const TimelineModel& model) const {
    if (!isStarted())
        return std::nullopt;
    const int anchor = model.indexOfRow(m_anchor.row);
    const int end = m_end.row == m_anchor.row ? anchor : model.indexOfRow(m_end.row);
    if (anchor < 0 || end < 0)
        return std::nullopt;
    std::pair first(anchor, m_anchor.character);
    std::pair last(end, m_end.character);
    if (last < first)
        std::swap(first, last);
    return Span{first.first, last.first, first.second, last.second};
}

} // namespace valise::ui
