// SPDX-License-Identifier: AGPL-3.0-or-later
// Reactions, edits, deletions and stars between whole clients.
#include "tests/core/client/world.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

struct Talk {
    Talk()
        : kasara(world.person(QStringLiteral("Kasara")))
        , nordvale(world.person(QStringLiteral("Nordvale"))) {
        kasara.create();
        nordvale.create();
        group = world.found(kasara, QStringLiteral("Coolants"), {&nordvale});
    }
    MessageRecord find(Person& person, const QString& text) {
        for (const MessageRecord& message : person.messages(group))
            if (message.text() == text)
                return message;
        return {};
    }
    //! The first message, as `person` sees it.
    MessageRecord first(Person& person) { return person.messages(group).value(0); }
    Result<void> react(Person& by, const MessageRecord& to, const char* emoji, bool on = true) {
        return by.ask<void>([&](auto reply) {
            by.client->messages()->react(group, to.eventId, QString::fromUtf8(emoji), on, by.client.get(),
                                         reply);
        });
    }
    Result<void> edit(Person& by, const MessageRecord& message, const QString& text) {
        return by.ask<void>([&](auto reply) {
            by.client->messages()->editMessage(group, message.eventId, text, by.client.get(), reply);
        });
    }
    Result<void> remove(Person& by, const MessageRecord& message) {
        return by.ask<void>([&](auto reply) {
            by.client->messages()->deleteForEveryone(group, {message.eventId}, by.client.get(), reply);
        });
    }
    MessageDetails details(Person& by, const MessageRecord& message) {
        return by.await<MessageDetails>([&](auto reply) {
            by.client->history()->messageDetails(group, message.row, by.client.get(), reply);
        });
    }
    World world;
    Person kasara;
    Person nordvale;
    ConversationId group;
};

ErrorCode codeOf(const Result<void>& result) {
    REQUIRE_FALSE(result.ok());
    return result.error().code;
}

} // namespace

TEST_CASE("people react, edit and delete, and everybody sees the same") {
    Talk t;
    t.kasara.say(t.group, QStringLiteral("Room 4 at 16:00"));
    REQUIRE(t.nordvale.has(t.group, QStringLiteral("Room 4 at 16:00")));
    const MessageRecord seen = t.first(t.nordvale);

    must(t.react(t.nordvale, seen, "👍"));
    must(t.react(t.nordvale, seen, "👍")); // once is enough
    must(t.react(t.kasara, t.first(t.kasara), "👍"));
    REQUIRE(waitFor([&] { return t.first(t.kasara).reactions.value(0).count == 2; }));
    const ReactionRecord reaction = t.first(t.kasara).reactions.first();
    CHECK(reaction.emoji == QString::fromUtf8("👍"));
    CHECK(reaction.own);
    CHECK(reaction.names == QStringList{QStringLiteral("Nordvale")});
    REQUIRE(waitFor([&] { return t.first(t.nordvale).reactions.value(0).count == 2; }));
    must(t.react(t.nordvale, seen, "👍", false));
    CHECK(waitFor([&] { return t.first(t.kasara).reactions.value(0).count == 1; }));
    CHECK(codeOf(t.react(t.nordvale, seen, " ")) == ErrorCode::InvalidArgument);

    must(t.nordvale.ask<MessageRecord>([&](auto reply) {
        t.nordvale.client->messages()->sendText(t.group, QStringLiteral("Agreed"), seen.eventId,
                                                t.nordvale.client.get(), reply);
    }));
    REQUIRE(t.kasara.has(t.group, QStringLiteral("Agreed")));
    must(t.edit(t.kasara, t.first(t.kasara), QStringLiteral("Room 5 at 16:00")));
    must(t.edit(t.kasara, t.first(t.kasara), QStringLiteral("Room 6 at 16:00")));
    REQUIRE(waitFor([&] { return t.first(t.nordvale).text() == QLatin1String("Room 6 at 16:00"); }));
    CHECK(t.first(t.nordvale).editedAt() > 0);
    CHECK(t.find(t.nordvale, QStringLiteral("Agreed")).quote.text == QLatin1String("Room 6 at 16:00"));
    CHECK(t.find(t.nordvale, QStringLiteral("Agreed")).quote.row == seen.row);
    CHECK(t.nordvale.conversation(t.group).unread == 1);
    const MessageDetails details = t.details(t.nordvale, seen);
    REQUIRE(details.versions.size() == 3);
    CHECK(details.versions.first().text == QLatin1String("Room 4 at 16:00"));
    CHECK(details.versions.at(1).text == QLatin1String("Room 5 at 16:00"));
    CHECK(codeOf(t.edit(t.nordvale, seen, QStringLiteral("mine"))) == ErrorCode::NotAuthorized);
    CHECK(codeOf(t.remove(t.nordvale, seen)) == ErrorCode::NotAuthorized);

    must(t.remove(t.kasara, t.first(t.kasara)));
    REQUIRE(waitFor([&] { return t.first(t.nordvale).isDeleted(); }));
    CHECK(t.first(t.nordvale).text().isEmpty());
    CHECK(t.first(t.nordvale).reactions.isEmpty());
    CHECK(t.find(t.nordvale, QStringLiteral("Agreed")).quote.deleted);
    CHECK(t.find(t.nordvale, QStringLiteral("Agreed")).quote.text.isEmpty());
    CHECK(t.details(t.nordvale, seen).versions.isEmpty());
    CHECK(codeOf(t.react(t.nordvale, seen, "👍")) == ErrorCode::NotFound);
    for (const char* text : {"Room 4", "Room 5", "Room 6"})
        CHECK(t.nordvale
                  .await<QVector<SearchHit>>([&](auto reply) {
                      t.nordvale.client->history()->search(QString::fromLatin1(text), {}, 10,
                                                           t.nordvale.client.get(), reply);
                  })
                  .isEmpty());
}

