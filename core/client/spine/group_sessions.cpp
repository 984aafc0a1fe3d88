// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/group_sessions.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

// A clock may be set, and a computer sleep: the timer looks again at least this often.
constexpr std::int64_t kLongestMs = 15 * 60 * 1000;

template <typename Parts>
void wipe(Parts& parts) {
    for (auto& [name, value] : parts)
        if (value)
            const crypto::WipeGuard guard(*value);
}

const storage::Id32& nameOf(const marmot::GroupEngine& engine) {
    return engine.history().membership().id;
}

} // namespace

GroupSessions::GroupSessions(Profile& profile, QObject* parent)
    : QObject(parent)
    , m_profile(profile) {
    m_formersTimer.setSingleShot(true);
    connect(&m_formersTimer, &QTimer::timeout, this, &GroupSessions::forgetDue);
}

Result<void> GroupSessions::load() {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto groups, stores.groups.list());
    for (const storage::GroupRow& group : groups) {
        VALISE_CHECK(loadFormers(group.groupId));
        const bool over = group.status == storage::GroupStatus::Left ||
                          group.status == storage::GroupStatus::Removed ||
                          group.status == storage::GroupStatus::Unrecoverable;
        if (over)
            continue;
        auto restored = restore(group.groupId);
        if (restored) {
            m_engines.emplace(group.groupId, std::move(restored).value());
            continue;
        }
        VALISE_CHECK(
            m_profile.count(toHex(group.groupId), "group", "unreadable_state", restored.error().detail));
        VALISE_CHECK(stores.groups.setStatus(group.groupId, storage::GroupStatus::Unrecoverable,
                                             m_profile.clock.nowMs()));
    }
    // Nobody follows yet, so nothing is told of it.
    if (!m_profile.database->restriction() && !m_formers.empty())
        forgetFormers();
    for (GroupFollower* follower : m_followers)
        VALISE_CHECK(follower->start());
    if (m_profile.database->restriction())
        return {};
    resume();
    return {};
}

void GroupSessions::resume() {
    for (GroupFollower* follower : m_followers)
        follower->resume();
}

Result<marmot::GroupEngine> GroupSessions::restore(const Bytes& group) {
    auto& stores = m_profile.stores();
    VALISE_TRY(marmot::EngineParts parts, stores.groupStates.parts(group));
    if (!parts.empty()) {
        auto restored = marmot::GroupEngine::load(parts);
        for (auto& [name, value] : parts)
            const crypto::WipeGuard guard(value);
        if (restored && restored->standing() == marmot::GroupStanding::Unrecoverable)
            return {ErrorCode::StorageDamaged, "states of the group were lost"};
        return restored;
    }
    // Versions before the third kept the tip only.
    VALISE_TRY(auto earlier, stores.groupStates.earlierState(group));
    if (!earlier)
        return {ErrorCode::NotFound, "a group without a state"};
    const crypto::WipeGuard tipGuard(earlier->tip);
    const crypto::WipeGuard nextGuard(earlier->pendingNext);
    bool accepted = false;
    std::optional<std::int64_t> unsent;
    if (earlier->pendingEvent) {
        // A row that is gone was accepted.
        VALISE_TRY(const auto row, stores.outbox.byEvent(*earlier->pendingEvent));
        accepted = !row.has_value();
        if (row) {
            VALISE_TRY(const auto progress, stores.outbox.progress(row->id));
            accepted = progress.accepted > 0;
            if (!accepted)
                unsent = row->id;
        }
    }
    VALISE_TRY(mls::Group tip, mls::Group::deserialize(accepted ? earlier->pendingNext : earlier->tip));
    VALISE_TRY(marmot::GroupEngine engine, marmot::GroupEngine::fromTip(std::move(tip)));
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        if (unsent)
            VALISE_CHECK(stores.outbox.cancel(*unsent));
        VALISE_CHECK(storeEngine(engine));
        return stores.groupStates.eraseEarlierState(group);
    }));
    return engine;
}

