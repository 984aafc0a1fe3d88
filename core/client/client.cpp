// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/client.h"

#include "core/client/engine.h"
#include "core/client/faces/bind.h"
#include "core/client/history/history_reader.h"
#include "core/crypto/thread.h"

#include <QFileInfo>

namespace valise::client {

Client::Client(QObject* parent)
    : QObject(parent) {
    qRegisterMetaType<ConversationRecord>();
    qRegisterMetaType<MessageRecord>();
    qRegisterMetaType<QVector<MessageRecord>>();
    qRegisterMetaType<ConnectionRecord>();
    qRegisterMetaType<AccountRecord>();
    m_coreThread.setObjectName(QStringLiteral("valise-core"));
    m_readerThread.setObjectName(QStringLiteral("valise-reader"));
    m_reader = new HistoryReader;
    m_reader->moveToThread(&m_readerThread);
    m_engine = new Engine(m_reader);
    m_engine->moveToThread(&m_coreThread);
    m_faces = std::make_unique<Faces>(this, m_engine, m_reader);
    m_engine->setFaces(m_faces.get());
    m_reader->bind(m_faces->history);
    passOn(&Engine::conversationChanged, &Client::conversationChanged);
    passOn(&Engine::messagesAdded, &Client::messagesAdded);
    passOn(&Engine::messageChanged, &Client::messageChanged);
    passOn(&Engine::messageRemoved, &Client::messageRemoved);
    passOn(&Engine::membersChanged, &Client::membersChanged);
    passOn(&Engine::typingChanged, &Client::typingChanged);
    passOn(&Engine::connectionChanged, &Client::connectionChanged);
    passOn(&Engine::accountChanged, &Client::accountChanged);
    passOn(&Engine::idleChanged, &Client::idleChanged);
    // Qt lets an owner go on before the system has cleaned up behind a thread.
    for (QThread* thread : {&m_coreThread, &m_readerThread})
        connect(thread, &QThread::finished, [] { crypto::releaseThread(); });
    m_readerThread.start();
    m_coreThread.start();
}

Client::~Client() {
    // In this order: the engine takes the reader's connection away while the reader still runs.
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine] { engine->closeProfile(); }, Qt::BlockingQueuedConnection);
    m_coreThread.quit();
    m_coreThread.wait();
    delete m_engine;
    m_readerThread.quit();
    m_readerThread.wait();
    delete m_reader;
}

bool Client::profileExists(const QString& home) {
    return storage::Database::exists(QFileInfo(home).filesystemFilePath());
}

template <typename... Values>
void Client::passOn(void (Engine::*from)(Values...), void (Client::*to)(Values...)) {
    connect(m_engine, from, m_engine, [this, to](Values... values) {
        QMetaObject::invokeMethod(
            this, [this, to, values...] { (this->*to)(values...); }, Qt::QueuedConnection);
    });
}

template <typename T, typename Work>
void Client::ask(QObject* context, Reply<T> reply, Work work) {
    QMetaObject::invokeMethod(
        m_engine,
        [home = this, engine = m_engine, context = QPointer<QObject>(context), reply = std::move(reply),
         work = std::move(work)]() mutable {
            QMetaObject::invokeMethod(
                home,
                [context, reply, result = work(*engine)] {
                    if (context && reply)
                        reply(result);
                },
                Qt::QueuedConnection);
            engine->announce();
        },
        Qt::QueuedConnection);
}

void Client::createProfile(ProfileOptions options, QString name, crypto::Secret passphrase,
                           QStringList relays, QObject* context, Reply<AccountRecord> reply) {
    auto secret = std::make_shared<crypto::Secret>(std::move(passphrase));
    ask<AccountRecord>(context, std::move(reply), [=](Engine& engine) {
        auto made = engine.createProfile(options, name, *secret, relays);
        *secret = {};
        return made;
    });
}

void Client::openProfile(ProfileOptions options, crypto::Secret passphrase, QObject* context,
                         Reply<AccountRecord> reply) {
    auto secret = std::make_shared<crypto::Secret>(std::move(passphrase));
    ask<AccountRecord>(context, std::move(reply), [=](Engine& engine) {
        auto opened = engine.openProfile(options, *secret);
        *secret = {};
        return opened;
    });
}

void Client::closeProfile(QObject* context, Reply<void> reply) {
    ask<void>(context, std::move(reply), [](Engine& engine) {
        engine.closeProfile();
        return Result<void>();
    });
}

} // namespace valise::client
