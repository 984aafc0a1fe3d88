// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/text_marks.h"

#include <QCoreApplication>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

namespace valise::ui {
namespace {

struct TextMarks {
    Q_DECLARE_TR_FUNCTIONS(TextMarks)
};

QString signOf(TextMark mark) {
    switch (mark) {
    case TextMark::Bold:
        return QStringLiteral("**");
    case TextMark::Italic:
        return QStringLiteral("_");
    case TextMark::Strike:
        return QStringLiteral("~~");
    case TextMark::Code:
        return QStringLiteral("`");
    case TextMark::Quote:
        return QStringLiteral("> ");
    case TextMark::List:
        return QStringLiteral("- ");
    }
    return {};
}

QString textBetween(const QTextCursor& cursor, int from, int to) {
    QTextCursor part(cursor);
    part.setPosition(from);
    part.setPosition(to, QTextCursor::KeepAnchor);
    return part.selectedText();
}

void select(QTextCursor& cursor, int from, int to) {
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
}

void replace(QTextCursor cursor, int from, int to, const QString& text) {
    select(cursor, from, to);
    cursor.insertText(text);
}

void toggleLines(QTextCursor& cursor, const QString& sign) {
    const QTextDocument* document = cursor.document();
    const int first = document->findBlock(cursor.selectionStart()).blockNumber();
    int last = document->findBlock(cursor.selectionEnd()).blockNumber();
    // A selection that ends before a line does not mean it.
    if (last > first && document->findBlockByNumber(last).position() == cursor.selectionEnd())
        --last;
    bool all = true;
    for (int line = first; line <= last; ++line)
        all = all && document->findBlockByNumber(line).text().startsWith(sign);
    for (int line = first; line <= last; ++line) {
        const QTextBlock block = document->findBlockByNumber(line);
        if (all)
            replace(cursor, block.position(), block.position() + static_cast<int>(sign.size()), {});
        else if (!block.text().startsWith(sign))
            replace(cursor, block.position(), block.position(), sign);
    }
    const QTextBlock end = document->findBlockByNumber(last);
    if (cursor.hasSelection())
        select(cursor, document->findBlockByNumber(first).position(), end.position() + end.length() - 1);
}

void toggleInline(QTextCursor& cursor, const QString& sign) {
    int from = cursor.selectionStart();
    int to = cursor.selectionEnd();
    // Blanks at the ends would keep the marks from being read as such.
    while (from < to && textBetween(cursor, from, from + 1).at(0).isSpace())
        ++from;
    while (to > from && textBetween(cursor, to - 1, to).at(0).isSpace())
        --to;
    const int size = static_cast<int>(sign.size());
    const int length = cursor.document()->characterCount() - 1;
    const QString inside = textBetween(cursor, from, to);
    if (from >= size && to + size <= length && textBetween(cursor, from - size, from) == sign &&
        textBetween(cursor, to, to + size) == sign) {
        replace(cursor, to, to + size, {});
        replace(cursor, from - size, from, {});
        select(cursor, from - size, to - size);
    } else if (inside.size() >= 2 * size && inside.startsWith(sign) && inside.endsWith(sign)) {
        replace(cursor, to - size, to, {});
        replace(cursor, from, from + size, {});
        select(cursor, from, to - 2 * size);
    } else {
        replace(cursor, to, to, sign);
        replace(cursor, from, from, sign);
        select(cursor, from + size, to + size);
    }
}

//! An underscore inside of a word is a letter, so part of a word needs another sign.
bool insideWord(const QTextCursor& cursor) {
    const int from = cursor.selectionStart();
    const int to = cursor.selectionEnd();
    return (from > 0 && textBetween(cursor, from - 1, from).at(0).isLetterOrNumber()) ||
           (to < cursor.document()->characterCount() - 1 &&
            textBetween(cursor, to, to + 1).at(0).isLetterOrNumber());
}

void toggleFence(QTextCursor& cursor) {
    const QString fence = QStringLiteral("```");
    const QTextDocument* document = cursor.document();
    const QTextBlock first = document->findBlock(cursor.selectionStart());
    const QTextBlock last = document->findBlock(cursor.selectionEnd());
    const int from = first.position();
    const int to = last.position() + last.length() - 1;
    if (first.previous().text() == fence && last.next().text() == fence) {
        replace(cursor, to, to + 1 + static_cast<int>(fence.size()), {});
        const int before = first.previous().position();
        replace(cursor, before, from, {});
        select(cursor, before, to - (from - before));
        return;
    }
    replace(cursor, to, to, QLatin1Char('\n') + fence);
    replace(cursor, from, from, fence + QLatin1Char('\n'));
    const int moved = static_cast<int>(fence.size()) + 1;
    select(cursor, from + moved, to + moved);
}

} // namespace

QString markName(TextMark mark) {
    switch (mark) {
    case TextMark::Bold:
        return TextMarks::tr("Bold");
    case TextMark::Italic:
        return TextMarks::tr("Italic");
    case TextMark::Strike:
        return TextMarks::tr("Struck through");
    case TextMark::Code:
        return TextMarks::tr("Code");
    case TextMark::Quote:
        return TextMarks::tr("Quotation");
    case TextMark::List:
        return TextMarks::tr("List");
    }
    return {};
}

QString markIconName(TextMark mark) {
    switch (mark) {
    case TextMark::Bold:
        return QStringLiteral("bold");
    case TextMark::Italic:
        return QStringLiteral("italic");
    case TextMark::Strike:
        return QStringLiteral("strike");
    case TextMark::Code:
        return QStringLiteral("code");
    case TextMark::Quote:
        return QStringLiteral("quote");
    case TextMark::List:
        return QStringLiteral("list");
    }
    return {};
}

QKeySequence markKey(TextMark mark) {
    switch (mark) {
    case TextMark::Bold:
        return QKeySequence(Qt::CTRL | Qt::Key_B);
    case TextMark::Italic:
        return QKeySequence(Qt::CTRL | Qt::Key_I);
    case TextMark::Strike:
        return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X);
    case TextMark::Code:
        return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    case TextMark::Quote:
        return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Q);
    case TextMark::List:
        return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    }
    return {};
}

void toggleMark(QTextCursor& cursor, TextMark mark) {
    cursor.beginEditBlock();
    if (mark == TextMark::Quote || mark == TextMark::List)
        toggleLines(cursor, signOf(mark));
    else if (mark == TextMark::Code && cursor.selectedText().contains(QChar::ParagraphSeparator))
        toggleFence(cursor);
    else if (mark == TextMark::Italic && insideWord(cursor))
        toggleInline(cursor, QStringLiteral("*"));
    else
        toggleInline(cursor, signOf(mark));
    cursor.endEditBlock();
}

} // namespace valise::ui
