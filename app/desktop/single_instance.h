// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>

#include <memory>

class QLocalServer;

namespace valise::app {

//! Allows one instance of the program per profile folder. A second start shows the window of the first and
//! ends.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(const QString& home, QObject* parent = nullptr);
    ~SingleInstance() override;

    //! True if this is the first instance. False if another one is running; it was asked to show its window.
    bool claim();

signals:
    //! The program was started again.
    void raiseRequested();

private:
    QString m_name;
    QLockFile m_lock;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace valise::app
