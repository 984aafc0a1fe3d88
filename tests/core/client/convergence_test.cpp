// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole clients and one whose commits the test times itself: branches compete, and people are told.
#include "tests/core/client/world.h"

#include "core/base/clock.h"
#include "core/base/encoding.h"
#include "core/marmot/group_engine.h"
#include "core/net/relay_pool.h"
#include "core/nostr/nip19.h"
#include "core/nostr/nip42.h"
#include "core/nostr/nip59.h"
#include "core/nostr/relay_list.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

//! A member whose commits reach the relay when the test wants it.
class Scripted : public QObject {
public:
    explicit Scripted(const QString& url)
        : m_relay(url.toStdString()) {
        m_pool.setAuthSigner([this](const std::string& relay, const std::string& challenge) {
            return authenticate(relay, challenge);
        });
        connect(&m_pool, &net::RelayPool::published, this,
                [this](const QString&, const QString&, net::PublishOutcome outcome) {
                    m_accepted += outcome == net::PublishOutcome::Accepted ? 1 : 0;
                });
        connect(&m_pool, &net::RelayPool::eventReceived, this,
                [this](const QString&, const nostr::Event& event) { take(event); });
        const auto now = static_cast<std::uint64_t>(m_clock.now());
        nostr::UnsignedEvent relays = must(nostr::makeRelayList({{m_relay, true, true}}, now));
        nostr::UnsignedEvent inbox = must(nostr::makeInboxRelays({m_relay}, now));
        send(nostr::sign(std::move(relays), m_account, m_random));
        send(nostr::sign(std::move(inbox), m_account, m_random));
        send(m_package.event);
        nostr::Filter wraps;
        wraps.kinds = {nostr::kind::kGiftWrap};
        wraps.tags['p'] = {toHex(m_account.publicKey)};
        m_pool.subscribe({"wraps", {wraps}, {m_relay}, 200'000, {}});
    }
    QString address() const {
        return QString::fromStdString(must(nostr::encodeNprofile({m_account.publicKey, {m_relay}})));
    }
    void send(const nostr::Event& event) {
        const int before = m_accepted;
        m_pool.publish(toHex(event.id), event.toJson(), {m_relay});
        REQUIRE(waitFor([&] { return m_accepted > before; }));
    }
    bool joined() {
        return waitFor([&] { return engine.has_value(); });
    }
    //! A commit that renews its keys, on top of its own state.
    nostr::Event renew() {
        REQUIRE(waitFor([&] {
            engine->advance(m_clock.nowMs(), m_random);
            return engine->settled();
        }));
        REQUIRE_FALSE(must(engine->submit(marmot::SelfUpdate{}, m_clock.nowMs(), m_random)).queued);
        const nostr::Event event = engine->pendingPublish()->outgoing.event;
        must(engine->confirm(m_clock.nowMs(), m_random));
        return event;
    }

    std::optional<marmot::GroupEngine> engine;
    QStringList texts;

private:
    Result<std::string> authenticate(const std::string& relay, const std::string& challenge) {
        VALISE_TRY(const nostr::Event event,
                   nostr::makeAuthEvent(relay, challenge, m_account,
                                        static_cast<std::uint64_t>(m_clock.now()), m_random));
        return event.toJson();
    }
    void take(const nostr::Event& event) {
        if (event.kind == nostr::kind::kGiftWrap && !engine) {
            const nostr::Unwrapped opened = must(nostr::giftUnwrap(event, m_account));
            engine = must(marmot::GroupEngine::join(must(marmot::readWelcomeRumor(opened.rumor)),
                                                    m_package.bundle, m_clock.nowMs()));
            nostr::Filter group;
            group.kinds = {nostr::kind::kGroup};
            group.tags['h'] = {toHex(engine->state().routing.nostrGroupId)};
            m_pool.subscribe({"group", {group}, {m_relay}, 10'000, {}});
        } else if (event.kind == nostr::kind::kGroup && engine) {
            const marmot::Step step = engine->receive(
                event, m_clock.nowMs(), [](const mls::Digest&) { return false; }, m_random);
            for (const marmot::DeliveredMessage& message : step.messages)
                texts.append(QString::fromStdString(message.message.inner.content));
        }
    }

    std::string m_relay;
    SystemClock m_clock;
    crypto::SystemRandom m_random;
    crypto::SchnorrKeyPair m_account = crypto::schnorrGenerate(m_random);
    marmot::OwnKeyPackage m_package = marmot::makeKeyPackage(m_account, {}, m_clock.now(), m_random);
    net::RelayPool m_pool;
    int m_accepted = 0;
};

QStringList systemLines(Person& person, const ConversationId& id, SystemKind kind) {
    const auto page = person.await<MessagePage>(
        [&](auto reply) { person.client->latestPage(id, 1000, person.client.get(), reply); });
    QStringList out;
    for (const MessageRecord& message : page.messages)
        if (message.system == kind)
            out.append(message.text);
    return out;
}

DeliveryState stateOf(Person& person, const ConversationId& id, const QString& text) {
    for (const MessageRecord& message : person.messages(id))
        if (message.text == text)
            return message.state;
    return DeliveryState::Failed;
}

} // namespace

TEST_CASE("a change that loses against a deeper branch is withdrawn, with what was said on it") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    Scripted oslan(world.url);
    const ConversationId group = world.found(kasara, QStringLiteral("Allies"), {&nordvale});
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->addMembers(group, {oslan.address()}, kasara.client.get(), reply);
    }));
    REQUIRE(oslan.joined());
    REQUIRE(waitFor([&] { return nordvale.conversation(group).members == 3; }));

    const QString question = QStringLiteral("Where do we meet?");
    const QByteArray asked = kasara.say(group, question).eventId;
    REQUIRE(nordvale.has(group, question));

    // Oslan renews its keys twice, and nobody hears of it yet.
    const nostr::Event first = oslan.renew();
    const nostr::Event second = oslan.renew();
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->renameConversation(group, QStringLiteral("Room 4"), kasara.client.get(), reply);
    }));
    const QString words = QStringLiteral("Room 4 it is");
    kasara.say(group, words);
    REQUIRE(nordvale.has(group, words));
    CHECK(nordvale.conversation(group).name == QLatin1String("Room 4"));
    const QString edited = QStringLiteral("Where do we meet at noon?");
    must(kasara.ask<void>(
        [&](auto reply) { kasara.client->editMessage(group, asked, edited, kasara.client.get(), reply); }));
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->react(group, asked, QStringLiteral("👍"), true, kasara.client.get(), reply);
    }));
    REQUIRE(waitFor([&] {
        const MessageRecord shown = nordvale.messages(group).value(0);
        return shown.text == edited && shown.reactions.size() == 1;
    }));
    CHECK(waitFor([&] { return stateOf(kasara, group, words) == DeliveryState::Sent; }));
    CHECK(systemLines(nordvale, group, SystemKind::Renamed).size() == 1);

    oslan.send(first);
    oslan.send(second);
    for (Person* person : {&kasara, &nordvale}) {
        CHECK(waitFor([&] { return person->conversation(group).name == QLatin1String("Allies"); }));
        CHECK(waitFor([&] { return stateOf(*person, group, words) == DeliveryState::Withdrawn; }));
        CHECK(systemLines(*person, group, SystemKind::Renamed).isEmpty());
        CHECK(waitFor([&] {
            const MessageRecord shown = person->messages(group).value(0);
            return shown.text == question && shown.reactions.isEmpty();
        }));
    }
    // The group goes on, after a restart too.
    kasara.stop();
    kasara.open();
    kasara.say(group, QStringLiteral("Then Allies"));
    CHECK(nordvale.has(group, QStringLiteral("Then Allies")));
    CHECK(waitFor([&] { return oslan.texts.contains(QStringLiteral("Then Allies")); }));
    CHECK(stateOf(kasara, group, words) == DeliveryState::Withdrawn);
    const auto told = kasara.await<QVector<DiagnosticRecord>>(
        [&](auto reply) { kasara.client->diagnostics(kasara.client.get(), reply); });
    const auto why = std::find_if(told.begin(), told.end(), [](const DiagnosticRecord& record) {
        return record.category == QLatin1String("convergence");
    });
    REQUIRE(why != told.end());
    CHECK(why->reason.startsWith(QLatin1String("changed to the branch to epoch 4 from 2 candidates")));
    CHECK(why->reason.contains(QLatin1String("effective_commit_depth")));
}

