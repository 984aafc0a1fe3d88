// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/directory.h"
#include "core/client/message_changes.h"
#include "core/client/outbox_pump.h"
#include "core/client/record_mapping.h"
#include "core/marmot/group_engine.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <set>

namespace valise::client {

//! The groups of the profile: what is received, written and changed in them. Every step is one transaction;
//! sessions in memory follow only what was committed.
class Conversations : public QObject {
    Q_OBJECT

public:
    Conversations(Profile& profile, net::RelayPool& pool, OutboxPump& outbox, Directory& directory,
                  RecordMapper& mapper, QObject* parent);

    //! Loads every group from the database and subscribes. A group that cannot be read becomes Damaged, the
    //! others load.
    Result<void> load();

    using DoneConversation = std::function<void(Result<ConversationRecord>)>;
    using Done = std::function<void(Result<void>)>;

    Result<MessageRecord> sendText(const Bytes& group, const std::string& text,
                                   const std::optional<Bytes>& replyTo);
    // Messages to be sent later, as the functions of Client of the same names (conversations_scheduled.cpp).
    Result<void> schedule(const Bytes& group, const std::string& text, const std::optional<Bytes>& replyTo,
                          std::int64_t dueMs, const std::string& zone);
    Result<void> reschedule(const Bytes& group, std::int64_t id, std::int64_t dueMs, const std::string& zone);
    Result<void> cancelScheduled(const Bytes& group, std::int64_t id);
    Result<MessageRecord> sendScheduled(const Bytes& group, std::int64_t id);
    // As the functions of Client of the same names (conversations_messages.cpp).
    Result<void> react(const Bytes& group, const Bytes& message, const std::string& emoji, bool on);
    Result<void> edit(const Bytes& group, const Bytes& message, const std::string& text);
    Result<void> deleteForEveryone(const Bytes& group, const std::vector<Bytes>& messages);
    Result<void> deleteForMe(const Bytes& group, const std::vector<std::int64_t>& rows);
    Result<void> setStarred(const Bytes& group, std::int64_t row, bool on);
    Result<void> setMessagePinned(const Bytes& group, std::int64_t row, bool on);
    Result<void> setNotificationDetail(const Bytes& group, std::optional<NotificationDetail> detail);
    Result<void> setMuted(const Bytes& group, bool on);
    Result<void> setPinned(const Bytes& group, bool on);
    Result<void> setArchived(const Bytes& group, bool on);
    Result<AudienceRecord> audience(const Bytes& group);

    void create(const QString& name, const QStringList& addresses, DoneConversation done);
    void addMembers(const Bytes& group, const QStringList& addresses, Done done);
    void removeMember(const Bytes& group, const marmot::Id32& account, Done done);
    void rename(const Bytes& group, const QString& name, Done done);
    void setAdmin(const Bytes& group, const marmot::Id32& account, bool on, Done done);
    void setTimer(const Bytes& group, std::uint64_t seconds, Done done);
    void setRelays(const Bytes& group, const QStringList& urls, Done done);
    void disband(const Bytes& group, Done done);
    void leave(const Bytes& group, Done done);
    Result<void> accept(const Bytes& group);
    //! What is told to others from now on; nothing until the window says so. Typing goes out at once or not
    //! at all. (conversations_receipts.cpp)
    Result<void> setSignals(const SignalSettings& settings);
    Result<void> sendTyping(const Bytes& group, bool on);
    Result<void> saveDraft(const Bytes& group, const std::string& text);
    Result<void> markRead(const Bytes& group, std::int64_t row);
    Result<QVector<MemberRecord>> members(const Bytes& group);

    //! Joins by a Welcome; the wrap was opened and its sender proven. Errors as GroupEngine::join;
    //! AlreadyExists; PendingChange: to be tried again when groupsMoved(), and some seconds after it was
    //! first seen (`firstSeenMs`).
    Result<void> join(const marmot::WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                      const nostr::EventId& wrapId, std::int64_t firstSeenMs);

    //! Takes an event or a cursor from the pool; both are handled in order, in batches.
    void enqueueEvent(const nostr::Event& event);
    void enqueueCursor(const QString& subscription, const QString& relay, qint64 createdAt);