TEST_CASE("changes written without a relay wait, and what was never sent is never sent") {
    Talk t;
    t.kasara.say(t.group, QStringLiteral("kept"));
    REQUIRE(t.nordvale.has(t.group, QStringLiteral("kept")));
    t.kasara.idle();
    const quint16 port = t.world.relay->port();
    t.world.relay.reset();
    t.kasara.idle();
    t.kasara.say(t.group, QStringLiteral("teh agenda"));
    t.kasara.say(t.group, QStringLiteral("a slip"));
    const MessageRecord kept = t.find(t.kasara, QStringLiteral("kept"));
    must(t.react(t.kasara, kept, "🤝"));
    must(t.react(t.kasara, kept, "👍"));
    must(t.react(t.kasara, kept, "👍", false));
    must(t.edit(t.kasara, t.find(t.kasara, QStringLiteral("teh agenda")), QStringLiteral("the agenda")));
    must(t.react(t.kasara, t.find(t.kasara, QStringLiteral("the agenda")), "👍"));
    CHECK(t.find(t.kasara, QStringLiteral("the agenda")).editedAt() == 0);
    must(t.react(t.kasara, t.find(t.kasara, QStringLiteral("a slip")), "👍"));
    must(t.remove(t.kasara, t.find(t.kasara, QStringLiteral("a slip"))));
    must(t.edit(t.kasara, kept, QStringLiteral("kept, edited")));
    CHECK(t.kasara.conversation(t.group).queued == 4);
    t.kasara.stop();
    t.kasara.open();
    CHECK(t.kasara.texts(t.group) ==
          QStringList{QStringLiteral("kept, edited"), QStringLiteral("the agenda")});
    t.world.startRelay(port);
    t.kasara.client->network()->connectNow();
    t.nordvale.client->network()->connectNow();
    REQUIRE(waitFor([&] {
        return t.nordvale.texts(t.group) ==
               QStringList{QStringLiteral("kept, edited"), QStringLiteral("the agenda")};
    }));
    REQUIRE(waitFor([&] {
        const auto all = t.nordvale.messages(t.group);
        return all.at(0).reactions.size() == 1 && all.at(1).reactions.size() == 1;
    }));
    CHECK(t.first(t.nordvale).reactions.first().emoji == QString::fromUtf8("🤝"));
    CHECK(t.nordvale.messages(t.group).at(1).editedAt() == 0);
    CHECK(waitFor([&] { return t.kasara.conversation(t.group).queued == 0; }));
    CHECK(t.kasara.conversation(t.group).failed == 0);
}

