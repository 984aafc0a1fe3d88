// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/format_bar.h"

#include "ui/format.h"

#include <QHBoxLayout>
#include <QTextEdit>
#include <QToolButton>

namespace valise::ui {

FormatBar::FormatBar(QTextEdit* field, const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_theme(theme) {
    setObjectName(QStringLiteral("formatBar"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (const TextMark mark : kTextMarks) {
        auto* b = new QToolButton(this);
        // The field keeps the focus, and so its selection.
        b->setFocusPolicy(Qt::NoFocus);
        theme->fixSize(b, 28, 26);
        theme->iconSize(b, 16);
        b->setAccessibleName(markName(mark));
        b->setToolTip(withKeys(markName(mark), markKey(mark).toString(QKeySequence::PortableText)));
        connect(b, &QToolButton::clicked, this, [this, mark] { apply(mark); });
        m_buttons.at(static_cast<std::size_t>(mark)) = b;
        row->addWidget(b);
    }
    row->addStretch();
    connect(m_field, &QTextEdit::selectionChanged, this,
            [this] { setVisible(m_field->textCursor().hasSelection()); });
    connect(m_theme, &Theme::changed, this, &FormatBar::restyle);
    restyle();
    hide();
}

void FormatBar::apply(TextMark mark) {
    QTextCursor cursor = m_field->textCursor();
    toggleMark(cursor, mark);
    m_field->setTextCursor(cursor);
}

void FormatBar::restyle() {
    for (const TextMark mark : kTextMarks) {
        button(mark)->setIcon(m_theme->icon(markIconName(mark)));
    }
}

} // namespace valise::ui
