// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/private_bus.h"

#include <QFile>

namespace valise::test {

PrivateBus::PrivateBus() {
    // The configuration names no services, so that a request starts none of the machine's.
    QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
    if (!config.open(QIODevice::WriteOnly))
        return;
    config.write("<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN' "
                 "'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>\n"
                 "<busconfig><type>session</type><listen>unix:dir=" +
                 m_folder.path().toUtf8() +
                 "</listen><policy context='default'><allow send_destination='*' eavesdrop='true'/>"
                 "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>\n");
    config.close();
    m_daemon.setStandardErrorFile(QProcess::nullDevice());
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                    QStringLiteral("--config-file=") + config.fileName()});
    if (!m_daemon.waitForStarted(30'000))
        return;
    while (!m_daemon.canReadLine())
        if (!m_daemon.waitForReadyRead(30'000))
            return;
    m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toUtf8());
}

PrivateBus::~PrivateBus() {
    m_daemon.terminate();
    m_daemon.waitForFinished(30'000);
}

} // namespace valise::test