TEST_CASE("what is said and changed during a pass waits for its end") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    Scripted oslan(world.url);
    const ConversationId group = world.found(kasara, QStringLiteral("Allies"), {&nordvale});
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->addMembers(group, {oslan.address()}, kasara.client.get(), reply);
    }));
    REQUIRE(oslan.joined());
    REQUIRE(waitFor([&] { return nordvale.conversation(group).members == 3; }));
    // Commit after commit, so that passes follow each other while Kasara speaks and renames.
    QStringList written;
    std::optional<Result<void>> renamed;
    for (int i = 0; i < 3; ++i) {
        oslan.send(oslan.renew());
        written.append(QStringLiteral("sentence %1").arg(i));
        kasara.say(group, written.last());
        if (i == 1)
            kasara.client->renameConversation(group, QStringLiteral("Renamed"), kasara.client.get(),
                                              [&](Result<void> result) { renamed = std::move(result); });
    }
    CHECK(waitFor([&] { return nordvale.texts(group) == written; }));
    CHECK(kasara.texts(group) == written);
    REQUIRE(waitFor([&] { return renamed.has_value(); }));
    must(std::move(*renamed));
    CHECK(waitFor([&] { return nordvale.conversation(group).name == QLatin1String("Renamed"); }));
    CHECK(waitFor([&] { return kasara.conversation(group).queued == 0; }));
}
