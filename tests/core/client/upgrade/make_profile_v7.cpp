// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes profile-v7/: a profile of schema version 7 that holds something of everything that could get lost.
// Written against commit 910545c and built there; README.md says how. The simulator gives time, randomness
// and relays, so that two runs make the same profile, octet for octet below the encryption.
#include "tests/sim/desk.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/client/profile.h"
#include "core/marmot/message_change.h"
#include "core/marmot/receipt.h"
#include "core/marmot/welcome.h"
#include "core/nostr/nip19.h"
#include "core/nostr/nip59.h"
#include "core/nostr/profile.h"
#include "core/nostr/relay_list.h"

#include <QCoreApplication>
#include <QHashFunctions>

#include <cstdio>
#include <fstream>

using namespace valise;
namespace fs = std::filesystem;
using client::Conversations;
using Kind = marmot::MessageChange::Kind;

namespace {

constexpr std::uint64_t kSeed = 7;
constexpr const char* kPassphrase = "seven quiet herons over the estuary";
constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kDayMs = 24 * 60 * kMinuteMs;

template <typename T>
T must(Result<T> result, const char* what) {
    if (!result)
        qFatal("%s: %s", what, result.error().detail.c_str());
    return std::move(result).value();
}
void must(const Result<void>& result, const char* what) {
    if (!result)
        qFatal("%s: %s", what, result.error().detail.c_str());
}
void demand(bool so, const char* what) {
    if (!so)
        qFatal("not so: %s", what);
}

//! A member without a program: an account and the engines of its groups. What it reads is what everybody else
//! would; the test takes its engines up again to read what the profile sends.
class Witness {
public:
    Witness(sim::Relay& relay, crypto::Random& random, const Clock& clock, const std::string& name)
        : m_relay(relay)
        , m_random(random)
        , m_clock(clock)
        , m_account(crypto::schnorrGenerate(random))
        , m_package(marmot::makeKeyPackage(m_account, {}, clock.now(), random)) {
        nostr::Profile profile;
        profile.name = name;
        publish(must(nostr::makeProfile(profile, now()), "profile"));
        publish(must(nostr::makeRelayList({{relay.url(), true, true}}, now()), "relay list"));
        publish(must(nostr::makeInboxRelays({relay.url()}, now()), "inbox"));
        m_relay.take(m_package.event);
    }
    const marmot::Id32& account() const { return m_account.publicKey; }
    QString address() const {
        return QString::fromStdString(
            must(nostr::encodeNprofile({m_account.publicKey, {m_relay.url()}}), "address"));
    }
    marmot::GroupEngine& engine(const Bytes& group) {
        follow();
        return m_engines.at(group);
    }
    //! Seals an event, in the state as it stands now.
    nostr::Event seal(const Bytes& group, const marmot::InnerEvent& inner) {
        return must(engine(group).seal(inner, m_random), "seal").event;
    }
    //! Sends one and returns its id.
    marmot::Id32 send(const Bytes& group, const marmot::InnerEvent& inner) {
        m_relay.take(seal(group, inner));
        return inner.canonicalId();
    }
    marmot::Id32 say(const Bytes& group, const std::string& text,
                     const std::optional<marmot::Id32>& replyTo = {}) {
        return send(group, marmot::makeText(account(), text, now(), replyTo));
    }
    marmot::Id32 change(const Bytes& group, Kind kind, const marmot::Id32& target, const std::string& text) {
        return send(group, marmot::makeMessageChange(account(), {kind, {target}, text}, now()));
    }
    //! A change of its own on top of its own state; nobody hears of it before it is published.
    nostr::Event commit(const Bytes& group, marmot::LocalChange change) {
        marmot::GroupEngine& e = engine(group);
        demand(!must(e.submit(std::move(change), m_clock.nowMs(), m_random), "submit").queued, "settled");
        const nostr::Event event = e.pendingPublish()->outgoing.event;
        must(e.confirm(m_clock.nowMs(), m_random), "confirm");
        return event;
    }
    std::uint64_t now() const { return static_cast<std::uint64_t>(m_clock.now()); }
    sim::Relay& relay() { return m_relay; }

