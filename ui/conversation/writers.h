// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

namespace valise::ui {

//! The members who are writing at this moment, in every conversation. A member whose signals stop is
//! forgotten after a while.
class Writers : public QObject {
    Q_OBJECT

public:
    explicit Writers(QObject* parent = nullptr);
    //! A member began to write, or stopped.
    void set(const client::ConversationId& conversation, const client::AccountKey& member,
             const QString& name, bool on);
    //! Those who write in a conversation.
    QStringList names(const client::ConversationId& conversation) const;

signals:
    void changed();

private:
    void forgetSilent();

    struct Writer {
        client::ConversationId conversation;
        client::AccountKey member;
        QString name;
        QDeadlineTimer until;
    };
    QVector<Writer> m_writers;
    QTimer m_timer;
};

} // namespace valise::ui
