// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/history/record_mapping.h"
#include "core/client/profile.h"
#include "core/client/spine/group_follower.h"

#include <QTimer>

namespace valise::client {

//! Tells the window, in records, what a committed step changed.
class Announcements : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Announcements(Profile& profile, RecordMapper& mapper, QObject* parent);

    //! Names became known or changed: announces again all records that show one.
    void names();

    void follow(const Effects& effects) override;

signals:
    void conversationChanged(const valise::client::ConversationRecord& conversation);
    void messagesAdded(const QByteArray& conversation,
                       const QVector<valise::client::MessageRecord>& messages);
    void messageChanged(const valise::client::MessageRecord& message);
    void messageRemoved(const QByteArray& conversation, qint64 row);
    //! Members, administrators or their names may have changed; everywhere if `conversation` is empty.
    void membersChanged(const QByteArray& conversation);
    //! A member began to write, or stopped.
    void typingChanged(const QByteArray& conversation, const QByteArray& member, const QString& name,
                       bool on);
    void namesChanged();

private:
    void tellAdded(const Effects& effects);
    void tellChanged(const Effects& effects);
    void tellUntold();

    Profile& m_profile;
    RecordMapper& m_mapper;
    std::set<Bytes> m_untold; // conversations
    QTimer m_timer;
};

} // namespace valise::client
