// SPDX-License-Identifier: AGPL-3.0-or-later
// Members who were let in or out on a branch that lost are invited or removed again. Old keys are renewed.
#include "tests/core/client/scripted_member.h"

#include "core/client/engine.h"
#include "core/client/history/history_reader.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

//! Kasara, who is administrator, Nordvale and Tamir; Oslan's commits come when the test wants it.
struct Allies {
    Allies()
        : oslan(world.url) {
        for (Person* person : {&kasara, &nordvale, &tamir})
            person->create();
        tamir.knows(kasara);
    }
    void found(const std::vector<Person*>& others) {
        group = world.found(kasara, QStringLiteral("Allies"), others);
        must(kasara.ask<void>([&](auto reply) {
            kasara.client->groups()->addMembers(group, {oslan.address()}, kasara.client.get(), reply);
        }));
        REQUIRE(oslan.joined());
        for (Person* person : others)
            REQUIRE(waitFor([&] { return person->conversation(group).members == int(others.size()) + 2; }));
        // The commits are not sent yet.
        first = oslan.renew();
        second = oslan.renew();
    }
    void letTheOtherBranchWin() {
        oslan.send(first);
        oslan.send(second);
    }

    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    Person tamir = world.person(QStringLiteral("Tamir"));
    Scripted oslan;
    ConversationId group;
    nostr::Event first;
    nostr::Event second;
};

QString epochOf(Person& person) {
    for (const DiagnosticRecord& record : person.await<QVector<DiagnosticRecord>>(
             [&](auto reply) { person.client->network()->diagnostics(person.client.get(), reply); }))
        if (record.category == QLatin1String("group") && record.reason.startsWith(QLatin1String("epoch")))
            return record.reason;
    return {};
}

//! Whether the diagnostics name this reason.
bool isTold(Person& person, QLatin1String reason) {
    const auto told = person.await<QVector<DiagnosticRecord>>(
        [&](auto reply) { person.client->network()->diagnostics(person.client.get(), reply); });
    return std::any_of(told.begin(), told.end(),
                       [&](const DiagnosticRecord& record) { return record.reason.contains(reason); });
}

} // namespace

TEST_CASE("who was invited on a branch that lost is invited anew") {
    Allies allies;
    // Not a structured binding: clang 14 captures none in a lambda.
    Person& kasara = allies.kasara;
    Person& nordvale = allies.nordvale;
    Person& tamir = allies.tamir;
    const ConversationId& group = allies.group;
    allies.found({&nordvale});
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->groups()->addMembers(group, {tamir.account.invitationLink}, kasara.client.get(),
                                            reply);
    }));
    REQUIRE(waitFor([&] { return tamir.conversation(group).members == 4; }));
    const QString lost = QStringLiteral("Glad to be here");
    tamir.say(group, lost);
    REQUIRE(nordvale.has(group, lost));

    SECTION("at once") {
        allies.letTheOtherBranchWin();
    }
    SECTION("also if the administrator's program ended meanwhile") {
        allies.letTheOtherBranchWin();
        kasara.stop();
        kasara.open();
    }
    const QString words = QStringLiteral("Does everybody hear me?");
    REQUIRE(waitFor([&] { return nordvale.conversation(group).members == 4; }));
    REQUIRE(waitFor([&] {
        kasara.say(group, words);
        return waitFor([&] { return tamir.texts(group).contains(words); }, 5'000);
    }));
    tamir.say(group, QStringLiteral("I do"));
    CHECK(nordvale.has(group, QStringLiteral("I do")));
    CHECK(kasara.has(group, QStringLiteral("I do")));
    CHECK(tamir.conversation(group).state == ConversationState::Active);
}

TEST_CASE("who was removed on a branch that lost is removed on the one that won") {
    Allies allies;
    // Not a structured binding: clang 14 captures none in a lambda.
    Person& kasara = allies.kasara;
    Person& nordvale = allies.nordvale;
    Person& tamir = allies.tamir;
    const ConversationId& group = allies.group;
    allies.found({&nordvale, &tamir});
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->groups()->removeMember(group, tamir.account.key, kasara.client.get(), reply);
    }));
    REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Removed; }));
    REQUIRE(waitFor([&] { return nordvale.conversation(group).members == 3; }));
    allies.letTheOtherBranchWin();
    const QString words = QStringLiteral("Among ourselves");
    REQUIRE(waitFor([&] {
        // On Oslan's branch, and without Tamir.
        return allies.oslan.group().epoch() >= 5 && allies.oslan.group().members().size() == 3;
    }));
    CHECK(waitFor([&] { return nordvale.conversation(group).members == 3; }));
    kasara.say(group, words);
    CHECK(nordvale.has(group, words));
    CHECK_FALSE(tamir.texts(group).contains(words));
}