TEST_CASE("what is deleted for oneself, starred, muted, pinned or archived stays on this device") {
    Talk t;
    t.kasara.say(t.group, QStringLiteral("one"));
    t.kasara.say(t.group, QStringLiteral("two"));
    REQUIRE(t.nordvale.has(t.group, QStringLiteral("two")));
    const MessageRecord one = t.find(t.nordvale, QStringLiteral("one"));
    const MessageRecord two = t.find(t.nordvale, QStringLiteral("two"));
    Client& client = *t.nordvale.client;
    qint64 removed = 0;
    QObject::connect(&client, &Client::messageRemoved, &client,
                     [&](const QByteArray&, qint64 row) { removed = row; });
    must(t.nordvale.ask<void>(
        [&](auto reply) { client.messages()->deleteForMe(t.group, {one.row}, &client, reply); }));
    CHECK(waitFor([&] { return removed == one.row; }));
    CHECK(t.nordvale.texts(t.group) == QStringList{QStringLiteral("two")});
    must(t.nordvale.ask<void>(
        [&](auto reply) { client.messages()->setStarred(t.group, two.row, true, &client, reply); }));
    CHECK(t.find(t.nordvale, QStringLiteral("two")).starred);
    const auto starred = t.nordvale.await<QVector<SearchHit>>(
        [&](auto reply) { client.history()->starred({}, 10, &client, reply); });
    REQUIRE(starred.size() == 1);
    CHECK(starred.first().message.row == two.row);
    CHECK(starred.first().conversationName == QLatin1String("Coolants"));
    must(t.nordvale.ask<void>([&](auto reply) { client.groups()->setMuted(t.group, true, &client, reply); }));
    must(
        t.nordvale.ask<void>([&](auto reply) { client.groups()->setPinned(t.group, true, &client, reply); }));
    must(t.nordvale.ask<void>(
        [&](auto reply) { client.groups()->setArchived(t.group, true, &client, reply); }));
    const ConversationRecord record = t.nordvale.conversation(t.group);
    CHECK(record.muted);
    CHECK(record.pinned);
    CHECK(record.archived);
    CHECK(t.kasara.texts(t.group) == QStringList{QStringLiteral("one"), QStringLiteral("two")});
    CHECK_FALSE(t.find(t.kasara, QStringLiteral("two")).starred);
    CHECK_FALSE(t.kasara.conversation(t.group).muted);

    // The servers that took a message are known for as long as the message is.
    t.kasara.idle();
    const MessageDetails details = t.details(t.kasara, t.find(t.kasara, QStringLiteral("two")));
    REQUIRE(details.servers.size() == 1);
    CHECK(details.servers.first().state == ServerRecord::State::Accepted);
    CHECK(details.servers.first().acceptedAt > 0);
    CHECK(details.versions.size() == 1);
}

TEST_CASE("a conversation opens at the first unread message, and a date leads to its messages") {
    Talk t;
    for (int i = 0; i < 12; ++i)
        t.kasara.say(t.group, QStringLiteral("line %1").arg(i));
    REQUIRE(t.nordvale.has(t.group, QStringLiteral("line 11")));
    Client& client = *t.nordvale.client;
    const auto opening = [&] {
        return t.nordvale.await<MessagePage>(
            [&](auto reply) { client.history()->openingPage(t.group, 4, &client, reply); });
    };
    const MessagePage unread = opening();
    CHECK(unread.firstUnreadRow == t.find(t.nordvale, QStringLiteral("line 0")).row);
    CHECK(unread.hasNewer);
    client.messages()->markRead(t.group, t.find(t.nordvale, QStringLiteral("line 9")).row);
    REQUIRE(waitFor([&] { return t.nordvale.conversation(t.group).unread == 2; }));
    CHECK(opening().messages.last().text() == QLatin1String("line 11"));
    CHECK(opening().firstUnreadRow == t.find(t.nordvale, QStringLiteral("line 10")).row);
    const MessageRecord fifth = t.find(t.nordvale, QStringLiteral("line 5"));
    const auto since = t.nordvale.await<MessagePage>(
        [&](auto reply) { client.history()->pageSince(t.group, fifth.createdAt, 1000, &client, reply); });
    CHECK(std::any_of(since.messages.begin(), since.messages.end(),
                      [&](const MessageRecord& m) { return m.row == fifth.row; }));
}

TEST_CASE("who will read it is told before the first message and when somebody joined") {
    Talk t;
    Person tamir = t.world.person(QStringLiteral("Tamir"));
    tamir.create();
    const auto audience = [&] {
        return t.kasara.await<AudienceRecord>(
            [&](auto reply) { t.kasara.client->groups()->audience(t.group, t.kasara.client.get(), reply); });
    };
    CHECK(audience().first);
    CHECK(audience().members == 2);
    CHECK(audience().unverified == 1);
    t.kasara.say(t.group, QStringLiteral("Good morning"));
    CHECK_FALSE(audience().first);
    CHECK(audience().joined.isEmpty());
    t.kasara.knows(tamir);
    must(t.kasara.ask<void>([&](auto reply) {
        t.kasara.client->groups()->addMembers(t.group, {tamir.account.invitationLink}, t.kasara.client.get(),
                                              reply);
    }));
    CHECK(audience().joined == QStringList{QStringLiteral("Tamir")});
    t.kasara.say(t.group, QStringLiteral("Welcome"));
    CHECK(audience().joined.isEmpty());

    // A preference of the window stays with the profile.
    const auto preference = [&] {
        return t.kasara.await<QString>([&](auto reply) {
            t.kasara.client->profile()->preference(QStringLiteral("x"), t.kasara.client.get(), reply);
        });
    };
    CHECK(preference().isEmpty());
    t.kasara.client->profile()->setPreference(QStringLiteral("x"), QStringLiteral("kept"));
    CHECK(preference() == QLatin1String("kept"));
    t.kasara.stop();
    t.kasara.open(false);
    CHECK(preference() == QLatin1String("kept"));
    CHECK_FALSE(audience().first);
}
