// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/client/records.h"
#include "core/crypto/secret.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>

namespace valise::client {

class Engine;
class HistoryReader;

//! How long one word about somebody's writing counts, in seconds.
inline constexpr int kTypingSeconds = 12;

//! How a profile is opened or made.
struct ProfileOptions {
    QString home; //!< the profile's folder; made if it is missing
    //! ws:// beyond loopback and private addresses. A profile made with it remembers it: opening needs it
    //! only where it was not allowed then.
    bool allowInsecureRelays = false;
    bool fastKeyDerivation = false; //!< least Argon2id cost; only for tests and the demonstration
    bool online = true;             //!< false: open the history without connecting
    //! For a profile that is made: how servers are reached, from the first connection on.
    ProxyRecord proxy;
    QString proxyPassword;
};

//! The window's (and the command line's) only door to the core. Lives on the thread that made it; everything
//! it does runs on the core thread or, for pages and searches, on the reader thread. Every reply comes back
//! on the owner's thread, and only while `context` lives.
class Client : public QObject {
    Q_OBJECT

public:
    template <typename T>
    using Reply = std::function<void(Result<T>)>;

    explicit Client(QObject* parent = nullptr);
    //! Stops the threads; what was accepted is on the disk.
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

    // Questions, answered from the encrypted history by the reader thread.
    void conversations(QObject* context, Reply<QVector<ConversationRecord>> reply);
    //! The newest `limit` messages.
    void latestPage(const ConversationId& conversation, int limit, QObject* context,
                    Reply<MessagePage> reply);
    //! Up to `limit` messages before (older than) or after the given row.
    void pageBefore(const ConversationId& conversation, qint64 row, int limit, QObject* context,
                    Reply<MessagePage> reply);
    void pageAfter(const ConversationId& conversation, qint64 row, int limit, QObject* context,
                   Reply<MessagePage> reply);
    //! Up to `limit` messages around the row, the row included.
    void pageAround(const ConversationId& conversation, qint64 row, int limit, QObject* context,
                    Reply<MessagePage> reply);
    //! What a conversation opens with: up to `limit` messages around the first unread one, or the newest.
    void openingPage(const ConversationId& conversation, int limit, QObject* context,
                     Reply<MessagePage> reply);
    //! Up to `limit` messages around the first one sent at `seconds` since 1970 or later.
    void pageSince(const ConversationId& conversation, qint64 seconds, int limit, QObject* context,
                   Reply<MessagePage> reply);
    //! Servers, versions and state of one message. Error: NotFound.
    void messageDetails(const ConversationId& conversation, qint64 row, QObject* context,
                        Reply<MessageDetails> reply);
    //! Own messages that wait, are not yet with every server, or were refused by all; everywhere if
    //! `conversation` is empty. In the order in which they were written.
    void queue(const ConversationId& conversation, QObject* context, Reply<QVector<QueueRecord>> reply);
    //! Messages to be sent later, by time; everywhere if `conversation` is empty.
    void scheduled(const ConversationId& conversation, QObject* context,
                   Reply<QVector<ScheduledRecord>> reply);
    //! Starred messages, last starred first; everywhere if `conversation` is empty.
    void starred(const ConversationId& conversation, int limit, QObject* context,
                 Reply<QVector<SearchHit>> reply);
    //! Pinned messages of a conversation, last pinned first.
    void pinned(const ConversationId& conversation, QObject* context, Reply<QVector<MessageRecord>> reply);
    //! Messages that contain the text (parts of words too) and pass the filter. Newest first.
    void search(const QString& text, const SearchFilter& filter, int limit, QObject* context,
                Reply<QVector<SearchHit>> reply);

    // Questions, answered by the core thread.
    void members(const ConversationId& conversation, QObject* context, Reply<QVector<MemberRecord>> reply);
    void audience(const ConversationId& conversation, QObject* context, Reply<AudienceRecord> reply);
    //! What the window keeps in the encrypted profile under a name; empty if nothing is kept.
    void preference(const QString& name, QObject* context, Reply<QString> reply);
    void setPreference(const QString& name, const QString& value);
    void contacts(QObject* context, Reply<QVector<ContactRecord>> reply);
    void diagnostics(QObject* context, Reply<QVector<DiagnosticRecord>> reply);
    void account(QObject* context, Reply<AccountRecord> reply);
    //! Reads the whole database and checks it. Error: StorageDamaged.
    void checkIntegrity(QObject* context, Reply<void> reply);

