// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/line_field.h"

#include "ui/theme/theme.h"

#include <QInputMethodEvent>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QTextDocument>
#include <QTextOption>

namespace valise::ui {

LineField::LineField(QWidget* parent)
    : QLineEdit(parent) {}

void LineField::setHint(const QString& text) {
    m_hint = text;
    setAccessibleDescription(text);
    update();
}

void LineField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (m_hint.isEmpty() || m_composing || !text().isEmpty())
        return;
    QStyleOptionFrame frame;
    initStyleOption(&frame);
    // QLineEdit keeps two pixels on both sides of its text.
    const QRect room = style()
                           ->subElementRect(QStyle::SE_LineEditContents, &frame, this)
                           .marginsRemoved(textMargins())
                           .adjusted(2, 0, -2, 0);
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    Theme::paintLine(painter, room, m_hint, layoutDirection() == Qt::RightToLeft);
}

void LineField::inputMethodEvent(QInputMethodEvent* event) {
    m_composing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
}

void beginWithTheWindow(const QWidget* field, QTextDocument* document) {
    const auto follow = [field, document] {
        QTextOption option = document->defaultTextOption();
        const Qt::LayoutDirection direction =
            document->isEmpty() ? field->layoutDirection() : Qt::LayoutDirectionAuto;
        if (option.textDirection() == direction)
            return;
        option.setTextDirection(direction);
        // A field of plain text takes the side from here alone.
        option.setAlignment(direction == Qt::RightToLeft ? Qt::AlignRight | Qt::AlignAbsolute
                                                         : Qt::Alignment(Qt::AlignLeft));
        document->setDefaultTextOption(option);
    };
    QObject::connect(document, &QTextDocument::contentsChanged, field, follow);
    follow();
}

} // namespace valise::ui
