// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/envelope.h"
#include "core/marmot/group_rules.h"
#include "core/marmot/inner_event.h"
#include "core/marmot/key_package.h"
#include "core/marmot/welcome.h"

#include <functional>

namespace valise::marmot {

//! What a commit meant to the people in the group.
struct GroupChange {
    Id32 committer{};
    std::vector<Id32> added;
    std::vector<Id32> removed;
    std::vector<Id32> left; //!< by their own wish
    std::vector<Id32> adminsAdded;
    std::vector<Id32> adminsRemoved;
    std::optional<std::string> renamedTo;
    std::optional<std::uint64_t> timerSeconds;
    bool routeChanged = false;
    bool disbanded = false;
    bool selfRemoved = false; //!< this account has no leaf any more
};

//! One account in a group.
struct GroupMember {
    Id32 account{};
    bool admin = false;
    std::vector<mls::LeafIndex> leaves;
};

//! What differs between two states of a group; `committer`, `left` and `selfRemoved` are the caller's to
//! fill.
GroupChange describeChange(const std::vector<GroupMember>& oldMembers, const GroupState& before,
                           const std::vector<GroupMember>& newMembers, const GroupState& after);

//! An event ready to be published, and what it carries.
struct Outgoing {
    nostr::Event event;
    mls::Digest digest{}; //!< SHA-256 of the MLSMessage: by this an echo from a relay is known
    std::uint64_t epoch = 0;
    std::uint32_t generation = 0; //!< application messages: position in the sender's ratchet
};

//! A Welcome owed to a new member, to be gift-wrapped once the commit was accepted.
struct WelcomeDuty {
    Id32 recipient{};
    nostr::UnsignedEvent rumor;
};

//! A commit of our own before a relay has accepted it.
struct PreparedCommit {
    Outgoing outgoing;
    mls::Group next;
    GroupChange change;
    std::vector<WelcomeDuty> welcomes;
};

//! An application message that was decrypted and validated.
struct ReceivedMessage {
    InnerEvent inner;
    nostr::EventId id{};
    Id32 sender{};
    std::uint64_t epoch = 0;
    std::uint32_t generation = 0;
};

//! What became of an inbound event. Every input ends in exactly one disposition with a category and a reason.
struct Inbound {
    enum class Disposition {
        Accepted,
        Duplicate, //!< seen before, or our own
        Deferred,  //!< may become readable later
        Stale,     //!< of an epoch that is settled otherwise or too old
        Invalid,   //!< never will be acceptable
    };
    Disposition disposition = Disposition::Invalid;
    std::string_view category; //!< "duplicate", "own_echo", "stale_epoch", "invalid_encoding", ...
    std::string reason;        //!< for diagnostics; no plaintext
    std::optional<mls::Digest> digest;
    std::optional<ReceivedMessage> message;
    std::optional<GroupChange> change;
    bool departureProposed = false;            //!< somebody asked to leave; a commit should follow
    std::optional<std::uint64_t> touchedEpoch; //!< whose keys moved and must be stored
};

//! One Marmot group as this client follows it: the tip and the retained epochs before it (Marmot's Current
//! profile). A value; nothing here does I/O. Commits are linear for now: a commit that competes with an
//! applied one is stale. Convergence will choose between branches where receive() meets such a commit.
class GroupSession {
public:
    struct Founding {
        GroupProfile profile;
        std::vector<std::string> relays; //!< 1 to 16
        std::vector<InvitePackage> invitees;
        std::uint64_t retentionSeconds = 0;
    };
    struct Founded;

    //! Epoch 0 alone and, with invitees, a locally merged Add to epoch 1 that is never published. Errors:
    //! InvalidArgument, LimitExceeded, InvalidKeyPackage.
    static Result<Founded> found(const crypto::SchnorrKeyPair& account, const Founding& founding,
                                 std::int64_t now, crypto::Random& random);
    //! Joins by a Welcome after every check of the profile; the bundle is untouched. Errors: InvalidWelcome,
    //! NotAuthorized (the inviter is no admin), and those of checkGroup and mls::Group::join. Without `now`
    //! lifetimes are not checked.
    static Result<GroupSession> join(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                     std::optional<std::int64_t> now);
    //! From what tip() and past() serialised. `past` in any order.
    static Result<GroupSession> restore(mls::Group tip, std::vector<mls::Group> past);

