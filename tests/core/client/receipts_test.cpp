// SPDX-License-Identifier: AGPL-3.0-or-later
// Receipts and typing between real clients over the embedded relay.
#include "tests/core/client/world.h"

#include <QUrl>

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

void read(Person& person, const ConversationId& id) {
    person.client->messages()->markRead(id, person.messages(id).constLast().row);
}

MessageRecord messageOf(Person& person, const ConversationId& id, const QString& text) {
    for (const MessageRecord& m : person.messages(id))
        if (m.text() == text)
            return m;
    return {};
}

MessageDetails details(Person& person, const ConversationId& id, qint64 row) {
    return person.await<MessageDetails>(
        [&](auto reply) { person.client->history()->messageDetails(id, row, person.client.get(), reply); });
}

std::uint64_t stored(const World& world) {
    return world.relay->stats().storedEvents;
}

struct Talk {
    Talk()
        : lea(world.person(QStringLiteral("Kasara")))
        , jean(world.person(QStringLiteral("Nordvale"))) {
        lea.create();
        jean.create();
        id = world.found(lea, {}, {&jean});
        jean.await<void>([&](auto reply) { jean.client->groups()->accept(id, jean.client.get(), reply); });
        for (Person* person : {&lea, &jean})
            person->idle();
    }
    World world;
    Person lea;
    Person jean;
    ConversationId id;
};

} // namespace

TEST_CASE("a message is seen to be delivered, then read, and by whom") {
    Talk talk;
    talk.jean.client->messages()->setSignals({true, false});
    const qint64 row = talk.lea.say(talk.id, QStringLiteral("one")).row;
    REQUIRE(waitFor([&] {
        return messageOf(talk.lea, talk.id, QStringLiteral("one")).delivery.state == DeliveryState::Delivered;
    }));
    MessageDetails known = details(talk.lea, talk.id, row);
    REQUIRE(known.readers.size() == 1);
    CHECK(known.readers.first().key == talk.jean.account.key);
    CHECK(known.readers.first().deliveredAt > 0);
    CHECK(known.readers.first().readAt == 0);
    read(talk.jean, talk.id);
    REQUIRE(waitFor([&] {
        return messageOf(talk.lea, talk.id, QStringLiteral("one")).delivery.state == DeliveryState::Read;
    }));
    known = details(talk.lea, talk.id, row);
    REQUIRE(known.readers.size() == 1);
    CHECK(known.readers.first().readAt > 0);
    CHECK(talk.lea.conversation(talk.id).lastState == DeliveryState::Read);
    // Receipts are no messages: nothing is shown, counted or answered.
    CHECK(talk.lea.messages(talk.id).size() == 1);
    CHECK(talk.lea.conversation(talk.id).unread == 0);
    CHECK(talk.jean.messages(talk.id).size() == 1);
}

TEST_CASE("many messages are acknowledged by one event") {
    Talk talk;
    constexpr int kMessages = 40;
    for (int i = 0; i < kMessages; ++i)
        talk.lea.say(talk.id, QStringLiteral("line %1").arg(i));
    REQUIRE(talk.jean.has(talk.id, QStringLiteral("line %1").arg(kMessages - 1)));
    talk.lea.idle();
    const std::uint64_t before = stored(talk.world);
    talk.jean.client->messages()->setSignals({true, false});
    read(talk.jean, talk.id);
    REQUIRE(waitFor([&] {
        const auto all = talk.lea.messages(talk.id);
        return std::all_of(all.begin(), all.end(),
                           [](const auto& m) { return m.delivery.state == DeliveryState::Read; });
    }));
    CHECK(stored(talk.world) == before + 1);
}

TEST_CASE("who does not want receipts sends none") {
    Talk talk;
    talk.lea.say(talk.id, QStringLiteral("one"));
    REQUIRE(talk.jean.has(talk.id, QStringLiteral("one")));
    talk.jean.client->messages()->setSignals({true, false});
    talk.jean.client->messages()->setSignals({false, false});
    read(talk.jean, talk.id);
    talk.jean.idle();
    // An answer passes everything that was sent before it.
    talk.jean.say(talk.id, QStringLiteral("two"));
    REQUIRE(talk.lea.has(talk.id, QStringLiteral("two")));
    CHECK(messageOf(talk.lea, talk.id, QStringLiteral("one")).delivery.state == DeliveryState::Sent);
    CHECK(messageOf(talk.lea, talk.id, QStringLiteral("one")).delivery.deliveredTo == 0);
}

