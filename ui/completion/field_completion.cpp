// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/completion/field_completion.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>

namespace valise::ui {

FieldCompletion::FieldCompletion(QTextEdit* field, const Theme* theme, const QString& name)
    : QObject(field)
    , m_field(field)
    , m_theme(theme)
    , m_list(new QListWidget(field)) {
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(name);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->hide();
    field->installEventFilter(this);
    const auto again = [this] {
        m_list->hide();
        m_start = -1;
        look();
    };
    connect(field, &QTextEdit::textChanged, this, again);
    connect(field, &QTextEdit::cursorPositionChanged, this, again);
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { take(item->data(Qt::UserRole).toString()); });
}

void FieldCompletion::offer(int start) {
    m_start = start;
    m_list->setCurrentRow(0);
    QWidget* window = m_field->window();
    if (m_list->parentWidget() != window)
        m_list->setParent(window);
    m_list->setLayoutDirection(m_field->layoutDirection());
    m_list->setFont(m_theme->font(13));
    // Only what is shown knows how much the border and the padding of the style sheet take.
    m_list->show();
    m_list->raise();
    QTextCursor begun(m_field->document());
    begun.setPosition(start);
    const QRect token = m_field->cursorRect(begun);
    const QPoint at = m_field->viewport()->mapTo(window, token.topLeft());
    const QPoint corner = m_field->mapTo(window, QPoint(0, 0));
    const int gap = m_theme->px(6);
    // Above the line, and above the field if it is the first.
    const int bottom = (at.y() - corner.y() < token.height() ? corner.y() : at.y()) - gap;
    const int rows = m_list->sizeHintForRow(0) * m_list->count();
    const int wanted = rows + m_list->height() - m_list->viewport()->height();
    const int room = std::max(m_list->sizeHintForRow(0), bottom - gap);
    m_list->setVerticalScrollBarPolicy(wanted > room ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_list->resize(std::min(m_theme->px(300), m_field->width()), std::min(wanted, room));
    // The list begins at the word's beginning, but stays within the field.
    const int x = begun.block().textDirection() == Qt::RightToLeft ? at.x() - m_list->width() : at.x();
    m_list->move(std::clamp(x, corner.x(), corner.x() + m_field->width() - m_list->width()),
                 bottom - m_list->height());
}

void FieldCompletion::replace(const QString& text) {
    if (m_start < 0)
        return;
    QTextCursor cursor = m_field->textCursor();
    const int end = cursor.position();
    cursor.setPosition(std::exchange(m_start, -1));
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    cursor.insertText(text);
    m_list->hide();
}

bool FieldCompletion::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide)
        m_list->hide();
    // Esc would otherwise be taken by the window's own shortcut.
    const bool press = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!press || m_list->isHidden())
        return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool act = event->type() == QEvent::KeyPress;
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int n = m_list->count();
        if (act)
            m_list->setCurrentRow((m_list->currentRow() + (key->key() == Qt::Key_Down ? 1 : n - 1)) % n);
        break;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        if (key->modifiers() != Qt::NoModifier)
            return QObject::eventFilter(watched, event);
        if (act)
            take(m_list->currentItem()->data(Qt::UserRole).toString());
        break;
    case Qt::Key_Escape:
        if (act)
            m_list->hide();
        break;
    default:
        return QObject::eventFilter(watched, event);
    }
    event->accept();
    return true;
}

} // namespace valise::ui