    const Bytes& id() const { return m_tip.groupId(); }
    std::uint64_t epoch() const { return m_tip.epoch(); }
    const GroupState& state() const { return m_state; }
    const mls::Group& tip() const { return m_tip; }
    //! Retained epochs, newest first, at most kRetainedEpochs.
    const std::vector<mls::Group>& past() const { return m_past; }
    //! The state of a held epoch, or nullptr.
    const mls::Group* at(std::uint64_t epoch) const;
    Id32 self() const;
    bool isAdmin() const { return m_state.admins.contains(self()); }
    //! Accounts in the order of their first leaves.
    std::vector<GroupMember> members() const;
    //! Accounts of others that asked to leave in this epoch.
    std::vector<Id32> departing() const;

    //! Encrypts an application event for the group; advances the ratchet, so store the tip before publishing.
    //! Errors: GroupDisbanded, LimitExceeded.
    Result<Outgoing> seal(const InnerEvent& inner, crypto::Random& random);

    // Changes: prepared here, applied by adopt() when a relay has accepted the event. Error of all:
    // NotAuthorized.
    Result<PreparedCommit> prepareAdd(const std::vector<InvitePackage>& invitees, std::int64_t now,
                                      crypto::Random& random) const;
    //! All leaves of the accounts; an admin's rights go with its last leaf.
    Result<PreparedCommit> prepareRemove(const std::vector<Id32>& accounts, std::int64_t now,
                                         crypto::Random& random) const;
    Result<PreparedCommit> prepareProfile(const GroupProfile& profile, std::int64_t now,
                                          crypto::Random& random) const;
    Result<PreparedCommit> prepareAdmins(std::vector<Id32> admins, std::int64_t now,
                                         crypto::Random& random) const;
    //! Renews this client's keys in the tree.
    Result<PreparedCommit> prepareSelfUpdate(std::int64_t now, crypto::Random& random) const;
    //! Commits the stored departures of others. Error: NotFound if there are none.
    Result<PreparedCommit> prepareDepartures(std::int64_t now, crypto::Random& random) const;
    //! The proposal to leave. Error: NotAuthorized for admins, who give up their rights first.
    Result<Outgoing> proposeLeave(std::int64_t now, crypto::Random& random);
    //! The next epoch of an accepted commit of our own. Error: WrongEpoch if the tip moved meanwhile.
    Result<void> adopt(mls::Group next);

    //! Processes an event of kind 445 whose id and signature were verified. `seen` tells whether a digest is
    //! known.
    Inbound receive(const nostr::Event& event, std::int64_t now,
                    const std::function<bool(const mls::Digest&)>& seen);

private:
    GroupSession(mls::Group tip, GroupState state);
    Result<PreparedCommit> prepare(mls::CommitOptions options, const std::vector<InvitePackage>& invitees,
                                   std::int64_t now, crypto::Random& random) const;
    Result<crypto::KeyBytes> envelopeKey(const mls::Group& group) const;
    mls::Group* held(std::uint64_t epoch);
    void push(mls::Group next, GroupState state);
    Inbound receiveApplication(ByteView message, std::uint64_t epoch, Inbound result);
    Inbound receiveProposal(ByteView message, std::uint64_t epoch, Inbound result);
    Inbound receiveCommit(ByteView message, std::uint64_t epoch, std::int64_t now, Inbound result);

    mls::Group m_tip;
    GroupState m_state;
    std::vector<mls::Group> m_past;
};

struct GroupSession::Founded {
    GroupSession session;
    std::vector<WelcomeDuty> welcomes;
};

} // namespace valise::marmot
