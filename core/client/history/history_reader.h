// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/history_face.h"
#include "core/client/history/record_mapping.h"
#include "core/storage/database.h"
#include "core/storage/reader.h"

#include <QObject>

#include <memory>

namespace valise::client {

//! Answers the window's pages, lists and searches from a read-only connection on the reader thread, so that a
//! catch-up on the core thread never delays what a person looks at.
class HistoryReader : public QObject {
    Q_OBJECT

public:
    //! Ties the calls of a face to this; before its thread runs.
    void bind(const HistoryFace& face);
    //! Takes a connection opened by the engine. Ends the one before, if any.
    void attach(std::shared_ptr<storage::Reader> reader, storage::Id32 self, QString ownName);
    //! Drops the connection; needed before the database is closed.
    void detach();
    //! Names changed: look them up again.
    void forgetNames();
    void setOwnName(const QString& name);

    Result<QVector<ConversationRecord>> conversations();
    Result<MessagePage> latest(const ConversationId& conversation, int limit);
    Result<MessagePage> before(const ConversationId& conversation, qint64 row, int limit);
    Result<MessagePage> after(const ConversationId& conversation, qint64 row, int limit);
    Result<MessagePage> around(const ConversationId& conversation, qint64 row, int limit);
    //! The page a conversation opens with: around the first unread message, or the newest.
    Result<MessagePage> opening(const ConversationId& conversation, int limit);
    //! Around the first message sent at `seconds` since 1970 or later, or the newest page.
    Result<MessagePage> since(const ConversationId& conversation, qint64 seconds, int limit);
    Result<MessageDetails> details(const ConversationId& conversation, qint64 row);
    Result<QVector<QueueRecord>> queue(const ConversationId& conversation);
    //! Messages to be sent later, by time; of all conversations if `conversation` is empty.
    Result<QVector<ScheduledRecord>> scheduled(const ConversationId& conversation);
    Result<QVector<MessageRecord>> pinned(const ConversationId& conversation);
    //! Starred messages, last starred first; of all conversations if `conversation` is empty.
    Result<QVector<SearchHit>> starred(const ConversationId& conversation, int limit);
    Result<QVector<SearchHit>> search(const QString& text, const SearchFilter& filter, int limit);

private:
    Result<void> ready() const;
    Result<MessagePage> page(const ConversationId& conversation,
                             const std::vector<storage::MessageRow>& rows);
    QVector<ServerRecord> servers(const storage::MessageRow& message);
    SearchHit hit(const storage::MessageRow& message);
    Result<storage::OrderKey> keyOf(const ConversationId& conversation, qint64 row);

    std::shared_ptr<storage::Reader> m_reader;
    std::unique_ptr<RecordMapper> m_mapper;
};

} // namespace valise::client
