// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole clients over the embedded relay: a person's actions, down to the disk and back.
#include "tests/core/client/world.h"

#include "tests/support/log_catcher.h"

#include "core/client/profile.h"
#include "core/nostr/nip19.h"

#include <QDir>
#include <QFile>

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

QByteArray everythingIn(const QString& folder) {
    QByteArray all;
    for (const QFileInfo& info : QDir(folder).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace

TEST_CASE("three delegations talk, and the conversation survives a restart") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    Person tamir = world.person(QStringLiteral("Tamir"));
    for (Person* person : {&kasara, &nordvale, &tamir})
        person->create();
    const ConversationId group =
        world.found(kasara, QStringLiteral("Coolants Amendment"), {&nordvale, &tamir});
    CHECK(tamir.conversation(group).name == QLatin1String("Coolants Amendment"));
    CHECK(tamir.conversation(group).members == 3);
    CHECK(tamir.conversation(group).state == ConversationState::Active);
    CHECK_FALSE(tamir.conversation(group).admin);

    const MessageRecord question = kasara.say(group, QStringLiteral("Can everyone live with paragraph 7?"));
    REQUIRE(nordvale.has(group, question.text()));
    REQUIRE(tamir.has(group, question.text()));
    CHECK(nordvale.conversation(group).unread == 1);
    const MessageRecord seen = nordvale.messages(group).last();
    CHECK(seen.senderName == QLatin1String("Kasara"));
    nordvale.say(group, QStringLiteral("We can, with the review kept."), seen.eventId);
    REQUIRE(kasara.has(group, QStringLiteral("We can, with the review kept.")));
    CHECK(kasara.messages(group).last().quote.text == question.text());
    CHECK(waitFor([&] { return kasara.messages(group).first().delivery.state == DeliveryState::Sent; }));

    nordvale.client->messages()->markRead(group, seen.row);
    CHECK(waitFor([&] { return nordvale.conversation(group).unread == 0; }));
    nordvale.client->messages()->saveDraft(group, QStringLiteral("Room 4 at"));
    CHECK(waitFor([&] { return nordvale.conversation(group).draft == QLatin1String("Room 4 at"); }));

    const QStringList expected = kasara.texts(group);
    for (Person* person : {&kasara, &nordvale, &tamir})
        person->stop();
    for (Person* person : {&kasara, &nordvale, &tamir}) {
        person->open(false);
        CHECK(person->texts(group) == expected);
    }
    CHECK(nordvale.conversation(group).draft == QLatin1String("Room 4 at"));
    const auto hits = tamir.await<QVector<SearchHit>>([&](auto reply) {
        tamir.client->history()->search(QStringLiteral("aragraph"), {}, 10, tamir.client.get(), reply);
    });
    REQUIRE(hits.size() == 1);
    CHECK(hits.first().message.text() == question.text());
    CHECK(hits.first().conversationName == QLatin1String("Coolants Amendment"));
}

TEST_CASE("what is written without a relay waits and is sent by itself when one returns") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    const ConversationId group = world.found(kasara, {}, {&nordvale});
    CHECK(kasara.conversation(group).direct);
    CHECK(kasara.conversation(group).peer == nordvale.account.key);
    CHECK(nordvale.conversation(group).name == QLatin1String("Kasara"));

    const quint16 port = world.relay->port();
    world.relay.reset();
    QStringList written;
    for (int i = 0; i < 5; ++i) {
        written.append(QStringLiteral("offline %1").arg(i));
        CHECK(kasara.say(group, written.last()).delivery.state == DeliveryState::Queued);
    }
    CHECK(kasara.conversation(group).queued == 5);
    // The plug is pulled while they wait.
    kasara.stop();
    kasara.open();
    CHECK(kasara.texts(group) == written);
    world.startRelay(port);
    kasara.client->network()->connectNow();
    nordvale.client->network()->connectNow();
    CHECK(waitFor([&] { return nordvale.texts(group) == written; }));
    CHECK(waitFor([&] { return kasara.conversation(group).queued == 0; }));
    CHECK(kasara.texts(group) == written);
}

