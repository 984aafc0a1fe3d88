// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QWidget>

namespace valise::ui {

//! Tells assistive technology, unasked, of a message that came or a sentence that the window shows.
//! Invisible, out of the tab order; a *notification* (AT-SPI, IAccessible2) whose name is the last sentence.
class Announcer : public QWidget {
    Q_OBJECT

public:
    explicit Announcer(QWidget* parent);
    //! Says a sentence, interrupting nothing. Empty and repeated sentences within the same turn of the event
    //! loop are left out.
    void announce(const QString& text);
    const QString& last() const { return m_last; }

signals:
    void announced(const QString& text);

private:
    QString m_last;
    bool m_saidNow = false;
};

//! Makes the announcer a notification for assistive technology. Called once, after the application object is
//! made.
void installAnnouncerAccessibility();

} // namespace valise::ui
