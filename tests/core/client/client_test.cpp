// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole clients over the embedded relay: what a person does, down to the disk and back.
#include "tests/support/catch.h"
#include "tests/support/log_catcher.h"
#include "tests/support/qt_wait.h"

#include "core/client/client.h"
#include "core/client/profile.h"
#include "core/host/relay_server.h"
#include "core/nostr/nip19.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace valise;
using namespace valise::client;
using test::waitFor;

namespace {

constexpr const char* kPassphrase = "seven quiet herons over the estuary";

crypto::Secret passphrase(const char* text = kPassphrase) {
    return crypto::Secret(viewOf(text));
}

//! A delegation at its computer.
class Person {
public:
    Person(const QString& folder, QString name, QStringList relays)
        : m_home(folder + QLatin1Char('/') + name)
        , m_name(std::move(name))
        , m_relays(std::move(relays)) {}
    ProfileOptions options(bool online = true) const {
        ProfileOptions o;
        o.home = m_home;
        o.fastKeyDerivation = true;
        o.online = online;
        return o;
    }
    void create(bool insecureRelays = false) {
        start();
        ProfileOptions made = options();
        made.allowInsecureRelays = insecureRelays;
        account = await<AccountRecord>([&](auto reply) {
            client->createProfile(made, m_name, passphrase(), m_relays, client.get(), reply);
        });
        idle();
    }
    void open(bool online = true) {
        start();
        account = await<AccountRecord>(
            [&](auto reply) { client->openProfile(options(online), passphrase(), client.get(), reply); });
    }
    //! As pulling the plug on the program: no goodbye.
    void stop() { client.reset(); }
    void idle() {
        await<void>([&](auto reply) { client->whenIdle(client.get(), reply); });
    }
    template <typename T, typename Ask>
    Result<T> ask(Ask question) {
        std::optional<Result<T>> answer;
        question([&](Result<T> result) { answer = std::move(result); });
        if (!waitFor([&] { return answer.has_value(); }))
            return {ErrorCode::Timeout, "no answer"};
        return std::move(*answer);
    }
    template <typename T, typename Ask>
    T await(Ask question) {
        return must(ask<T>(question));
    }
    QVector<ConversationRecord> conversations() {
        return await<QVector<ConversationRecord>>(
            [&](auto reply) { client->conversations(client.get(), reply); });
    }
    ConversationRecord conversation(const ConversationId& id) {
        for (const ConversationRecord& c : conversations())
            if (c.id == id)
                return c;
        return {};
    }
    QVector<MessageRecord> messages(const ConversationId& id) {
        const auto page =
            await<MessagePage>([&](auto reply) { client->latestPage(id, 1000, client.get(), reply); });
        QVector<MessageRecord> out;
        for (const MessageRecord& message : page.messages)
            if (message.system == SystemKind::None)
                out.append(message);
        return out;
    }
    QStringList texts(const ConversationId& id) {
        QStringList out;
        for (const MessageRecord& message : messages(id))
            out.append(message.text);
        return out;
    }
    MessageRecord say(const ConversationId& id, const QString& text, const QByteArray& replyTo = {}) {
        return await<MessageRecord>(
            [&](auto reply) { client->sendText(id, text, replyTo, client.get(), reply); });
    }
    bool has(const ConversationId& id, const QString& text) {
        return waitFor([&] { return texts(id).contains(text); });
    }
    void knows(const Person& other) {
        await<ContactRecord>(
            [&](auto reply) { client->addContact(other.account.invitationLink, {}, client.get(), reply); });
    }
    const QString& home() const { return m_home; }

    std::unique_ptr<Client> client;
    AccountRecord account;

private:
    void start() { client = std::make_unique<Client>(); }
    QString m_home;
    QString m_name;
    QStringList m_relays;
};

struct World {
    World() {
        test::qtApp();
        startRelay();
    }
    void startRelay(quint16 port = 0) {
        host::RelayServerOptions options;
        options.directory = (folder.path() + QStringLiteral("/relay")).toStdString();
        options.eventsPerMinute = 100'000;
        relay = std::make_unique<host::RelayServer>(options);
        must(relay->listen(QStringLiteral("127.0.0.1"), port));
        url = relay->url();
    }
    Person person(const QString& name) const { return Person(folder.path(), name, {url}); }
    ConversationId found(Person& by, const QString& name, const std::vector<Person*>& others) {
        QStringList addresses;
        for (Person* other : others) {
            other->knows(by);
            addresses.append(other->account.invitationLink);
        }
        const auto conversation = by.await<ConversationRecord>(
            [&](auto reply) { by.client->createConversation(name, addresses, by.client.get(), reply); });
        for (Person* other : others)
            REQUIRE(waitFor([&] { return !other->conversation(conversation.id).id.isEmpty(); }));
        return conversation.id;
    }
    QTemporaryDir folder;
    std::unique_ptr<host::RelayServer> relay;
    QString url;
};

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
    REQUIRE(nordvale.has(group, question.text));
    REQUIRE(tamir.has(group, question.text));
    CHECK(nordvale.conversation(group).unread == 1);
    const MessageRecord seen = nordvale.messages(group).last();
    CHECK(seen.senderName == QLatin1String("Kasara"));
    nordvale.say(group, QStringLiteral("We can, with the review kept."), seen.eventId);
    REQUIRE(kasara.has(group, QStringLiteral("We can, with the review kept.")));
    CHECK(kasara.messages(group).last().replyToText == question.text);
    CHECK(waitFor([&] { return kasara.messages(group).first().state == DeliveryState::Sent; }));