    void follow() {
        for (bool moved = true; moved;) {
            moved = false;
            for (const nostr::Event* event : m_relay.all()) {
                if (m_done.count(event->id))
                    continue;
                moved = take(*event) || moved;
            }
            for (auto& [id, engine] : m_engines)
                engine.advance(m_clock.nowMs() + marmot::kConvergencePolicy.passCapMs, m_random, false);
        }
    }
    //! Writes everything with which the test goes on where this ends: one line each, "account", "package" or
    //! a group, a part of its engine, and its value.
    void save(const fs::path& file) {
        follow();
        std::ofstream out(file);
        out << "account - " << toHex(m_account.privateKey.view()) << '\n';
        out << "package - " << toHex(m_package.bundle.serialize()) << '\n';
        for (const auto& [id, engine] : m_engines)
            for (const auto& [name, value] : engine.parts())
                out << toHex(id) << ' ' << name << ' ' << toHex(value) << '\n';
    }

private:
    void publish(nostr::UnsignedEvent draft) {
        m_relay.take(nostr::sign(std::move(draft), m_account, m_random));
    }
    //! True if it led somewhere.
    bool take(const nostr::Event& event) {
        if (event.kind == nostr::kind::kGiftWrap) {
            m_done.insert(event.id);
            const nostr::Tag* to = nostr::findTag(event.tags, "p");
            if (!to || to->at(1) != toHex(account()))
                return false;
            const nostr::Unwrapped opened = must(nostr::giftUnwrap(event, m_account), "unwrap");
            auto joined =
                must(marmot::GroupEngine::join(must(marmot::readWelcomeRumor(opened.rumor), "welcome"),
                                               m_package.bundle, m_clock.nowMs()),
                     "join");
            m_engines.insert_or_assign(joined.id(), std::move(joined));
            return true;
        }
        if (event.kind != nostr::kind::kGroup)
            return m_done.insert(event.id), false;
        for (auto& [id, engine] : m_engines) {
            const auto routes = engine.routes();
            const nostr::Tag* to = nostr::findTag(event.tags, "h");
            if (!to || std::none_of(routes.begin(), routes.end(), [&](const marmot::NostrRouting& route) {
                    return toHex(route.nostrGroupId) == to->at(1);
                }))
                continue;
            const marmot::Step step = engine.receive(
                event, m_clock.nowMs(), [](const mls::Digest&) { return false; }, m_random);
            if (step.outcome().again)
                return false;
            m_done.insert(event.id);
            return true;
        }
        return false;
    }

