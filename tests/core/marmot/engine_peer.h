// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/support/catch.h"

#include "core/base/encoding.h"
#include "core/marmot/content/content.h"
#include "core/marmot/group_engine.h"

namespace valise::marmot::test {

//! One client with an engine, as in the program: the changed parts of every step are stored, events that the
//! engine does not hold are kept, and delivered messages follow their states.
class EnginePeer {
public:
    EnginePeer(const crypto::SchnorrKeyPair& account, std::int64_t nowMs, crypto::Random& random)
        : m_account(account)
        , m_random(random)
        , m_package(makeKeyPackage(account, {}, nowMs / 1000, random)) {}

    const Id32& account() const { return m_account.publicKey; }
    InvitePackage invite(std::int64_t nowMs) const {
        return must(readKeyPackageEvent(m_package.event, nowMs / 1000));
    }
    bool inGroup() const { return m_engine.has_value(); }
    GroupEngine& engine() { return *m_engine; }
    const GroupEngine& engine() const { return *m_engine; }

    std::vector<WelcomeDuty> found(Founding founding, std::int64_t nowMs) {
        auto founded = must(GroupEngine::found(m_account, founding, nowMs, m_random));
        take(std::move(founded.engine));
        return std::move(founded.welcomes);
    }
    //! True if the Welcome is for this client and it can join by it.
    bool join(const WelcomeDuty& welcome, std::int64_t nowMs) {
        if (welcome.recipient != account())
            return false;
        auto joined = GroupEngine::join(must(readWelcomeRumor(welcome.rumor)), m_package.bundle, nowMs);
        const bool may = !m_engine || m_engine->standing() == GroupStanding::Removed ||
                         m_engine->standing() == GroupStanding::Unrecoverable;
        if (!joined || !may)
            return false;
        take(std::move(joined).value());
        return true;
    }

    Outcome receive(const nostr::Event& event, std::int64_t nowMs) {
        const Step step = m_engine->receive(
            event, nowMs, [&](const mls::Digest& digest) { return m_seen.count(digest) > 0; }, m_random);
        const Outcome first = step.outcome();
        // An event that was handled before may arrive again after its keys were deleted. It is not deferred.
        if (first.again && m_handled.count(event.id) == 0)
            m_deferred.push_back(event);
        if (!first.again)
            m_handled.insert(event.id);
        if (!first.again && first.digest)
            m_seen.insert(*first.digest);
        file(step);
        return first;
    }
    Step advance(std::int64_t nowMs) {
        Step step = m_engine->advance(nowMs, m_random);
        file(step);
        return step;
    }
    //! The event of a change that is published now. nullopt if the change is queued.
    std::optional<nostr::Event> submit(LocalChange change, std::int64_t nowMs) {
        const auto submission = must(m_engine->submit(std::move(change), nowMs, m_random));
        store();
        if (submission.queued)
            return std::nullopt;
        return m_engine->pendingPublish()->outgoing.event;
    }
    Step confirm(std::int64_t nowMs) {
        Step step = must(m_engine->confirm(nowMs, m_random));
        file(step);
        return step;
    }
    void fail() { file(must(m_engine->fail())); }
    Step leave(std::int64_t nowMs) {
        Step step = must(m_engine->leave(nowMs, m_random));
        file(step);
        return step;
    }
    nostr::Event say(std::string_view text, std::int64_t nowMs) {
        const auto seconds = static_cast<std::uint64_t>(nowMs / 1000);
        const Outgoing out =
            must(m_engine->seal(makeInner(account(), Text{std::string(text)}, seconds), m_random));
        m_seen.insert(out.digest);
        store();
        return out.event;
    }

    //! The texts of others on the branch that is followed now, in order of delivery.
    std::vector<std::string> texts() const {
        std::vector<std::string> out;
        for (const DeliveredMessage& message : m_messages)
            if (m_withdrawn.count(message.state) == 0)
                out.push_back(message.message.inner.content);
        return out;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const AppliedChange& change : m_changes)
            if (m_withdrawn.count(change.state) == 0 && change.change.renamedTo)
                out.push_back(*change.change.renamedTo);
        return out;
    }
    std::size_t waiting() const { return m_deferred.size(); }
    const std::vector<AppliedChange>& changes() const { return m_changes; }
    const std::vector<Outcome>& outcomes() const { return m_outcomes; }
    const std::vector<std::pair<std::uint64_t, std::uint64_t>>& epochMoves() const { return m_epochMoves; }
    const std::vector<nostr::Event>& published() const { return m_published; }
    void forgetEvents() {
        m_messages.clear();
        m_changes.clear();
        m_epochMoves.clear();
    }

    //! Restarts the program. Only the stored parts remain.
    void restart() {
        m_engine = must(GroupEngine::load(m_parts));
        store();
    }
    const EngineParts& stored() const { return m_parts; }

    //! Offers the deferred events again as often as a step asks for it.
    void retry(std::int64_t nowMs) {
        while (m_retry) {
            m_retry = false;
            std::vector<nostr::Event> waiting;
            waiting.swap(m_deferred);
            for (const nostr::Event& event : waiting)
                receive(event, nowMs);
        }
    }

private:
    void take(GroupEngine engine) {
        m_engine = std::move(engine);
        m_epoch = m_engine->epoch();
        m_parts.clear();
        m_retry = true;
        store();
    }
    void store() {
        for (auto& [key, value] : m_engine->takeChanges()) {
            if (value)
                m_parts[key] = std::move(*value);
            else
                m_parts.erase(key);
        }
    }
    void file(const Step& step) {
        for (const StateMove& move : step.withdrawn)
            m_withdrawn.insert(move.state);
        for (const StateMove& move : step.restored)
            m_withdrawn.erase(move.state);
        m_messages.insert(m_messages.end(), step.messages.begin(), step.messages.end());
        m_changes.insert(m_changes.end(), step.changes.begin(), step.changes.end());
        m_outcomes.insert(m_outcomes.end(), step.outcomes.begin(), step.outcomes.end());
        for (const Outgoing& out : step.publish)
            m_published.push_back(out.event);
        if (m_epoch != m_engine->epoch())
            m_epochMoves.emplace_back(m_epoch, m_engine->epoch());
        m_epoch = m_engine->epoch();
        m_retry = m_retry || step.retryDeferred;
        store();
    }

    crypto::SchnorrKeyPair m_account;
    crypto::Random& m_random;
    OwnKeyPackage m_package;
    std::optional<GroupEngine> m_engine;
    EngineParts m_parts;
    std::set<mls::Digest> m_seen;
    std::set<nostr::EventId> m_handled;
    std::vector<nostr::Event> m_deferred;
    bool m_retry = false;
    std::vector<DeliveredMessage> m_messages;
    std::vector<AppliedChange> m_changes;
    std::vector<Outcome> m_outcomes;
    std::vector<nostr::Event> m_published;
    std::set<mls::Digest> m_withdrawn;
    std::uint64_t m_epoch = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> m_epochMoves;
};

//! The value that the published conformance oracle compares between clients.
inline std::string fingerprint(const GroupEngine& engine) {
    const auto secret = must(engine.group().exportSecret(kExporterLabel, viewOf(kConformanceContext), 32));
    const Bytes zero{0};
    const crypto::Digest256 exported =
        crypto::sha256({viewOf("marmot-convergence-conformance-v1"), zero, secret});
    return toHex(crypto::sha256(engine.group().contextBytes())) + toHex(engine.group().treeHash()) +
           toHex(exported);
}

} // namespace valise::marmot::test
