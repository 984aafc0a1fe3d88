// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole clients and one whose commits the test times itself: branches compete, and people are told.
#include "tests/core/client/scripted_member.h"
#include "tests/core/client/world.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

QStringList systemLines(Person& person, const ConversationId& id, SystemKind kind) {
    const auto page = person.await<MessagePage>(
        [&](auto reply) { person.client->history()->latestPage(id, 1000, person.client.get(), reply); });
    QStringList out;
    for (const MessageRecord& message : page.messages)
        if (message.system() == kind)
            out.append(message.text());
    return out;
}

DeliveryState stateOf(Person& person, const ConversationId& id, const QString& text) {
    for (const MessageRecord& message : person.messages(id))
        if (message.text() == text)
            return message.delivery.state;
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
        kasara.client->groups()->addMembers(group, {oslan.address()}, kasara.client.get(), reply);
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
        kasara.client->groups()->rename(group, QStringLiteral("Room 4"), kasara.client.get(), reply);
    }));
    const QString words = QStringLiteral("Room 4 it is");
    kasara.say(group, words);
    REQUIRE(nordvale.has(group, words));
    CHECK(nordvale.conversation(group).name == QLatin1String("Room 4"));
    const QString edited = QStringLiteral("Where do we meet at noon?");
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->messages()->editMessage(group, asked, edited, kasara.client.get(), reply);
    }));
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->messages()->react(group, asked, QStringLiteral("👍"), true, kasara.client.get(), reply);
    }));
    REQUIRE(waitFor([&] {
        const MessageRecord shown = nordvale.messages(group).value(0);
        return shown.text() == edited && shown.reactions.size() == 1;
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
            return shown.text() == question && shown.reactions.isEmpty();
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
        [&](auto reply) { kasara.client->network()->diagnostics(kasara.client.get(), reply); });
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
        kasara.client->groups()->addMembers(group, {oslan.address()}, kasara.client.get(), reply);
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
            kasara.client->groups()->rename(group, QStringLiteral("Renamed"), kasara.client.get(),
                                            [&](Result<void> result) { renamed = std::move(result); });
    }
    CHECK(waitFor([&] { return nordvale.texts(group) == written; }));
    CHECK(kasara.texts(group) == written);
    REQUIRE(waitFor([&] { return renamed.has_value(); }));
    must(std::move(*renamed));
    CHECK(waitFor([&] { return nordvale.conversation(group).name == QLatin1String("Renamed"); }));
    CHECK(waitFor([&] { return kasara.conversation(group).queued == 0; }));
}
