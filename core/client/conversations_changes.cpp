// SPDX-License-Identifier: AGPL-3.0-or-later
// Changes of a group: published before they are applied, held while its branches are being settled.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/nostr/nip59.h"

namespace valise::client {

namespace {

constexpr int kDepartureStepMs = 4'000;
constexpr int kAfterRefusalMs = 10'000;
// No pass is longer; a clock that was set back must not make it so.
constexpr std::int64_t kLongestPassMs = marmot::kConvergencePolicy.passCapMs;

} // namespace

Result<void> Conversations::take(const Bytes& group, const Work& work, Effects& effects) {
    const marmot::GroupEngine* found = session(group);
    if (!found)
        return {ErrorCode::NotFound, "no such conversation"};
    // What is in memory follows only what was committed.
    marmot::GroupEngine next = *found;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const marmot::Step step, work(next));
        VALISE_CHECK(applyStep(next, step, effects));
        return storeMoved(next, effects);
    }));
    followMoved(group, std::move(next), effects);
    return {};
}

Result<void> Conversations::checkDeliverable(const std::vector<marmot::WelcomeDuty>& welcomes) {
    for (const marmot::WelcomeDuty& duty : welcomes) {
        if (targets(duty.inbox).empty())
            return {ErrorCode::NoInvitation, "no inbox is known"};
        VALISE_CHECK(nostr::giftWrap(duty.rumor, m_profile.account, duty.recipient,
                                     static_cast<std::uint64_t>(m_profile.clock.now()), m_profile.random));
    }
    return {};
}

void Conversations::propose(const Bytes& group, marmot::LocalChange change, Done done) {
    const marmot::GroupEngine* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    if (!writable(*found)) {
        done(Error{ErrorCode::Offline, "no relay of the group can be reached"});
        return;
    }
    Effects effects;
    marmot::GroupEngine::Submission submission;
    const auto taken = take(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_TRY(submission,
                       engine.submit(std::move(change), m_profile.clock.nowMs(), m_profile.random));
            marmot::Step step;
            if (!submission.queued) {
                // An invitation that cannot be sent must show before the others see the change, not after.
                VALISE_CHECK(checkDeliverable(engine.pendingPublish()->welcomes));
                step.prepared = submission.id;
            }
            return step;
        },
        effects);
    if (!taken) {
        done(taken.error());
        return;
    }
    m_waiting[{group, submission.id}] = std::move(done);
    tell(effects);
}

Result<void> Conversations::queuePending(const marmot::GroupEngine& engine) {
    const marmot::Outgoing& outgoing = engine.pendingPublish()->outgoing;
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    storage::OutboxRow row;
    row.groupId = engine.id();
    row.purpose = storage::OutboxPurpose::Commit;
    row.eventJson = toBytes(viewOf(outgoing.event.toJson()));
    row.eventId = outgoing.event.id;
    row.targets = targets(engine.state().routing.relays);
    row.createdMs = now;
    VALISE_CHECK(stores.outbox.add(row));
    VALISE_CHECK(stores.seen.add(engine.id(), outgoing.event.id, now));
    return {};
}

Result<void> Conversations::queueProposal(const marmot::GroupEngine& engine,
                                          const marmot::Outgoing& proposal) {
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    VALISE_CHECK(stores.seen.add(engine.id(), proposal.event.id, now));
    storage::OutboxRow row;
    row.groupId = engine.id();
    row.purpose = storage::OutboxPurpose::Proposal;
    row.eventJson = toBytes(viewOf(proposal.event.toJson()));
    row.eventId = proposal.event.id;
    row.targets = targets(engine.state().routing.relays);
    row.createdMs = now;
    VALISE_CHECK(stores.outbox.add(row));
    return {};
}

void Conversations::confirmPending(const Bytes& group, const nostr::EventId& eventId) {
    const marmot::GroupEngine* found = session(group);
    if (!found || !found->pendingPublish() || found->pendingPublish()->outgoing.event.id != eventId)
        return;
    const std::uint64_t change = found->pendingPublish()->changeId;
    Effects effects;
    const auto taken = take(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            if (std::holds_alternative<marmot::SelfUpdate>(engine.pendingPublish()->change))
                VALISE_CHECK(noteRenewed(group));
            return engine.confirm(m_profile.clock.nowMs(), m_profile.random);
        },
        effects);
    if (!taken) {
        log(LogLevel::Error, "send", taken.error().detail);
        return; // still pending; settled at the next start
    }
    effects.finished.emplace_back(std::pair(group, change), Result<void>());
    tell(effects);
}

