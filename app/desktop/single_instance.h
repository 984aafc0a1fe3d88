// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>

#include <memory>

class QLocalServer;

namespace valise::app {

//! One program for each profile's folder: a second start raises the window of the first and ends.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(const QString& home, QObject* parent = nullptr);
    ~SingleInstance() override;

    //! True if this is the first; false if another runs, which was asked to show its window.
    bool claim();

signals:
    //! Somebody started the program again.
    void raiseRequested();

private:
    QString m_name;
    QLockFile m_lock;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace valise::app
