// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/field_spelling.h"

#include "ui/spelling/word_finder.h"

#include <QAbstractTextDocumentLayout>
#include <QAccessible>
#include <QContextMenuEvent>
#include <QGlyphRun>
#include <QPainterPath>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

// Longer texts cannot be sent; the bound keeps a huge paste from costing more than a few milliseconds.
constexpr int kMostChecked = 65'536;
// The menu waits so long for suggestions, which are there at once nearly always, before it opens without.
constexpr int kMenuPatienceMs = 300;
const QString kFence = QStringLiteral("```");

//! The name as it may stand in a menu, where & would mark a key.
QString menuText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

FieldSpelling::FieldSpelling(QTextEdit* field, const Theme* theme)
    : QObject(field)
    , m_field(field)
    , m_theme(theme) {
    field->installEventFilter(this);
    field->viewport()->installEventFilter(this);
    connect(field, &QTextEdit::textChanged, this, [this] {
        m_writing = true;
        m_caret = m_field->textCursor().position();
        m_revision = m_field->document()->revision();
        look();
    });
    connect(field, &QTextEdit::cursorPositionChanged, this, &FieldSpelling::noteCaret);
    connect(theme, &Theme::changed, this, [this] { m_field->viewport()->update(); });
    m_patience.setSingleShot(true);
    m_patience.setInterval(kMenuPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        makeMenu();
        showMenu();
    });
}

void FieldSpelling::setChecker(SpellChecker* checker) {
    if (m_checker)
        m_checker->disconnect(this);
    m_checker = checker;
    if (checker)
        connect(checker, &SpellChecker::verdictsChanged, this, &FieldSpelling::look);
    look();
}

void FieldSpelling::setNames(const QStringList& names) {
    if (names == m_names)
        return;
    m_names = names;
    m_nameWords.clear();
    for (const QString& name : names)
        for (const FoundWord& word : findWords(name))
            m_nameWords.insert(plainWord(name.mid(word.start, word.length)));
    look();
}

void FieldSpelling::settle() {
    if (std::exchange(m_writing, false))
        look();
}

void FieldSpelling::look() {
    QVector<MarkedWord> marks;
    bool code = false;
    for (QTextBlock block = m_field->document()->begin();
         m_checker && block.isValid() && block.position() < kMostChecked; block = block.next()) {
        const QString line = block.text().left(kMostChecked);
        if (line.startsWith(kFence)) {
            code = !code;
            continue;
        }
        if (code)
            continue;
        for (const FoundWord& word : findWords(line, m_names)) {
            const int start = block.position() + static_cast<int>(word.start);
            const int length = static_cast<int>(word.length);
            if (isBeingWritten(start, start + length))
                continue;
            const QString text = line.mid(word.start, word.length);
            if (m_checker->verdict(text) == SpellChecker::Verdict::Wrong &&
                !m_nameWords.contains(plainWord(text)))
                marks.append({start, length});
        }
    }
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    m_field->viewport()->update();
    if (QAccessible::isActive()) {
        QAccessibleEvent event(m_field, QAccessible::TextAttributeChanged);
        QAccessible::updateAccessibility(&event);
    }
}

bool FieldSpelling::isBeingWritten(int start, int end) const {
    const int caret = m_field->textCursor().position();
    return m_writing && start < caret && caret <= end;
}

void FieldSpelling::noteCaret() {
    // A change of the text moves the caret too; that is writing and no leaving.
    const int caret = m_field->textCursor().position();
    if (!m_writing || caret == m_caret || m_field->document()->revision() != m_revision)
        return;
    // Within the word one goes on writing it.
    const QTextBlock block = m_field->document()->findBlock(m_caret);
    const auto [from, to] = std::minmax(m_caret, caret);
    const bool sameLine = block.isValid() && block == m_field->document()->findBlock(caret);
    const QString between = sameLine ? block.text().mid(from - block.position(), to - from) : QString();
    const bool inside = sameLine && std::all_of(between.begin(), between.end(),
                                                [](QChar c) { return !c.isSpace() && !c.isPunct(); });
    if (inside)
        m_caret = caret;
    else
        settle();
}

std::optional<MarkedWord> FieldSpelling::markAt(int position) const {
    for (const MarkedWord& mark : m_marks)
        if (mark.start <= position && position <= mark.start + mark.length)
            return mark;
    return std::nullopt;
}

