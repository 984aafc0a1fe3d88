// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

//! The values that cross between the core thread and the window: immutable once sent, and nothing in them is
//! a handle.
namespace valise::client {

//! The MLS group id: opaque octets, the name of a conversation everywhere in the program.
using ConversationId = QByteArray;
//! A 32-octet x-only public key: the name of an account.
using AccountKey = QByteArray;

//! Who this profile belongs to.
struct AccountRecord {
    AccountKey key;
    QString name;
    QString address;        //!< npub (NIP-19)
    QString invitationLink; //!< what one gives to others so that they can start a conversation
    QStringList relays;
    bool insecureRelays = false; //!< ws:// beyond loopback and private addresses is allowed
    //! Why the profile can only be read, if it is so: StorageReadOnly or StorageDamaged. Nothing is received
    //! or sent then.
    std::optional<Error> restriction;
};

enum class ConversationState {
    Request,   //!< invited by somebody; not accepted yet
    Active,    //!< joined
    Leaving,   //!< asked to leave; the others have not confirmed yet
    Left,      //!< left by this account
    Removed,   //!< removed by somebody else
    Disbanded, //!< ended for everybody
    Damaged,   //!< cannot follow the group any more; a new invitation repairs it
};

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

//! Who reacted to a message with one emoji.
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

//! One row of a timeline.
struct MessageRecord {
    qint64 row = 0; //!< storage row: the stable name of the row in this profile
    ConversationId conversation;
    QByteArray eventId; //!< 32 octets; empty for system rows and queued drafts
    AccountKey sender;
    QString senderName; //!< resolved: petname, profile name or shortened address
    bool own = false;
    QString text;
    qint64 createdAt = 0;  //!< the sender's clock, seconds since 1970
    qint64 receivedAt = 0; //!< this machine's clock, milliseconds since 1970
    DeliveryState state = DeliveryState::Received;
    int acceptedBy = 0;  //!< relays that accepted it
    int ofRelays = 0;    //!< relays it was given to
    int deliveredTo = 0; //!< members whose device said that it has this own message; readers included
    int readBy = 0;      //!< members who said that they read it
    QString failure;     //!< a relay's reason, in its own words
    SystemKind system = SystemKind::None;
    QString systemSubject; //!< a name or text the system row speaks of
    QString replyToSender; //!< the quoted message's author; empty without a quote
    QString replyToText;   //!< the quoted message's first words
    QByteArray replyTo;    //!< the quoted message's event id, also if it is not here; empty without a quote
    qint64 replyToRow = 0; //!< its storage row; 0 if it is not here
    bool replyToDeleted = false;
    bool deleted = false; //!< the author took it back; text and reactions are gone
    qint64 editedAt = 0;  //!< seconds since 1970; 0 if it was never edited
    bool starred = false;
    QVector<ReactionRecord> reactions;
    QVector<MentionRecord> mentions; //!< in `text`; at most marmot::kMaxMentions
    bool pinned = false;             //!< in this conversation, on this device
    qint64 expiresAt = 0;            //!< seconds since 1970: it disappears from every device; 0: it stays
    // Position in the order all members share: by epoch, then position, then orderId (storage::OrderKey).
    qint64 position = 0;
    QByteArray orderId; //!< 32 octets, also for system rows
    quint64 epoch = 0;
};

//! How much a notification says.
enum class NotificationDetail {
    Full = 0,   //!< who wrote what, and where
    Sender = 1, //!< who wrote, and where
    Bare = 2,   //!< that something came
};

//! One row of the list of conversations.
struct ConversationRecord {
    ConversationId id;
    QString name; //!< the group's name, or the other person's in a direct conversation
    QString description;
    bool direct = false; //!< two accounts and no name
    AccountKey peer;     //!< the other person of a direct conversation; empty otherwise
    ConversationState state = ConversationState::Active;
    QString invitedBy;  //!< for requests: who sent the invitation
    int members = 0;    //!< accounts, this one included
    bool admin = false; //!< this account may change the group
    int unread = 0;
    int mentions = 0; //!< unread messages that mention this account
    int queued = 0;
    int failed = 0;
    int scheduled = 0;            //!< own messages to be sent later
    bool scheduledMissed = false; //!< one of them was not sent at its time
    QString draft;
    QString lastText;
    QString lastSender; //!< empty for system rows
    bool lastOwn = false;
    DeliveryState lastState = DeliveryState::Received;
    SystemKind lastSystem = SystemKind::None;
    QString lastSystemSubject;
    bool lastDeleted = false;
    //! How much notifications from here say; nothing: as everywhere else.
    std::optional<NotificationDetail> notification = std::nullopt;
    bool muted = false; //!< no notification, and not counted as unread outside of the list
    bool pinned = false;
    bool archived = false;
    qint64 lastAt = 0;            //!< seconds since 1970; of the creation if there is no message
    quint64 retentionSeconds = 0; //!< messages disappear after; 0 = kept
    QStringList relays;
    quint64 epoch = 0; //!< for diagnostics
};

//! One member of a conversation.
struct MemberRecord {
    AccountKey key;
    QString name;
    QString address; //!< npub
    bool admin = false;
    bool self = false;
    bool verified = false;
};

//! Who will read what is written in a conversation, and how that differs from the last time one wrote there.
struct AudienceRecord {
    int members = 0;    //!< accounts, this one included
    int unverified = 0; //!< others whose key was not verified
    bool first = true;  //!< this account has not written here yet
    QStringList joined; //!< names of those who were not there the last time
};

//! One known person.
struct ContactRecord {
    AccountKey key;
    QString name;
    QString address; //!< npub
    QStringList relays;
    bool verified = false;
};

enum class RelayState { Offline, Connecting, Connected, Refused };

//! One server and how it is doing.
struct RelayRecord {
    QString url;
    RelayState state = RelayState::Offline;
    QString detail; //!< why it is not connected, in technical words, for diagnostics
    //! Why the last attempt or connection ended; nothing once connected.
    std::optional<ErrorCode> failure = std::nullopt;
    qint64 retryAt = 0; //!< when it is tried again, milliseconds since 1970; 0 if that is not settled
};

//! How the servers are reached.
struct ProxyRecord {
    enum class Kind {
        System, //!< as the operating system says
        None,   //!< straight
        Http,   //!< through an HTTP proxy (CONNECT)
        Socks5, //!< through a SOCKS5 proxy, which also looks up the names of the servers
    };
    Kind kind = Kind::System;
    QString host;             //!< of the proxy; for Http and Socks5
    int port = 0;             //!< 1 to 65535; for Http and Socks5
    QString user;             //!< empty if it wants none
    bool hasPassword = false; //!< one is kept; it is never shown