TEST_CASE("what was read without a connection is told when it is back, also by the program's next start") {
    Talk talk;
    talk.jean.client->messages()->setSignals({true, false});
    talk.lea.say(talk.id, QStringLiteral("one"));
    REQUIRE(talk.jean.has(talk.id, QStringLiteral("one")));
    const quint16 port = static_cast<quint16>(QUrl(talk.world.url).port());
    talk.world.relay.reset();
    read(talk.jean, talk.id);
    // The answer comes behind the mark: it is on the disk.
    talk.jean.await<QVector<MemberRecord>>(
        [&](auto reply) { talk.jean.client->groups()->members(talk.id, talk.jean.client.get(), reply); });
    talk.jean.stop();
    talk.world.startRelay(port);
    talk.jean.open();
    talk.jean.client->messages()->setSignals({true, false});
    talk.lea.client->network()->connectNow();
    CHECK(waitFor([&] {
        return messageOf(talk.lea, talk.id, QStringLiteral("one")).delivery.state == DeliveryState::Read;
    }));
}

TEST_CASE("an invitation that is not answered is not acknowledged") {
    World world;
    Person lea = world.person(QStringLiteral("Kasara"));
    Person jean = world.person(QStringLiteral("Nordvale"));
    lea.create();
    jean.create();
    jean.client->messages()->setSignals({true, true});
    // Jean does not know Lea: it is a request.
    const auto made = lea.await<ConversationRecord>([&](auto reply) {
        lea.client->groups()->create({}, {jean.account.invitationLink}, lea.client.get(), reply);
    });
    lea.say(made.id, QStringLiteral("one"));
    REQUIRE(waitFor([&] { return !jean.conversation(made.id).id.isEmpty(); }));
    REQUIRE(jean.has(made.id, QStringLiteral("one")));
    REQUIRE(jean.conversation(made.id).state == ConversationState::Request);
    read(jean, made.id);
    jean.idle();
    jean.say(made.id, QStringLiteral("two")); // to answer is to accept
    REQUIRE(lea.has(made.id, QStringLiteral("two")));
    CHECK(messageOf(lea, made.id, QStringLiteral("one")).delivery.deliveredTo == 0);
}

TEST_CASE("typing is told while both want it, and never kept") {
    Talk talk;
    struct Told {
        QByteArray member;
        bool on;
    };
    std::vector<Told> told;
    QObject::connect(talk.lea.client.get(), &Client::typingChanged, talk.lea.client.get(),
                     [&](const QByteArray& conversation, const QByteArray& member, const QString&, bool on) {
                         CHECK(conversation == talk.id);
                         told.push_back({member, on});
                     });
    talk.lea.client->messages()->setSignals({false, true});
    // Jean keeps it to himself.
    talk.jean.client->messages()->setTyping(talk.id, true);
    talk.jean.client->messages()->setSignals({false, true});
    talk.jean.client->messages()->setTyping(talk.id, true);
    REQUIRE(waitFor([&] { return told.size() == 1; }));
    CHECK(told[0].member == talk.jean.account.key);
    CHECK(told[0].on);
    talk.jean.client->messages()->setTyping(talk.id, false);
    REQUIRE(waitFor([&] { return told.size() == 2; }));
    CHECK_FALSE(told[1].on);
    // Lea does not want to know any more.
    talk.lea.client->messages()->setSignals({false, false});
    talk.jean.client->messages()->setTyping(talk.id, true);
    talk.jean.say(talk.id, QStringLiteral("done"));
    REQUIRE(talk.lea.has(talk.id, QStringLiteral("done")));
    CHECK(told.size() == 2);
    CHECK(talk.lea.messages(talk.id).size() == 1);
}