Result<void> GroupSessions::loadFormers(const Bytes& group) {
    VALISE_TRY(auto stored, m_profile.stores().groupStates.formers(group));
    const std::int64_t latest = m_profile.clock.nowMs() + kOverlapSeconds * 1000;
    for (storage::FormerEngine& former : stored) {
        auto engine = marmot::GroupEngine::load(former.parts);
        for (auto& [name, value] : former.parts)
            const crypto::WipeGuard guard(value);
        if (engine && engine->standing() == marmot::GroupStanding::Removed) {
            // The clock may have been ahead when the time was written.
            m_formers.add(group, {std::move(engine).value(), std::min(former.untilMs, latest)});
            continue;
        }
        VALISE_CHECK(m_profile.count(toHex(group), "group", "unreadable_former_state",
                                     engine ? std::string_view() : std::string_view(engine.error().detail)));
        VALISE_CHECK(m_profile.stores().groupStates.eraseFormer(group, former.state));
    }
    return {};
}

const marmot::GroupEngine* GroupSessions::engine(const Bytes& group) const {
    const auto found = m_engines.find(group);
    return found == m_engines.end() ? nullptr : &found->second;
}

Result<void> GroupSessions::step(const Bytes& group, const Work& work, Effects& effects) {
    return stepAll(
        [&](EngineCopies& copies) -> Result<void> {
            marmot::GroupEngine* engine = copies.followed(group);
            if (!engine)
                return {ErrorCode::NotFound, "no such conversation"};
            VALISE_TRY(const marmot::Step done, work(*engine));
            return record(*engine, done, effects);
        },
        effects);
}

Result<void> GroupSessions::stepAll(const std::function<Result<void>(EngineCopies&)>& work, Effects& effects,
                                    const std::function<void()>& committed) {
    EngineCopies copies(m_engines, m_formers);
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(work(copies));
        return store(copies, effects);
    }));
    keep(copies, effects);
    if (committed)
        committed();
    tell(effects);
    return {};
}

Result<void> GroupSessions::store(EngineCopies& copies, const Effects& effects) {
    auto& states = m_profile.stores().groupStates;
    // In this order: a group that ends may push out the oldest of its former engines.
    for (auto& [group, formers] : copies.m_formerCopies) {
        for (FormerEngine& former : formers) {
            marmot::EngineChanges changes = former.engine.takeChanges();
            if (changes.empty())
                continue;
            const auto stored = states.putFormer(group, nameOf(former.engine), former.untilMs, changes);
            wipe(changes);
            VALISE_CHECK(stored);
        }
    }
    for (auto& [group, engine] : copies.m_copies) {
        if (copies.m_dropped.count(group))
            continue;
        if (const auto ended = effects.ended.find(group); ended != effects.ended.end())
            VALISE_CHECK(storeEnded(engine, ended->second));
        else
            VALISE_CHECK(storeEngine(engine));
    }
    for (const Bytes& group : copies.m_dropped)
        VALISE_CHECK(states.eraseParts(group));
    return {};
}

Result<void> GroupSessions::storeEngine(marmot::GroupEngine& engine) {
    marmot::EngineChanges parts = engine.takeChanges();
    const auto stored = m_profile.stores().groupStates.putParts(engine.id(), parts);
    bool statesChanged = false;
    for (auto& [name, value] : parts)
        statesChanged = statesChanged || name.find("/epoch") != std::string::npos;
    wipe(parts);
    VALISE_CHECK(stored);
    if (!statesChanged)
        return {};
    std::vector<storage::Id32> held;
    for (const auto& [state, retained] : engine.history().states())
        held.push_back(state);
    return m_profile.stores().groupStates.keepPlaces(engine.id(), held);
}

Result<void> GroupSessions::storeEnded(marmot::GroupEngine& engine, std::int64_t untilMs) {
    auto& states = m_profile.stores().groupStates;
    VALISE_CHECK(states.eraseParts(engine.id()));
    marmot::EngineChanges changes = engine.takeChanges();
    wipe(changes); // all of it is stored in another place
    marmot::EngineChanges parts;
    for (auto& [name, value] : engine.parts())
        parts.emplace(name, std::move(value));
    const auto stored = states.putFormer(engine.id(), nameOf(engine), untilMs, parts);
    wipe(parts);
    VALISE_CHECK(stored);
    if (const FormerEngine* oldest = m_formers.pushedOutBy(engine.id()))
        VALISE_CHECK(states.eraseFormer(engine.id(), nameOf(oldest->engine)));
    return {};
}

