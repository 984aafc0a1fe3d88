// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <climits>
#include <optional>
#include <utility>

namespace valise::ui {

class TimelineModel;

//! A character of a message's shown text.
struct TextPosition {
    qint64 row = -1; //!< of the message, as client::MessageRecord has it
    int character = 0;

    friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

//! Text that is selected in the timeline, within one message or across several. It hangs on the messages,
//! wherever they move while others come and go.
class TextSelection {
public:
    //! From a character of one message to a character of the same or a later one.
    struct Span {
        int first = 0; //!< indexes in the model
        int last = 0;
        int from = 0; //!< in the first message
        int to = 0;   //!< in the last message

        bool isEmpty() const { return first == last && from == to; }
        //! The selected part of a message; INT_MAX stands for its end.
        std::pair<int, int> of(int index) const {
            if (index < first || index > last)
                return {0, 0};
            return {index == first ? from : 0, index == last ? to : INT_MAX};
        }
    };

    void clear() { m_anchor = m_end = {}; }
    void start(TextPosition at) { m_anchor = m_end = at; }
    void extend(TextPosition to) { m_end = to; }
    bool isStarted() const { return m_anchor.row >= 0; }
    //! Nothing where one of its ends is not held any more.
    std::optional<Span> span(const TimelineModel& model) const;

private:
    TextPosition m_anchor;
    TextPosition m_end;
};

} // namespace valise::ui
