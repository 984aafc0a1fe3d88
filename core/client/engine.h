// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/engine_parts.h"

namespace valise::client {

class HistoryReader;

//! The one owner of the open profile, on the core thread: opens and closes it and wires its parts. It
//! forwards nothing: calls go through the faces to the parts that do them.
class Engine : public QObject {
    Q_OBJECT

public:
    //! `reader` lives on another thread and is given its own connection.
    explicit Engine(HistoryReader* reader, Environment environment = {});
    ~Engine() override;

    //! Binds these faces whenever a profile is open; they outlive the engine.
    void setFaces(const Faces* faces) { m_faces = faces; }
    Result<AccountRecord> createProfile(const ProfileOptions& options, const QString& name,
                                        const crypto::Secret& passphrase, const QStringList& relays);
    Result<AccountRecord> openProfile(const ProfileOptions& options, const crypto::Secret& passphrase);
    void closeProfile();
    //! Says once more how everything stands.
    void announce();
    //! The parts of the open profile; nullptr without one.
    EngineParts* parts() const { return m_parts.get(); }

signals:
    void conversationChanged(const valise::client::ConversationRecord& conversation);
    void messagesAdded(const QByteArray& conversation,
                       const QVector<valise::client::MessageRecord>& messages);
    void messageChanged(const valise::client::MessageRecord& message);
    void messageRemoved(const QByteArray& conversation, qint64 row);
    void membersChanged(const QByteArray& conversation);
    void typingChanged(const QByteArray& conversation, const QByteArray& member, const QString& name,
                       bool on);
    void connectionChanged(const valise::client::ConnectionRecord& connection);
    void accountChanged(const valise::client::AccountRecord& account);
    void idleChanged(bool idle);

private:
    std::unique_ptr<Profile> newProfile(const ProfileOptions& options) const;
    Result<AccountRecord> start(std::unique_ptr<Profile> profile, bool isNew);
    void passOn();
    Result<void> attachReader();

    HistoryReader* m_reader;
    const Faces* m_faces = nullptr;
    SystemClock m_systemClock;
    crypto::SystemRandom m_systemRandom;
    Environment m_environment;
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<EngineParts> m_parts;
};

} // namespace valise::client
