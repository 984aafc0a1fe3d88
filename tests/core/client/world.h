// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/support/catch.h"
#include "tests/support/qt_wait.h"

#include "core/client/client.h"
#include "core/host/relay_server.h"

#include <QTemporaryDir>

namespace valise::client::test {

using valise::test::waitFor;

inline constexpr const char* kPassphrase = "seven quiet herons over the estuary";

inline crypto::Secret passphrase(const char* text = kPassphrase) {
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
        await<void>([&](auto reply) { client->network()->whenIdle(client.get(), reply); });
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
            [&](auto reply) { client->history()->conversations(client.get(), reply); });
    }
    ConversationRecord conversation(const ConversationId& id) {
        for (const ConversationRecord& c : conversations())
            if (c.id == id)
                return c;
        return {};
    }
    QVector<MessageRecord> messages(const ConversationId& id) {
        const auto page = await<MessagePage>(
            [&](auto reply) { client->history()->latestPage(id, 1000, client.get(), reply); });
        QVector<MessageRecord> out;
        for (const MessageRecord& message : page.messages)
            if (message.system() == SystemKind::None)
                out.append(message);
        return out;
    }
    QStringList texts(const ConversationId& id) {
        QStringList out;
        for (const MessageRecord& message : messages(id))
            out.append(message.text());
        return out;
    }
    MessageRecord say(const ConversationId& id, const QString& text, const QByteArray& replyTo = {}) {
        return await<MessageRecord>(
            [&](auto reply) { client->messages()->sendText(id, text, replyTo, client.get(), reply); });
    }
    bool has(const ConversationId& id, const QString& text) {
        return waitFor([&] { return texts(id).contains(text); });
    }
    void knows(const Person& other) {
        await<ContactRecord>([&](auto reply) {
            client->people()->addContact(other.account.invitationLink, {}, client.get(), reply);
        });
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

//! People and the relay they share.
struct World {
    World() {
        valise::test::qtApp();
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
            [&](auto reply) { by.client->groups()->create(name, addresses, by.client.get(), reply); });
        for (Person* other : others)
            REQUIRE(waitFor([&] { return !other->conversation(conversation.id).id.isEmpty(); }));
        return conversation.id;
    }
    QTemporaryDir folder;
    std::unique_ptr<host::RelayServer> relay;
    QString url;
};

} // namespace valise::client::test
