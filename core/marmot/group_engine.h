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

//! How this client stands in a group.
enum class GroupStanding : std::uint8_t {
    Active,
    Leaving,       //!< asked to leave; sends nothing else until somebody commits it
    Removed,       //!< no member any more
    Disbanded,     //!< the group has ended
    Unrecoverable, //!< retained states were lost: only a fresh Welcome repairs this copy
};

//! A commit of our own on its way. Its event is published as it is, after a crash too, and never made anew.
struct PendingPublish {
    Outgoing outgoing;
    mls::Digest state{}; //!< the dormant state it leads to
    std::vector<WelcomeDuty> welcomes;
    LocalChange change;
    std::uint64_t changeId = 0;
};

//! A change that waits for the group's state to settle.
struct QueuedChange {
    std::uint64_t id = 0;
    LocalChange change;
};

//! What a step of the engine means to its caller, who stores the engine's parts and acts on this in one
//! transaction.
struct Step {
    std::vector<Outcome> outcomes;
    std::vector<StateMove> withdrawn; //!< newest first; before everything below
    std::vector<StateMove> restored;  //!< oldest first
    std::vector<AppliedChange> changes;
    std::vector<DeliveredMessage> messages;
    std::optional<ConvergenceDecision> decision;
    std::vector<WelcomeDuty> welcomes;     //!< owed since a commit of our own was accepted
    std::vector<Outgoing> publish;         //!< proposals of our own, to be published once
    std::optional<std::uint64_t> prepared; //!< a queued change became pendingPublish()
    struct FailedChange {
        std::uint64_t id = 0;
        Error error;
    };
    std::vector<FailedChange> failed; //!< queued changes that the settled state does not permit
    bool retryDeferred = false;       //!< keys or the tip moved: offer deferred events again
    bool departures = false; //!< somebody asks to leave the tip; a commit should follow after a jitter
    bool tipMoved = false;

    //! The only outcome, for callers that offered one input.
    const Outcome& outcome() const { return outcomes.front(); }
};

//! One Marmot group as this client follows it, through competing commits to the branch that every member
//! chooses (Marmot's Current profile). A value: copy it, take a step, store takeChanges(), and keep the copy
//! if that was committed. It does no I/O and has no clock; milliseconds are passed in.
class GroupEngine {
public:
    struct Founded;
    struct Submission {
        std::uint64_t id = 0;
        bool queued = false; //!< false: it is pendingPublish() now
    };

    //! Changes that may wait.
    static constexpr std::size_t kMaxQueued = 256;
    //! Commits without a known parent, or that refer to a proposal not yet here.
    static constexpr std::size_t kMaxOrphans = 64;
    //! Messages on branches that the group does not follow.
    static constexpr std::size_t kMaxParked = 4096;
    //! Digests of handshake messages of retained epochs.
    static constexpr std::size_t kMaxKnown = 4096;

    //! Epoch 0 alone and, with invitees, a locally merged Add to epoch 1 that is never published. Errors:
    //! InvalidArgument, LimitExceeded, InvalidKeyPackage.
    static Result<Founded> found(const crypto::SchnorrKeyPair& account, const Founding& founding,
                                 std::int64_t nowMs, crypto::Random& random);
    //! Joins by a Welcome after every check of the profile; the bundle is untouched. Errors: InvalidWelcome,
    //! NotAuthorized (the inviter is no admin), and those of checkGroup and mls::Group::join. Without
    //! `nowMs` lifetimes are not checked.
    static Result<GroupEngine> join(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                    std::optional<std::int64_t> nowMs);
    //! From the tip alone, as versions before this one stored it.
    static Result<GroupEngine> fromTip(mls::Group tip);
    //! From stored parts. Where retained states are missing or damaged but the tip is whole, the engine is
    //! Unrecoverable. Errors: InvalidEncoding, Unsupported (a newer version), StorageDamaged (no tip).
    static Result<GroupEngine> load(const EngineParts& parts);