    nordvale.client->markRead(group, seen.row);
    CHECK(waitFor([&] { return nordvale.conversation(group).unread == 0; }));
    nordvale.client->saveDraft(group, QStringLiteral("Room 4 at"));
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
        tamir.client->search(QStringLiteral("aragraph"), {}, 10, tamir.client.get(), reply);
    });
    REQUIRE(hits.size() == 1);
    CHECK(hits.first().message.text == question.text);
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
    CHECK(nordvale.conversation(group).name == QLatin1String("Kasara"));

    const quint16 port = world.relay->port();
    world.relay.reset();
    QStringList written;
    for (int i = 0; i < 5; ++i) {
        written.append(QStringLiteral("offline %1").arg(i));
        CHECK(kasara.say(group, written.last()).state == DeliveryState::Queued);
    }
    CHECK(kasara.conversation(group).queued == 5);
    // The plug is pulled while they wait.
    kasara.stop();
    kasara.open();
    CHECK(kasara.texts(group) == written);
    world.startRelay(port);
    kasara.client->connectNow();
    nordvale.client->connectNow();
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
        kasara.client->addMembers(group, {tamir.account.invitationLink}, kasara.client.get(), reply);
    }));
    REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Request; }));
    // The name comes with the profile that Kasara published.
    CHECK(waitFor([&] { return tamir.conversation(group).invitedBy == QLatin1String("Kasara"); }));
    tamir.say(group, QStringLiteral("Glad to be here"));
    REQUIRE(nordvale.has(group, QStringLiteral("Glad to be here")));
    CHECK(tamir.conversation(group).state == ConversationState::Active);

    CHECK(change(nordvale,
                 [&](auto reply) {
                     nordvale.client->renameConversation(group, QStringLiteral("Mine"), nordvale.client.get(),
                                                         reply);
                 })
              .error()
              .code == ErrorCode::NotAuthorized);
    must(change(kasara, [&](auto reply) {
        kasara.client->renameConversation(group, QStringLiteral("Room 4"), kasara.client.get(), reply);
    }));
    for (Person* person : {&kasara, &nordvale, &tamir})
        CHECK(waitFor([&] { return person->conversation(group).name == QLatin1String("Room 4"); }));

    must(change(tamir,
                [&](auto reply) { tamir.client->leaveConversation(group, tamir.client.get(), reply); }));
    CHECK(waitFor([&] { return tamir.conversation(group).state == ConversationState::Left; }));
    CHECK(waitFor([&] { return nordvale.conversation(group).members == 2; }));
    CHECK(tamir
              .ask<MessageRecord>([&](auto reply) {
                  tamir.client->sendText(group, QStringLiteral("too late"), {}, tamir.client.get(), reply);
              })
              .error()
              .code == ErrorCode::NotMember);
    CHECK(tamir.texts(group).contains(QStringLiteral("Glad to be here"))); // the history stays

    must(change(kasara, [&](auto reply) {
        kasara.client->removeMember(group, nordvale.account.key, kasara.client.get(), reply);
    }));
    CHECK(waitFor([&] { return nordvale.conversation(group).state == ConversationState::Removed; }));

    // The founder leaves a group with others in it: the rights go over first.
    const ConversationId second = world.found(kasara, QStringLiteral("Second"), {&nordvale});
    must(change(kasara,
                [&](auto reply) { kasara.client->leaveConversation(second, kasara.client.get(), reply); }));
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
        kasara.client->createConversation(QStringLiteral("x"), {stranger}, kasara.client.get(), reply);
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
            [&](auto reply) { kasara.client->setRelays({open}, kasara.client.get(), reply); });
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
    const test::LogCatcher caught;
    World world;
    Person kasara = world.person(QStringLiteral("Kasara of the harbour"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    const ConversationId group = world.found(kasara, QStringLiteral("Confidential caucus"), {&nordvale});
    kasara.say(group, QStringLiteral("baseline twentytwentyfour freeze"));
    REQUIRE(nordvale.has(group, QStringLiteral("baseline twentytwentyfour freeze")));
    // What goes wrong is logged; here the relay goes away.
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