    sim::Relay& m_relay;
    crypto::Random& m_random;
    const Clock& m_clock;
    crypto::SchnorrKeyPair m_account;
    marmot::OwnKeyPackage m_package;
    std::map<Bytes, marmot::GroupEngine> m_engines;
    std::set<nostr::EventId> m_done;
};

//! The story of the profile, told once.
class Story {
public:
    Story(sim::VirtualTime& time, fs::path folder)
        : m_time(time)
        , m_folder(std::move(folder))
        , m_clock(time)
        , m_random(kSeed)
        , m_network(time, m_random) {
        m_network.addRelay();
        m_network.addRelay();
        m_network.heal(); // nothing goes wrong but what is told here
    }
    void tell(const fs::path& out) {
        furnish();
        talk();
        standings();
        partly();
        branch();
        refused();
        offline();
        aside(out);
    }

private:
    sim::Relay& first() { return *m_network.relays()[0]; }
    sim::Relay& second() { return *m_network.relays()[1]; }
    void pass(qint64 ms) {
        m_time.run(ms, [] {});
    }
    void await(const std::function<void(Conversations::Done)>& ask, const char* what) {
        std::optional<Result<void>> answer;
        ask([&](Result<void> result) { answer = std::move(result); });
        for (int i = 0; i < 600 && !answer; ++i)
            pass(100);
        demand(answer.has_value(), what);
        must(*answer, what);
        pass(6'000); // until the others have followed
    }
    Bytes found(sim::Desk& desk, const QString& name, const QStringList& others) {
        std::optional<Result<client::ConversationRecord>> answer;
        desk.conversations().create(
            name, others, [&](Result<client::ConversationRecord> made) { answer = std::move(made); });
        for (int i = 0; i < 600 && !answer; ++i)
            pass(100);
        demand(answer.has_value(), "founded");
        const Bytes id = toBytes(client::fromQt(must(*answer, "found").id));
        pass(6'000);
        return id;
    }
    storage::MessageRow row(sim::Desk& desk, const Bytes& group, const std::string& text) {
        for (const storage::MessageRow& message : must(desk.stores().messages.before(group, {}, 500), "page"))
            if (message.content == text)
                return message;
        qFatal("%s is not there", text.c_str());
    }
    storage::Id32 idOf(sim::Desk& desk, const Bytes& group, const std::string& text) {
        return row(desk, group, text).eventId;
    }
    void say(sim::Desk& desk, const Bytes& group, const std::string& text, const std::string& replyTo = {}) {
        std::optional<Bytes> target;
        if (!replyTo.empty())
            target = toBytes(idOf(desk, group, replyTo));
        must(desk.conversations().sendText(group, text, target), text.c_str());
        pass(1'500);
    }
    void edit(sim::Desk& desk, const Bytes& group, const std::string& text, const std::string& to) {
        must(desk.conversations().edit(group, toBytes(idOf(desk, group, text)), to), to.c_str());
        pass(1'500);
    }
    void react(sim::Desk& desk, const Bytes& group, const std::string& text, const std::string& emoji,
               bool on = true) {
        must(desk.conversations().react(group, toBytes(idOf(desk, group, text)), emoji, on), emoji.c_str());
        pass(1'500);
    }
    void erase(sim::Desk& desk, const Bytes& group, const std::vector<std::string>& texts) {
        std::vector<Bytes> ids;
        for (const std::string& text : texts)
            ids.push_back(toBytes(idOf(desk, group, text)));
        must(desk.conversations().deleteForEveryone(group, ids), "delete");
        pass(1'500);
    }
    void schedule(const Bytes& group, const std::string& text, const std::optional<storage::Id32>& replyTo,
                  qint64 inMs, const char* zone) {
        must(kasara().conversations().schedule(group, text,
                                               replyTo ? std::optional(toBytes(*replyTo)) : std::nullopt,
                                               m_clock.nowMs() + inMs, zone),
             text.c_str());
    }
    //! Another desk marks everything read.
    void readAll(sim::Desk& desk, const Bytes& group) {
        const auto last = must(desk.stores().messages.before(group, {}, 1), "last");
        must(desk.conversations().markRead(group, last.front().row), "read");
        pass(2'500);
    }
    void tellAll(sim::Desk& desk) { must(desk.conversations().setSignals({true, true}), "signals"); }
    sim::Desk& kasara() { return *m_desks[0]; }
    sim::Desk& nordvale() { return *m_desks[1]; }
    sim::Desk& oslan() { return *m_desks[2]; }
    sim::Desk& varda() { return *m_desks[3]; }

    void furnish();
    void talk();
    void standings();
    void partly();
    void branch();
    void refused();
    void offline();
    void aside(const fs::path& out);

    sim::VirtualTime& m_time;
    fs::path m_folder;
    sim::DeskClock m_clock;
    crypto::SeededRandom m_random;
    sim::Network m_network;
    std::vector<std::unique_ptr<sim::Desk>> m_desks;
    std::unique_ptr<Witness> m_tamir;
    nostr::Event m_late;
    // Conversations, by what becomes of them.
    Bytes m_main;      // "Coolants Amendment": everything that can be said about messages
    Bytes m_direct;    // with Tamir
    Bytes m_pending;   // "Observers": a change on its way, another one that waits for it
    Bytes m_owed;      // "Allies": a branch lost, people are owed an invitation and a removal
    Bytes m_request;   // "Fisheries, informal": not answered
    Bytes m_left;      // "Press lines"
    Bytes m_removed;   // "Room 4 logistics"
    Bytes m_disbanded; // "Old caucus"
    Bytes m_declined;  // "Lottery"
    Bytes m_leaving;   // "Side event": asked to leave
    Bytes m_damaged;   // "Broken minutes"
    Bytes m_young;     // "Preparatory talks": its invitations have not left
};

void Story::furnish() {
    const QString one = QString::fromStdString(first().url());
    const QString two = QString::fromStdString(second().url());
    for (int i = 0; i < 4; ++i) {
        m_desks.push_back(std::make_unique<sim::Desk>(m_network, i, m_folder, kSeed,
                                                      i == 0 ? QStringList{one, two} : QStringList{one}));
        must(m_desks.back()->start(), "start");
    }
    m_tamir = std::make_unique<Witness>(first(), m_random, m_clock, "Tamir");
    pass(2'000); // relays keep the later of two profiles
    for (const auto& [desk, name] : {std::pair(&kasara(), "Kasara"),
                                     {&nordvale(), "Nordvale"},
                                     {&oslan(), "Oslan"},
                                     {&varda(), "Varda"}})
        must(desk->engine().setName(QLatin1String(name)), name);
    pass(20'000);
    must(kasara().engine().addContact(nordvale().address(), QStringLiteral("Nordvale (mission)")), "contact");
    must(kasara().engine().addContact(m_tamir->address(), {}), "contact");
    must(nordvale().engine().addContact(kasara().address(), {}), "contact");
    for (sim::Desk* desk : {&kasara(), &nordvale()})
        tellAll(*desk);
    must(kasara().engine().setPreference(QStringLiteral("theme"), QStringLiteral("dark")), "preference");
    must(kasara().engine().setPreference(QStringLiteral("signals.receipts"), QStringLiteral("1")),
         "preference");
    must(kasara().engine().setPreference(QStringLiteral("spelling.words"),
                                         QStringLiteral("Kasara\nKigali\nمونتريال")),
         "preference");
    client::ProxyRecord proxy;
    proxy.kind = client::ProxyRecord::Kind::Socks5;
    proxy.host = QStringLiteral("proxy.mission.example");
    proxy.port = 1080;
    proxy.user = QStringLiteral("kasara");
    must(kasara().engine().setProxy(proxy, QStringLiteral("estuary at dusk")), "proxy");
    pass(5'000);
}

void Story::talk() {
    m_main = found(kasara(), QStringLiteral("Coolants"), {nordvale().address(), m_tamir->address()});
    // Missed: the program does not run at its time, nor an hour later.
    schedule(m_main, "Good morning to everybody", {}, 10 * kMinuteMs, "America/New_York");
    kasara().stop();
    pass(75 * kMinuteMs);
    must(kasara().start(), "start");
    tellAll(kasara());
    pass(20'000);

    say(kasara(), m_main, "Can everyone live with paragraph 7?");
    say(kasara(), m_main, "Wrong room, sorry");
    say(kasara(), m_main, "Only I shall forget this");
    say(nordvale(), m_main, "We can, with the review kept.", "Can everyone live with paragraph 7?");
    const marmot::Id32 question = idOf(kasara(), m_main, "Can everyone live with paragraph 7?");
    const marmot::Id32 bracket = m_tamir->say(m_main, "Brackets around the date, plese", question);
    pass(2'000);
    m_tamir->change(m_main, Kind::Edit, bracket, "Brackets around the date, please");
    m_tamir->change(m_main, Kind::Reaction, question, "👍");
    const marmot::Id32 slip = m_tamir->say(m_main, "This slipped out");
    pass(2'000);
    m_tamir->change(m_main, Kind::Deletion, slip, {});
    m_tamir->send(m_main, marmot::makeReceipt(m_tamir->account(), {false, {question}}, m_tamir->now()));
    // Kinds that this version does not show.
    marmot::InnerEvent poll;
    poll.pubkey = m_tamir->account();
    poll.createdAt = m_tamir->now();
    poll.kind = 1068;
    poll.tags = {
        {"option", "a", "Tuesday \"after\" lunch"}, {"option", "b", "Never"}, {"endsAt", "1900000000"}};
    poll.content = "When do we meet?";
    m_tamir->send(m_main, poll);
    poll.kind = 31'337;
    poll.tags.clear();
    poll.content = "{\"position\":[1,2]}";
    m_tamir->send(m_main, poll);
    pass(2'000);
    readAll(nordvale(), m_main);
    react(nordvale(), m_main, "Can everyone live with paragraph 7?", "👍");
    react(nordvale(), m_main, "Can everyone live with paragraph 7?", "❤️");
    react(kasara(), m_main, "We can, with the review kept.", "🕊");
    react(kasara(), m_main, "We can, with the review kept.", "🎉");
    react(kasara(), m_main, "We can, with the review kept.", "🎉", false);
    react(kasara(), m_main, "Can everyone live with paragraph 7?", "❤️");
    say(kasara(), m_main, "Lunch is at noon");
    edit(kasara(), m_main, "Lunch is at noon", "Lunch is at one");
    edit(kasara(), m_main, "Lunch is at one", "Lunch is at half past one");
    erase(kasara(), m_main, {"Wrong room, sorry"});
    must(
        kasara().conversations().deleteForMe(m_main, {row(kasara(), m_main, "Only I shall forget this").row}),
        "forget");
    const auto star = [&](const char* text) {
        must(kasara().conversations().setStarred(m_main, row(kasara(), m_main, text).row, true), "star");
        pass(1'000);
    };
    star("We can, with the review kept.");
    star("Lunch is at half past one");
    const auto pin = [&](const char* text) {
        must(kasara().conversations().setMessagePinned(m_main, row(kasara(), m_main, text).row, true), "pin");
        pass(1'000);
    };
    pin("Can everyone live with paragraph 7?");
    pin("Brackets around the date, please");

    // Every line about the group.
    Conversations& mine = kasara().conversations();
    await([&](auto done) { mine.addMembers(m_main, {oslan().address()}, done); }, "add");
    await([&](auto done) { oslan().conversations().leave(m_main, done); }, "leave");
    pass(20'000);
    await([&](auto done) { mine.setAdmin(m_main, m_tamir->account(), true, done); }, "admin");
    first().take(m_tamir->commit(
        m_main,
        marmot::SetProfile{{"Coolants Amendment", "Second reading. Who speaks for whom: see the list."}}));
    pass(6'000);
    await([&](auto done) { mine.setAdmin(m_main, m_tamir->account(), false, done); }, "no admin");
    await([&](auto done) { mine.setTimer(m_main, 30 * 24 * 3600, done); }, "timer");

    for (const char* text :
         {"Draft one", "Draft two", "Draft three", "Draft four", "The hall closes at eight"})
        say(kasara(), m_main, text);
    say(nordvale(), m_main, "Who has the list of speakers?");
    const std::string npub = nostr::encodeNpub(kasara().account());
    m_direct = found(kasara(), {}, {m_tamir->address()});
    m_tamir->say(m_direct, "Between us: the date is open.");
    pass(5'000);
    must(mine.setMuted(m_direct, true), "mute");
    must(mine.setNotificationDetail(m_direct, client::NotificationDetail::Full), "detail");
    must(mine.setPinned(m_main, true), "pin");
    must(mine.setNotificationDetail(m_main, client::NotificationDetail::Sender), "detail");
    readAll(kasara(), m_main);
    m_tamir->say(m_main, "nostr:" + npub + " has it, I think");
    pass(5'000);
}

void Story::standings() {
    Conversations& mine = kasara().conversations();
    Conversations& theirs = nordvale().conversations();
    // Not answered, and declined: by somebody who is not known here.
    m_request = found(varda(), QStringLiteral("Fisheries, informal"), {kasara().address()});
    say(varda(), m_request, "Would you join us for the fisheries talks?");
    m_declined = found(varda(), QStringLiteral("Lottery"), {kasara().address()});
    pass(5'000);

    m_disbanded = found(kasara(), QStringLiteral("Old caucus"), {nordvale().address()});
    say(kasara(), m_disbanded, "Thank you all");
    await([&](auto done) { mine.disband(m_disbanded, done); }, "disband");
    pass(20'000);

    m_damaged = found(kasara(), QStringLiteral("Broken minutes"), {nordvale().address()});
    say(nordvale(), m_damaged, "The minutes are attached");

    m_left = found(nordvale(), QStringLiteral("Press lines"), {kasara().address(), m_tamir->address()});
    say(kasara(), m_left, "No comment until Friday");
    m_network.setOffline(0, true);
    pass(2'000);
    say(kasara(), m_left, "Said too late");
    must(mine.saveDraft(m_left, "And never finished"), "draft");
    await([&](auto done) { mine.leave(m_left, done); }, "leave");
    m_network.setOffline(0, false);
    kasara().engine().connectNow();
    pass(60'000);

    m_removed =
        found(nordvale(), QStringLiteral("Room 4 logistics"), {kasara().address(), m_tamir->address()});
    say(nordvale(), m_removed, "Badges at the east gate");
    // Sealed while Kasara is a member; the test delivers it.
    m_late = m_tamir->seal(m_removed,
                           marmot::makeText(m_tamir->account(), "The east gate is closed", m_tamir->now()));
    schedule(m_removed, "Where do I collect it?", {}, 2 * kMinuteMs, "Asia/Riyadh");
    await([&](auto done) { theirs.removeMember(m_removed, kasara().account(), done); }, "remove");
    pass(20'000);
    say(nordvale(), m_removed, "Kasara has gone"); // cannot be read, and waits
    must(mine.setArchived(m_removed, true), "archive");
    pass(3 * kMinuteMs);

    m_leaving = found(nordvale(), QStringLiteral("Side event"), {kasara().address(), m_tamir->address()});
    say(kasara(), m_leaving, "I can stay until four");
    m_pending = found(kasara(), QStringLiteral("Observers"), {nordvale().address(), m_tamir->address()});
    say(kasara(), m_pending, "Four seats at the back");
    must(mine.setNotificationDetail(m_pending, client::NotificationDetail::Bare), "detail");
}

void Story::partly() {
    // Only one of two relays has what is said now.
    m_network.setUp(second(), false);
    pass(2'000);
    say(kasara(), m_direct, "Then we agree");
    pass(10'000);
}

void Story::branch() {
    Conversations& mine = kasara().conversations();
    m_owed = found(kasara(), QStringLiteral("Allies"), {nordvale().address(), m_tamir->address()});
    say(kasara(), m_owed, "We vote together");
    m_tamir->follow();
    // Three changes of which nobody hears yet.
    std::vector<nostr::Event> winner;
    for (int i = 0; i < 3; ++i)
        winner.push_back(m_tamir->commit(m_owed, marmot::SelfUpdate{}));
    // Nor does anybody speak on the other branch whose word would give it weight.
    m_network.setOffline(1, true);
    await([&](auto done) { mine.addMembers(m_owed, {oslan().address()}, done); }, "add");
    say(kasara(), m_owed, "Welcome, Oslan");
    react(kasara(), m_owed, "We vote together", "🤝");
    await([&](auto done) { mine.removeMember(m_owed, nordvale().account(), done); }, "remove");
    m_network.setOffline(1, false);
    // From now on nothing that is published is taken.
    first().manners.refuse = 1;
    for (const nostr::Event& event : winner)
        first().take(event);
    pass(40'000);
    const auto extra = client::GroupExtra::decode(must(kasara().stores().groups.get(m_owed), "group")->extra);
    demand(extra.inviteAgain.size() == 1 && extra.removeAgain.size() == 1, "owed");
    demand(mine.engine(m_owed)->pendingPublish().has_value(), "a removal on its way");
}

void Story::refused() {
    Conversations& mine = kasara().conversations();
    const auto ignore = [](const Result<void>&) {};
    mine.addMembers(m_pending, {oslan().address()}, ignore);
    pass(15'000);
    demand(mine.engine(m_pending)->pendingPublish().has_value(), "an invitation on its way");
    mine.rename(m_pending, QStringLiteral("Observers and press"), ignore);
    demand(mine.engine(m_pending)->queue().size() == 1, "a new name waits for it");
    say(kasara(), m_pending, "The seats are ready");

    m_tamir->say(m_direct, "Friday, then?");
    pass(6'000); // that it came is told, in vain
    say(kasara(), m_direct, "Friday suits me");
    edit(kasara(), m_direct, "Then we agree", "Then we agree on the date");
    react(kasara(), m_direct, "Friday, then?", "👌");

    await([&](auto done) { mine.leave(m_leaving, done); }, "leave");
    m_young =
        found(kasara(), QStringLiteral("Preparatory talks"), {nordvale().address(), m_tamir->address()});
    say(kasara(), m_young, "A first draft follows");
    must(kasara().engine().setName(QStringLiteral("Kasara (mission)")), "name");
    pass(2'000);
    must(kasara().engine().setRelays({QString::fromStdString(first().url()),
                                      QString::fromStdString(second().url()),
                                      QStringLiteral("wss://relay.harbour.example")}),
         "relays");
    pass(10'000);
}

void Story::offline() {
    Conversations& mine = kasara().conversations();
    m_tamir->say(m_direct, "I shall tell the others.");
    m_tamir->say(m_main, "The list is with the chair");
    pass(1'500);
    demand(row(kasara(), m_main, "The list is with the chair").row > 0, "it came");
    m_network.setOffline(0, true);
    pass(5'000);
    readAll(kasara(), m_direct); // owed: that it was read; for the other one that it came

    const std::string nordvales = nostr::encodeNpub(nordvale().account());
    const std::string brackets = "nostr:" + nordvales + " reads the brackets out";
    say(kasara(), m_main, brackets);
    say(kasara(), m_main, "All of them, please", brackets);
    say(kasara(), m_main, "That is the review we meant", "We can, with the review kept.");
    edit(kasara(), m_main, "The hall closes at eight", "The hall closes at nine");
    react(kasara(), m_main, "Who has the list of speakers?", "👀");
    react(kasara(), m_main, brackets, "🙏");
    erase(kasara(), m_main, {"Draft four"});
    erase(kasara(), m_main, {"Draft one", "Draft two", "Draft three"});
    react(kasara(), m_main, "Can everyone live with paragraph 7?", "❤️", false);
    say(kasara(), m_main, "Until tomorow");
    edit(kasara(), m_main, "Until tomorow", "Until tomorrow");
    say(kasara(), m_direct, "Are you still there?");
    must(mine.saveDraft(m_main, "And paragraph 8,\nas you know"), "draft");
    schedule(m_main, "Session opens, nostr:" + nordvales,
             idOf(kasara(), m_main, "The list is with the chair"), 20 * kDayMs, "America/New_York");
    schedule(m_direct, "Happy new year", {}, 300 * kDayMs, "Asia/Riyadh");
    pass(2'000);
    demand(must(kasara().stores().held.list(m_main), "held").size() == 10, "ten are held");
}

//! Facts that take too long to bring about, or that nothing in the program brings about yet.
void Story::aside(const fs::path& out) {
    const storage::Id32 self = kasara().account();
    const storage::Id32 oslans = oslan().account();
    std::vector<nostr::Event> kept;
    for (const nostr::Event* event : first().all())
        if (event->pubkey == oslans && event->kind != nostr::kind::kGiftWrap)
            kept.push_back(*event);
    kept.push_back(m_late);
    m_desks.clear();
    pass(1'000);

    const fs::path home = m_folder / "desk0";
    const auto open = [&] { return must(storage::Database::open(home, viewOf(kPassphrase)), "open"); };
    {
        const auto database = open();
        storage::Stores& stores = database->stores();
        const std::int64_t now = m_clock.nowMs();
        must(stores.groups.setStatus(m_declined, storage::GroupStatus::Declined, now), "declined");
        must(stores.groupStates.eraseParts(m_damaged), "damaged");
        auto request = must(stores.groups.get(m_request), "request");
        auto extra = client::GroupExtra::decode(request->extra);
        extra.missedSince = now / 1000 - 86'400;
        must(stores.groups.setExtra(m_request, extra.encode()), "missed");
        storage::Contact tamir = *must(stores.contacts.get(m_tamir->account()), "Tamir");
        tamir.verified = true;
        tamir.note = "compared over lunch";
        must(stores.contacts.put(tamir), "verified");
        storage::Contact nobody;
        nobody.publicKey = crypto::schnorrGenerate(m_random).publicKey;
        nobody.profileName = "Sells everything";
        nobody.profileCreatedAt = now / 1000 - 1'000;
        nobody.addedMs = now;
        nobody.blocked = true;
        nobody.known = false;
        must(stores.contacts.put(nobody), "blocked");
        must(stores.counters.add("wss://relay.harbour.example", "relay", "refused", now, "blocked: no", 3),
             "counter");
        nostr::UnsignedEvent wrap;
        wrap.kind = nostr::kind::kGiftWrap;
        wrap.createdAt = static_cast<std::uint64_t>(now / 1000);
        wrap.tags = {{"p", toHex(self)}};
        wrap.content = "cannot be opened";
        const nostr::Event event = nostr::sign(std::move(wrap), crypto::schnorrGenerate(m_random), m_random);
        storage::DeferredEvent waiting;
        waiting.eventJson = toBytes(viewOf(event.toJson()));
        waiting.eventId = event.id;
        waiting.groupHint = toBytes(viewOf("welcomes"));
        waiting.reason = "an invitation by somebody who is no administrator yet";
        waiting.firstSeenMs = now;
        waiting.lastTryMs = now;
        must(stores.deferred.defer(waiting), "deferred");
        // Nothing uses it today: the name is published after the KeyPackage.
        must(database->connection().run(
                 "UPDATE outbox SET blocked_by = (SELECT max(id) FROM outbox WHERE "
                 "purpose = 3) WHERE id = (SELECT max(id) FROM outbox WHERE purpose = 6)"),
             "blocked");
    }
    // A start without the network: what is damaged is found.
    {
        client::HistoryReader reader;
        client::Environment environment;
        environment.clock = &m_clock;
        environment.random = &m_random;
        client::Engine engine(&reader, environment);
        client::ProfileOptions options;
        options.home = QString::fromStdString(home.string());
        options.online = false;
        must(engine.openProfile(options, crypto::Secret(viewOf(kPassphrase))), "start");
        pass(1'000);
    }
    must(open()->connection().execute("VACUUM"), "vacuum");
    fs::create_directories(out / "profile-v7");
    for (const char* name : {"valise.db", "valise.kdf"})
        fs::copy_file(home / name, out / "profile-v7" / name, fs::copy_options::overwrite_existing);
    m_tamir->save(out / "tamir-v7.txt");
    std::ofstream relay(out / "relay-v7.jsonl");
    for (const nostr::Event& event : kept)
        relay << event.toJson() << '\n';
    std::printf("closed at %lld ms\n", static_cast<long long>(m_clock.nowMs()));
    for (const auto& [id, name] : {std::pair(m_main, "main"),
                                   {m_direct, "direct"},
                                   {m_pending, "pending"},
                                   {m_owed, "owed"},
                                   {m_request, "request"},
                                   {m_left, "left"},
                                   {m_removed, "removed"},
                                   {m_disbanded, "disbanded"},
                                   {m_declined, "declined"},
                                   {m_leaving, "leaving"},
                                   {m_damaged, "damaged"},
                                   {m_young, "young"}})
        std::printf("%s %s\n", toHex(id).c_str(), name);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "make_profile_v7 FOLDER\n");
        return 2;
    }
    QHashSeed::setDeterministicGlobalSeed();
    auto& time = *new sim::VirtualTime; // belongs to the application object
    QCoreApplication::setEventDispatcher(&time);
    QCoreApplication app(argc, argv);
    const fs::path work = fs::temp_directory_path() / "valise-make-profile";
    fs::remove_all(work);
    fs::create_directories(work);
    {
        Story story(time, work);
        story.tell(argv[1]);
    }
    fs::remove_all(work);
    return 0;
}