    // Changes.
    //! Remembers a person. `address` is an npub, nprofile, nostr: link or invitation link. Error:
    //! InvalidArgument.
    void addContact(const QString& address, const QString& name, QObject* context,
                    Reply<ContactRecord> reply);
    //! Founds a conversation with the people named by address (as in addContact). With one person and an
    //! empty name it is a direct conversation. Errors: InvalidArgument, NoInvitation (a person cannot be
    //! invited yet), Offline.
    void createConversation(const QString& name, const QStringList& addresses, QObject* context,
                            Reply<ConversationRecord> reply);
    //! Accepts a request; declining is leaveConversation().
    void acceptRequest(const ConversationId& conversation, QObject* context, Reply<void> reply);
    void addMembers(const ConversationId& conversation, const QStringList& addresses, QObject* context,
                    Reply<void> reply);
    void removeMember(const ConversationId& conversation, const AccountKey& member, QObject* context,
                      Reply<void> reply);
    void renameConversation(const ConversationId& conversation, const QString& name, QObject* context,
                            Reply<void> reply);
    //! Gives a member the rights of an administrator, or takes them. Error: NotAuthorized, also
    //! for the last administrator.
    void setAdministrator(const ConversationId& conversation, const AccountKey& member, bool on,
                          QObject* context, Reply<void> reply);
    //! How long messages are kept on every device, in seconds; 0: without end. Error: NotAuthorized.
    void setRetention(const ConversationId& conversation, quint64 seconds, QObject* context,
                      Reply<void> reply);
    //! Moves a conversation to other servers; those before are listened to for some time. Errors:
    //! NotAuthorized, InvalidUrl, InsecureUrl, LimitExceeded.
    void setConversationRelays(const ConversationId& conversation, const QStringList& urls, QObject* context,
                               Reply<void> reply);
    //! Ends a conversation for everybody; its history stays. Error: NotAuthorized.
    void disbandConversation(const ConversationId& conversation, QObject* context, Reply<void> reply);
    void leaveConversation(const ConversationId& conversation, QObject* context, Reply<void> reply);
    //! Writes a text message, in reply to `replyTo` (an event id) if that is not empty. The reply comes when
    //! the message is on the disk; it is sent, and sent again, by itself. Errors: LimitExceeded, NotMember,
    //! GroupDisbanded.
    void sendText(const ConversationId& conversation, const QString& text, const QByteArray& replyTo,
                  QObject* context, Reply<MessageRecord> reply);
    // Messages to be sent later. They wait encrypted on this device and are sent by themselves while Valise
    // runs; one whose time was missed by more than an hour waits for the person.
    // ConversationRecord::scheduled counts them.
    //! Keeps a text to be sent at `dueMs` (milliseconds since 1970), chosen by the clock of `zone` (an IANA
    //! name). Errors: as sendText; InvalidArgument for a time that is over; LimitExceeded beyond a year, and
    //! beyond 200 in a conversation.
    void scheduleText(const ConversationId& conversation, const QString& text, const QByteArray& replyTo,
                      qint64 dueMs, const QString& zone, QObject* context, Reply<void> reply);
    //! Another time. Errors: NotFound; InvalidArgument, LimitExceeded as above.
    void rescheduleText(const ConversationId& conversation, qint64 id, qint64 dueMs, const QString& zone,
                        QObject* context, Reply<void> reply);
    //! Error: NotFound, also if it was sent meanwhile.
    void cancelScheduled(const ConversationId& conversation, qint64 id, QObject* context, Reply<void> reply);
    //! Sends it now. Errors: NotFound; as sendText.
    void sendScheduledNow(const ConversationId& conversation, qint64 id, QObject* context, Reply<void> reply);
    // On a message, named by its event id. Errors of all: NotFound, NotMember, GroupDisbanded. What is sent
    // waits and goes out as a message does.
    //! Adds or takes back this account's reaction. Error: InvalidArgument for a text that cannot be one.
    void react(const ConversationId& conversation, const QByteArray& eventId, const QString& emoji, bool on,
               QObject* context, Reply<void> reply);
    //! Replaces the text of an own message for everybody. Errors: NotAuthorized, InvalidArgument,
    //! LimitExceeded.
    void editMessage(const ConversationId& conversation, const QByteArray& eventId, const QString& text,
                     QObject* context, Reply<void> reply);
    //! Takes own messages back for everybody, at most 256. Errors: NotAuthorized, LimitExceeded.
    void deleteForEveryone(const ConversationId& conversation, const QVector<QByteArray>& eventIds,
                           QObject* context, Reply<void> reply);
    //! Removes rows of the timeline, of whatever kind, from this device only.
    void deleteForMe(const ConversationId& conversation, const QVector<qint64>& rows, QObject* context,
                     Reply<void> reply);
    //! Marks a message for oneself.
    void setStarred(const ConversationId& conversation, qint64 row, bool on, QObject* context,
                    Reply<void> reply);

