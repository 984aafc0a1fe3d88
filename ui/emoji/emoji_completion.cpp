// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/emoji/emoji_completion.h"

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
    : FieldCompletion(field, theme, tr("Emoji that fit")) {
    list()->setObjectName(QStringLiteral("emojiCompletion"));
}

void EmojiCompletion::look() {
    const QTextCursor cursor = field()->textCursor();
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
    const int start = cursor.block().position() + from - 1;
    if (closed) {
        setStart(start);
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
    list()->clear();
    for (const Emoji& emoji : found) {
        auto* item = new QListWidgetItem(emoji.text + QStringLiteral("  ") + emoji.name, list());
        item->setData(Qt::UserRole, emoji.text);
        item->setData(Qt::AccessibleTextRole, emoji.name);
    }
    offer(start);
}

void EmojiCompletion::take(const QString& emoji) {
    replace(emoji + QLatin1Char(' '));
    emit used(emoji);
}

} // namespace valise::ui