TEST_CASE("people are added, the group renamed, people removed and leave") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    Person tamir = world.person(QStringLiteral("Tamir"));
    for (Person* person : {&kasara, &nordvale, &tamir})
        person->create();
    const ConversationId group = world.found(kasara, QStringLiteral("Allies"), {&nordvale});
    const auto change = [&](Person& by, auto question) { return by.ask<void>(question); };

    // Tamir does not know Kasara: the invitation is a request, which an answer accepts.
    must(change(kasara, [&](auto reply) {
        kasara.client->groups()->addMembers(group, {tamir.account.invitationLink}, kasara.client.get(),
                                            reply);
    }));
    REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Request; }));
    // The name comes with the profile that Kasara published.
    CHECK(waitFor([&] { return tamir.conversation(group).invitedBy == QLatin1String("Kasara"); }));
    tamir.say(group, QStringLiteral("Glad to be here"));
    REQUIRE(nordvale.has(group, QStringLiteral("Glad to be here")));
    CHECK(tamir.conversation(group).state == ConversationState::Active);

    CHECK(change(nordvale,
                 [&](auto reply) {
                     nordvale.client->groups()->rename(group, QStringLiteral("Mine"), nordvale.client.get(),
                                                       reply);
                 })
              .error()
              .code == ErrorCode::NotAuthorized);
    must(change(kasara, [&](auto reply) {
        kasara.client->groups()->rename(group, QStringLiteral("Room 4"), kasara.client.get(), reply);
    }));
    for (Person* person : {&kasara, &nordvale, &tamir})
        CHECK(waitFor([&] { return person->conversation(group).name == QLatin1String("Room 4"); }));

    must(change(tamir, [&](auto reply) { tamir.client->groups()->leave(group, tamir.client.get(), reply); }));
    CHECK(waitFor([&] { return tamir.conversation(group).state == ConversationState::Left; }));
    CHECK(waitFor([&] { return nordvale.conversation(group).members == 2; }));
    CHECK(tamir
              .ask<MessageRecord>([&](auto reply) {
                  tamir.client->messages()->sendText(group, QStringLiteral("too late"), {},
                                                     tamir.client.get(), reply);
              })
              .error()
              .code == ErrorCode::NotMember);
    CHECK(tamir.texts(group).contains(QStringLiteral("Glad to be here"))); // the history stays

    must(change(kasara, [&](auto reply) {
        kasara.client->groups()->removeMember(group, nordvale.account.key, kasara.client.get(), reply);
    }));
    CHECK(waitFor([&] { return nordvale.conversation(group).state == ConversationState::Removed; }));

    // The founder leaves a group with others in it: the rights go over first.
    const ConversationId second = world.found(kasara, QStringLiteral("Second"), {&nordvale});
    must(change(kasara,
                [&](auto reply) { kasara.client->groups()->leave(second, kasara.client.get(), reply); }));
    CHECK(waitFor([&] { return kasara.conversation(second).state == ConversationState::Left; }));
    CHECK(waitFor([&] { return nordvale.conversation(second).admin; }));
}

TEST_CASE("a person who has published nothing cannot be invited, and is named") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    kasara.create();
    crypto::SystemRandom random;
    const QString stranger = toQString(nostr::encodeNpub(crypto::schnorrGenerate(random).publicKey));
    const auto answer = kasara.ask<ConversationRecord>([&](auto reply) {
        kasara.client->groups()->create(QStringLiteral("x"), {stranger}, kasara.client.get(), reply);
    });
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().code == ErrorCode::NoInvitation);
    CHECK(toQString(answer.error().detail).contains(stranger));
    CHECK(kasara.conversations().isEmpty());
}

TEST_CASE("a profile remembers that servers without encryption were allowed") {
    World world;
    // A name that no name server knows: nothing leaves this computer.
    const QString open = QStringLiteral("ws://relay.kasara.invalid");
    for (const bool allowed : {false, true}) {
        Person kasara(world.folder.path(), allowed ? QStringLiteral("Open") : QStringLiteral("Strict"), {});
        kasara.create(allowed);
        kasara.stop();
        kasara.open(); // says nothing of it, as every later start
        CHECK(kasara.account.insecureRelays == allowed);
        const auto changed = kasara.ask<void>(
            [&](auto reply) { kasara.client->network()->setRelays({open}, kasara.client.get(), reply); });
        if (!allowed) {
            REQUIRE_FALSE(changed.ok());
            CHECK(changed.error().code == ErrorCode::InsecureUrl);
            continue;
        }
        must(changed);
        kasara.stop();
        kasara.open();
        CHECK(kasara.account.relays == QStringList{open});
        int servers = 0;
        QObject::connect(kasara.client.get(), &Client::connectionChanged, kasara.client.get(),
                         [&](const ConnectionRecord& connection) { servers = connection.total; });
        CHECK(waitFor([&] { return servers == 1; }));
    }
}

TEST_CASE("disk and log hold no plaintext, and a wrong passphrase changes nothing") {
    const valise::test::LogCatcher caught;
    World world;
    Person kasara = world.person(QStringLiteral("Kasara of the harbour"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    const ConversationId group = world.found(kasara, QStringLiteral("Confidential caucus"), {&nordvale});
    kasara.say(group, QStringLiteral("baseline twentytwentyfour freeze"));
    REQUIRE(nordvale.has(group, QStringLiteral("baseline twentytwentyfour freeze")));
    // Failures are logged. Here the relay goes away.
    world.relay.reset();
    REQUIRE(waitFor([&] { return caught.text().contains("net: connection ended"); }));
    kasara.say(group, QStringLiteral("twentytwentyfour, written without a server"));
    const auto check = [&](const Person& person) {
        const QByteArray disk = everythingIn(person.home()) + caught.text();
        REQUIRE(disk.size() > 4096);
        for (const QByteArray& secret :
             {QByteArray("twentytwentyfour"), QByteArray("Confidential caucus"),
              QByteArray("Kasara of the harbour"), QByteArray(kPassphrase), kasara.account.key,
              kasara.account.key.toHex(), nordvale.account.key, group, QByteArray("SQLite format 3")})
            CHECK_FALSE(disk.contains(secret));
    };
    check(kasara); // while open: the write-ahead log too
    check(nordvale);
    kasara.stop();
    check(kasara);

    const QByteArray before = everythingIn(kasara.home());
    Client other;
    std::optional<Result<AccountRecord>> answer;
    other.openProfile(kasara.options(false), passphrase("seven quiet heronS over the estuary"), &other,
                      [&](Result<AccountRecord> result) { answer = std::move(result); });
    REQUIRE(waitFor([&] { return answer.has_value(); }));
    REQUIRE_FALSE(answer->ok());
    CHECK(answer->error().code == ErrorCode::WrongPassphrase);
    CHECK(everythingIn(kasara.home()) == before);
}
