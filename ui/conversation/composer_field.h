// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/format_bar.h"
#include "ui/spelling/field_spelling.h"

#include <QTextEdit>

namespace valise::ui {

//! The field of the composer: plain text only, grows to six lines.
class ComposerField : public QTextEdit {
    Q_OBJECT

public:
    explicit ComposerField(QWidget* parent = nullptr);

    //! The text in the empty field.
    void setHint(const QString& text);
    //! Whether Enter alone sends. Ctrl+Enter always does, and Shift+Enter always makes a line.
    void setEnterSends(bool on) { m_enterSends = on; }
    bool enterSends() const { return m_enterSends; }
    //! The least height of a field of one line, device-independent pixels.
    void setLeastHeight(int height);
    //! The source of the marks over the text; owned by the field.
    void setSpelling(const FieldSpelling* spelling) { m_spelling = spelling; }

signals:
    void submitted();
    void cancelled();
    void laterWanted();
    //! The keys of a mark were pressed.
    void markWanted(valise::ui::TextMark mark);
    //! Up was pressed in the empty field: the person wants to walk the messages.
    void leftUpwards();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitHeight();
    QString m_hint;
    int m_least = 38;
    const FieldSpelling* m_spelling = nullptr;
    bool m_enterSends = true;
};

//! Tells assistive technology which words of the field are misspelt. Called once, after the application
//! object is made.
void installComposerAccessibility();

} // namespace valise::ui
