// SPDX-License-Identifier: AGPL-3.0-or-later
// A client's own actions in a group: founding, joining, and changes that are published before they are
// applied.
#include "core/marmot/group_engine.h"

namespace valise::marmot {

namespace {

// Own states whose commit seemingly reached no relay. They are kept in case a relay has it.
constexpr std::size_t kMaxDormant = 8;

std::int64_t secondsOf(std::int64_t ms) {
    return ms / 1000;
}

} // namespace

Result<GroupEngine::Founded> GroupEngine::found(const crypto::SchnorrKeyPair& account,
                                                const Founding& founding, std::int64_t nowMs,
                                                crypto::Random& random) {
    VALISE_TRY(FoundedGroup first, foundGroup(account, founding, secondsOf(nowMs), random));
    return Founded{GroupEngine(RetainedHistory(std::move(first.group), std::move(first.state))),
                   std::move(first.welcomes)};
}

Result<GroupEngine> GroupEngine::join(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                      std::optional<std::int64_t> nowMs) {
    if (nowMs)
        nowMs = secondsOf(*nowMs);
    VALISE_TRY(FoundedGroup first, joinGroup(welcome, bundle, nowMs));
    return GroupEngine(RetainedHistory(std::move(first.group), std::move(first.state)));
}

Result<GroupEngine> GroupEngine::fromTip(mls::Group tip) {
    VALISE_TRY(GroupState state, checkGroup(tip, &tip));
    return GroupEngine(RetainedHistory(std::move(tip), std::move(state)));
}

GroupStanding GroupEngine::standing() const {
    const RetainedState& tip = m_history.tip();
    if (m_unrecoverable)
        return GroupStanding::Unrecoverable;
    if (tip.state.lifecycle == Lifecycle::Disbanded)
        return GroupStanding::Disbanded;
    if (!tip.group)
        return GroupStanding::Removed;
    return m_leaving ? GroupStanding::Leaving : GroupStanding::Active;
}

std::vector<NostrRouting> GroupEngine::routes() const {
    std::vector<NostrRouting> out{state().routing};
    for (const RetainedState* state : m_history.readable()) {
        const NostrRouting& routing = state->state.routing;
        if (std::find(out.begin(), out.end(), routing) == out.end())
            out.push_back(routing);
    }
    return out;
}

bool GroupEngine::saturated() const {
    return m_pass &&
           (m_parked.size() >= kMaxParked || m_history.states().size() >= RetainedHistory::kMaxStates);
}

std::optional<std::int64_t> GroupEngine::deadlineMs() const {
    if (m_pass)
        return m_pass->cutoffMs();
    if (!m_pending && !m_queue.empty())
        return 0;
    return std::nullopt;
}

Result<void> GroupEngine::checkActive() const {
    switch (standing()) {
    case GroupStanding::Active:
        return {};
    case GroupStanding::Leaving:
        return {ErrorCode::PendingChange, "one who leaves sends nothing else"};
    case GroupStanding::Removed:
        return {ErrorCode::NotMember, "this client is not in the group any more"};
    case GroupStanding::Disbanded:
        return {ErrorCode::GroupDisbanded, "the group has ended"};
    case GroupStanding::Unrecoverable:
        break;
    }
    return {ErrorCode::NotFound, "states of the group were lost; it takes a new invitation"};
}

Result<GroupEngine::Submission> GroupEngine::submit(LocalChange change, std::int64_t nowMs,
                                                    crypto::Random& random) {
    VALISE_CHECK(checkActive());
    const std::uint64_t id = m_nextChange;
    if (settled() && m_queue.empty()) {
        VALISE_CHECK(prepare(change, id, nowMs, random));
        ++m_nextChange;
        return Submission{id, false};
    }
    if (m_queue.size() >= kMaxQueued)
        return {ErrorCode::LimitExceeded, "too many changes wait already"};
    ++m_nextChange;
    m_queue.push_back({id, std::move(change)});
    return Submission{id, true};
}

bool GroupEngine::withdraw(std::uint64_t changeId) {
    return std::erase_if(m_queue, [&](const QueuedChange& q) { return q.id == changeId; }) > 0;
}

Result<void> GroupEngine::prepare(const LocalChange& change, std::uint64_t id, std::int64_t nowMs,
                                  crypto::Random& random) {
    const RetainedState& parent = m_history.membership();
    VALISE_TRY(PreparedCommit commit,
               buildCommit(*parent.group, parent.state, change, secondsOf(nowMs), random));
    RetainedState next;
    next.id = stateId(commit.next);
    next.epoch = commit.next.epoch();
    next.standing = Standing::Dormant;
    next.parent = parent.id;
    next.commit = commit.outgoing.digest;
    next.commitBytes = std::move(commit.message);
    next.committer = ownAccount(*parent.group);
    next.commitClass = classOf(commit.summary);
    next.own = true;
    next.left = commit.change.left;
    next.createdAt = commit.outgoing.event.createdAt;
    for (const mls::CommittedProposal& item : commit.summary.proposals)
        for (const mls::VerifiedProposal& stored : parent.group->storedProposals())
            if (item.byReference && stored.ref == item.ref)
                next.consumed.push_back(stored.messageDigest);
    next.state = std::move(commit.after);
    next.group = std::move(commit.next);
    PendingPublish pending{std::move(commit.outgoing), next.id, std::move(commit.welcomes), change, id};
    VALISE_CHECK(m_history.add(std::move(next)));
    m_pending = std::move(pending);
    return {};
}

Result<Step> GroupEngine::confirm(std::int64_t nowMs, crypto::Random& random) {
    if (!m_pending)
        return {ErrorCode::NotFound, "no change of our own is on its way"};
    Step step;
    PendingPublish done = std::move(*m_pending);
    m_pending.reset();
    step.welcomes = std::move(done.welcomes);
    step.retryDeferred = true;
    remember(done.outgoing.digest, {done.outgoing.epoch, InputKind::Commit, true});
    m_history.wake(done.state, Standing::Candidate);
    if (std::holds_alternative<Disband>(done.change)) {
        // The end of a group gets no priority: it goes through a pass like another member's commit.
        relevant(nowMs, true);
        return step;
    }
    moveTo(done.state, step);
    retryOrphans(step, nowMs);
    proposeLeaving(step, nowMs, random);
    return step;
}

Result<Step> GroupEngine::fail() {
    if (!m_pending)
        return {ErrorCode::NotFound, "no change of our own is on its way"};
    m_pending.reset();
    m_history.limitDormant(kMaxDormant);
    Step step;
    step.retryDeferred = true;
    return step;
}

Result<Step> GroupEngine::leave(std::int64_t nowMs, crypto::Random& random) {
    Step step;
    if (standing() == GroupStanding::Leaving)
        return step;
    VALISE_CHECK(checkActive());
    if (isAdmin())
        return {ErrorCode::NotAuthorized, "an admin gives up its rights before leaving"};
    m_leaving = true;
    // A member that leaves makes no further changes.
    for (const QueuedChange& queued : m_queue)
        step.failed.push_back({queued.id, {ErrorCode::Cancelled, "this client leaves the group"}});
    m_queue.clear();
    proposeLeaving(step, nowMs, random);
    return step;
}

void GroupEngine::proposeLeaving(Step& step, std::int64_t nowMs, crypto::Random& random) {
    RetainedState& tip = m_history.membership();
    if (standing() != GroupStanding::Leaving || !settled() || m_proposedIn == tip.id)
        return;
    auto proposal = marmot::proposeLeave(*tip.group, tip.state, secondsOf(nowMs), random);
    if (!proposal) {
        // This client became an admin in the meantime, and admins cannot propose to leave.
        m_leaving = false;
        step.failed.push_back({0, proposal.error()});
        return;
    }
    tip.ratchetsChanged = true;
    m_proposedIn = tip.id;
    remember(proposal->digest, {tip.epoch, InputKind::Proposal, true});
    step.publish.push_back(std::move(proposal).value());
}

Result<Outgoing> GroupEngine::seal(const InnerEvent& inner, crypto::Random& random) {
    VALISE_CHECK(checkActive());
    if (!settled())
        return {ErrorCode::PendingChange, "the group's state is being settled"};
    RetainedState& tip = m_history.membership();
    VALISE_TRY(Outgoing out, sealMessage(*tip.group, tip.state, inner, random));
    tip.ratchetsChanged = true;
    // An own message is a witness for its branch, as it is for each receiver.
    if (tip.witnesses.insert(ownAccount(*tip.group)).second)
        tip.recordChanged = true;
    return out;
}

Step GroupEngine::advance(std::int64_t nowMs, crypto::Random& random, bool mayPublish) {
    Step step;
    if (m_unrecoverable)
        return step;
    if (m_pass && m_pass->due(nowMs))
        settle(step, nowMs, random);
    if (mayPublish)
        startQueued(step, nowMs, random);
    return step;
}

void GroupEngine::startQueued(Step& step, std::int64_t nowMs, crypto::Random& random) {
    while (settled() && !m_queue.empty()) {
        QueuedChange next = std::move(m_queue.front());
        m_queue.pop_front();
        auto ready = checkActive();
        if (ready)
            ready = prepare(next.change, next.id, nowMs, random);
        if (ready)
            step.prepared = next.id;
        else
            step.failed.push_back({next.id, ready.error()});
    }
}

} // namespace valise::marmot