    friend bool operator==(const ProxyRecord&, const ProxyRecord&) = default;
};

//! The connection as a whole.
struct ConnectionRecord {
    int connected = 0;
    int total = 0;
    int queued = 0; //!< messages and changes that wait to be sent
    bool catchingUp = false;
    QVector<RelayRecord> relays;
    //! Why nothing is connected, where one reason explains it.
    std::optional<ErrorCode> failure = std::nullopt;
    //! By how much this computer's clock is ahead of the relays' (behind: negative), seconds, where that is
    //! so much that nothing is sent; 0 otherwise.
    qint64 clockAheadSeconds = 0;
};

//! One page of a timeline, oldest first.
struct MessagePage {
    ConversationId conversation;
    QVector<MessageRecord> messages;
    bool hasOlder = false;
    bool hasNewer = false;
    qint64 firstUnreadRow = 0; //!< storage row of the conversation's first unread message; 0 if all is read
};

//! One text a message has had.
struct VersionRecord {
    QString text;
    qint64 at = 0; //!< seconds since 1970, by the author's clock
};

//! How a message stands with one server.
struct ServerRecord {
    enum class State {
        Accepted,
        Waiting, //!< not given to it yet, or it asked to be asked again
        Unknown, //!< given to it, without an answer: the same octets are given again
        Refused, //!< for good
    };
    QString url;
    State state = State::Waiting;
    QString reason;        //!< the server's, in its own words
    qint64 acceptedAt = 0; //!< milliseconds since 1970; 0 if not accepted
    //! Why it was not reached, where that is so.
    std::optional<ErrorCode> failure = std::nullopt;
};

//! What a person tells the others about receiving, reading and writing.
struct SignalSettings {
    bool receipts = false; //!< that messages were received, and read
    bool typing = false;   //!< that a message is being written; what others tell is shown only then

    friend bool operator==(const SignalSettings&, const SignalSettings&) = default;
};

//! A member who has an own message.
struct ReaderRecord {
    AccountKey key;
    QString name;
    qint64 deliveredAt = 0; //!< seconds since 1970, by their clock
    qint64 readAt = 0;      //!< the same; 0 if they did not say that they read it
};

//! Everything about one message.
struct MessageDetails {
    MessageRecord message;
    QVector<ServerRecord> servers;   //!< of own messages
    QVector<ReaderRecord> readers;   //!< of own messages; those who read it first
    QVector<VersionRecord> versions; //!< oldest first; one if it was never edited, none if it was deleted
};

//! An own message that is not, or not everywhere, where it should be.
struct QueueRecord {
    MessageRecord message;
    QString conversationName;
    //! Not sealed yet: it can be edited or withdrawn, and nobody will ever see that.
    bool held = false;
    QVector<ServerRecord> servers; //!< none while it is held
};

//! A message that is to be sent later.
struct ScheduledRecord {
    enum class State {
        Waiting,
        Missed,  //!< Valise did not run at its time
        Refused, //!< at its time nothing could be written there
    };
    qint64 id = 0;
    ConversationId conversation;
    QString conversationName;
    QString text;
    QByteArray replyTo;              //!< event id; empty without a quote
    qint64 dueMs = 0;                //!< milliseconds since 1970
    QString zone;                    //!< in which the time was chosen (IANA)
    QVector<MentionRecord> mentions; //!< in `text`
    State state = State::Waiting;
};

//! Which messages are searched; what is not set leaves nothing out.
struct SearchFilter {
    ConversationId conversation{};
    AccountKey sender{};
    qint64 from = 0;        //!< sent at this second since 1970 or later; 0: whenever
    qint64 before = 0;      //!< sent before this second; 0: whenever
    bool withLinks = false; //!< only messages in which an address stands

    friend bool operator==(const SearchFilter&, const SearchFilter&) = default;
};

//! One hit of a search.
struct SearchHit {
    MessageRecord message;
    QString conversationName;
    QString snippet{}; //!< a part of the text around the first match; empty for starred messages
    QVector<std::pair<int, int>> marks{}; //!< first and length of each match in the snippet, UTF-16 units
};

//! One line of diagnostics: what was refused or is waiting, how often, and why.
struct DiagnosticRecord {
    QString scope;    //!< a relay's URL or a conversation
    QString category; //!< such as "invalid_signature"
    QString reason;
    qint64 count = 0;
    qint64 lastAt = 0; //!< seconds since 1970
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::AccountRecord)
Q_DECLARE_METATYPE(valise::client::ConversationRecord)
Q_DECLARE_METATYPE(valise::client::MessageRecord)
Q_DECLARE_METATYPE(valise::client::ConnectionRecord)
Q_DECLARE_METATYPE(valise::client::MessagePage)
Q_DECLARE_METATYPE(valise::client::SearchHit)
