// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QSystemTrayIcon>

#include <memory>

class QAction;
class QDateTime;
class QMenu;

namespace valise::ui {

//! The icon of the program with the number of what waits. There is none where the desktop has no place for
//! it.
class Tray : public QObject {
    Q_OBJECT

public:
    explicit Tray(const Theme* theme, QObject* parent = nullptr);
    ~Tray() override;
    void setCount(int count);
    //! Whether the person is not to be disturbed now; shown in the menu.
    void setQuiet(bool quiet);
    //! The icon with a number, as drawn in the tray; 0 draws none.
    QIcon icon(int count) const;
    //! Null where the desktop has no tray.
    QSystemTrayIcon* systemIcon() const { return m_icon.get(); }
    QMenu* menu() const { return m_menu.get(); }

signals:
    void openWanted();
    void quitWanted();
    //! Do not disturb for so many seconds; 0: disturb again.
    void quietWanted(qint64 seconds);

private:
    const Theme* m_theme;
    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QAction* m_hour;
    QAction* m_tomorrow;
    QAction* m_disturb;
    int m_count = 0;
};

//! Seconds from `now` until eight in the morning of the next day, local time.
qint64 secondsUntilMorning(const QDateTime& now);

} // namespace valise::ui