void GroupSessions::keep(EngineCopies& copies, const Effects& effects) {
    for (auto& [group, formers] : copies.m_formerCopies)
        m_formers.replace(group, std::move(formers));
    for (auto& [group, engine] : copies.m_copies) {
        if (copies.m_dropped.count(group))
            continue;
        const auto ended = effects.ended.find(group);
        if (ended == effects.ended.end()) {
            m_engines.insert_or_assign(group, std::move(engine));
            continue;
        }
        m_engines.erase(group);
        m_formers.add(group, {std::move(engine), ended->second});
        armFormers();
    }
    for (const Bytes& group : copies.m_dropped)
        m_engines.erase(group);
}

Result<void> GroupSessions::record(marmot::GroupEngine& engine, const marmot::Step& step, Effects& effects) {
    const Bytes& group = engine.id();
    for (const marmot::Outcome& outcome : step.outcomes) {
        const bool stale = outcome.disposition == marmot::Disposition::Stale;
        const bool harmless =
            outcome.category == marmot::Category::Duplicate || outcome.category == marmot::Category::OwnEcho;
        if ((stale && !harmless) || outcome.disposition == marmot::Disposition::Invalidated)
            VALISE_CHECK(m_profile.count(toHex(group), stale ? "stale" : "rejected",
                                         marmot::categoryName(outcome.category), outcome.reason));
    }
    for (GroupFollower* follower : m_followers)
        VALISE_CHECK(follower->record(engine, step, effects));
    for (const marmot::DeliveredMessage& message : step.messages)
        VALISE_CHECK(receive(group, message, effects));
    if (step.tipMoved) {
        VALISE_CHECK(storeStanding(engine, effects));
        effects.epochMoved.insert(group);
    }
    if (step.retryDeferred)
        effects.retry.insert(group);
    if (step.departures)
        effects.departures.insert(group);
    return {};
}

Result<void> GroupSessions::receive(const Bytes& group, const marmot::DeliveredMessage& message,
                                    Effects& effects) {
    const auto content = marmot::readContent(message.message.inner);
    if (!content)
        return m_profile.count(toHex(group), "rejected", "invalid_content", content.error().detail);
    const marmot::ContentTraits& traits = marmot::traitsOf(*content);
    if (traits.kept) {
        // It was stored somewhere for longer than it should have been.
        const auto& expiresAt = message.message.expiresAt;
        if (!traits.changes && expiresAt &&
            static_cast<std::int64_t>(std::min<std::uint64_t>(*expiresAt, INT64_MAX)) <=
                m_profile.clock.now())
            return m_profile.count(toHex(group), "stale", "expired");
        VALISE_TRY(const bool known, m_profile.stores().messages.contains(group, message.message.id));
        if (known)
            return m_profile.count(toHex(group), "rejected", "duplicate", "an inner event sent twice");
    }
    for (GroupFollower* follower : m_followers) {
        VALISE_TRY(const bool taken, follower->receive(group, message, *content, effects));
        if (taken)
            return {};
    }
    return m_profile.count(toHex(group), "rejected", "not_handled", traits.name);
}

Result<void> GroupSessions::rowAdded(const storage::MessageRow& row, Effects& effects) {
    for (GroupFollower* follower : m_followers)
        VALISE_CHECK(follower->added(row, effects));
    return {};
}

