// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/commit_builder.h"

namespace valise::marmot {

//! How a retained state stands to the history that this client follows.
enum class Standing : std::uint8_t {
    Canonical = 0, //!< on the way from the anchor to the tip
    Candidate = 1, //!< its commit has not been judged by a pass
    Lost = 2,      //!< judged and not chosen; may still win
    Dormant = 3,   //!< made by this client and not known to be published: no part of any choice
};

//! A state of the group and the commit that led to it. A value; copies are cheap.
struct RetainedState {
    mls::Digest id{}; //!< see stateId() and removedStateId()
    std::uint64_t epoch = 0;
    Standing standing = Standing::Candidate;
    //! This client's view of the epoch; absent if the commit removed it from the group.
    std::optional<mls::Group> group;
    GroupState state; //!< of the parent where there is no group

    // The commit that leads here; unset in the first state, which came by founding or a Welcome.
    std::optional<mls::Digest> parent;
    mls::Digest commit{}; //!< SHA-256 of the MLSMessage
    Bytes commitBytes;    //!< exactly as received or published
    Id32 committer{};     //!< account
    CommitClass commitClass = CommitClass::Ordinary;
    bool own = false;                  //!< made by this client: never to be had again from the wire
    bool applied = false;              //!< was canonical once: its changes were told
    std::uint64_t createdAt = 0;       //!< of the commit's outer event, seconds; for display
    std::vector<Id32> left;            //!< accounts that left by their own wish
    std::vector<Id32> removed;         //!< accounts it removed, where there is no group to tell
    std::vector<mls::Digest> consumed; //!< SHA-256 of the proposals' MLSMessages

    //! Accounts of which a valid application message was decrypted here.
    std::set<Id32> witnesses;

    // What changed since the state was last stored.
    bool epochChanged = true;
    bool ratchetsChanged = true;
    bool recordChanged = true;
};

//! SHA-256 of the GroupContext: the transcript in it makes it differ between branches.
mls::Digest stateId(const mls::Group& group);
//! The name of the state behind a commit that removed this client.
mls::Digest removedStateId(const mls::Digest& commit);

//! What a client keeps of a group in order to follow it when branches compete: the state of the tip and of
//! five epochs before it, and every state that a known commit leads to from there, a tree whose root is the
//! oldest canonical state. Bounded; no I/O and no clock.
class RetainedHistory {
public:
    //! Empty, to be assigned to: nothing else may be called.
    RetainedHistory() = default;
    //! States in all; a commit for which there is no room is refused.
    static constexpr std::size_t kMaxStates = 64;

    //! The history of somebody who just founded or joined.
    RetainedHistory(mls::Group group, GroupState state);
    //! From stored states. Errors: InvalidEncoding if they do not form one tree with one canonical line to
    //! `tip`.
    static Result<RetainedHistory> restore(std::vector<RetainedState> states, const mls::Digest& tip);

    const RetainedState& tip() const { return *find(m_tip); }
    const RetainedState& root() const;
    //! The newest canonical state in which this client is a member.
    const RetainedState& membership() const;
    RetainedState& membership();
    const RetainedState* find(const mls::Digest& id) const;
    RetainedState* find(const mls::Digest& id);
    //! The state behind a commit, or nullptr.
    const RetainedState* byCommit(const mls::Digest& commit) const;
    const std::map<mls::Digest, RetainedState>& states() const { return m_states; }
    //! States of an epoch with a group, dormant ones excepted; canonical ones first.
    std::vector<RetainedState*> at(std::uint64_t epoch);
    //! All states with a group, dormant ones excepted, in the order in which an envelope is tried: canonical
    //! from the tip back, then others, newest first.
    std::vector<const RetainedState*> readable() const;

    //! Adds what a commit leads to. Error: LimitExceeded; AlreadyExists; NotFound without its parent.
    Result<void> add(RetainedState state);
    //! A dormant state became known to others.
    void wake(const mls::Digest& id, Standing standing);

    //! Keeps the newest `keep` dormant states.
    void limitDormant(std::size_t keep);

    //! From where branches are compared: the newest epoch whose state all of them share, if there are
    //! several; the epoch before the oldest commit outside the canonical line, if there is one branch; or the
    //! tip.
    std::uint64_t forkEpoch() const;
    //! States without children below the canonical state of `forkEpoch`, that state itself excepted.
    std::vector<const RetainedState*> leaves(std::uint64_t forkEpoch) const;
    //! From behind the canonical state at `forkEpoch` to `leaf`.
    std::vector<const RetainedState*> branch(const RetainedState& leaf, std::uint64_t forkEpoch) const;
    BranchCandidate candidate(const RetainedState& leaf, std::uint64_t forkEpoch) const;

    //! What changes when another state becomes the tip, oldest first.
    struct Move {
        std::vector<mls::Digest> left;    //!< were canonical
        std::vector<mls::Digest> entered; //!< are canonical
    };
    Move moveTip(const mls::Digest& leaf);
    //! Forgets what is more than five epochs behind the tip and what hangs below it. Returns what went.
    std::vector<RetainedState> prune();

private:
    std::vector<mls::Digest> line(const mls::Digest& from) const;

    std::map<mls::Digest, RetainedState> m_states;
    mls::Digest m_tip{};
};

} // namespace valise::marmot