void Conversations::dropPending(const Bytes& group, const nostr::EventId& eventId, const Error& why) {
    const marmot::GroupEngine* found = session(group);
    if (!found || !found->pendingPublish() || found->pendingPublish()->outgoing.event.id != eventId)
        return;
    const std::uint64_t change = found->pendingPublish()->changeId;
    Effects effects;
    const auto taken = take(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_CHECK(count(toHex(group), "commit", errorName(why.code), why.detail));
            return engine.fail();
        },
        effects);
    if (!taken) {
        log(LogLevel::Error, "send", taken.error().detail);
        return;
    }
    effects.finished.emplace_back(std::pair(group, change), why);
    tell(effects);
    // Not at once: what was refused would be refused again.
    rearmDepartures(group, kAfterRefusalMs);
    QTimer::singleShot(kAfterRefusalMs, this, [this, group] { continueLeaving(group); });
    flush(group);
}

void Conversations::settlePending() {
    std::vector<std::pair<Bytes, nostr::EventId>> all;
    for (const auto& [id, engine] : m_sessions)
        if (engine.pendingPublish())
            all.emplace_back(id, engine.pendingPublish()->outgoing.event.id);
    for (const auto& [group, eventId] : all) {
        // After a crash: the outbox knows whether a relay has accepted it. A row that is gone was accepted.
        const auto row = m_profile.stores().outbox.byEvent(eventId);
        if (!row)
            continue;
        const auto progress = *row ? m_profile.stores().outbox.progress((*row)->id)
                                   : Result<storage::OutboxProgress>({1, 0, 0});
        if (progress && progress->accepted > 0)
            confirmPending(group, eventId);
    }
}

void Conversations::armDeadline() {
    const std::int64_t now = m_profile.clock.nowMs();
    std::optional<std::int64_t> next;
    for (const auto& [id, engine] : m_sessions) {
        const auto deadline = engine.deadlineMs();
        if (deadline && (engine.pass() || writable(engine)))
            next = next ? std::min(*next, *deadline) : *deadline;
    }
    if (next)
        m_deadline.start(static_cast<int>(std::clamp<std::int64_t>(*next - now, 0, kLongestPassMs)));
    else
        m_deadline.stop();
}

void Conversations::advanceDue() {
    const std::int64_t now = m_profile.clock.nowMs();
    std::vector<Bytes> due;
    for (const auto& [id, engine] : m_sessions) {
        const bool passEnds = engine.pass() && engine.pass()->due(now);
        if (passEnds || (engine.settled() && !engine.queue().empty() && writable(engine)))
            due.push_back(id);
    }
    for (const Bytes& group : due) {
        Effects effects;
        const auto taken = take(
            group,
            [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
                return engine.advance(now, m_profile.random, writable(engine));
            },
            effects);
        if (!taken) {
            // The disk may have room later; the pass stays due.
            log(LogLevel::Error, "receive", taken.error().detail);
            m_deadline.start(static_cast<int>(kLongestPassMs));
            return;
        }
        effects.settled.insert(group);
        tell(effects);
    }
    if (m_stalled && !m_inbound.empty())
        m_inboundTimer.start(0);
    armDeadline();
}

void Conversations::addMembers(const Bytes& group, const QStringList& addresses, Done done) {
    if (!session(group)) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    find(addresses, [this, group, done](Result<std::vector<Invitee>> people) {
        marmot::GroupEngine* found = session(group);
        if (!people || !found) {
            done(people ? Error{ErrorCode::NotFound, "no such conversation"} : people.error());
            return;
        }
        marmot::AddMembers add;
        for (Invitee& person : *people) {
            person.package.inbox = std::move(person.inbox);
            add.invitees.push_back(std::move(person.package));
        }
        propose(group, std::move(add), done);
    });
}

void Conversations::removeMember(const Bytes& group, const marmot::Id32& account, Done done) {
    propose(group, marmot::RemoveMembers{{account}}, std::move(done));
}

void Conversations::rename(const Bytes& group, const QString& name, Done done) {
    marmot::GroupEngine* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    marmot::GroupProfile profile = found->state().profile;
    profile.name = toStd(name.trimmed());
    propose(group, marmot::SetProfile{std::move(profile)}, std::move(done));
}

void Conversations::setAdmin(const Bytes& group, const marmot::Id32& account, bool on, Done done) {
    const marmot::GroupEngine* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    std::vector<marmot::Id32> admins = found->state().admins.admins;
    if (std::erase(admins, account) == (on ? 1 : 0)) {
        done({}); // as it is
        return;
    }
    if (on)
        admins.push_back(account);
    if (admins.empty()) {
        done(Error{ErrorCode::NotAuthorized, "somebody must be administrator"});
        return;
    }
    propose(group, marmot::SetAdmins{std::move(admins)}, std::move(done));
}

void Conversations::setTimer(const Bytes& group, std::uint64_t seconds, Done done) {
    propose(group, marmot::SetRetention{seconds}, std::move(done));
}

