// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>

namespace valise::test {

//! A session bus of this process's own, in the place of the desktop's. Make it before anything asks for the
//! session bus: Qt connects once.
class PrivateBus {
public:
    PrivateBus();
    ~PrivateBus();
    //! False where dbus-daemon is not installed.
    bool isRunning() const { return !m_address.isEmpty(); }
    //! Another connection to it, as another program has.
    QDBusConnection connect(const QString& name) const {
        return QDBusConnection::connectToBus(m_address, name);
    }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
};

} // namespace valise::test