    //! Pins a message in its conversation, for oneself (docs/protocol-extensions.md says why). Errors:
    //! NotFound, LimitExceeded beyond 50.
    void setMessagePinned(const ConversationId& conversation, qint64 row, bool on, QObject* context,
                          Reply<void> reply);

    // How a conversation stands in the list.
    void setMuted(const ConversationId& conversation, bool on, QObject* context, Reply<void> reply);
    //! How much notifications from a conversation say; nothing: as everywhere else.
    void setNotificationDetail(const ConversationId& conversation, std::optional<NotificationDetail> detail,
                               QObject* context, Reply<void> reply);
    void setPinned(const ConversationId& conversation, bool on, QObject* context, Reply<void> reply);
    void setArchived(const ConversationId& conversation, bool on, QObject* context, Reply<void> reply);
    //! Keeps what is written but not sent.
    void saveDraft(const ConversationId& conversation, const QString& text);
    //! What this person tells others from now on (docs/protocol-extensions.md); nothing until it is set.
    void setSignals(const SignalSettings& settings);
    //! This person writes in a conversation, or stopped; told at once or not at all.
    void setTyping(const ConversationId& conversation, bool on);
    //! Everything up to this row was seen.
    void markRead(const ConversationId& conversation, qint64 row);
    void setName(const QString& name, QObject* context, Reply<void> reply);
    //! Replaces the account's servers and publishes the new lists. Errors: InvalidUrl, InsecureUrl.
    void setRelays(const QStringList& urls, QObject* context, Reply<void> reply);
    //! How servers are reached. The password stays in the profile.
    void proxy(QObject* context, Reply<ProxyRecord> reply);
    //! Reaches servers this way from now on; connections that went another way are ended first. Without a
    //! `password` the one that is kept stays, if host, port and user do. Error: InvalidArgument.
    void setProxy(const ProxyRecord& proxy, const std::optional<QString>& password, QObject* context,
                  Reply<void> reply);
    //! Replies once everything the relays hold was fetched and what can be sent was sent, or no relay can be
    //! reached.
    void whenIdle(QObject* context, Reply<void> reply);
    //! The network came back (or the person pressed "try now"): connect at once.
    void connectNow();

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
    //! A member began to write, or stopped. Who says nothing more for kTypingSeconds has stopped.
    void typingChanged(const QByteArray& conversation, const QByteArray& member, const QString& name,
                       bool on);
    void connectionChanged(const valise::client::ConnectionRecord& connection);
    void accountChanged(const valise::client::AccountRecord& account);
    //! Everything the relays hold was fetched and everything written was sent: emitted on each change to that
    //! state.
    void idleChanged(bool idle);

private:
    //! Emits a signal of the engine again, on the owner's thread: the same way across as every reply.
    template <typename... Values>
    void passOn(void (Engine::*from)(Values...), void (Client::*to)(Values...));
    template <typename T, typename Work>
    void ask(QObject* context, Reply<T> reply, Work work);
    template <typename Change>
    void askConversations(QObject* context, Reply<void> reply, Change change);
    //! For changes whose outcome comes later: `change` gets the group and where to answer.
    template <typename Change>
    void askGroup(const ConversationId& conversation, QObject* context, Reply<void> reply, Change change);
    //! The same about a member. Error: InvalidArgument for what is no account.
    template <typename Change>
    void askMember(const ConversationId& conversation, const AccountKey& member, QObject* context,
                   Reply<void> reply, Change change);
    template <typename T, typename Work>
    void askReader(QObject* context, Reply<T> reply, Work work);

    QThread m_coreThread;
    QThread m_readerThread;
    Engine* m_engine = nullptr;        // lives on m_coreThread, deleted by it
    HistoryReader* m_reader = nullptr; // lives on m_readerThread, deleted by it
};

} // namespace valise::client
