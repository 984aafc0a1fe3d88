// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/composer_field.h"

#include "ui/theme/line_field.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>

#include <cmath>

namespace valise::ui {
namespace {

constexpr int kMostLines = 6;

} // namespace

ComposerField::ComposerField(QWidget* parent)
    : QTextEdit(parent) {
    setObjectName(QStringLiteral("composerField"));
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setLineWrapMode(QTextEdit::WidgetWidth);
    document()->setDocumentMargin(3);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ComposerField::fitHeight);
    beginWithTheWindow(this, document());
    fitHeight();
}

void ComposerField::fitHeight() {
    const double line = QFontMetricsF(font()).lineSpacing();
    const int content = static_cast<int>(std::ceil(document()->size().height()));
    const int most = static_cast<int>(std::ceil(line * kMostLines)) + 6;
    // Border and padding of the style sheet, which grow with the text.
    const int frame = std::max(16, height() - viewport()->height());
    setFixedHeight(std::max(m_least, std::min(content, most) + frame));
    setVerticalScrollBarPolicy(content > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void ComposerField::setLeastHeight(int height) {
    m_least = height;
    fitHeight();
}

void ComposerField::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void ComposerField::setHint(const QString& text) {
    m_hint = text;
    viewport()->update();
}

void ComposerField::paintEvent(QPaintEvent* event) {
    QTextEdit::paintEvent(event);
    if (m_spelling && !m_spelling->marks().isEmpty()) {
        QPainter painter(viewport());
        painter.setClipRect(event->rect());
        m_spelling->paint(painter);
    }
    if (!document()->isEmpty() || m_hint.isEmpty())
        return;
    // QTextEdit's own placeholder is clipped in scripts whose lines are taller than the Latin ones.
    QPainter painter(viewport());
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const int margin = static_cast<int>(document()->documentMargin());
    Theme::paintLine(painter, viewport()->rect().adjusted(margin, 0, -margin, 0), m_hint,
                     layoutDirection() == Qt::RightToLeft);
}

void ComposerField::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        emit laterWanted();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        (modifiers == Qt::ControlModifier || (m_enterSends && modifiers == Qt::NoModifier))) {
        emit submitted();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        emit cancelled();
        event->ignore();
        return;
    }
    if (event->modifiers() & Qt::ControlModifier) {
        for (const TextMark mark : kTextMarks) {
            if (markKey(mark) == QKeySequence(event->keyCombination())) {
                emit markWanted(mark);
                return;
            }
        }
    }
    if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier && toPlainText().isEmpty()) {
        emit leftUpwards();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void ComposerField::insertFromMimeData(const QMimeData* source) {
    // Formatting from elsewhere would be lost when sent; it is not shown in the first place.
    if (source->hasText())
        insertPlainText(source->text());
}

} // namespace valise::ui
