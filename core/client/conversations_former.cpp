// SPDX-License-Identifier: AGPL-3.0-or-later
// Groups that this account is out of. What was said while it was a member may come later, from somebody whose
// connection broke: the keys of the last epochs are kept for as long as that can take, and then erased.
// Nothing else follows from what comes: removal is final for a leaf.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

// Somebody may be let in and out several times within the hours.
constexpr std::size_t kMostFormers = 4;
// A clock may be set, and a computer sleep: look again at least this often.
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

Result<void> Conversations::storeMoved(marmot::GroupEngine& engine, const Effects& effects) {
    const auto ended = effects.ended.find(engine.id());
    if (ended == effects.ended.end())
        return storeSession(engine);
    auto& states = m_profile.stores().groupStates;
    VALISE_CHECK(states.eraseParts(engine.id()));
    marmot::EngineChanges changes = engine.takeChanges();
    wipe(changes); // all of it is stored in another place
    marmot::EngineChanges parts;
    for (auto& [name, value] : engine.parts())
        parts.emplace(name, std::move(value));
    const auto stored = states.putFormer(engine.id(), nameOf(engine), ended->second, parts);
    wipe(parts);
    VALISE_CHECK(stored);
    const auto formers = m_formers.find(engine.id());
    if (formers != m_formers.end() && formers->second.size() >= kMostFormers)
        VALISE_CHECK(states.eraseFormer(engine.id(), nameOf(formers->second.front().engine)));
    return {};
}

void Conversations::followMoved(const Bytes& group, marmot::GroupEngine engine, const Effects& effects) {
    const auto ended = effects.ended.find(group);
    if (ended == effects.ended.end()) {
        m_sessions.insert_or_assign(group, std::move(engine));
        return;
    }
    m_sessions.erase(group);
    std::vector<Former>& formers = m_formers[group];
    if (formers.size() >= kMostFormers)
        formers.erase(formers.begin());
    formers.push_back({std::move(engine), ended->second});
    armFormers();
}

Result<void> Conversations::storeFormer(Former& former) {
    marmot::EngineChanges changes = former.engine.takeChanges();
    if (changes.empty())
        return {};
    const auto stored = m_profile.stores().groupStates.putFormer(former.engine.id(), nameOf(former.engine),
                                                                 former.untilMs, changes);
    wipe(changes);
    return stored;
}

Result<void> Conversations::loadFormers(const Bytes& group) {
    VALISE_TRY(auto stored, m_profile.stores().groupStates.formers(group));
    const std::int64_t latest = m_profile.clock.nowMs() + kOverlapSeconds * 1000;
    for (storage::FormerEngine& former : stored) {
        auto engine = marmot::GroupEngine::load(former.parts);
        for (auto& [name, value] : former.parts)
            const crypto::WipeGuard guard(value);
        if (engine && engine->standing() == marmot::GroupStanding::Removed) {
            // No longer than from now, if the clock was ahead.
            m_formers[group].push_back({std::move(engine).value(), std::min(former.untilMs, latest)});
            continue;
        }
        VALISE_CHECK(count(toHex(group), "group", "unreadable_former_state",
                           engine ? std::string_view() : std::string_view(engine.error().detail)));
        VALISE_CHECK(m_profile.stores().groupStates.eraseFormer(group, former.state));
    }
    return {};
}

Result<std::optional<marmot::Outcome>>
Conversations::readFormer(const Bytes& group, const nostr::Event& event,
                          const std::function<bool(const mls::Digest&)>& seen, Batch& batch,
                          Effects& effects) {
    std::vector<marmot::GroupEngine*> past;
    if (const auto known = m_formers.find(group); known != m_formers.end())
        for (Former& former : batch.formers.emplace(group, known->second).first->second)
            past.push_back(&former.engine);
    if (const auto ended = batch.sessions.find(group);
        ended != batch.sessions.end() && effects.ended.count(group))
        past.push_back(&ended->second);
    for (auto engine = past.rbegin(); engine != past.rend(); ++engine) {
        marmot::GroupEngine next = **engine;
        const marmot::Step step = next.receive(event, m_profile.clock.nowMs(), seen, m_profile.random);
        // What else can be opened here, also a message on a branch that was not followed, may be of a state
        // to which another invitation leads.
        if (step.messages.empty())
            continue;
        **engine = std::move(next);
        VALISE_CHECK(applyStep(**engine, step, effects));
        return std::optional(step.outcome());
    }
    return std::optional<marmot::Outcome>();
}

void Conversations::forgetFormers() {
    const std::int64_t now = m_profile.clock.nowMs();
    Formers left = m_formers;
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        for (auto& [group, formers] : left) {
            for (const Former& former : formers)
                if (former.untilMs <= now)
                    VALISE_CHECK(stores.groupStates.eraseFormer(group, nameOf(former.engine)));
            std::erase_if(formers, [&](const Former& former) { return former.untilMs <= now; });
            if (!formers.empty() || m_sessions.count(group))
                continue;
            // Nobody will read what waits.
            VALISE_TRY(const auto waiting, stores.deferred.list(group));
            for (const storage::DeferredEvent& event : waiting)
                VALISE_CHECK(stores.deferred.remove(event.id));
        }
        return {};
    });
    if (written) {
        std::erase_if(left, [](const auto& entry) { return entry.second.empty(); });
        m_formers = std::move(left);
        subscribeAll();
    } else {
        log(LogLevel::Warning, "receive", written.error().detail);
    }
    armFormers();
}

void Conversations::armFormers() {
    std::optional<std::int64_t> next;
    for (const auto& [group, formers] : m_formers)
        for (const Former& former : formers)
            next = next ? std::min(*next, former.untilMs) : former.untilMs;
    if (next)
        m_formersTimer.start(
            static_cast<int>(std::clamp<std::int64_t>(*next - m_profile.clock.nowMs(), 1000, kLongestMs)));
    else
        m_formersTimer.stop();
}

} // namespace valise::client
