// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sim/world.h"

#include "core/base/encoding.h"

#include <QCoreApplication>
#include <QEvent>

#include <cstdio>

namespace valise::sim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxGroups = 3;
constexpr qint64 kSliceMs = 5'000;
// The number of slices without activity. Together they are longer than the wait of an invitation that
// replaces a state.
constexpr int kCalm = 8;
constexpr qint64 kGlanceMs = 500;
// Longer than all backoffs, retries and lifetimes that can delay a client.
constexpr qint64 kPatienceMs = 3 * 3'600'000;

const QStringList kReactions = {QStringLiteral("👍"), QStringLiteral("🕊"), QStringLiteral("❤️")};

} // namespace

World::World(VirtualTime& time, const Options& options)
    : m_time(time)
    , m_options(options)
    , m_random(options.seed)
    , m_network(time, m_random) {}

World::~World() {
    m_desks.clear();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    std::error_code ignored;
    fs::remove_all(m_options.folder, ignored);
}

void World::note(const std::string& what) {
    if (m_options.trace)
        std::printf("%10.3f  %s\n", static_cast<double>(m_time.nowMs()) / 1000, what.c_str());
}

void World::broken(const std::string& what) {
    note("BROKEN: " + what);
    if (m_broken.size() < 20)
        m_broken.push_back(what);
}

void World::between() {
    for (const auto& desk : m_desks) {
        if (!desk->dead())
            continue;
        note(desk->name() + " is cut off");
        m_network.forgetSince(desk->index(), m_time.nowMs() - kSortingMs);
        desk->bury();
        m_time.after(500 + pick(20'000), [this, at = desk.get()] {
            if (!at->running())
                restart(*at);
        });
    }
}

void World::restart(Desk& desk) {
    if (&desk == m_turned)
        return;
    note(desk.name() + " starts");
    if (const auto started = desk.start(); !started)
        broken(desk.name() + " cannot open its profile: " + std::string(errorName(started.error().code)) +
               ", " + started.error().detail);
}

void World::pass(qint64 ms) {
    // The time passes in slices, so that every state of a group is observed.
    while (ms > 0) {
        const qint64 slice = std::min(ms, kGlanceMs);
        m_time.run(slice, [this] { between(); });
        ms -= slice;
        if (ms > 0 && glance())
            observe();
    }
}

