// SPDX-License-Identifier: AGPL-3.0-or-later
// The field one writes in, for screen readers: as Qt has a text field, and which words are misspelt, which Qt
// cannot know because they are painted over the text.
#include "ui/conversation/composer_field.h"
#include "ui/spelling/field_spelling.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QTextBlock>

#include <algorithm>

namespace valise::ui {
namespace {

class FieldAccessible final : public QAccessibleWidget,
                              public QAccessibleTextInterface,
                              public QAccessibleEditableTextInterface {
public:
    explicit FieldAccessible(ComposerField* field)
        : QAccessibleWidget(field, QAccessible::EditableText)
        , m_field(field) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface*>(this);
        if (type == QAccessible::EditableTextInterface)
            return static_cast<QAccessibleEditableTextInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override {
        QAccessible::State s = QAccessibleWidget::state();
        s.editable = true;
        s.multiLine = true;
        s.selectableText = true;
        s.readOnly = m_field->isReadOnly();
        return s;
    }
    using QAccessibleWidget::text;
    QString text(QAccessible::Text which) const override {
        return which == QAccessible::Value ? m_field->toPlainText() : QAccessibleWidget::text(which);
    }
    void setText(QAccessible::Text which, const QString& text) override {
        if (which == QAccessible::Value)
            replaceText(0, characterCount(), text);
        else
            QAccessibleWidget::setText(which, text);
    }

    // QAccessibleTextInterface
    void selection(int index, int* start, int* end) const override {
        const QTextCursor caret = m_field->textCursor();
        const bool none = index != 0 || !caret.hasSelection();
        *start = none ? 0 : caret.selectionStart();
        *end = none ? 0 : caret.selectionEnd();
    }
    int selectionCount() const override { return m_field->textCursor().hasSelection() ? 1 : 0; }
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int index) override {
        if (index != 0)
            return;
        QTextCursor caret = m_field->textCursor();
        caret.clearSelection();
        m_field->setTextCursor(caret);
    }
    void setSelection(int index, int start, int end) override {
        if (index == 0)
            m_field->setTextCursor(part(start, end));
    }
    int cursorPosition() const override { return m_field->textCursor().position(); }
    void setCursorPosition(int position) override { m_field->setTextCursor(part(position, position)); }
    QString text(int start, int end) const override {
        QString out = part(start, end).selectedText();
        return out.replace(QChar::ParagraphSeparator, QLatin1Char('\n'))
            .replace(QChar::LineSeparator, QLatin1Char('\n'));
    }
    int characterCount() const override { return m_field->document()->characterCount() - 1; }
    QRect characterRect(int offset) const override {
        const QRect begin = m_field->cursorRect(part(offset, offset));
        const QRect end = m_field->cursorRect(part(offset + 1, offset + 1));
        // The next character may stand on the next line.
        const bool together = begin.top() == end.top();
        const int left = together ? std::min(begin.left(), end.left()) : begin.left();
        const int width = together ? std::abs(end.left() - begin.left()) : begin.width();
        return {m_field->viewport()->mapToGlobal(QPoint(left, begin.top())), QSize(width, begin.height())};
    }
    int offsetAtPoint(const QPoint& point) const override {
        const QPoint here = m_field->viewport()->mapFromGlobal(point);
        return m_field->viewport()->rect().contains(here) ? m_field->cursorForPosition(here).position() : -1;
    }
    void scrollToSubstring(int start, int end) override {
        setCursorPosition(end);
        setCursorPosition(start);
    }
    //! As IAccessible2 and AT-SPI name it: `invalid:spelling` for the characters of a misspelt word.
    QString attributes(int offset, int* start, int* end) const override {
        *start = 0;
        *end = characterCount();
        if (offset < 0 || offset > *end)
            return {};
        const auto* spelling =
            m_field->findChild<const FieldSpelling*>(QString(), Qt::FindDirectChildrenOnly);
        if (!spelling)
            return {};
        for (const MarkedWord& word : spelling->marks()) {
            const int after = word.start + word.length;
            if (offset < word.start) {
                *end = word.start;
                return {};
            }
            if (offset < after) {
                *start = word.start;
                *end = after;
                return QStringLiteral("invalid:spelling;");
            }
            *start = after;
        }
        return {};
    }

    // QAccessibleEditableTextInterface
    void deleteText(int start, int end) override { replaceText(start, end, {}); }
    void insertText(int offset, const QString& text) override { replaceText(offset, offset, text); }
    void replaceText(int start, int end, const QString& text) override {
        if (!m_field->isReadOnly())
            part(start, end).insertText(text);
    }

private:
    QTextCursor part(int start, int end) const {
        QTextCursor cursor(m_field->document());
        const int most = characterCount();
        cursor.setPosition(std::clamp(start, 0, most));
        cursor.setPosition(std::clamp(end, 0, most), QTextCursor::KeepAnchor);
        return cursor;
    }

    ComposerField* m_field; // outlives its interface
};

QAccessibleInterface* fieldFactory(const QString&, QObject* object) {
    auto* field = qobject_cast<ComposerField*>(object);
    return field ? new FieldAccessible(field) : nullptr;
}

} // namespace

void installComposerAccessibility() {
    QAccessible::installFactory(&fieldFactory);
}

} // namespace valise::ui
