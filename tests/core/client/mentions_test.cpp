// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history/mentions.h"
#include "core/marmot/content/content.h"
#include "tests/core/client/world.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

TEST_CASE("whoever is mentioned is named, and finds the conversation marked until it is read") {
    World world;
    Person lea = world.person(QStringLiteral("Kasara"));
    Person jean = world.person(QStringLiteral("Nordvale"));
    Person mei = world.person(QStringLiteral("Tamir"));
    for (Person* person : {&lea, &jean, &mei})
        person->create();
    const ConversationId id = world.found(lea, QStringLiteral("Allies"), {&jean, &mei});
    for (Person* person : {&jean, &mei}) {
        person->knows(lea);
        person->await<void>(
            [&](auto reply) { person->client->groups()->accept(id, person->client.get(), reply); });
    }
    const QString text = QStringLiteral("Please ask nostr:%1.").arg(jean.account.address);
    const MessageRecord said = lea.say(id, text);
    REQUIRE(said.mentions().size() == 1);
    CHECK(said.mentions().first().address == jean.account.address);
    CHECK(withMentionNames(said.text(), said.mentions()).startsWith(QStringLiteral("Please ask @")));
    REQUIRE(jean.has(id, text));
    REQUIRE(mei.has(id, text));
    CHECK(jean.conversation(id).mentions == 1);
    CHECK(jean.messages(id).constLast().mentions().first().self);
    CHECK(jean.conversation(id).lastText == QStringLiteral("Please ask @Nordvale."));
    CHECK(mei.conversation(id).mentions == 0);
    CHECK(lea.conversation(id).mentions == 0);
    jean.client->messages()->markRead(id, jean.messages(id).constLast().row);
    CHECK(waitFor([&] { return jean.conversation(id).mentions == 0; }));
    // The p tag is for other clients.
    const auto inner = marmot::makeInner({}, marmot::Text{text.toStdString()}, 1);
    CHECK(std::count_if(inner.tags.begin(), inner.tags.end(),
                        [](const auto& tag) { return tag.size() == 2 && tag[0] == "p"; }) == 1);
}

TEST_CASE("pins are kept on the device, and go with the message") {
    World world;
    Person lea = world.person(QStringLiteral("Kasara"));
    lea.create();
    const ConversationId id = world.found(lea, QStringLiteral("Notes"), {});
    const MessageRecord one = lea.say(id, QStringLiteral("one"));
    const MessageRecord two = lea.say(id, QStringLiteral("two"));
    const auto pinned = [&] {
        return lea.await<QVector<MessageRecord>>(
            [&](auto reply) { lea.client->history()->pinned(id, lea.client.get(), reply); });
    };
    const auto pin = [&](qint64 row, bool on) {
        return lea.ask<void>([&](auto reply) {
            lea.client->messages()->setMessagePinned(id, row, on, lea.client.get(), reply);
        });
    };
    must(pin(one.row, true));
    must(pin(two.row, true));
    CHECK(pinned().size() == 2);
    CHECK(pinned().first().pinned);
    CHECK(pin(999'999, true).error().code == ErrorCode::NotFound);
    lea.stop();
    lea.open();
    CHECK(pinned().size() == 2);
    lea.await<void>(
        [&](auto reply) { lea.client->messages()->deleteForMe(id, {two.row}, lea.client.get(), reply); });
    CHECK(pinned().size() == 1);
    must(pin(one.row, false));
    CHECK(pinned().isEmpty());
}

TEST_CASE("thousands of mentions are read in bounded work") {
    std::string text;
    for (int i = 0; i < 5'000; ++i)
        text += "nostr:npub1" + std::string(58, static_cast<char>('a' + i % 26)) + " ";
    CHECK(marmot::mentionsIn(text).size() <= marmot::kMaxMentions);
    CHECK(marmot::mentionsIn("nostr:npub1").empty());
    CHECK(withMentionNames(QStringLiteral("nostr:").repeated(100'000),
                           {{QStringLiteral("npub1x"), QStringLiteral("X"), false}})
              .size() == 600'000);
}
