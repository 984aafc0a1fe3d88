// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace valise::ui {

class PreferenceEntry;
class RowLayout;

//! One line of the settings: its title, a note that explains it, and the control that changes it. The control
//! stands at the end of the line, or below if there is no room.
class SettingsRow : public QWidget {
    Q_OBJECT

public:
    enum class Place {
        Beside, //!< at the end of the line while there is room
        Below,  //!< always in a line of its own, as wide as the row
    };

    SettingsRow(const QString& title, const QString& note, const Theme* theme, QWidget* parent);
    //! The control that changes the setting. Assistive technology gets the title and the note with it.
    void setControl(QWidget* control, Place place = Place::Beside);
    QWidget* control() const { return m_control; }
    QString title() const;
    void setNote(const QString& note);
    //! The sentence that says why the control's value is wrong; empty if it is right.
    void setProblem(const QString& problem);
    QString problem() const;
    //! The control can be used while the preference may be changed; else a sentence says why it cannot.
    void followEntry(const PreferenceEntry* entry);
    //! All words that can be found: the title, the note, and what the control offers.
    QString words() const;
    //! The row is marked as a hit of the search.
    void setFound(bool found);
    bool isFound() const { return m_found; }
    //! The sentence that says why it cannot be changed; empty if it can.
    QString reason() const;

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void describe();

    RowLayout* m_line;
    QLabel* m_title;
    QLabel* m_note;
    QLabel* m_reason;
    QLabel* m_problem;
    QWidget* m_control = nullptr;
    bool m_found = false;
};

} // namespace valise::ui
