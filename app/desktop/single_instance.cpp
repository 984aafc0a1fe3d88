// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/desktop/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>

namespace valise::app {
namespace {

constexpr int kPatienceMs = 2000;

} // namespace

SingleInstance::SingleInstance(const QString& home, QObject* parent)
    : QObject(parent)
    , m_name(QStringLiteral("valise-") +
             QString::fromLatin1(
                 QCryptographicHash::hash(QDir(home).absolutePath().toUtf8(), QCryptographicHash::Sha256)
                     .toHex()
                     .left(24)))
    , m_lock(home + QStringLiteral("/window.lock")) {
    m_lock.setStaleLockTime(0);
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::claim() {
    if (!m_lock.tryLock(0)) {
        if (m_lock.error() != QLockFile::LockFailedError)
            return true; // the folder is not writable; opening the profile will show the reason
        QLocalSocket socket;
        socket.connectToServer(m_name);
        if (socket.waitForConnected(kPatienceMs)) {
            socket.write("raise\n");
            socket.waitForBytesWritten(kPatienceMs);
        }
        return false;
    }
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(m_name);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (auto* socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            emit raiseRequested();
        }
    });
    m_server->listen(m_name);
    return true;
}

} // namespace valise::app