QVector<QRectF> FieldSpelling::placesOf(const MarkedWord& word) const {
    const QTextDocument* document = m_field->document();
    const QTextBlock block = document->findBlock(word.start);
    const QTextLayout* layout = block.isValid() ? block.layout() : nullptr;
    if (!layout)
        return {};
    const QPointF shift(-m_field->horizontalScrollBar()->value(), -m_field->verticalScrollBar()->value());
    const QPointF corner = document->documentLayout()->blockBoundingRect(block).topLeft() + shift;
    const double bottom = m_field->viewport()->height();
    int from = word.start - block.position();
    // The text that an input method composes is in the layout's lines, but not in the document.
    if (from >= layout->preeditAreaPosition())
        from += static_cast<int>(layout->preeditAreaText().size());
    const int to = from + word.length;
    QVector<QRectF> places;
    for (QTextLine line = layout->lineForTextPosition(from); line.isValid() && line.textStart() < to;
         line = layout->lineAt(line.lineNumber() + 1)) {
        const double top = corner.y() + line.y();
        if (top > bottom || top + line.height() < 0)
            continue;
        const int first = std::max(from, line.textStart());
        const int last = std::min(to, line.textStart() + line.textLength());
        if (first >= last)
            continue;
        // By its glyphs: beside text of the other direction, places of the caret say nothing.
        double left = 0;
        double right = 0;
        for (const QGlyphRun& run : line.glyphRuns(first, last - first)) {
            const QVector<quint32> glyphs = run.glyphIndexes();
            const QVector<QPointF> positions = run.positions();
            const QVector<QPointF> advances = run.rawFont().advancesForGlyphIndexes(glyphs);
            for (qsizetype g = 0; g < glyphs.size(); ++g) {
                const bool none = left == right;
                const double begin = positions.at(g).x();
                const double end = begin + advances.at(g).x();
                left = none ? begin : std::min(left, begin);
                right = none ? end : std::max(right, end);
            }
        }
        if (right > left)
            places.append({corner.x() + left, top, right - left, line.ascent()});
    }
    return places;
}

void FieldSpelling::paint(QPainter& painter) const {
    const double unit = m_theme->scale();
    const double height = 1.3 * unit;
    const double step = 2.2 * unit;
    const double below = std::max(2.6 * unit, QFontMetricsF(m_field->font()).descent() * 0.55);
    QPen pen(m_theme->palette().rest, (m_theme->isHighContrast() ? 1.9 : 1.2) * unit);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (const MarkedWord& word : m_marks) {
        for (const QRectF& place : placesOf(word)) {
            const double y = place.bottom() + below;
            QPainterPath wave(QPointF(place.left(), y));
            double side = height;
            for (double x = place.left(); x + step / 2 <= place.right(); x += step, side = -side)
                wave.quadTo(QPointF(x + step / 2, y + side), QPointF(x + step, y));
            painter.drawPath(wave);
        }
    }
    painter.restore();
}

