// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/text_marks.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <array>

class QTextEdit;
class QToolButton;

namespace valise::ui {

//! Buttons that format what is selected in a text field; there only while something is selected.
class FormatBar : public QWidget {
    Q_OBJECT

public:
    FormatBar(QTextEdit* field, const Theme* theme, QWidget* parent);
    QToolButton* button(TextMark mark) const { return m_buttons.at(static_cast<std::size_t>(mark)); }
    //! Formats the field's selection.
    void apply(TextMark mark);

private:
    void restyle();

    QTextEdit* m_field;
    const Theme* m_theme;
    std::array<QToolButton*, 6> m_buttons{};
};

} // namespace valise::ui