Result<void> GroupSessions::storeStanding(const marmot::GroupEngine& engine, Effects& effects) {
    auto& groups = m_profile.stores().groups;
    const Bytes& group = engine.id();
    VALISE_TRY(storage::GroupRow row, m_profile.group(group));
    effects.touched.insert(group);
    switch (engine.standing()) {
    case marmot::GroupStanding::Removed: {
        const bool wished = row.status == storage::GroupStatus::Leaving;
        VALISE_CHECK(groups.setStatus(group,
                                      wished ? storage::GroupStatus::Left : storage::GroupStatus::Removed,
                                      m_profile.clock.nowMs()));
        effects.ended.emplace(group, m_profile.clock.nowMs() + kOverlapSeconds * 1000);
        effects.routesChanged.insert(group);
        return {};
    }
    case marmot::GroupStanding::Disbanded:
        row.status = storage::GroupStatus::Disbanded;
        break;
    default:
        // A branch on which the group goes on may win against one that ended it.
        if (row.status == storage::GroupStatus::Disbanded)
            row.status = storage::GroupStatus::Joined;
        break;
    }
    if (row.nostrGroupId != engine.state().routing.nostrGroupId ||
        row.relays != engine.state().routing.relays)
        effects.routesChanged.insert(group);
    return storeRow(engine, row);
}

Result<void> GroupSessions::storeRow(const marmot::GroupEngine& engine, storage::GroupRow& row) {
    const std::vector<marmot::GroupMember> members = engine.members();
    const marmot::Id32 self = engine.self();
    row.groupId = engine.id();
    row.nostrGroupId = engine.state().routing.nostrGroupId;
    row.name = engine.state().profile.name;
    row.description = engine.state().profile.description;
    row.epoch = engine.epoch();
    row.updatedMs = m_profile.clock.nowMs();
    if (members.size() == 2)
        row.peer = members[0].account == self ? members[1].account : members[0].account;
    else if (members.size() > 2)
        row.peer.reset();
    row.members = static_cast<std::uint32_t>(members.size());
    row.admin = engine.isAdmin();
    row.retentionSeconds = engine.state().retentionSeconds;
    row.relays = engine.state().routing.relays;

    auto& stores = m_profile.stores();
    VALISE_TRY(const auto existing, stores.groups.get(row.groupId));
    VALISE_CHECK(existing ? stores.groups.update(row) : stores.groups.add(row));
    VALISE_TRY(const auto route, stores.groupStates.route(row.nostrGroupId));
    if (route && route->groupId != row.groupId && listens(route->groupId))
        return m_profile.count(toHex(row.groupId), "rejected", "route_taken",
                               "a route that another conversation uses");
    return stores.groupStates.putRoute({row.nostrGroupId, row.groupId, row.epoch, row.relays, true});
}

void GroupSessions::tell(const Effects& effects) {
    for (GroupFollower* follower : m_followers)
        follower->follow(effects);
    emit changed();
    if (!effects.epochMoved.empty() || !effects.ended.empty())
        emit groupsMoved();
}

void GroupSessions::forgetDue() {
    const Effects effects = forgetFormers();
    if (!effects.routesChanged.empty())
        tell(effects);
}

Effects GroupSessions::forgetFormers() {
    const std::int64_t now = m_profile.clock.nowMs();
    FormerEngines left = m_formers;
    left.forget(now);
    Effects effects;
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        for (const auto& [group, formers] : m_formers) {
            for (const FormerEngine& former : formers)
                if (former.untilMs <= now) {
                    VALISE_CHECK(stores.groupStates.eraseFormer(group, nameOf(former.engine)));
                    effects.routesChanged.insert(group);
                }
            if (left.contains(group) || m_engines.count(group))
                continue;
            // No engine is left to read the waiting events.
            VALISE_TRY(const auto waiting, stores.deferred.list(group));
            for (const storage::DeferredEvent& event : waiting)
                VALISE_CHECK(stores.deferred.remove(event.id));
        }
        return {};
    });
    if (written) {
        m_formers = std::move(left);
    } else {
        log(LogLevel::Warning, "receive", written.error().detail);
        effects.routesChanged.clear();
    }
    armFormers();
    return effects;
}

void GroupSessions::armFormers() {
    if (const auto next = m_formers.nextEnd())
        m_formersTimer.start(
            static_cast<int>(std::clamp<std::int64_t>(*next - m_profile.clock.nowMs(), 1000, kLongestMs)));
    else
        m_formersTimer.stop();
}

} // namespace valise::client