void Conversations::setRelays(const Bytes& group, const QStringList& urls, Done done) {
    const marmot::GroupEngine* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    marmot::NostrRouting routing = found->state().routing;
    routing.relays.clear();
    for (const QString& url : urls) {
        auto checked = net::checkRelayUrl(toStd(url.trimmed()), m_profile.options.allowInsecureRelays);
        if (!checked) {
            done(checked.error());
            return;
        }
        if (std::find(routing.relays.begin(), routing.relays.end(), *checked) == routing.relays.end())
            routing.relays.push_back(std::move(*checked));
    }
    propose(group, marmot::SetRouting{std::move(routing)}, std::move(done));
}

void Conversations::disband(const Bytes& group, Done done) {
    propose(group, marmot::Disband{}, std::move(done));
}

void Conversations::leave(const Bytes& group, Done done) {
    const auto stored = record(group);
    if (!stored) {
        done(stored.error());
        return;
    }
    marmot::GroupEngine* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotMember, "this account is not in the group"});
        return;
    }
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(failHeld(group)); // who leaves says nothing more
        return m_profile.stores().groups.setStatus(group, storage::GroupStatus::Leaving,
                                                   m_profile.clock.nowMs());
    });
    if (!written) {
        done(written.error());
        return;
    }
    emitConversation(group);
    continueLeaving(group);
    done({});
}

void Conversations::continueLeaving(const Bytes& group) {
    const marmot::GroupEngine* found = session(group);
    const auto stored = record(group);
    // While a pass goes on nothing can be said; what ends it comes back here. The engine repeats a proposal
    // by itself.
    if (!found || !stored || stored->status != storage::GroupStatus::Leaving || !found->settled() ||
        found->standing() != marmot::GroupStanding::Active)
        return;
    if (found->members().size() < 2) {
        endAlone(group);
        return;
    }
    if (found->isAdmin()) {
        // Those who asked before are let go first: rights must not be handed to somebody who leaves.
        if (!found->departing().empty()) {
            rearmDepartures(group);
            return;
        }
        // An admin gives up its rights first, and does not leave the others without anybody who can change
        // the group. Who follows is drawn by lot: two who leave at once, each the other's heir, would hand
        // the rights to and fro without end.
        std::vector<marmot::Id32> admins = found->state().admins.admins;
        std::erase(admins, found->self());
        if (admins.empty()) {
            std::vector<marmot::Id32> heirs;
            for (const marmot::GroupMember& member : found->members())
                if (member.account != found->self())
                    heirs.push_back(member.account);
            admins.push_back(heirs[m_profile.random.uniform(static_cast<std::uint32_t>(heirs.size()))]);
        }
        propose(group, marmot::SetAdmins{std::move(admins)}, [](const Result<void>&) {});
        return;
    }
    Effects effects;
    const auto left = take(
        group,
        [&](marmot::GroupEngine& engine) { return engine.leave(m_profile.clock.nowMs(), m_profile.random); },
        effects);
    if (!left) {
        log(LogLevel::Error, "send", left.error().detail);
        return;
    }
    tell(effects);
}

void Conversations::endAlone(const Bytes& group) {
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(failHeld(group));
        VALISE_CHECK(m_profile.stores().groupStates.eraseParts(group));
        return m_profile.stores().groups.setStatus(group, storage::GroupStatus::Left,
                                                   m_profile.clock.nowMs());
    });
    if (!written) {
        log(LogLevel::Error, "send", written.error().detail);
        return;
    }
    m_sessions.erase(group);
    subscribeAll();
    emitConversation(group);
}

void Conversations::rearmDepartures(const Bytes& group, int extraMs) {
    const marmot::GroupEngine* found = session(group);
    if (found && !found->departing().empty())
        scheduleDepartures(group, extraMs);
}

void Conversations::scheduleDepartures(const Bytes& group, int extraMs) {
    marmot::GroupEngine* found = session(group);
    if (!found || !m_departureTimers.insert(group).second)
        return;
    // One member commits a departure, normally the first admin; the others follow only if it does not.
    int rank = 0;
    const marmot::Id32 self = found->self();
    std::vector<marmot::GroupMember> members = found->members();
    std::stable_sort(
        members.begin(), members.end(),
        [](const marmot::GroupMember& a, const marmot::GroupMember& b) { return a.admin && !b.admin; });
    for (const marmot::GroupMember& member : members) {
        if (member.account == self)
            break;
        ++rank;
    }
    const int jitter = 10 + static_cast<int>(m_profile.random.uniform(40));
    QTimer::singleShot(extraMs + rank * kDepartureStepMs + jitter, this, [this, group] {
        m_departureTimers.erase(group);
        const marmot::GroupEngine* still = session(group);
        const auto stored = record(group);
        if (!still || still->departing().empty() || !stored ||
            (stored->status == storage::GroupStatus::Leaving && !still->isAdmin()))
            return;
        // Somebody's commit may be here already, or another change of ours on its way: what becomes of them
        // comes back here.
        if (!still->settled())
            return;
        if (!m_inbound.empty()) {
            scheduleDepartures(group, kDepartureStepMs);
            return;
        }
        propose(group, marmot::CommitDepartures{}, [](const Result<void>&) {});
    });
}

} // namespace valise::client
