// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/emoji/emoji_completion.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QTextBlock>
#include <QTextEdit>

namespace valise::ui {
namespace {

constexpr int kMostOffered = 6;
constexpr int kLeast = 2; //!< characters after the colon

bool isCode(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('+') || c == QLatin1Char('-');
}

} // namespace

EmojiCompletion::EmojiCompletion(QTextEdit* field, const Theme* theme)
    : QObject(field)
    , m_field(field)
    , m_theme(theme)
    , m_list(new QListWidget(field)) {
    m_list->setObjectName(QStringLiteral("emojiCompletion"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("Emoji that fit"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->hide();
    field->installEventFilter(this);
    connect(field, &QTextEdit::textChanged, this, &EmojiCompletion::look);
    connect(field, &QTextEdit::cursorPositionChanged, this, &EmojiCompletion::look);
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { take(item->data(Qt::UserRole).toString()); });
}

void EmojiCompletion::look() {
    m_list->hide();
    m_start = -1;
    const QTextCursor cursor = m_field->textCursor();
    if (!m_table || cursor.hasSelection())
        return;
    const QString line = cursor.block().text();
    const int end = cursor.positionInBlock();
    int from = end;
    const bool closed = end > 0 && line.at(end - 1) == QLatin1Char(':');
    if (closed)
        --from;
    const int last = from;
    while (from > 0 && isCode(line.at(from - 1)))
        --from;
    if (from == 0 || line.at(from - 1) != QLatin1Char(':') || last - from < kLeast)
        return;
    // Not inside a word, a time or an address.
    if (from > 1 && !line.at(from - 2).isSpace())
        return;
    const QString name = line.mid(from, last - from);
    m_start = cursor.block().position() + from - 1;
    if (closed) {
        for (const Emoji& emoji : m_table->search(name, kMostOffered)) {
            if (emoji.code.compare(name, Qt::CaseInsensitive) == 0) {
                take(emoji.text);
                return;
            }
        }
        return;
    }
    QString words = name;
    words.replace(QLatin1Char('_'), QLatin1Char(' '));
    QVector<Emoji> found = m_table->search(words, kMostOffered);
    if (found.isEmpty())
        found = m_table->search(name, kMostOffered);
    if (found.isEmpty())
        return;
    m_list->clear();
    for (const Emoji& emoji : found) {
        auto* item = new QListWidgetItem(emoji.text + QStringLiteral("  ") + emoji.name, m_list);
        item->setData(Qt::UserRole, emoji.text);
        item->setData(Qt::AccessibleTextRole, emoji.name);
    }
    m_list->setCurrentRow(0);
    place();
}

void EmojiCompletion::place() {
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

void EmojiCompletion::take(const QString& emoji) {
    if (m_start < 0)
        return;
    QTextCursor cursor = m_field->textCursor();
    const int end = cursor.position();
    cursor.setPosition(m_start);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    cursor.insertText(emoji + QLatin1Char(' '));
    m_list->hide();
    m_start = -1;
    emit used(emoji);
}

bool EmojiCompletion::eventFilter(QObject* watched, QEvent* event) {
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
