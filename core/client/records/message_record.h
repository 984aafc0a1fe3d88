// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/ids.h"

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

#include <variant>

namespace valise::client {

//! The truth about one message.
enum class DeliveryState {
    Received,  //!< written by somebody else
    Queued,    //!< waits to be sent
    Sent,      //!< accepted by at least one relay
    Delivered, //!< acknowledged by a member's device
    Read,      //!< read by a member
    Failed,    //!< refused by every relay; reason in MessageRecord::failure
    Withdrawn, //!< stood only on a branch of the group that lost
};

//! Why the group has a system row.
enum class SystemKind {
    None,
    Created,
    MemberAdded,
    MemberRemoved,
    MemberLeft,
    Renamed,
    AdminAdded,
    AdminRemoved,
    TimerChanged,
    Disbanded,
    Joined, //!< this account joined
};

//! The reactions to a message with one emoji.
struct ReactionRecord {
    QString emoji;
    int count = 0; //!< people; each counts once
    bool own = false;
    QStringList names; //!< of others, in the order in which they reacted, at most eight

    friend bool operator==(const ReactionRecord&, const ReactionRecord&) = default;
};

//! An account that a text mentions.
struct MentionRecord {
    QString address; //!< npub, as it stands in the text behind "nostr:"
    QString name;
    bool self = false; //!< this account

    friend bool operator==(const MentionRecord&, const MentionRecord&) = default;
};

//! A text message.
struct TextContent {
    QString text;
    QVector<MentionRecord> mentions{}; //!< in `text`; at most marmot::kMaxMentions
    qint64 editedAt = 0;               //!< seconds since 1970; 0 if it was never edited

    friend bool operator==(const TextContent&, const TextContent&) = default;
};

//! A line about the conversation.
struct SystemContent {
    SystemKind kind = SystemKind::None;
    QString subject{}; //!< a name or text it speaks of

    friend bool operator==(const SystemContent&, const SystemContent&) = default;
};

//! The author took the message back: text and reactions are gone.
struct DeletedContent {
    friend bool operator==(const DeletedContent&, const DeletedContent&) = default;
};

//! The content of a row of a timeline.
using MessageContent = std::variant<TextContent, SystemContent, DeletedContent>;

//! The message that another one answers.
struct QuoteRecord {
    QByteArray eventId;   //!< also if it is not here; empty without a quote
    qint64 row = 0;       //!< its storage row; 0 if it is not here
    QString sender;       //!< its author's name
    QString text;         //!< its first words
    bool deleted = false; //!< its author took it back
};

//! The way of a message.
struct DeliveryRecord {
    DeliveryState state = DeliveryState::Received;
    int acceptedBy = 0;  //!< relays that accepted it
    int ofRelays = 0;    //!< relays it was given to
    int deliveredTo = 0; //!< members whose device said that it has this own message; readers included
    int readBy = 0;      //!< members who said that they read it
    QString failure;     //!< a relay's reason, in its own words
};

//! A place in the order all members share: by epoch, then position, then id (storage::OrderKey).
struct OrderRecord {
    quint64 epoch = 0;
    qint64 position = 0;
    QByteArray id; //!< 32 octets, also for lines about the conversation
};

//! One row of a timeline.
struct MessageRecord {
    qint64 row = 0; //!< storage row: the stable name of the row in this profile
    ConversationId conversation;
    QByteArray eventId; //!< 32 octets; empty for lines about the conversation and queued drafts
    AccountKey sender;
    QString senderName; //!< resolved: petname, profile name or shortened address
    bool own = false;
    qint64 createdAt = 0;  //!< the sender's clock, seconds since 1970
    qint64 receivedAt = 0; //!< this machine's clock, milliseconds since 1970
    qint64 expiresAt = 0;  //!< seconds since 1970: it disappears from every device; 0: it stays
    MessageContent content;
    QuoteRecord quote;
    DeliveryRecord delivery;
    QVector<ReactionRecord> reactions;
    bool starred = false;
    bool pinned = false; //!< in this conversation, on this device
    OrderRecord order;

    //! The words to show, to copy and to speak; empty for a line about the conversation and a deleted
    //! message.
    QString text() const;
    QVector<MentionRecord> mentions() const;
    qint64 editedAt() const; //!< 0 if it was never edited, or holds no text
    //! None for a message.
    SystemKind system() const;
    QString systemSubject() const;
    bool isDeleted() const { return std::holds_alternative<DeletedContent>(content); }
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::MessageRecord)
