// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sim/insider.h"

#include "core/marmot/content/content.h"
#include "core/marmot/envelope.h"

namespace valise::sim {

namespace {

std::uint64_t seconds(std::int64_t ms) {
    return static_cast<std::uint64_t>(ms / 1000);
}

} // namespace

Insider::Insider(Relay& relay, Relay* other, crypto::Random& random,
                 std::map<Bytes, marmot::GroupEngine> groups)
    : m_relay(relay)
    , m_other(other)
    , m_random(random)
    , m_groups(std::move(groups)) {}

void Insider::follow(marmot::GroupEngine& engine, std::int64_t nowMs) {
    for (const nostr::Event* event : m_relay.all())
        if (event->kind == nostr::kind::kGroup && m_read.insert(event->id).second)
            for (const auto& message :
                 engine
                     .receive(
                         *event, nowMs, [](const mls::Digest&) { return false; }, m_random)
                     .messages)
                m_heard.emplace_back(message.message.sender, message.message.id);
    engine.advance(nowMs + marmot::kConvergencePolicy.passCapMs, m_random, false);
}

void Insider::publish(const marmot::GroupEngine& engine, ByteView message, std::int64_t nowMs) {
    const auto key = marmot::envelopeKey(engine.group());
    if (!key)
        return;
    m_relay.take(marmot::sealEnvelope(engine.state().routing.nostrGroupId, *key, message, seconds(nowMs), {},
                                      m_random));
}

std::string Insider::speak(marmot::GroupEngine& engine, std::int64_t nowMs) {
    // The engine refuses most of these actions, so the MLS group inside it is used. The group is the turned
    // member's copy, so nobody else uses its ratchet.
    mls::Group& group = m_voices.try_emplace(engine.history().tip().id, engine.group()).first->second;
    const std::string number = std::to_string(++m_said);
    const auto say = [&](std::string_view plaintext) {
        if (const auto message = group.protect(viewOf(plaintext), {}, m_random))
            publish(engine, *message, nowMs);
    };
    const marmot::Id32 self = engine.self();
    const auto members = engine.members();
    const marmot::Id32& somebody = members[pick(static_cast<std::uint32_t>(members.size()))].account;
    const auto heard = m_heard.empty() ? std::pair(somebody, somebody)
                                       : m_heard[pick(static_cast<std::uint32_t>(m_heard.size()))];
    std::string what;
    switch (pick(7)) {
    case 0:
        say(textOf(m_random.bytes(1 + pick(300))));
        what = "sends octets that are no message";
        break;
    case 1:
        say(marmot::makeInner(somebody, marmot::Text{"insider in another name " + number}, seconds(nowMs))
                .toJson());
        what = "speaks in another's name";
        break;
    case 2:
        say(marmot::makeInner(self, marmot::Deletion{{heard.second}}, seconds(nowMs)).toJson());
        what = "deletes a message of another";
        break;
    case 3:
        say(marmot::makeInner(self, marmot::Edit{heard.second, "insider edit"}, seconds(nowMs)).toJson());
        what = "edits a message of another";
        break;
    case 4:
        for (int i = 0; i < 40; ++i)
            say(marmot::makeInner(self, marmot::Reaction{heard.second, "r" + std::to_string(i)},
                                  seconds(nowMs))
                    .toJson());
        what = "reacts forty times";
        break;
    case 5:
        // Far ahead in its ratchet, so that no client is required to follow.
        for (int i = 0; i < 1'200 && group.protect(viewOf("skipped"), {}, m_random); ++i) {
        }
        say(marmot::makeInner(self, marmot::Text{"insider far ahead " + number}, seconds(nowMs)).toJson());
        what = "jumps far ahead in its ratchet";
        break;
    default: {
        // A time that no real clock shows.
        const std::uint64_t when = pick(2) == 0 ? 1 : std::uint64_t{1} << 62;
        say(marmot::makeInner(self, marmot::Text{"insider from another time " + number}, when).toJson());
        what = "speaks from another time";
        break;
    }
    }
    return what;
}

std::string Insider::change(const marmot::GroupEngine& engine, std::int64_t nowMs) {
    const auto members = engine.members();
    const marmot::GroupMember& victim = members[pick(static_cast<std::uint32_t>(members.size()))];
    const mls::Group& group = engine.group();
    switch (pick(6)) {
    case 0: {
        if (engine.isAdmin() || victim.account == engine.self())
            return {};
        mls::CommitOptions options;
        options.proposals.push_back({mls::RemoveProposal{victim.leaves.front()}});
        if (const auto commit = group.commit(options, m_random))
            publish(engine, commit->message, nowMs);
        return "removes somebody without the right";
    }
    case 1: {
        if (engine.isAdmin())
            return {};
        mls::CommitOptions options;
        options.proposals.push_back({mls::AppDataUpdateProposal{
            marmot::idOf(marmot::ComponentId::AdminPolicy), marmot::AdminPolicy{{engine.self()}}.encode()}});
        if (const auto commit = group.commit(options, m_random))
            publish(engine, commit->message, nowMs);
        return "makes itself the only administrator";
    }
    case 2: {
        if (engine.isAdmin() || victim.account == engine.self())
            return {};
        mls::Group own = group;
        for (int i = 0; i < 20; ++i)
            if (const auto proposal = own.propose({mls::RemoveProposal{victim.leaves.front()}}, {}, m_random))
                publish(engine, proposal->message, nowMs);
        return "proposes twenty times what it may not";
    }
    case 3:
        // Both commits are valid. One relay gets the first at once; the relay that all read gets it later.
        for (const bool first : {true, false}) {
            const auto commit =
                marmot::buildCommit(group, engine.state(), marmot::SelfUpdate{}, nowMs / 1000, m_random);
            if (!commit)
                break;
            if (first && m_other) {
                m_other->take(commit->outgoing.event);
                m_heldBack.push_back(commit->outgoing.event);
            } else {
                m_relay.take(commit->outgoing.event);
            }
        }
        return "changes one state in two ways";
    case 4: {
        std::vector<const marmot::RetainedState*> past;
        for (const auto& [id, state] : engine.history().states())
            if (state.group && state.standing != marmot::Standing::Dormant && state.epoch < engine.epoch())
                past.push_back(&state);
        if (past.empty())
            return {};
        const marmot::RetainedState& from = *past[pick(static_cast<std::uint32_t>(past.size()))];
        const auto commit =
            marmot::buildCommit(*from.group, from.state, marmot::SelfUpdate{}, nowMs / 1000, m_random);
        if (!commit)
            return {};
        m_relay.take(commit->outgoing.event);
        return "changes a state that is past";
    }
    default:
        publish(engine, m_random.bytes(1 + pick(400)), nowMs);
        return "sends octets that are no MLS message";
    }
}

std::string Insider::act(std::int64_t nowMs) {
    if (m_groups.empty())
        return {};
    if (!m_heldBack.empty() && pick(3) == 0)
        finish();
    auto at = m_groups.begin();
    std::advance(at, pick(static_cast<std::uint32_t>(m_groups.size())));
    marmot::GroupEngine& engine = at->second;
    follow(engine, nowMs);
    if (engine.standing() != marmot::GroupStanding::Active)
        return {};
    return pick(2) == 0 ? speak(engine, nowMs) : change(engine, nowMs);
}

void Insider::finish() {
    for (const nostr::Event& event : m_heldBack)
        m_relay.take(event);
    m_heldBack.clear();
}

} // namespace valise::sim
