// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"

namespace valise::marmot {

//! The relation of a retained state to the history that this client follows.
enum class Standing : std::uint8_t {
    Canonical = 0, //!< on the line from the anchor to the tip
    Candidate = 1, //!< no pass has judged its commit yet
    Lost = 2,      //!< judged and not chosen; may still be chosen later
    Dormant = 3,   //!< made by this client and probably not published; not part of any choice
};

//! A state of the group and the commit that led to it. A value; copies are cheap.
struct RetainedState {
    mls::Digest id{}; //!< see stateId() and removedStateId()
    std::uint64_t epoch = 0;
    Standing standing = Standing::Candidate;
    //! This client's view of the epoch. Absent if the commit removed this client.
    std::optional<mls::Group> group;
    GroupState state; //!< the parent's state if `group` is absent

    // The commit that led to this state. Unset in the first state, which came from founding or from a
    // Welcome.
    std::optional<mls::Digest> parent;
    mls::Digest commit{}; //!< SHA-256 of the MLSMessage
    Bytes commitBytes;    //!< exactly as received or published
    Id32 committer{};     //!< account
    CommitClass commitClass = CommitClass::Ordinary;
    bool own = false;                  //!< made by this client, so no relay can deliver its state again
    bool applied = false;              //!< was canonical before, so its changes were already reported
    std::uint64_t createdAt = 0;       //!< of the commit's outer event, seconds; for display
    std::vector<Id32> left;            //!< accounts that left by their own proposal
    std::vector<Id32> removed;         //!< accounts that the commit removed, if `group` is absent
    std::vector<mls::Digest> consumed; //!< SHA-256 of the proposals' MLSMessages

    //! The accounts of which a valid application message was decrypted in this state.
    std::set<Id32> witnesses;

    // The parts that changed since the state was last stored.
    bool epochChanged = true;
    bool ratchetsChanged = true;
    bool recordChanged = true;
};

//! SHA-256 of the GroupContext. It contains the transcript, so it differs between branches.
mls::Digest stateId(const mls::Group& group);
//! The id of the state after a commit that removed this client.
mls::Digest removedStateId(const mls::Digest& commit);

//! The states of a group that a client keeps to choose between branches: the tip, five epochs before it, and
//! every state that a known commit leads to from there. They form a tree, and the oldest canonical state is
//! its root. The size is bounded. There is no I/O and no clock.
class RetainedHistory {
public:
    //! An empty history. It can only be assigned to.
    RetainedHistory() = default;
    //! Bound on all states. A commit beyond it is refused.
    static constexpr std::size_t kMaxStates = 64;

    //! The history of a client that just founded or joined the group.
    RetainedHistory(mls::Group group, GroupState state);
    //! Makes a history from stored states. Error: InvalidEncoding if they do not form one tree with one
    //! canonical line to `tip`.
    static Result<RetainedHistory> restore(std::vector<RetainedState> states, const mls::Digest& tip);

    const RetainedState& tip() const { return *find(m_tip); }
    const RetainedState& root() const;
    //! The newest canonical state in which this client is a member.
    const RetainedState& membership() const;
    RetainedState& membership();
    const RetainedState* find(const mls::Digest& id) const;
    RetainedState* find(const mls::Digest& id);
    //! The state after a commit, or nullptr.
    const RetainedState* byCommit(const mls::Digest& commit) const;
    const std::map<mls::Digest, RetainedState>& states() const { return m_states; }
    //! The states of an epoch that have a group, except dormant ones. Canonical states come first.
    std::vector<RetainedState*> at(std::uint64_t epoch);
    //! All states that have a group, except dormant ones, in the order in which an envelope is tried:
    //! canonical ones from the tip back, then the others, newest first.
    std::vector<const RetainedState*> readable() const;

    //! Adds the state after a commit. Errors: LimitExceeded, AlreadyExists, NotFound without its parent.
    Result<void> add(RetainedState state);
    //! Call it when other members know a dormant state.
    void wake(const mls::Digest& id, Standing standing);

    //! Keeps only the newest `keep` dormant states.
    void limitDormant(std::size_t keep);

    //! The epoch from which branches are compared. With several branches it is the newest epoch whose state
    //! all of them share. With one branch it is the epoch before the oldest commit outside the canonical
    //! line. Otherwise it is the tip's epoch.
    std::uint64_t forkEpoch() const;
    //! The states without children that descend from the canonical state of `forkEpoch`, without that state.
    std::vector<const RetainedState*> leaves(std::uint64_t forkEpoch) const;
    //! The states after the canonical state at `forkEpoch` up to `leaf`.
    std::vector<const RetainedState*> branch(const RetainedState& leaf, std::uint64_t forkEpoch) const;
    BranchCandidate candidate(const RetainedState& leaf, std::uint64_t forkEpoch) const;

    //! The states that change when another state becomes the tip, oldest first.
    struct Move {
        std::vector<mls::Digest> left;    //!< were canonical
        std::vector<mls::Digest> entered; //!< are canonical
    };
    Move moveTip(const mls::Digest& leaf);
    //! Removes the states more than five epochs before the tip, and the branches that lost their parent by
    //! that. Returns the removed states.
    std::vector<RetainedState> prune();

private:
    std::vector<mls::Digest> line(const mls::Digest& from) const;

    std::map<mls::Digest, RetainedState> m_states;
    mls::Digest m_tip{};
};

} // namespace valise::marmot
