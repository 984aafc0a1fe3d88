// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/convergence_pass.h"
#include "core/marmot/engine_parts.h"
#include "core/marmot/founding.h"
#include "core/marmot/inbound.h"
#include "core/marmot/retained_history.h"

#include <deque>
#include <functional>

namespace valise::marmot {

//! This client's relation to a group.
enum class GroupStanding : std::uint8_t {
    Active,
    Leaving,       //!< asked to leave; sends nothing else until another member commits it
    Removed,       //!< no longer a member
    Disbanded,     //!< the group has ended
    Unrecoverable, //!< retained states were lost; only a new Welcome repairs this copy
};

//! An own commit that is being published. The same event is published again after a crash, never a new one.
struct PendingPublish {
    Outgoing outgoing;
    mls::Digest state{}; //!< the dormant state that the commit leads to
    std::vector<WelcomeDuty> welcomes;
    LocalChange change;
    std::uint64_t changeId = 0;
};

//! A change that waits for the group's state to settle.
struct QueuedChange {
    std::uint64_t id = 0;
    LocalChange change;
};

//! The results of one step of the engine. The caller stores the engine's parts and handles these results in
//! one transaction.
struct Step {
    std::vector<Outcome> outcomes;
    std::vector<StateMove> withdrawn; //!< newest first; handle them before the fields below
    std::vector<StateMove> restored;  //!< oldest first
    std::vector<AppliedChange> changes;
    std::vector<DeliveredMessage> messages;
    std::optional<ConvergenceDecision> decision;
    std::vector<WelcomeDuty> welcomes;     //!< to be sent because an own commit was accepted
    std::vector<Outgoing> publish;         //!< own proposals, each to be published once
    std::optional<std::uint64_t> prepared; //!< the queued change that became pendingPublish()
    struct FailedChange {
        std::uint64_t id = 0;
        Error error;
    };
    std::vector<FailedChange> failed; //!< queued changes that the new state does not allow
    bool retryDeferred = false;       //!< keys or the tip changed, so offer deferred events again
    bool departures = false; //!< a member asks to leave the tip's group; a commit should follow after a
                             //!< random delay
    bool tipMoved = false;

    //! The first outcome, which is that of the caller's input.
    const Outcome& outcome() const { return outcomes.front(); }
};

//! One Marmot group on this client. If members commit at the same time, the engine finds the branch that all
//! members choose (Marmot's Current profile). It is a value: copy it, take a step, store takeChanges(), and
//! keep the copy if the transaction was committed. It does no I/O and has no clock: the caller passes
//! milliseconds.
class GroupEngine {
public:
    struct Founded;
    struct Submission {
        std::uint64_t id = 0;
        bool queued = false; //!< false: the change is pendingPublish() now
    };

    //! Bound on queued changes.
    static constexpr std::size_t kMaxQueued = 256;
    //! Bound on commits without a known parent, or with a reference to a missing proposal.
    static constexpr std::size_t kMaxOrphans = 64;
    //! Bound on messages on branches that the group does not follow.
    static constexpr std::size_t kMaxParked = 4096;
    //! Bound on digests of handshake messages in retained epochs.
    static constexpr std::size_t kMaxKnown = 4096;

    //! Creates epoch 0. With invitees, an Add to epoch 1 is merged locally and never published. Errors:
    //! InvalidArgument, LimitExceeded, InvalidKeyPackage.
    static Result<Founded> found(const crypto::SchnorrKeyPair& account, const Founding& founding,
                                 std::int64_t nowMs, crypto::Random& random);
    //! Joins by a Welcome after all checks of the profile. The bundle is not changed. Without `nowMs`,
    //! lifetimes are not checked. Errors: InvalidWelcome, NotAuthorized (the inviter is not an admin), and
    //! those of checkGroup and mls::Group::join.
    static Result<GroupEngine> join(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                    std::optional<std::int64_t> nowMs);
    //! Makes an engine from the tip alone. Earlier versions of the program stored only that.
    static Result<GroupEngine> fromTip(mls::Group tip);
    //! Reads an engine from stored parts. If retained states are missing or damaged but the tip is complete,
    //! the engine is Unrecoverable. Errors: InvalidEncoding, Unsupported (a newer version), StorageDamaged
    //! (no tip).
    static Result<GroupEngine> load(const EngineParts& parts);

    const Bytes& id() const { return group().groupId(); }
    //! The tip's epoch. It is one more than group().epoch() if this client was removed.
    std::uint64_t epoch() const { return m_history.tip().epoch; }
    const GroupState& state() const { return m_history.membership().state; }
    //! The newest state in which this client is a member.
    const mls::Group& group() const { return *m_history.membership().group; }
    const RetainedHistory& history() const { return m_history; }
    Id32 self() const { return ownAccount(group()); }
    bool isAdmin() const { return state().admins.contains(self()); }
    std::vector<GroupMember> members() const { return membersOf(group(), state().admins); }
    //! Other accounts that asked to leave in this epoch.
    std::vector<Id32> departing() const { return departingFrom(group()); }
    GroupStanding standing() const;
    //! The routes on which events of retained epochs may arrive, each once, the tip's first. Some may differ
    //! only in their relays.
    std::vector<NostrRouting> routes() const;

    const std::optional<ConvergencePass>& pass() const { return m_pass; }
    const std::optional<PendingPublish>& pendingPublish() const { return m_pending; }
    const std::deque<QueuedChange>& queue() const { return m_queue; }
    const std::optional<ConvergenceDecision>& lastDecision() const { return m_decision; }
    //! True if no pass is open and no own change is being published. Then messages may be sealed.
    bool settled() const { return !m_pass && !m_pending; }
    //! True if the open pass has no room for more. Further events should wait for its end.
    bool saturated() const;
    //! The time at which advance() has work to do. nullopt: not before another input.
    std::optional<std::int64_t> deadlineMs() const;