    //! What a relay's acceptance means for a message, within the transaction that stores it.
    Result<void> storeAcceptance(const storage::OutboxRow& row, const storage::OutboxProgress& progress);
    void onOutboxAccepted(const storage::OutboxRow& row, bool first);
    void onOutboxFailed(const storage::OutboxRow& row, const QString& reason);
    //! A relay can be written to: held messages leave.
    void flushAll();
    //! Nothing waits to be processed, and nothing is held that a relay within reach could take.
    bool idle();
    bool caughtUp() const;
    int queuedCount();
    //! How each group stands and why it followed the branch it follows, for the diagnostics.
    QVector<DiagnosticRecord> diagnostics() const;
    //! The engine of a group as it stands between two steps, or nullptr; not to be kept.
    const marmot::GroupEngine* engine(const Bytes& group) const;
    void emitAll();

signals:
    void conversationChanged(const valise::client::ConversationRecord& conversation);
    void messagesAdded(const QByteArray& conversation,
                       const QVector<valise::client::MessageRecord>& messages);
    void messageChanged(const valise::client::MessageRecord& message);
    void messageRemoved(const QByteArray& conversation, qint64 row);
    //! A member began to write, or stopped.
    void typingChanged(const QByteArray& conversation, const QByteArray& member, const QString& name,
                       bool on);
    void changed();
    //! The state of a group moved on, or this account is out of one.
    void groupsMoved();

private:
    struct Inbound {
        std::optional<nostr::Event> event;
        bool retried = false; // it waited in the inbox table
        QString subscription;
        QString relay;
        qint64 createdAt = 0;
    };
    //! What a committed step means to the window; nothing of it is told before the commit.
    struct Effects {
        std::map<Bytes, std::vector<std::int64_t>> added; // rows by group
        std::set<Bytes> touched;
        std::map<Bytes, std::set<storage::Id32>> changed; // messages that look different, by group
        std::map<Bytes, std::set<std::int64_t>> removed;  // rows by group
        std::set<Bytes> routesChanged;
        std::set<Bytes> departures;
        std::set<Bytes> epochMoved;
        // Groups in which this account is no member any more, and until when what was said before is read.
        std::map<Bytes, std::int64_t> ended;
        std::set<Bytes> retry; // deferred events may be readable now
        std::set<Bytes> settled;
        std::vector<std::int64_t> changedRows;
        std::vector<std::pair<std::pair<Bytes, std::uint64_t>, Result<void>>> finished; // changes of our own
        bool outbox = false;
        struct Typing {
            Bytes group;
            storage::Id32 member{};
            bool on = false;
        };
        std::vector<Typing> typing;
        std::map<Bytes, bool> acknowledges; // groups whose messages are acknowledged, as far as it was asked
        std::set<Bytes> receiptsOwed;       //!< groups
        std::set<storage::Id32> met;        // accounts to look up
    };
    using Sessions = std::map<Bytes, marmot::GroupEngine>;
    //! A group that this account is out of: what was said in it before may still come.
    struct Former {
        marmot::GroupEngine engine;
        std::int64_t untilMs = 0;
    };
    using Formers = std::map<Bytes, std::vector<Former>>; // the one that ended last stands last
    //! What a batch of events makes of the groups: memory follows it once it was committed.
    struct Batch {
        Sessions sessions;
        Formers formers;
    };
    using Work = std::function<Result<marmot::Step>(marmot::GroupEngine&)>;
    //! Where in a group's history something stands.
    struct StatePlace {
        storage::Id32 state{};
        std::uint64_t epoch = 0;
    };

    // conversations.cpp
    marmot::GroupEngine* session(const Bytes& group);
    Result<storage::GroupRow> record(const Bytes& group);
    std::vector<std::string> relaysOf(const marmot::GroupEngine& session) const;
    //! Those where something of a retained epoch may still come, too.
    std::vector<std::string> listeningRelays(const Bytes& group) const;
    bool writable(const marmot::GroupEngine& session) const;
    //! What the relays stored of the group until now was fetched and looked at.
    bool current(const Bytes& group) const;
    //! So much waits to be looked at that the groups may change before one's own words.
    bool crowded() const { return m_inbound.size() > 32; }
    void subscribeAll();
    void tell(const Effects& effects);
    //! Soon: however much happens to a conversation in one turn, its record is read and told once.
    void emitConversation(const Bytes& group);
    void emitUntold();
    Result<void> storeGroupRow(const marmot::GroupEngine& session, storage::GroupRow& group);
    Result<void> count(std::string_view scope, std::string_view category, std::string_view reason,
                       std::string_view detail = {});
    //! How far back an event may be dated when it reaches a relay: clock skew, and a message encrypted just
    //! before the connection broke. Messages written offline are dated when they leave.
    static constexpr std::int64_t kOverlapSeconds = 3 * 3600;
    static std::string cursorName(const Bytes& group);
    Result<void> readFrom(const marmot::GroupEngine& group, std::int64_t seconds);
    Result<marmot::GroupEngine> restore(const Bytes& group);

