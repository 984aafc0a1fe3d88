// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QAbstractListModel>

namespace valise::ui {

enum class ListFilter { All, Unread, Groups, Requests, Archived };

//! The rows of the left list: conversations, pinned ones first, then the newest, as the filter and the search
//! text allow, and below them the messages a search found.
class ConversationListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        KindRole = Qt::UserRole, //!< RowKind
        ConversationRole,        //!< client::ConversationRecord; of a hit, that in which it stands
        IdRole,                  //!< QByteArray
        HitRole,                 //!< client::MessageRecord of a hit
        HitTitleRole,            //!< name of the hit's conversation
        HitRecordRole,           //!< client::SearchHit
    };
    enum RowKind { Conversation, Heading, Hit };

    explicit ConversationListModel(QObject* parent = nullptr);

    void setConversations(const QVector<client::ConversationRecord>& conversations);
    void update(const client::ConversationRecord& conversation);
    void setFilter(ListFilter filter);
    ListFilter filter() const { return m_filter; }
    void setSearch(const QString& text);
    const QString& search() const { return m_search; }
    void setHits(const QVector<client::SearchHit>& hits);

    //! Null if it is not known.
    const client::ConversationRecord* find(const client::ConversationId& id) const;
    QModelIndex indexOf(const client::ConversationId& id) const;
    //! All of them, as last told.
    const QVector<client::ConversationRecord>& conversations() const { return m_all; }
    int total() const { return static_cast<int>(m_all.size()); }
    int unreadConversations() const;
    int requests() const;
    int archived() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    //! Rows or counts may be others now; told once for each change, however many rows it moved.
    void changed();

private:
    struct Row {
        RowKind kind = Conversation;
        QByteArray
            key; //!< the conversation's id, or a name for the others; identifies the row across rebuilds
        int source = -1; //!< index into m_all or m_hits
    };
    QVector<Row> wanted() const;
    //! Brings the rows up to date. With a conversation only its own rows have another content.
    void rebuild(const client::ConversationId& only = {});
    void applyRows(const QVector<Row>& target);
    void tellContent(const client::ConversationId& only);
    bool shown(const client::ConversationRecord& c) const;

    QVector<client::ConversationRecord> m_all;
    QVector<client::SearchHit> m_hits;
    QVector<Row> m_rows;
    ListFilter m_filter = ListFilter::All;
    QString m_search;
};

} // namespace valise::ui