    //! Processes an event of kind 445 with a verified id and signature. `seen` returns whether the digest of
    //! an application message is known.
    Step receive(const nostr::Event& event, std::int64_t nowMs,
                 const std::function<bool(const mls::Digest&)>& seen, crypto::Random& random);
    //! Ends a pass that is due and, with `mayPublish`, starts the next queued change. Call it at
    //! deadlineMs(), after deferred events were offered again, and after load().
    Step advance(std::int64_t nowMs, crypto::Random& random, bool mayPublish = true);

    //! Prepares a change for publication, or queues it while the group is not settled. Errors: those of
    //! buildCommit, LimitExceeded (queue), NotMember, GroupDisbanded, PendingChange (leaving).
    Result<Submission> submit(LocalChange change, std::int64_t nowMs, crypto::Random& random);
    //! Removes a queued change. False if it is not in the queue.
    bool withdraw(std::uint64_t changeId);
    //! Call it when a relay accepted the pending commit. The commit joins the history, and its Welcomes can
    //! be sent. Error: NotFound if nothing is pending.
    Result<Step> confirm(std::int64_t nowMs, crypto::Random& random);
    //! Call it when no relay accepted the pending commit and none can have it. If it arrives nevertheless, it
    //! is handled like another member's commit. Error: NotFound.
    Result<Step> fail();
    //! Asks the other members to commit this client's departure. The proposal is repeated in each new epoch.
    //! Errors: NotAuthorized for an admin, NotMember, GroupDisbanded.
    Result<Step> leave(std::int64_t nowMs, crypto::Random& random);
    //! Encrypts an application event. The ratchet moves forward, so store the parts before publishing.
    //! Errors: PendingChange (not settled, or leaving), NotMember, GroupDisbanded, LimitExceeded.
    Result<Outgoing> seal(const InnerEvent& inner, crypto::Random& random);

    //! The parts that changed since the last call. The engine counts them as stored.
    EngineChanges takeChanges();
    //! All parts.
    EngineParts parts() const;

private:
    struct Orphan {
        Bytes message;
        std::uint64_t epoch = 0;
        std::uint64_t createdAt = 0;
    };
    struct Known {
        std::uint64_t epoch = 0;
        InputKind kind = InputKind::Unknown;
        bool own = false;
    };
    struct Parked {
        ReceivedMessage message;
        mls::Digest digest{};
        mls::Digest state{};
    };
    //! An input after its envelope was opened.
    struct Opened {
        Bytes message;
        mls::Digest digest{};
        mls::Inspected header;
        const nostr::Event* event = nullptr;
    };

    GroupEngine() = default;
    explicit GroupEngine(RetainedHistory history)
        : m_history(std::move(history)) {}

    // group_engine.cpp
    Result<void> checkActive() const;
    Result<void> prepare(const LocalChange& change, std::uint64_t id, std::int64_t nowMs,
                         crypto::Random& random);
    void startQueued(Step& step, std::int64_t nowMs, crypto::Random& random);
    void proposeLeaving(Step& step, std::int64_t nowMs, crypto::Random& random);
    // group_engine_receive.cpp
    std::optional<Bytes> open(const nostr::Event& event, Error& why);
    void receiveApplication(const Opened& input, Step& step, std::int64_t nowMs);
    void receiveProposal(const Opened& input, Step& step, std::int64_t nowMs);
    void receiveCommit(const Opened& input, Step& step, std::int64_t nowMs);
    bool adoptOwn(const Opened& input, Step& step, std::int64_t nowMs);
    Result<void> attach(const mls::Digest& digest, const Orphan& commit);
    Result<void> attachTo(RetainedState& parent, const mls::Digest& digest, const Orphan& commit);
    void retryOrphans(Step& step, std::int64_t nowMs);
    void remember(const mls::Digest& digest, const Known& known);
    void relevant(std::int64_t nowMs, bool opens);
    bool contestedBefore(std::uint64_t epoch) const;
    // group_engine_converge.cpp
    void settle(Step& step, std::int64_t nowMs, crypto::Random& random);
    void moveTo(const mls::Digest& leaf, Step& step);
    void forgetOld(Step& step);
    GroupChange changeInto(const RetainedState& state) const;
    // group_engine_store.cpp
    Bytes encodeMain() const;
    Result<std::vector<mls::Digest>> decodeMain(ByteView bytes, mls::Digest& tip, mls::Digest& membership);
    Bytes encodeHandshakes() const;
    Result<void> decodeHandshakes(ByteView bytes);
    static Bytes encodeParked(const Parked& parked);
    static Result<Parked> decodeParked(ByteView bytes);
    void markStored(const EngineParts& parts);

    RetainedHistory m_history;
    std::optional<ConvergencePass> m_pass;
    std::uint64_t m_generation = 0;
    std::optional<ConvergenceDecision> m_decision;
    std::optional<PendingPublish> m_pending;
    std::deque<QueuedChange> m_queue;
    std::uint64_t m_nextChange = 1;
    std::map<mls::Digest, Orphan> m_orphans;
    std::map<mls::Digest, Known> m_known;
    std::map<std::uint64_t, Parked> m_parked; // in order of arrival
    std::uint64_t m_nextParked = 1;
    bool m_leaving = false;
    std::optional<mls::Digest> m_proposedIn; // the state for which this client last proposed to leave
    bool m_unrecoverable = false;
    // Digests of the parts as last stored. A stored part that the engine no longer has is erased.
    std::map<std::string, mls::Digest> m_stored;
};

struct GroupEngine::Founded {
    GroupEngine engine;
    std::vector<WelcomeDuty> welcomes;
};

} // namespace valise::marmot
