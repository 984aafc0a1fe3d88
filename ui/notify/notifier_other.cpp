// SPDX-License-Identifier: AGPL-3.0-or-later
// Windows and macOS: Qt hands balloons of a tray icon to the notification centre. They cannot be answered or
// taken back.
#include "ui/notify/notifier.h"

#include <QSystemTrayIcon>

namespace valise::ui {
namespace {

class TrayNotifier final : public Notifier {
public:
    TrayNotifier(QSystemTrayIcon* tray, QObject* parent)
        : Notifier(parent)
        , m_tray(tray) {
        if (tray)
            connect(tray, &QSystemTrayIcon::messageClicked, this, [this] {
                if (!m_last.isEmpty())
                    emit activated(m_last);
            });
    }
    void show(const Notification& notification) override {
        if (!m_tray)
            return;
        m_last = notification.conversation;
        m_tray->showMessage(notification.title, notification.body, m_tray->icon());
    }
    void withdraw(const client::ConversationId& conversation) override {
        if (m_last == conversation)
            m_last.clear();
    }
    void withdrawAll() override { m_last.clear(); }

private:
    QSystemTrayIcon* m_tray;
    client::ConversationId m_last;
};

} // namespace

Notifier* Notifier::make(QSystemTrayIcon* tray, QObject* parent) {
    return new TrayNotifier(tray, parent);
}

} // namespace valise::ui
