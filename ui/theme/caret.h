// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace valise::ui {

//! Lets the text cursor rest: it blinks while a person types and for ten seconds after, then stands still, so
//! that an idle window wakes nobody. With reduced motion it never blinks. One for the application.
class CaretRest : public QObject {
    Q_OBJECT

public:
    explicit CaretRest(QObject* parent);
    void setBlinking(bool on);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void wake();

    QTimer m_rest{this};
    int m_flashMs; //!< the system's period of the cursor, milliseconds
    bool m_blinks = true;
};

} // namespace valise::ui
