// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/client/faces/faces.h"
#include "core/client/profile_options.h"
#include "core/crypto/secret.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace valise::client {

class Engine;
class HistoryReader;

//! The time for which one signal that a member is writing counts, in seconds.
inline constexpr int kTypingSeconds = 12;

//! The window's (and the command line's) only door to the core: opens and closes a profile, tells what
//! changes in it, and hands out the faces through which everything else is asked. Lives on the thread that
//! made it. Every reply comes back on that thread, and only while its `context` lives.
class Client : public QObject {
    Q_OBJECT

public:
    template <typename T>
    using Reply = std::function<void(Result<T>)>;

    explicit Client(QObject* parent = nullptr);
    //! Stops the threads; everything accepted before is on the disk.
    ~Client() override;

    //! True if the folder holds a profile.
    static bool profileExists(const QString& home);

    //! Makes a profile: account key, database, KeyPackages and relay lists (published as soon as a relay is
    //! reached). Errors: AlreadyExists, InvalidArgument, InvalidUrl, InsecureUrl, Storage*.
    void createProfile(ProfileOptions options, QString name, crypto::Secret passphrase, QStringList relays,
                       QObject* context, Reply<AccountRecord> reply);
    //! Opens a profile. Errors: NotFound, WrongPassphrase, StorageBusy, StorageDamaged, StorageVersion.
    void openProfile(ProfileOptions options, crypto::Secret passphrase, QObject* context,
                     Reply<AccountRecord> reply);
    //! Closes the profile, wipes its keys and drops the connections. The reply comes when all is written.
    void closeProfile(QObject* context, Reply<void> reply);

    const HistoryFace* history() const { return &m_faces->history; }
    const MessagesFace* messages() const { return &m_faces->messages; }
    const GroupsFace* groups() const { return &m_faces->groups; }
    const PeopleFace* people() const { return &m_faces->people; }
    const NetworkFace* network() const { return &m_faces->network; }
    const ProfileFace* profile() const { return &m_faces->profile; }

signals:
    //! A conversation appeared or changed (its last message, counts, members, state).
    void conversationChanged(const valise::client::ConversationRecord& conversation);
    //! New rows, in the order all members share; they usually, but not always, belong at the end.
    void messagesAdded(const QByteArray& conversation,
                       const QVector<valise::client::MessageRecord>& messages);
    //! A row's state or content changed.
    void messageChanged(const valise::client::MessageRecord& message);
    //! A row is gone from the timeline.
    void messageRemoved(const QByteArray& conversation, qint64 row);
    //! Members, administrators or their names may have changed; everywhere if `conversation` is empty.
    void membersChanged(const QByteArray& conversation);
    //! A member began to write, or stopped. A member that says nothing more for kTypingSeconds has stopped.
    void typingChanged(const QByteArray& conversation, const QByteArray& member, const QString& name,
                       bool on);
    void connectionChanged(const valise::client::ConnectionRecord& connection);
    void accountChanged(const valise::client::AccountRecord& account);
    //! True: everything on the relays was fetched, and everything written was sent. Emitted on each change of
    //! that state.
    void idleChanged(bool idle);

private:
    //! Emits a signal of the engine again, on the owner's thread: the same way across as every reply.
    template <typename... Values>
    void passOn(void (Engine::*from)(Values...), void (Client::*to)(Values...));
    template <typename T, typename Work>
    void ask(QObject* context, Reply<T> reply, Work work);

    QThread m_coreThread;
    QThread m_readerThread;
    Engine* m_engine = nullptr;        // lives on m_coreThread, deleted by it
    HistoryReader* m_reader = nullptr; // lives on m_readerThread, deleted by it
    std::unique_ptr<Faces> m_faces;
};

} // namespace valise::client
