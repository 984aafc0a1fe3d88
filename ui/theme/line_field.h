// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QTextDocument;

namespace valise::ui {

//! A field of one line with words that stand in it while it is empty. QLineEdit's own words lift the caret
//! off its line in scripts that are taller than the Latin one, and move it when the first letter is typed.
class LineField : public QLineEdit {
    Q_OBJECT

public:
    explicit LineField(QWidget* parent = nullptr);
    //! The text in the empty field. Screen readers get it as the description.
    void setHint(const QString& text);
    const QString& hint() const { return m_hint; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;

private:
    QString m_hint;
    bool m_composing = false; //!< an input method shows letters that are not in the field yet
};

//! Lets an empty field of several lines begin where the window's lines begin. Once text is written, each
//! paragraph follows its own direction.
void beginWithTheWindow(const QWidget* field, QTextDocument* document);

} // namespace valise::ui