    const Bytes& id() const { return group().groupId(); }
    //! Of the tip. One more than group().epoch() where this client was removed.
    std::uint64_t epoch() const { return m_history.tip().epoch; }
    const GroupState& state() const { return m_history.membership().state; }
    //! The newest state in which this client is a member.
    const mls::Group& group() const { return *m_history.membership().group; }
    const RetainedHistory& history() const { return m_history; }
    Id32 self() const { return ownAccount(group()); }
    bool isAdmin() const { return state().admins.contains(self()); }
    std::vector<GroupMember> members() const { return membersOf(group(), state().admins); }
    //! Accounts of others that asked to leave in this epoch.
    std::vector<Id32> departing() const { return departingFrom(group()); }
    GroupStanding standing() const;
    //! Where events of retained epochs may arrive: the tip's route first, each once. Several may differ in
    //! their relays only.
    std::vector<NostrRouting> routes() const;

    const std::optional<ConvergencePass>& pass() const { return m_pass; }
    const std::optional<PendingPublish>& pendingPublish() const { return m_pending; }
    const std::deque<QueuedChange>& queue() const { return m_queue; }
    const std::optional<ConvergenceDecision>& lastDecision() const { return m_decision; }
    //! Neither a pass nor a change of our own is on its way: messages may be sealed.
    bool settled() const { return !m_pass && !m_pending; }
    //! The open pass holds as much as there is room for: what comes next had better wait for its end.
    bool saturated() const;
    //! When advance() has something to do next; nullopt: when something else happens.
    std::optional<std::int64_t> deadlineMs() const;

    //! Processes an event of kind 445 whose id and signature were verified. `seen` tells whether the digest
    //! of an application message is known.
    Step receive(const nostr::Event& event, std::int64_t nowMs,
                 const std::function<bool(const mls::Digest&)>& seen, crypto::Random& random);
    //! Ends a pass that is due and, with `mayPublish`, takes up the next queued change. To be called at
    //! deadlineMs(), after events were offered again, and after load().
    Step advance(std::int64_t nowMs, crypto::Random& random, bool mayPublish = true);

    //! Prepares a change for publication, or queues it while the group is not settled. Errors: those of
    //! buildCommit, LimitExceeded (queue), NotMember, GroupDisbanded, PendingChange (leaving).
    Result<Submission> submit(LocalChange change, std::int64_t nowMs, crypto::Random& random);
    //! Takes a queued change back. False if it is not in the queue.
    bool withdraw(std::uint64_t changeId);
    //! A relay accepted the pending commit: it is part of history; its Welcomes are owed now. Error:
    //! NotFound if nothing is pending.
    Result<Step> confirm(std::int64_t nowMs, crypto::Random& random);
    //! No relay took it, and none can have. Should it turn up all the same, it is followed like anybody's.
    //! Error: NotFound.
    Result<Step> fail();
    //! Asks the others to be let go, and again in each new epoch until they did. Errors: NotAuthorized for
    //! admins, NotMember, GroupDisbanded.
    Result<Step> leave(std::int64_t nowMs, crypto::Random& random);
    //! Encrypts an application event; advances the ratchet, so store the parts before publishing. Errors:
    //! PendingChange (not settled, or leaving), NotMember, GroupDisbanded, LimitExceeded.
    Result<Outgoing> seal(const InnerEvent& inner, crypto::Random& random);

    //! What differs from what was stored last; the engine counts it as stored.
    EngineChanges takeChanges();
    //! Every part.
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
    //! An input that was opened.
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
    std::map<std::uint64_t, Parked> m_parked; // in the order of arrival
    std::uint64_t m_nextParked = 1;
    bool m_leaving = false;
    std::optional<mls::Digest> m_proposedIn; // the state in which the departure was proposed last
    bool m_unrecoverable = false;
    // Digests of the parts as stored last; what is missing from the engine is erased.
    std::map<std::string, mls::Digest> m_stored;
};

struct GroupEngine::Founded {
    GroupEngine engine;
    std::vector<WelcomeDuty> welcomes;
};

} // namespace valise::marmot
