// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/field_completion.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QTextEdit>

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
    const int row = m_list->sizeHintForRow(0);
    m_list->setFont(m_theme->font(13));
    m_list->resize(std::min(300, m_field->width()), row * m_list->count() + 12);
    const QPoint corner = m_field->mapTo(window, QPoint(0, 0));
    const int x = m_field->layoutDirection() == Qt::RightToLeft
                      ? corner.x() + m_field->width() - m_list->width()
                      : corner.x();
    m_list->move(x, corner.y() - m_list->height() - 6);
    m_list->show();
    m_list->raise();
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