    // conversations_join.cpp
    //! Whether the state of a fresh Welcome may take the place of the one that is followed.
    //! Errors: AlreadyExists; PendingChange (not as far as is known now).
    Result<void> checkRepair(const marmot::GroupEngine& fresh, const marmot::WelcomeMessage& welcome,
                             const storage::GroupRow& record, std::int64_t firstSeenMs);
    //! Whether a Welcome may lead back into a group that this account is out of. Error: PendingChange.
    Result<void> checkReturn(const marmot::GroupEngine& fresh, const marmot::WelcomeMessage& welcome,
                             const storage::GroupRow& record) const;
    //! Where the events that wait lead from a state.
    Result<marmot::GroupEngine> followFrom(marmot::GroupEngine trial) const;
    Result<void> withdrawAll(const marmot::GroupEngine& replaced, Effects& effects);

    // conversations_repair.cpp
    //! Notes whom this account let in or out on a branch that lost, or that won after all.
    Result<void> noteOwed(const marmot::GroupEngine& session, const marmot::Step& step);
    //! Does on the branch that won what is owed to it, one step at a time; goes on by itself.
    void continueRepair(const Bytes& group);

    // conversations_renewal.cpp
    //! Renews this client's keys where that is due, and looks again in a while.
    void renewDue();
    Result<void> noteRenewed(const Bytes& group);
    //! When keys are renewed: soon after joining, later every month or so.
    std::int64_t nextRenewal(bool joined);

    // conversations_receive.cpp
    void processInbound();
    //! False if it has to wait for the end of a pass.
    Result<bool> receiveOne(const Inbound& item, Batch& batch, Effects& effects);
    Result<void> fileOutcome(const Bytes& id, const marmot::Outcome& outcome, const nostr::Event& event,
                             bool retried);
    Result<void> applyStep(marmot::GroupEngine& session, const marmot::Step& step, Effects& effects);
    Result<void> storeStanding(const marmot::GroupEngine& session, Effects& effects);
    Result<void> storeSession(marmot::GroupEngine& session);
    Result<void> storeMessage(const Bytes& group, const marmot::DeliveredMessage& delivered,
                              Effects& effects);
    Result<void> storeChange(const marmot::GroupEngine& session, const marmot::AppliedChange& applied,
                             Effects& effects);
    Result<void> systemRow(const Bytes& id, const StatePlace& at, std::int64_t createdAt,
                           const SystemRow& row, const storage::Id32& by, Effects& effects);

    // conversations_former.cpp
    //! Something of the group may still be read.
    bool listens(const Bytes& group) const { return m_sessions.count(group) + m_formers.count(group) > 0; }
    //! Stores how far a group got; one that ended becomes a former one. In the caller's transaction.
    Result<void> storeMoved(marmot::GroupEngine& engine, const Effects& effects);
    //! Memory follows storeMoved() once it was committed.
    void followMoved(const Bytes& group, marmot::GroupEngine engine, const Effects& effects);
    Result<void> storeFormer(Former& former);
    Result<void> loadFormers(const Bytes& group);
    //! Reads a message of an epoch in which this account was a member. Nothing, if it is none.
    Result<std::optional<marmot::Outcome>> readFormer(const Bytes& group, const nostr::Event& event,
                                                      const std::function<bool(const mls::Digest&)>& seen,
                                                      Batch& batch, Effects& effects);
    void forgetFormers();
    void armFormers();

    // conversations_waiting.cpp
    void retryDeferred(const Bytes& group);
    //! Notes from when on a group must be fetched again, since these found no room any more.
    Result<void> noteMissed(const Bytes& group, const std::vector<storage::DeferredEvent>& pushedOut);
    void fetchMissed(const Bytes& group);

    // conversations_messages.cpp
    Result<void> receiveChange(const Bytes& group, const marmot::DeliveredMessage& delivered,
                               Effects& effects);
    Result<void> adoptKept();
    Result<storage::MessageRow> message(const Bytes& group, const Bytes& eventId);
    Result<void> mayWrite(const Bytes& group);
    static Result<void> checkText(const std::string& text);
    static Result<std::optional<storage::Id32>> replyTarget(const std::optional<Bytes>& replyTo);
    //! Writes a text; one that was `scheduled` stops being that in the same transaction.
    Result<MessageRecord> send(const Bytes& group, const std::string& text,
                               const std::optional<storage::Id32>& target,
                               const std::optional<std::int64_t>& scheduled);
    // conversations_scheduled.cpp
    Result<void> checkDue(std::int64_t dueMs) const;
    Result<storage::ScheduledMessage> scheduledIn(const Bytes& group, std::int64_t id);
    void armScheduled();
    void sendDue();
    Result<void> sendChange(const Bytes& group, const marmot::MessageChange& change);
    Result<bool> dropHeld(const Bytes& group, const storage::Id32& eventId, Effects& effects);
    Result<void> failMessage(const Bytes& group, const storage::Id32& eventId, const std::string& reason,
                             Effects& effects);
    Result<void> noteAcceptance(const storage::OutboxRow& row);
    void tellChanges(const Effects& effects);
    Result<void> setFlag(const Bytes& group, Result<void> (storage::GroupStore::*flag)(ByteView, bool),
                         bool on);

