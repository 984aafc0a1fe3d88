// SPDX-License-Identifier: AGPL-3.0-or-later
// Receiving: events are opened with the keys of every retained branch and sorted by type. Branches are not
// chosen here.
#include "core/marmot/envelope.h"
#include "core/marmot/group_engine.h"

namespace valise::marmot {

namespace {

// Sets the outcome of the input itself, which is always the first one.
void conclude(Step& step, InputKind kind, Disposition disposition, Category category, std::string reason,
              bool again = false) {
    Outcome& out = step.outcomes.front();
    out.kind = kind;
    out.disposition = disposition;
    out.category = category;
    out.reason = std::move(reason);
    out.again = again;
}

void refuse(Step& step, InputKind kind, const Error& error) {
    conclude(step, kind, Disposition::Invalidated, categoryOf(error.code),
             std::string(errorName(error.code)) + ": " + error.detail);
}

// True if the commit may become valid when further messages have arrived.
bool mayComeTrue(ErrorCode code) {
    return code == ErrorCode::NotFound || code == ErrorCode::MissingProposal;
}

// True for errors of a message that belongs to another state. Its signature covers its own state. On another
// branch the sender's leaf may not exist.
bool isOtherState(ErrorCode code) {
    return code == ErrorCode::InvalidSignature || code == ErrorCode::WrongEpoch ||
           code == ErrorCode::NotMember;
}

} // namespace

std::optional<Bytes> GroupEngine::open(const nostr::Event& event, Error& why) {
    const auto envelope = readEnvelope(event);
    if (!envelope) {
        why = envelope.error();
        return std::nullopt;
    }
    why = {ErrorCode::DecryptionFailed, "no retained state's key opens the envelope"};
    for (const RetainedState* state : m_history.readable()) {
        const auto key = envelopeKey(*state->group);
        if (!key)
            continue;
        if (auto message = openEnvelope(*envelope, *key))
            return std::move(message).value();
    }
    return std::nullopt;
}

Step GroupEngine::receive(const nostr::Event& event, std::int64_t nowMs,
                          const std::function<bool(const mls::Digest&)>& seen, crypto::Random& random) {
    Step step;
    step.outcomes.emplace_back();
    if (m_unrecoverable) {
        conclude(step, InputKind::Unknown, Disposition::Deferred, Category::MissingHistory,
                 "states of the group were lost", true);
        return step;
    }
    // An input after the cutoff is not part of the pass.
    if (m_pass && m_pass->due(nowMs))
        settle(step, nowMs, random);

    Error why;
    auto message = open(event, why);
    if (!message) {
        if (why.code == ErrorCode::DecryptionFailed)
            conclude(step, InputKind::Unknown, Disposition::Deferred, Category::MissingHistory, why.detail,
                     true);
        else
            refuse(step, InputKind::Unknown, why);
        return step;
    }
    Opened input;
    input.digest = crypto::sha256(*message);
    input.message = std::move(*message);
    input.event = &event;
    step.outcomes.front().digest = input.digest;
    const auto header = mls::inspect(input.message);
    if (!header) {
        refuse(step, InputKind::Unknown, header.error());
        return step;
    }
    input.header = *header;
    if (header->groupId != id()) {
        refuse(step, InputKind::Unknown, {ErrorCode::WrongGroup, "a message of another group"});
        return step;
    }
    const auto known = m_known.find(input.digest);
    if (known != m_known.end()) {
        conclude(step, known->second.kind, Disposition::Stale,
                 known->second.own ? Category::OwnEcho : Category::Duplicate, "seen before");
        return step;
    }
    const bool isPrivate = header->wireFormat == mls::WireFormat::PrivateMessage;
    const bool isPublic = header->wireFormat == mls::WireFormat::PublicMessage;
    if (isPrivate && header->contentType == mls::ContentType::Application) {
        if (seen(input.digest))
            conclude(step, InputKind::Application, Disposition::Stale, Category::Duplicate, "seen before");
        else
            receiveApplication(input, step, nowMs);
    } else if (isPublic && header->contentType == mls::ContentType::Proposal) {
        receiveProposal(input, step, nowMs);
    } else if (isPublic && header->contentType == mls::ContentType::Commit) {
        receiveCommit(input, step, nowMs);
    } else {
        refuse(step, InputKind::Unknown,
               {ErrorCode::InvalidEvent, "a form of MLS message this profile does not use"});
    }
    return step;
}

bool GroupEngine::contestedBefore(std::uint64_t epoch) const {
    std::map<std::uint64_t, std::size_t> commits;
    for (const auto& [id, state] : m_history.states())
        if (state.parent && state.standing != Standing::Dormant && state.epoch <= epoch &&
            ++commits[state.epoch] > 1)
            return true;
    return false;
}

void GroupEngine::relevant(std::int64_t nowMs, bool opens) {
    if (m_pass)
        m_pass->extend(nowMs);
    else if (opens)
        m_pass = ConvergencePass{m_generation, epoch(), nowMs, nowMs};
}

void GroupEngine::receiveApplication(const Opened& input, Step& step, std::int64_t nowMs) {
    const InputKind kind = InputKind::Application;
    std::optional<Error> failure;
    for (RetainedState* state : m_history.at(input.header.epoch)) {
        const bool canonical = state->standing == Standing::Canonical;
        if (!canonical && m_parked.size() >= kMaxParked) {
            failure = Error{ErrorCode::LimitExceeded, "too many messages on branches not followed"};
            continue;
        }
        auto opened = state->group->unprotect(input.message);
        if (!opened) {
            failure = opened.error();
            continue;
        }
        const crypto::WipeGuard guard(opened->plaintext);
        // The key is used up now, so the state must be stored even if the payload is dropped.
        state->ratchetsChanged = true;
        const auto leaf = state->group->member(opened->sender);
        const auto account = leaf ? accountOf(*leaf) : Result<Id32>(ErrorCode::NotMember, "no such leaf");
        if (!account)
            return refuse(step, kind, account.error());
        if (!opened->authenticatedData.empty())
            return refuse(step, kind,
                          {ErrorCode::InvalidEvent, "authenticated data where there must be none"});
        auto inner = readInnerEvent(opened->plaintext, *account);
        if (!inner)
            return refuse(step, kind, inner.error());

        ReceivedMessage message;
        message.id = inner->canonicalId();
        message.outerId = input.event->id;
        message.sender = *account;
        message.epoch = state->epoch;
        message.generation = opened->generation;
        message.expiresAt = expiryOf(inner->createdAt, state->state.retentionSeconds);
        message.inner = std::move(inner).value();
        if (state->witnesses.insert(*account).second) {
            state->recordChanged = true;
            if (contestedBefore(state->epoch))
                relevant(nowMs, !m_pending);
        }
        if (canonical) {
            step.messages.push_back({std::move(message), input.digest, state->id});
            return conclude(step, kind, Disposition::Accepted, Category::None, {});
        }
        m_parked.emplace(m_nextParked++, Parked{std::move(message), input.digest, state->id});
        return conclude(step, kind, Disposition::Deferred, Category::None,
                        "on a branch that the group does not follow now");
    }
    if (!failure)
        return conclude(step, kind, Disposition::Deferred, Category::MissingHistory,
                        "a message of an epoch that is not held", true);
    if (failure->code == ErrorCode::KeyUsed)
        return conclude(step, kind, Disposition::Stale, Category::Duplicate, "its key was used before");
    if (failure->code == ErrorCode::LimitExceeded)
        return conclude(step, kind, Disposition::Deferred, Category::ResourceRefused, failure->detail, true);
    refuse(step, kind, *failure);
}

void GroupEngine::receiveProposal(const Opened& input, Step& step, std::int64_t nowMs) {
    const InputKind kind = InputKind::Proposal;
    if (m_pending)
        return conclude(step, kind, Disposition::Deferred, Category::TransportDeferred,
                        "a change of our own is on its way", true);
    std::optional<Error> failure;
    for (RetainedState* state : m_history.at(input.header.epoch)) {
        auto proposal = state->group->verifyProposal(input.message);
        if (!proposal) {
            failure = proposal.error();
            if (isOtherState(failure->code))
                continue;
            break;
        }
        remember(input.digest, {state->epoch, kind, false});
        if (const auto allowed = checkProposalAuthority(*state->group, state->state, *proposal); !allowed)
            return refuse(step, kind, allowed.error());
        const bool departure = proposal->proposal.type() == mls::ProposalType::SelfRemove;
        if (const auto stored = state->group->storeProposal(std::move(proposal).value()); !stored)
            return refuse(step, kind, stored.error());
        state->ratchetsChanged = true;
        for (const auto& [id, other] : m_history.states())
            if (other.parent && other.standing != Standing::Dormant && other.epoch == state->epoch + 1)
                relevant(nowMs, false);
        step.departures = departure && state->id == m_history.tip().id;
        conclude(step, kind, Disposition::Deferred, Category::None, "kept until a commit refers to it");
        return retryOrphans(step, nowMs);
    }
    if (!failure || isOtherState(failure->code))
        return conclude(step, kind, Disposition::Deferred, Category::MissingHistory,
                        "a proposal of a state that is not held", true);
    refuse(step, kind, *failure);
}

void GroupEngine::receiveCommit(const Opened& input, Step& step, std::int64_t nowMs) {
    const InputKind kind = InputKind::Commit;
    if (m_pending && m_pending->outgoing.digest == input.digest)
        return conclude(step, kind, Disposition::Stale, Category::OwnEcho, "our own change");
    if (m_pending)
        return conclude(step, kind, Disposition::Deferred, Category::TransportDeferred,
                        "a change of our own is on its way", true);
    if (input.header.epoch < m_history.root().epoch)
        return conclude(step, kind, Disposition::Stale, Category::StaleEpoch,
                        "BeyondAnchor: it forks before the oldest retained state");
    if (adoptOwn(input, step, nowMs))
        return;
    const Orphan commit{input.message, input.header.epoch, input.event->createdAt};
    const auto attached = attach(input.digest, commit);
    if (attached) {
        remember(input.digest, {input.header.epoch, kind, false});
        conclude(step, kind, Disposition::Deferred, Category::None, "waits for the end of the pass");
        step.retryDeferred = true;
        relevant(nowMs, true);
        return retryOrphans(step, nowMs);
    }
    const Error& error = attached.error();
    if (error.code == ErrorCode::LimitExceeded)
        return conclude(step, kind, Disposition::Deferred, Category::ResourceRefused, error.detail, true);
    if (mayComeTrue(error.code)) {
        const bool held = m_orphans.size() < kMaxOrphans;
        if (held) {
            m_orphans.emplace(input.digest, commit);
            remember(input.digest, {input.header.epoch, kind, false});
        }
        return conclude(step, kind, Disposition::Deferred,
                        held ? Category::MissingHistory : Category::ResourceRefused, error.detail, !held);
    }
    remember(input.digest, {input.header.epoch, kind, false});
    refuse(step, kind, error);
}

bool GroupEngine::adoptOwn(const Opened& input, Step& step, std::int64_t nowMs) {
    const RetainedState* own = m_history.byCommit(input.digest);
    if (!own || own->standing != Standing::Dormant)
        return false;
    // No relay had answered for this commit, but one has it.
    m_history.wake(own->id, Standing::Candidate);
    remember(input.digest, {input.header.epoch, InputKind::Commit, true});
    conclude(step, InputKind::Commit, Disposition::Deferred, Category::None,
             "our own change, which was published after all");
    step.retryDeferred = true;
    relevant(nowMs, true);
    retryOrphans(step, nowMs);
    return true;
}

Result<void> GroupEngine::attach(const mls::Digest& digest, const Orphan& commit) {
    for (RetainedState* state : m_history.at(commit.epoch)) {
        const auto attached = attachTo(*state, digest, commit);
        if (!attached && attached.error().code == ErrorCode::MissingProposal) {
            // The missing proposals are accepted even if a member has flooded the epoch with proposals.
            if (auto missing = state->group->missingProposals(commit.message))
                state->group->expectProposals(std::move(missing).value());
        }
        if (attached || !isOtherState(attached.error().code))
            return attached;
    }
    return {ErrorCode::NotFound, "a commit whose parent is not held"};
}

Result<void> GroupEngine::attachTo(RetainedState& parent, const mls::Digest& digest, const Orphan& commit) {
    // Lifetimes are checked only by the inviter. A receiver with a wrong clock must not lose the group.
    VALISE_TRY(mls::ProcessedCommit processed, parent.group->processCommit(commit.message));
    VALISE_CHECK(checkAuthority(*parent.group, parent.state, processed.summary, processed.next));
    RetainedState next;
    next.epoch = parent.epoch + 1;
    next.parent = parent.id;
    next.commit = digest;
    next.commitBytes = commit.message;
    next.createdAt = commit.createdAt;
    next.commitClass = classOf(processed.summary);
    if (processed.next) {
        VALISE_TRY(next.state, checkGroup(*processed.next, &*parent.group));
        next.id = stateId(*processed.next);
    } else {
        next.state = parent.state;
        next.id = removedStateId(digest);
        for (const mls::CommittedProposal& item : processed.summary.proposals)
            if (const auto* update = item.proposal.as<mls::AppDataUpdateProposal>();
                update && update->component == idOf(ComponentId::GroupLifecycle) && update->data) {
                VALISE_TRY(next.state.lifecycle, decodeLifecycle(*update->data));
            }
    }
    const GroupChange change =
        describeCommit(*parent.group, parent.state, processed.summary,
                       processed.next ? &*processed.next : nullptr, processed.next ? &next.state : nullptr);
    next.committer = change.committer;
    next.left = change.left;
    if (!processed.next)
        next.removed = change.removed;
    for (const mls::CommittedProposal& item : processed.summary.proposals)
        for (const mls::VerifiedProposal& stored : parent.group->storedProposals())
            if (item.byReference && stored.ref == item.ref)
                next.consumed.push_back(stored.messageDigest);
    next.group = std::move(processed.next);
    return m_history.add(std::move(next));
}

void GroupEngine::retryOrphans(Step& step, std::int64_t nowMs) {
    if (m_pending)
        return;
    for (bool progress = true; progress;) {
        progress = false;
        for (auto it = m_orphans.begin(); it != m_orphans.end();) {
            const auto attached = attach(it->first, it->second);
            if (!attached &&
                (mayComeTrue(attached.error().code) || attached.error().code == ErrorCode::LimitExceeded)) {
                ++it;
                continue;
            }
            Outcome outcome;
            outcome.digest = it->first;
            outcome.kind = InputKind::Commit;
            if (attached) {
                outcome.disposition = Disposition::Deferred;
                outcome.reason = "its parent is there; waits for the end of the pass";
                step.retryDeferred = true;
                relevant(nowMs, true);
                progress = true;
            } else {
                outcome.disposition = Disposition::Invalidated;
                outcome.category = categoryOf(attached.error().code);
                outcome.reason = attached.error().detail;
            }
            step.outcomes.push_back(std::move(outcome));
            it = m_orphans.erase(it);
        }
    }
}

void GroupEngine::remember(const mls::Digest& digest, const Known& known) {
    if (m_known.size() >= kMaxKnown) {
        const auto oldest =
            std::min_element(m_known.begin(), m_known.end(),
                             [](const auto& a, const auto& b) { return a.second.epoch < b.second.epoch; });
        m_known.erase(oldest);
    }
    m_known[digest] = known;
}

} // namespace valise::marmot
