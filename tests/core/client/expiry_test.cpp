// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages that disappear, between real clients over the embedded relay.
#include "tests/core/client/world.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

TEST_CASE("messages disappear on every device, with quotes, reactions and the search index, also from a "
          "closed one") {
    World world;
    Person lea = world.person(QStringLiteral("Kasara"));
    Person jean = world.person(QStringLiteral("Nordvale"));
    Person mei = world.person(QStringLiteral("Tamir"));
    for (Person* person : {&lea, &jean, &mei})
        person->create();
    const ConversationId id = world.found(lea, QStringLiteral("Allies"), {&jean, &mei});
    for (Person* person : {&jean, &mei})
        person->await<void>(
            [&](auto reply) { person->client->groups()->accept(id, person->client.get(), reply); });
    lea.say(id, QStringLiteral("kept words"));
    constexpr quint64 kSeconds = 8;
    lea.await<void>(
        [&](auto reply) { lea.client->groups()->setRetention(id, kSeconds, lea.client.get(), reply); });
    for (Person* person : {&jean, &mei})
        REQUIRE(waitFor([&] { return person->conversation(id).retentionSeconds == kSeconds; }));

    const MessageRecord secret = lea.say(id, QStringLiteral("passing words"));
    for (Person* person : {&jean, &mei})
        REQUIRE(person->has(id, QStringLiteral("passing words")));
    jean.await<void>([&](auto reply) {
        jean.client->messages()->react(id, secret.eventId, QStringLiteral("👍"), true, jean.client.get(),
                                       reply);
    });
    mei.stop(); // closed until after the time
    const auto gone = [&](Person& person) {
        return !person.texts(id).contains(QStringLiteral("passing words"));
    };
    QSet<qint64> removed;
    QObject::connect(lea.client.get(), &Client::messageRemoved, lea.client.get(),
                     [&](const QByteArray&, qint64 row) { removed.insert(row); });
    REQUIRE(waitFor([&] { return gone(lea) && gone(jean); }));
    CHECK(waitFor([&] { return removed.contains(secret.row); }));
    mei.open(false);
    CHECK(gone(mei));
    for (Person* person : {&lea, &jean, &mei}) {
        CHECK(person->texts(id).contains(QStringLiteral("kept words")));
        CHECK(person->conversation(id).lastText != QStringLiteral("passing words"));
        const auto hits = person->await<QVector<SearchHit>>([&](auto reply) {
            person->client->history()->search(QStringLiteral("passing"), {}, 10, person->client.get(), reply);
        });
        CHECK(hits.isEmpty());
    }
    // A quote of it shows nothing any more.
    const MessageRecord answer = jean.say(id, QStringLiteral("an answer"), secret.eventId);
    CHECK(answer.quote.text.isEmpty());
    CHECK(answer.quote.row == 0);
    // Without a retention time, messages stay.
    lea.await<void>([&](auto reply) { lea.client->groups()->setRetention(id, 0, lea.client.get(), reply); });
    REQUIRE(waitFor([&] { return jean.conversation(id).retentionSeconds == 0; }));
    jean.say(id, QStringLiteral("lasting words"));
    REQUIRE(lea.has(id, QStringLiteral("lasting words")));
    REQUIRE(waitFor([&] { return !jean.texts(id).contains(QStringLiteral("an answer")); }));
    CHECK(jean.texts(id).contains(QStringLiteral("lasting words")));
}