bool FieldSpelling::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::ContextMenu: {
        const auto* menu = static_cast<QContextMenuEvent*>(event);
        const bool keyboard = menu->reason() == QContextMenuEvent::Keyboard;
        // The menu key comes as a key on some systems, as this on others, and as both on a few.
        if (keyboard && m_menu)
            return true;
        if (keyboard)
            wantMenuAtCaret();
        else
            wantMenu(menu->globalPos(), markUnder(m_field->viewport()->mapFromGlobal(menu->globalPos())),
                     false);
        return true;
    }
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool shiftF10 = key->key() == Qt::Key_F10 && key->modifiers() == Qt::ShiftModifier;
        if (watched != m_field || !(shiftF10 || key->key() == Qt::Key_Menu))
            break;
        wantMenuAtCaret();
        return true;
    }
    case QEvent::FocusOut:
        // When the focus leaves the field, the word is finished. A menu that opens does not count as leaving.
        if (watched == m_field && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
            settle();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

std::optional<MarkedWord> FieldSpelling::markUnder(QPoint point) const {
    const std::optional<MarkedWord> mark = markAt(m_field->cursorForPosition(point).position());
    if (!mark)
        return std::nullopt;
    // The nearest place to the empty end of a line is its last word, which is not meant there.
    const QVector<QRectF> places = placesOf(*mark);
    const double reach = m_theme->px(6);
    const bool on = std::any_of(places.begin(), places.end(), [&](const QRectF& place) {
        return place.adjusted(-reach / 2, -reach, reach / 2, 2 * reach).contains(point);
    });
    return on ? mark : std::nullopt;
}

void FieldSpelling::wantMenuAtCaret() {
    wantMenu(m_field->viewport()->mapToGlobal(m_field->cursorRect().bottomLeft()),
             markAt(m_field->textCursor().position()), true);
}

void FieldSpelling::wantMenu(QPoint global, std::optional<MarkedWord> mark, bool keyboard) {
    if (m_menu)
        m_menu->close();
    m_menuAt = global;
    m_menuByKey = keyboard;
    m_word = QTextCursor();
    const int question = ++m_question;
    if (!m_checker || !mark) {
        m_patience.stop();
        makeMenu();
        showMenu();
        return;
    }
    // A cursor of its own follows what is written meanwhile.
    m_word = QTextCursor(m_field->document());
    m_word.setPosition(mark->start);
    m_word.setPosition(mark->start + mark->length, QTextCursor::KeepAnchor);
    m_meant = m_word.selectedText();
    m_patience.start();
    m_checker->suggest(m_meant, this, [this, question](const QStringList& suggestions) {
        // Another menu was asked for since, or this one was opened without them and closed.
        if (question != m_question || (!m_menu && !m_patience.isActive()))
            return;
        m_patience.stop();
        const bool open = !m_menu.isNull();
        if (!open)
            makeMenu();
        fillMenu(suggestions);
        if (!open)
            showMenu();
    });
}

void FieldSpelling::makeMenu() {
    m_menu = m_field->createStandardContextMenu(m_field->viewport()->mapFromGlobal(m_menuAt));
    m_menu->setObjectName(QStringLiteral("fieldMenu"));
    m_menu->setAttribute(Qt::WA_DeleteOnClose);
    // Qt's own words for these are in a package that is often not installed.
    const std::pair<const char*, QString> usualTexts[] = {
        {"edit-undo", tr("Undo")},       {"edit-redo", tr("Redo")},   {"edit-cut", tr("Cut")},
        {"edit-copy", tr("Copy")},       {"edit-paste", tr("Paste")}, {"edit-delete", tr("Delete")},
        {"select-all", tr("Select all")}};
    for (QAction* action : m_menu->actions())
        for (const auto& [name, text] : usualTexts)
            if (action->objectName() == QLatin1String(name)) {
                const qsizetype keys = action->text().indexOf(QLatin1Char('\t'));
                action->setText(keys < 0 ? text : text + action->text().mid(keys));
            }
    if (!m_word.hasSelection())
        return;
    QAction* usual = m_menu->actions().value(0);
    m_looking = new QAction(tr("Looking for suggestions…"), m_menu);
    m_looking->setEnabled(false);
    m_menu->insertAction(usual, m_looking);
    m_menu->insertSeparator(usual);
    auto* add = new QAction(tr("Add to my words"), m_menu);
    add->setObjectName(QStringLiteral("addWord"));
    connect(add, &QAction::triggered, this, [this] {
        if (m_checker && !m_checker->addOwnWord(m_meant))
            emit notice(tr("Your list of words is full, so this one was not added. Words that are no longer "
                           "needed can be removed in the settings, under Spelling."));
    });
    m_menu->insertAction(usual, add);
    auto* ignore = new QAction(tr("Ignore"), m_menu);
    ignore->setObjectName(QStringLiteral("ignoreWord"));
    connect(ignore, &QAction::triggered, this, [this] {
        if (m_checker)
            m_checker->ignore(m_meant);
    });
    m_menu->insertAction(usual, ignore);
    m_menu->insertSeparator(usual);
}

void FieldSpelling::fillMenu(const QStringList& suggestions) {
    if (!m_menu || !m_looking)
        return;
    if (suggestions.isEmpty()) {
        m_looking->setText(tr("No suggestions"));
        return;
    }
    QFont font = m_menu->font();
    font.setWeight(QFont::DemiBold);
    QAction* first = nullptr;
    for (const QString& suggestion : suggestions) {
        auto* action = new QAction(menuText(suggestion), m_menu);
        action->setObjectName(QStringLiteral("suggestion"));
        action->setFont(font);
        connect(action, &QAction::triggered, this, [this, suggestion] { replace(suggestion); });
        m_menu->insertAction(m_looking, action);
        if (!first)
            first = action;
    }
    delete m_looking;
    if (m_menuByKey)
        m_menu->setActiveAction(first);
    if (!m_menu->isVisible())
        return;
    // It has grown since it found its place.
    const QRect room = m_menu->screen()->availableGeometry();
    if (m_menu->geometry().bottom() > room.bottom())
        m_menu->move(m_menu->x(), std::max(room.top(), room.bottom() - m_menu->height()));
}

void FieldSpelling::showMenu() {
    QPoint at = m_menuAt;
    // One writes at the foot of the window: where there is no room below the line the menu stands above it,
    // not over the word.
    const int height = m_menu->sizeHint().height();
    if (m_menuByKey && at.y() + height > m_field->screen()->availableGeometry().bottom())
        at.setY(std::max(0, at.y() - m_field->cursorRect().height() - height));
    m_menu->popup(at);
}

void FieldSpelling::replace(const QString& text) {
    // The text may have changed while the menu was open, for example when a draft came back.
    if (m_word.selectedText() != m_meant)
        return;
    const int start = m_word.selectionStart();
    const int end = m_word.selectionEnd();
    QTextCursor caret = m_field->textCursor();
    const auto moved = [&](int position) {
        if (position <= start)
            return position;
        const int after = start + static_cast<int>(text.size());
        return position < end ? after : after + position - end;
    };
    const int anchor = moved(caret.anchor());
    const int position = moved(caret.position());
    QTextCursor word = m_word;
    word.beginEditBlock();
    word.insertText(text);
    word.endEditBlock();
    caret.setPosition(anchor);
    caret.setPosition(position, QTextCursor::KeepAnchor);
    m_field->setTextCursor(caret);
    settle();
}

} // namespace valise::ui