    // conversations_expiry.cpp
    Result<void> adoptExpiries();
    Result<void> keepExpiry(std::int64_t row, const std::optional<std::uint64_t>& at);
    //! True if there is more to erase.
    Result<bool> eraseExpired(Effects& effects);
    void expire();
    void armExpiry();

    // conversations_receipts.cpp
    Result<bool> acknowledges(const Bytes& group);
    Result<void> oweDelivered(const storage::MessageRow& message, Effects& effects);
    Result<void> oweRead(const Bytes& group, const std::optional<storage::OrderKey>& before,
                         const storage::OrderKey& upTo);
    Result<void> receiveSignal(const Bytes& group, const marmot::ReceivedMessage& message, Effects& effects);
    Result<void> receiveReceipt(const Bytes& group, const marmot::ReceivedMessage& message, Effects& effects);
    Result<marmot::Outgoing> sealSignal(marmot::GroupEngine& engine, const marmot::InnerEvent& inner);
    void sendReceipts();
    void armReceipts(int delayMs);

    // conversations_audience.cpp
    Result<void> noteAudience(const Bytes& group);

    // conversations_send.cpp
    Result<void> sealQueued(const Bytes& group, Effects& effects);
    bool holds(const Bytes& group);
    Result<void> failHeld(const Bytes& group);
    void flush(const Bytes& group);
    void find(const QStringList& addresses, Directory::Found done);
    Result<void> queueWelcome(const Bytes& group, const marmot::WelcomeDuty& welcome);
    std::vector<storage::OutboxTarget> targets(const std::vector<std::string>& relays) const;

    // conversations_changes.cpp
    //! One step of a group in one transaction.
    Result<void> take(const Bytes& group, const Work& work, Effects& effects);
    Result<void> checkDeliverable(const std::vector<marmot::WelcomeDuty>& welcomes);
    void propose(const Bytes& group, marmot::LocalChange change, Done done);
    Result<void> queuePending(const marmot::GroupEngine& engine);
    Result<void> queueProposal(const marmot::GroupEngine& engine, const marmot::Outgoing& proposal);
    void confirmPending(const Bytes& group, const nostr::EventId& eventId);
    void dropPending(const Bytes& group, const nostr::EventId& eventId, const Error& why);
    void settlePending();
    void armDeadline();
    void advanceDue();
    void continueLeaving(const Bytes& group);
    //! The last one closes the door.
    void endAlone(const Bytes& group);
    void rearmDepartures(const Bytes& group, int extraMs = 0);
    void scheduleDepartures(const Bytes& group, int extraMs = 0);

    Profile& m_profile;
    net::RelayPool& m_pool;
    OutboxPump& m_outbox;
    Directory& m_directory;
    RecordMapper& m_mapper;
    MessageChanges m_changes;
    Sessions m_sessions;
    Formers m_formers;
    QTimer m_formersTimer;                   // the next one to be erased
    std::map<storage::Id32, Bytes> m_routes; // nostr group id to group
    std::map<std::string, std::vector<Bytes>> m_subscriptions;
    std::deque<Inbound> m_inbound;
    QTimer m_inboundTimer;
    std::set<Bytes> m_untold;
    QTimer m_untoldTimer;
    QTimer m_scheduled; // the next message that is to be sent later
    SignalSettings m_signals;
    QTimer m_receiptTimer;
    QTimer m_expiryTimer;
    bool m_stalled = false;                                    // what comes next waits for the end of a pass
    QTimer m_deadline;                                         // the next end of a pass
    std::map<std::pair<Bytes, std::uint64_t>, Done> m_waiting; // group and change to who waits for it
    std::set<Bytes> m_departureTimers;
    std::set<Bytes> m_repairing; // a step is on its way, or waits to be tried again
    QTimer m_renewal;
    std::set<Bytes> m_refused;                    // something waits for room, or for what comes before it
    std::map<Bytes, std::int64_t> m_fetchedAgain; // when, milliseconds
};

} // namespace valise::client