TEST_CASE("an invitation to a conversation one is in counts only if an administrator sent it") {
    Allies allies;
    // Not a structured binding: clang 14 captures none in a lambda.
    Person& kasara = allies.kasara;
    Person& nordvale = allies.nordvale;
    Person& tamir = allies.tamir;
    const ConversationId& group = allies.group;
    allies.found({&nordvale, &tamir});
    // Oslan founds a group of its own that claims to be this one and is further on.
    allies.oslan.impersonate(toBytes(fromQt(group)), tamir.account.key, 5);
    // The wrap waits in case its author turns out to be an administrator.
    REQUIRE(waitFor([&] { return isTold(tamir, QLatin1String("no administrator yet")); }));
    kasara.say(group, QStringLiteral("Still us?"));
    CHECK(tamir.has(group, QStringLiteral("Still us?")));
    CHECK(tamir.conversation(group).members == 4);
}

TEST_CASE("who saw its removal on a branch that lost follows whoever invites it anew") {
    Allies allies;
    Person& kasara = allies.kasara;
    Person& tamir = allies.tamir;
    const ConversationId& group = allies.group;
    allies.found({&tamir});
    tamir.stop();
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->groups()->removeMember(group, tamir.account.key, kasara.client.get(), reply);
    }));
    kasara.idle();
    kasara.stop(); // so that nobody removes Tamir on the branch that wins
    allies.letTheOtherBranchWin();
    tamir.open();
    REQUIRE(waitFor([&] { return epochOf(tamir) == QLatin1String("epoch 4"); }));
    CHECK(tamir.conversation(group).state == ConversationState::Active);
    // As it looks if the branch with the removal went on after all, and made an administrator of Oslan.
    allies.oslan.impersonate(toBytes(fromQt(group)), tamir.account.key, 5);
    REQUIRE(waitFor([&] { return epochOf(tamir) == QLatin1String("epoch 6"); }));
    CHECK(tamir.conversation(group).state == ConversationState::Active);
    CHECK(tamir.conversation(group).members == 2);
}

TEST_CASE("an invitation from before one went does not lead back to a branch that was left") {
    Allies allies;
    Person& kasara = allies.kasara;
    Person& tamir = allies.tamir;
    const ConversationId& group = allies.group;
    allies.found({&tamir});
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->groups()->removeMember(group, tamir.account.key, kasara.client.get(), reply);
    }));
    REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Removed; }));
    allies.oslan.impersonate(toBytes(fromQt(group)), tamir.account.key, 0, 3'600);
    REQUIRE(waitFor([&] { return isTold(tamir, QLatin1String("before this account went")); }));
    CHECK(tamir.conversation(group).state == ConversationState::Removed);
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->groups()->addMembers(group, {tamir.account.invitationLink}, kasara.client.get(),
                                            reply);
    }));
    CHECK(waitFor([&] { return tamir.conversation(group).state == ConversationState::Active; }));
    CHECK(tamir.conversation(group).members == 3);
}

TEST_CASE("who asked to leave and hears nothing of it decides about another invitation") {
    Allies allies;
    Person& kasara = allies.kasara;
    Person& tamir = allies.tamir;
    const ConversationId& group = allies.group;
    allies.found({&tamir});
    kasara.stop(); // so that nobody lets Tamir out
    must(tamir.ask<void>(
        [&](auto reply) { tamir.client->groups()->leave(group, tamir.client.get(), reply); }));
    CHECK(tamir.conversation(group).state == ConversationState::Leaving);
    // As it looks if others let Tamir out and in again where Tamir cannot follow.
    allies.oslan.impersonate(toBytes(fromQt(group)), tamir.account.key, 5);
    REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Request; }));
}

TEST_CASE("a day after joining at the latest a member renews its keys") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    const ConversationId group = world.found(kasara, {}, {&nordvale});
    nordvale.stop();
    CHECK(epochOf(kasara) == QLatin1String("epoch 1"));

    const SystemClock clock;
    std::vector<std::int64_t> appointed;
    Environment environment;
    environment.onOpened = [&](storage::Database& database) {
        storage::GroupStore& groups = database.stores().groups;
        const std::int64_t renewMs = must(groups.get(fromQt(group)))->renewMs;
        appointed.push_back(renewMs - clock.nowMs());
        // As if that time had passed.
        if (appointed.size() == 1)
            must(groups.setRenewal(fromQt(group), clock.nowMs() - 1));
    };
    constexpr std::int64_t kDayMs = 24 * 3'600'000;
    for (int start = 0; start < 2; ++start) {
        HistoryReader reader;
        Engine engine(&reader, environment);
        must(engine.openProfile(nordvale.options(), passphrase()));
        bool idle = false;
        REQUIRE(
            waitFor([&] { return engine.parts()->sessions.engine(toBytes(fromQt(group)))->epoch() == 2; }));
        engine.parts()->status.whenIdle([&](const Result<void>&) { idle = true; });
        REQUIRE(waitFor([&] { return idle; }));
    }
    CHECK(waitFor([&] { return epochOf(kasara) == QLatin1String("epoch 2"); }));
    REQUIRE(appointed.size() == 2);
    CHECK(appointed[0] > 0);
    CHECK(appointed[0] <= kDayMs);
    CHECK(appointed[1] > 23 * kDayMs);
    CHECK(appointed[1] <= 36 * kDayMs);
}
