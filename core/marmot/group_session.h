// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"
#include "core/marmot/envelope.h"
#include "core/marmot/founding.h"
#include "core/marmot/inbound.h"

#include <functional>

namespace valise::marmot {

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
    using Founding = marmot::Founding;
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

    //! A change, prepared here and applied by adopt() when a relay has accepted the event. Errors: as
    //! buildCommit.
    Result<PreparedCommit> prepare(const LocalChange& change, std::int64_t now, crypto::Random& random) const;
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
