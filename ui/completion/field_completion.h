// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>

class QListWidget;
class QTextEdit;

namespace valise::ui {

//! Offers what completes a word above a text field, and takes arrows, Enter and Tab while it offers
//! something.
class FieldCompletion : public QObject {
    Q_OBJECT

public:
    FieldCompletion(QTextEdit* field, const Theme* theme, const QString& name);
    QListWidget* list() const { return m_list; }

protected:
    //! Called when the text or the cursor changed, with nothing offered: fills list() and calls offer(), or
    //! does nothing.
    virtual void look() = 0;
    //! An entry, by its Qt::UserRole, was chosen.
    virtual void take(const QString& choice) = 0;
    //! Shows the list; `start` is where what will be replaced begins in the document.
    void offer(int start);
    //! Replaces everything from the start to the cursor.
    void replace(const QString& text);
    QTextEdit* field() const { return m_field; }
    void setStart(int start) { m_start = start; }
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTextEdit* m_field;
    const Theme* m_theme;
    QListWidget* m_list;
    int m_start = -1;
};

} // namespace valise::ui