void World::furnish() {
    const std::uint32_t size = pick(10);
    const int desks = m_options.desks.value_or(static_cast<int>(size < 6   ? 4 + pick(4)
                                                                : size < 9 ? 8 + pick(5)
                                                                           : 13 + pick(8)));
    const std::uint32_t relays = 2 + pick(3);
    for (std::uint32_t i = 0; i < relays; ++i)
        m_network.addRelay();
    fs::remove_all(m_options.folder);
    fs::create_directories(m_options.folder);
    for (int i = 0; i < desks; ++i) {
        // All use the first relay, which may be down but loses nothing. Without one such relay nothing can be
        // guaranteed.
        QStringList urls{QString::fromStdString(m_network.relays().front()->url())};
        for (std::uint32_t r = 1; r < relays; ++r)
            if (chance(0.6))
                urls.append(QString::fromStdString(m_network.relays()[r]->url()));
        m_desks.push_back(std::make_unique<Desk>(m_network, i, m_options.folder, m_options.seed, urls));
        restart(*m_desks.back());
    }
    pass(20'000); // KeyPackages and relay lists are published
    found(*m_desks.front());
    pass(10'000);

    for (std::uint32_t r = 1; r < relays; ++r) {
        Manners& manners = m_network.relays()[r]->manners;
        const auto sometimes = [this](double most) { return chance(0.4) ? most * pick(1000) / 1000 : 0; };
        manners.forget = sometimes(0.5);
        manners.hide = sometimes(0.3);
        manners.forge = sometimes(0.05);
        manners.truncate = sometimes(0.03);
    }
    if (chance(0.3))
        m_turnsAt =
            static_cast<int>(pick(static_cast<std::uint32_t>(std::max(1, m_options.operations * 2 / 3))));
    for (const auto& relay : m_network.relays()) {
        Manners& manners = relay->manners;
        const auto sometimes = [this](double most) { return chance(0.4) ? most * pick(1000) / 1000 : 0; };
        manners.refuse = sometimes(0.1);
        manners.limit = sometimes(0.1);
        manners.mute = sometimes(0.1);
        manners.twice = sometimes(0.2);
        manners.duplicate = sometimes(0.2);
        manners.replay = sometimes(0.2);
        manners.shuffle = chance(0.3);
        // With smaller pages, one member's messages of a second might not fit into a page, and NIP-01 cannot
        // request a part of a second.
        manners.largestPage = chance(0.3) ? 40 + pick(60) : 500;
    }
}

Desk* World::anyRunning() {
    std::vector<Desk*> running;
    for (const auto& desk : m_desks)
        if (desk->running() && !desk->dead())
            running.push_back(desk.get());
    return running.empty() ? nullptr : running[pick(static_cast<std::uint32_t>(running.size()))];
}

std::optional<std::pair<Desk*, Bytes>> World::anySeat(bool admin) {
    std::vector<std::pair<Desk*, Bytes>> seats;
    for (const auto& desk : m_desks) {
        if (!desk->running() || desk->dead())
            continue;
        for (const auto& [group, founder] : m_groups) {
            const marmot::GroupEngine* engine = desk->parts().sessions.engine(group);
            if (engine && engine->standing() == marmot::GroupStanding::Active &&
                (!admin || engine->isAdmin()))
                seats.emplace_back(desk.get(), group);
        }
    }
    if (seats.empty())
        return std::nullopt;
    return seats[pick(static_cast<std::uint32_t>(seats.size()))];
}

void World::say(Desk& desk, const Bytes& group) {
    const std::string text = "w" + std::to_string(++m_words) + " of " + desk.name();
    const auto said = desk.parts().sender.sendText(group, text, std::nullopt);
    if (!said && !desk.dead()) {
        note(desk.name() + " may not say " + text + ": " + said.error().detail);
        return;
    }
    note(desk.name() + " says " + text);
    m_messages[text] = {group, desk.index(), text, said.ok() && !desk.dead(), {}, false};
}

void World::changeMessage(Desk& desk, const Bytes& group) {
    const auto newest = desk.stores().messages.before(group, {}, 12);
    if (!newest || newest->empty())
        return;
    const storage::MessageRow& about = (*newest)[pick(static_cast<std::uint32_t>(newest->size()))];
    if (about.kind != nostr::kind::kChat || about.deleted)
        return;
    // Messages are not deleted here, because the histories are compared at the end by their texts.
    const auto emoji = kReactions[static_cast<qsizetype>(pick(3))];
    if (desk.parts().changes.react(group, about.eventId, emoji.toStdString(), chance(0.8)))
        note(desk.name() + " reacts");
}

void World::found(Desk& desk) {
    QStringList others;
    for (const auto& other : m_desks)
        if (other.get() != &desk && !other->address().isEmpty() && (m_groups.empty() || chance(0.6)))
            others.append(other->address());
    if (others.isEmpty())
        return;
    note(desk.name() + " founds a group with " + std::to_string(others.size()) + " others");
    desk.parts().founding.create(QStringLiteral("group %1").arg(m_groups.size()), others,
                                 [this, at = &desk](const Result<client::ConversationRecord>& made) {
                                     if (made && !at->dead())
                                         m_groups.emplace(toBytes(client::fromQt(made->id)), at->index());
                                     note(made ? "a group was founded" : "no group: " + made.error().detail);
                                 });
}

void World::changeGroup() {
    const std::uint32_t what = pick(10);
    if (what < 3) {
        const auto seat = anySeat(false);
        if (!seat || m_desks.size() < 4 || !chance(0.5))
            return;
        note(seat->first->name() + " leaves");
        (void)seat->first->parts().leaving.leave(seat->second).ok();
        return;
    }
    const auto seat = anySeat(true);
    if (!seat)
        return;
    auto& [desk, group] = *seat;
    const marmot::GroupEngine& engine = *desk->parts().sessions.engine(group);
    const auto told = [this, name = desk->name()](const char* change) {
        note(name + " wants to " + change);
        return [this, name, change](const Result<void>& done) {
            note(name + " could " + (done ? "" : "not ") + change + (done ? "" : ": " + done.error().detail));
        };
    };
    Desk& other = *m_desks[pick(static_cast<std::uint32_t>(m_desks.size()))];
    const auto members = engine.members();
    const bool inside = std::any_of(members.begin(), members.end(), [&](const marmot::GroupMember& m) {
        return m.account == other.account();
    });
    if (what < 4) {
        desk->parts().groupChanges.rename(group, QStringLiteral("name %1").arg(m_done), told("rename"));
    } else if (what < 6 && inside) {
        const bool already = engine.state().admins.contains(other.account());
        desk->parts().groupChanges.setAdministrator(group, other.account(), !already,
                                                    told(already ? "demote" : "promote"));
    } else if (!inside) {
        desk->parts().groupChanges.addMembers(group, {other.address()}, told("add"));
    } else if (&other != desk && what < 8) {
        desk->parts().groupChanges.removeMember(group, other.account(), told("remove"));
    } else if (what == 8) {
        QStringList urls{QString::fromStdString(m_network.relays().front()->url())};
        for (std::size_t r = 1; r < m_network.relays().size(); ++r)
            if (chance(0.5))
                urls.append(QString::fromStdString(m_network.relays()[r]->url()));
        desk->parts().groupChanges.setRelays(group, urls, told("move to other relays"));
    } else if (chance(0.1)) {
        desk->parts().groupChanges.disband(group, told("disband"));
    }
}

void World::trouble() {
    Desk& desk = *m_desks[pick(static_cast<std::uint32_t>(m_desks.size()))];
    Relay& relay = *m_network.relays()[pick(static_cast<std::uint32_t>(m_network.relays().size()))];
    const std::uint32_t what = pick(100);
    if (what < 40) {
        const auto point = static_cast<FaultPoint>(pick(4));
        desk.plan(point, 1 + static_cast<int>(pick(chance(0.5) ? 4 : 40)));
        note(desk.name() + " will be cut off");
    } else if (what < 50) {
        if (desk.running() && !desk.dead()) {
            note(desk.name() + " is closed");
            m_network.forgetSince(desk.index(), m_time.nowMs() - kSortingMs);
            desk.stop();
            m_time.after(pick(60'000), [this, at = &desk] {
                if (!at->running())
                    restart(*at);
            });
        }
    } else if (what < 65) {
        const bool offline = !m_network.offline(desk.index());
        note(desk.name() + (offline ? " loses the network" : " has the network again"));
        m_network.setOffline(desk.index(), offline);
        if (!offline && desk.running() && chance(0.5))
            desk.connectNow();
    } else if (what < 80) {
        note(relay.url() + (relay.up ? " goes away" : " is back"));
        m_network.setUp(relay, !relay.up);
    } else if (what < 95) {
        const bool cut = !m_network.cut(desk.index(), relay.url());
        note(desk.name() + (cut ? " is cut from " : " can reach ") + relay.url());
        m_network.setCut(desk.index(), relay.url(), cut);
    } else {
        desk.clock.skewMs = chance(0.5) ? 0 : static_cast<std::int64_t>(pick(600'000)) - 300'000;
        note(desk.name() + "'s clock is " + std::to_string(desk.clock.skewMs / 1000) + " s off");
    }
}

void World::mischief() {
    // A stranger who has seen a group's events can send events to its address.
    Relay& relay = *m_network.relays().front();
    const nostr::Event* some = relay.some(m_random);
    if (!some || some->kind != nostr::kind::kGroup)
        return;
    nostr::UnsignedEvent event;
    event.kind = some->kind;
    event.tags = some->tags;
    event.createdAt = some->createdAt + pick(3);
    event.content = some->content;
    const std::uint32_t what = pick(3);
    if (what == 0) // the same event with another author
        note("somebody repeats an event");
    else if (what == 1 && !event.content.empty()) {
        event.content[pick(static_cast<std::uint32_t>(event.content.size()))] = 'x';
        note("somebody repeats an event, damaged");
    } else {
        event.content = toBase64(m_random.bytes(100 + pick(400)));
        note("somebody sends noise");
    }
    const crypto::SchnorrKeyPair key = crypto::schnorrGenerate(m_random);
    event.pubkey = key.publicKey;
    relay.take(nostr::sign(std::move(event), key, m_random));
}

void World::turn() {
    Desk& desk = *m_desks[1 + pick(static_cast<std::uint32_t>(m_desks.size() - 1))];
    if (!desk.running() || desk.dead())
        return;
    std::map<Bytes, marmot::GroupEngine> groups;
    for (const auto& [group, founder] : m_groups)
        if (const marmot::GroupEngine* engine = desk.parts().sessions.engine(group))
            groups.emplace(group, *engine);
    // Nobody else will invite the accounts that this client was about to invite.
    for (const auto& [group, engine] : groups)
        if (const auto& pending = engine.pendingPublish())
            for (const marmot::WelcomeDuty& duty : pending->welcomes)
                m_uninvited.insert({group, duty.recipient});
    if (const auto sending = desk.stores().outbox.list())
        for (const storage::OutboxRow& row : *sending)
            if (row.purpose == storage::OutboxPurpose::Welcome && row.groupId)
                if (const auto wrap = nostr::parseEvent(textOf(row.eventJson)))
                    if (const auto recipient = fromHex(nostr::tagValue(wrap->tags, "p").value_or("")))
                        if (const auto account = fixedBytes<32>(*recipient))
                            m_uninvited.insert({*row.groupId, *account});
    note(desk.name() + " turns against the others");
    observe();
    m_turned = &desk;
    desk.forgetPlan();
    desk.stop();
    Relay* const other = m_network.relays().size() > 1 ? m_network.relays()[1].get() : nullptr;
    m_insider = std::make_unique<Insider>(*m_network.relays().front(), other, m_random, std::move(groups));
}

std::vector<Desk*> World::honest() const {
    std::vector<Desk*> out;
    for (const auto& desk : m_desks)
        if (desk.get() != m_turned)
            out.push_back(desk.get());
    return out;
}

void World::act() {
    const std::uint32_t what = pick(100);
    if (what < 55) {
        if (const auto seat = anySeat(false))
            for (std::uint32_t n = chance(0.1) ? 1 + pick(5) : 1; n > 0 && !seat->first->dead(); --n)
                say(*seat->first, seat->second);
    } else if (what < 60) {
        if (const auto seat = anySeat(false))
            changeMessage(*seat->first, seat->second);
    } else if (what < 74) {
        changeGroup();
    } else if (what < 76) {
        Desk* const desk = anyRunning();
        if (desk && m_groups.size() < kMaxGroups)
            found(*desk);
    } else if (what < 79) {
        mischief();
    } else if (what < 87 && m_insider) {
        if (const std::string done = m_insider->act(DeskClock::kStartMs + m_time.nowMs()); !done.empty())
            note("the insider " + done);
    } else {
        trouble();
    }
    const std::uint32_t pause = pick(100);
    pass(pause < 55 ? pick(300) : pause < 90 ? pick(4'000) : pause < 99 ? pick(60'000) : pick(1'800'000));
}

void World::heal() {
    note("everything works again");
    m_network.heal();
    if (m_insider)
        m_insider->finish();
    for (Desk* desk : honest()) {
        desk->forgetPlan();
        desk->clock.skewMs = 0;
        if (!desk->running())
            restart(*desk);
        else
            desk->connectNow();
    }
}

bool World::quiet(std::string* why) {
    const auto because = [&](const Desk& desk, const std::string& what) {
        if (why)
            *why = desk.name() + " " + what;
        return false;
    };
    for (Desk* desk : honest()) {
        if (!desk->running() || desk->dead())
            return because(*desk, "does not run");
        if (!desk->connected())
            return because(*desk, "is not connected, or catching up");
        auto& stores = desk->stores();
        const auto sending = stores.outbox.list();
        if (!sending || !sending->empty())
            return because(
                *desk, "has " + std::to_string(sending ? sending->size() : 0) + " events to send, purpose " +
                           std::to_string(sending ? static_cast<int>(sending->front().purpose) : -1));
        if (!desk->parts().receiver.idle() || !desk->parts().commits.idle() || !desk->parts().sender.idle())
            return because(*desk, "is busy");
        for (const auto& [group, founder] : m_groups) {
            const marmot::GroupEngine* engine = desk->parts().sessions.engine(group);
            if (!engine)
                continue;
            if (!engine->settled())
                return because(*desk, "has a group that is not settled");
            const auto held = stores.held.count(group);
            if (!held || *held > 0)
                return because(*desk, "holds messages");
            if (!engine->queue().empty())
                return because(*desk, "holds changes");
        }
    }
    return true;
}

Report World::run() {
    furnish();
    observe();
    for (m_done = 0; m_done < m_options.operations && m_broken.empty(); ++m_done) {
        if (m_done == m_turnsAt)
            turn();
        act();
        observe();
    }
    heal();
    const qint64 limit = m_time.nowMs() + kPatienceMs;
    std::string why;
    for (int calm = 0; calm < kCalm && m_broken.empty();) {
        pass(kSliceMs);
        observe();
        calm = quiet(&why) ? calm + 1 : 0;
        if (m_time.nowMs() > limit) {
            broken("waits forever: " + why);
            break;
        }
    }
    if (m_broken.empty())
        check();
    if (m_options.trace && !m_broken.empty()) {
        for (const auto& desk : m_desks) {
            if (!desk->running())
                continue;
            for (const auto& [group, founder] : m_groups) {
                const marmot::GroupEngine* engine = desk->parts().sessions.engine(group);
                const auto record = desk->stores().groups.get(group);
                if (!record || !*record)
                    continue;
                std::string line = desk->name() + " " + toHex(group).substr(0, 8) + " status " +
                                   std::to_string(static_cast<int>((*record)->status));
                if (engine) {
                    line += ", standing " + std::to_string(static_cast<int>(engine->standing())) +
                            ", epoch " + std::to_string(engine->epoch()) + ", queue " +
                            std::to_string(engine->queue().size()) + (engine->pass() ? ", in a pass" : "") +
                            (engine->pendingPublish() ? ", publishing" : "") + ", departing " +
                            std::to_string(engine->departing().size()) + ", members";
                    for (const marmot::GroupMember& member : engine->members())
                        for (const auto& other : m_desks)
                            if (other->account() == member.account)
                                line += " " + std::to_string(other->index()) + (member.admin ? "*" : "");
                }
                note(line);
            }
            if (const auto told = desk->parts().diagnostics.report())
                for (const client::DiagnosticRecord& line : *told)
                    note(desk->name() + " " + line.scope.left(20).toStdString() + " " +
                         line.category.toStdString() + " " + line.reason.toStdString() + " x" +
                         std::to_string(line.count));
        }
    }

    Report report;
    report.broken = m_broken;
    report.trace = m_network.trace;
    report.desks = static_cast<int>(m_desks.size());
    report.operations = m_done;
    for (const auto& desk : m_desks)
        report.crashes += desk->crashes;
    report.frames = m_network.frames;
    report.messages = m_messages.size();
    report.late = m_late;
    report.apart = m_apart;
    report.groups = m_groups.size();
    report.states = m_states.size();
    report.virtualMs = m_time.nowMs();
    return report;
}

} // namespace valise::sim
