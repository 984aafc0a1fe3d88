// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QHash>
#include <QObject>

namespace valise::ui {

//! A window onto one conversation's messages, in the order all members share: at most kMost rows around what
//! is looked at. It asks for more by olderWanted() and newerWanted(); the client's owner feeds it.
class TimelineModel : public QObject {
    Q_OBJECT

public:
    //! Rows asked for at a time, and the most that are held.
    static constexpr int kPage = 60;
    static constexpr int kMost = 600;

    explicit TimelineModel(QObject* parent = nullptr);

    //! Empties the model for another conversation; wantNewest() or wantAround() follows.
    void open(const client::ConversationId& conversation);
    const client::ConversationId& conversation() const { return m_conversation; }

    int count() const { return static_cast<int>(m_messages.size()); }
    const client::MessageRecord& at(int index) const { return m_messages.at(index); }
    //! -1 if the row is not held.
    int indexOfRow(qint64 row) const;
    bool hasOlder() const { return m_hasOlder; }
    bool hasNewer() const { return m_hasNewer; }
    bool loaded() const { return m_loaded; }
    //! Storage row of the first unread message when the page was read; 0 if all was read.
    qint64 firstUnreadRow() const { return m_firstUnread; }

    //! Replaces everything by this page.
    void setPage(const client::MessagePage& page);
    void prepend(const client::MessagePage& page);
    void append(const client::MessagePage& page);
    //! New rows; those beyond a gap (hasNewer) are left for append().
    void add(const QVector<client::MessageRecord>& messages);
    void change(const client::MessageRecord& message);
    void remove(qint64 row);
    //! A question failed; it may be asked again.
    void requestFailed();

    //! Asks for more; does nothing if there is none, or if the question is already on its way.
    void wantOlder();
    void wantNewer();
    void wantNewest();
    //! The page to open with: at the first unread message, or the newest.
    void wantOpening();
    void wantSince(qint64 seconds);
    void wantAround(qint64 row);

signals:
    void reset();
    //! Around several of inserted() and removed(): nothing needs to be shown in between.
    void batchBegan();
    void batchEnded();
    void inserted(int first, int count);
    void removed(int first, int count);
    void changedAt(int index);
    void olderWanted(const QByteArray& conversation, qint64 row);
    void newerWanted(const QByteArray& conversation, qint64 row);
    void newestWanted(const QByteArray& conversation);
    void openingWanted(const QByteArray& conversation);
    void sinceWanted(const QByteArray& conversation, qint64 seconds);
    void aroundWanted(const QByteArray& conversation, qint64 row);

private:
    static bool before(const client::MessageRecord& a, const client::MessageRecord& b);
    void insertSorted(const client::MessageRecord& message);
    void insertAll(QVector<client::MessageRecord> fresh);
    void removeRange(int first, int count);

    client::ConversationId m_conversation;
    QVector<client::MessageRecord> m_messages;
    bool m_hasOlder = false;
    bool m_hasNewer = false;
    bool m_loaded = false;
    qint64 m_firstUnread = 0;
    bool m_askedOlder = false;
    bool m_askedNewer = false;
};

} // namespace valise::ui
