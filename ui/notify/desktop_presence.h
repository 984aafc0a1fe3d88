// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/notify/notification_center.h"
#include "ui/notify/tray.h"

namespace valise::ui {

//! The program on the desktop besides its window: notifications, the tray icon, and the time of quiet.
class DesktopPresence : public QObject {
    Q_OBJECT

public:
    //! `inSight` as in NotificationCenter.
    DesktopPresence(const Theme* theme, std::function<bool(const QByteArray&)> inSight,
                    QObject* parent = nullptr);

    void setSettings(const NotificationSettings& settings);
    NotificationCenter* center() { return &m_center; }
    Tray* tray() { return &m_tray; }

signals:
    //! The window is wanted, and in it a conversation; empty: whichever is open.
    void openWanted(const QByteArray& conversation);
    void replyWritten(const QByteArray& conversation, const QString& text);
    void quitWanted();
    //! The person chose quiet, or it is over.
    void settingsChanged(const valise::ui::NotificationSettings& settings);

private:
    Tray m_tray;
    Notifier* m_notifier;
    NotificationCenter m_center;
    QTimer m_quietEnds;
};

} // namespace valise::ui
