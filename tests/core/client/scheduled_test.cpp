// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages that are to be sent later, between real clients over the embedded relay.
#include "tests/core/client/world.h"

#include "core/client/engine.h"
#include "core/client/history/history_reader.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

const QString kZone = QStringLiteral("America/New_York");
constexpr std::int64_t kMinuteMs = 60'000;

qint64 now() {
    return SystemClock().nowMs();
}

struct Pair {
    Pair() {
        kasara.create();
        nordvale.create();
        group = world.found(kasara, QStringLiteral("Allies"), {&nordvale});
    }
    Result<void> schedule(const QString& text, qint64 dueMs, const QByteArray& replyTo = {}) {
        return kasara.ask<void>([&](auto reply) {
            kasara.client->messages()->scheduleText(group, text, replyTo, dueMs, kZone, kasara.client.get(),
                                                    reply);
        });
    }
    QVector<ScheduledRecord> scheduled() {
        return kasara.await<QVector<ScheduledRecord>>(
            [&](auto reply) { kasara.client->history()->scheduled(group, kasara.client.get(), reply); });
    }
    //! Closes the program, and opens it when `time` is the due time of everything.
    void reopenAt(qint64 dueMs) {
        kasara.stop();
        Environment environment;
        environment.onOpened = [&](storage::Database& database) {
            storage::ScheduledStore& store = database.stores().scheduled;
            for (const storage::ScheduledMessage& message : must(store.list()))
                must(store.setDue(message.id, dueMs, message.zone));
        };
        HistoryReader reader;
        Engine engine(&reader, environment);
        must(engine.openProfile(kasara.options(false), passphrase()));
        engine.closeProfile();
        kasara.open();
    }

    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    ConversationId group;
};

} // namespace

TEST_CASE("a message to be sent later stands in no timeline, and goes once when it is time") {
    Pair pair;
    const QString text = QStringLiteral("Good morning to everybody");
    const MessageRecord quoted = pair.nordvale.say(pair.group, QStringLiteral("When do we begin?"));
    REQUIRE(pair.kasara.has(pair.group, quoted.text()));
    must(pair.schedule(text, now() + 60 * kMinuteMs));
    must(pair.schedule(QStringLiteral("At nine"), now() + 3'000, quoted.eventId));
    QVector<ScheduledRecord> waiting = pair.scheduled();
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].text == QStringLiteral("At nine"));
    CHECK(waiting[0].replyTo == quoted.eventId);
    CHECK(waiting[0].zone == kZone);
    CHECK(waiting[0].conversationName == QStringLiteral("Allies"));
    CHECK(waiting[1].state == ScheduledRecord::State::Waiting);
    CHECK(waitFor([&] { return pair.kasara.conversation(pair.group).scheduled == 2; }));
    CHECK_FALSE(pair.kasara.texts(pair.group).contains(text));

    REQUIRE(pair.nordvale.has(pair.group, QStringLiteral("At nine")));
    CHECK(waitFor([&] { return pair.kasara.conversation(pair.group).scheduled == 1; }));
    const QVector<MessageRecord> there = pair.nordvale.messages(pair.group);
    CHECK(there.back().quote.eventId == quoted.eventId);
    CHECK(there.size() == 2);
    CHECK_FALSE(pair.nordvale.texts(pair.group).contains(text));
}

TEST_CASE("a message to be sent later is moved, taken back, or sent now") {
    Pair pair;
    Person& kasara = pair.kasara;
    for (const char* text : {"first", "second", "third"})
        must(pair.schedule(QLatin1String(text), now() + 60 * kMinuteMs));
    const QVector<ScheduledRecord> waiting = pair.scheduled();
    REQUIRE(waiting.size() == 3);
    const auto change = [&](auto member, qint64 id) {
        return kasara.ask<void>([&](auto reply) {
            (kasara.client->messages()->*member)(pair.group, id, kasara.client.get(), reply);
        });
    };
    must(change(&MessagesFace::cancelScheduled, waiting[0].id));
    CHECK(change(&MessagesFace::cancelScheduled, waiting[0].id).error().code == ErrorCode::NotFound);
    must(change(&MessagesFace::sendScheduledNow, waiting[1].id));
    CHECK(change(&MessagesFace::sendScheduledNow, waiting[1].id).error().code == ErrorCode::NotFound);
    must(kasara.ask<void>([&](auto reply) {
        kasara.client->messages()->rescheduleText(pair.group, waiting[2].id, now() + 1'000, kZone,
                                                  kasara.client.get(), reply);
    }));
    REQUIRE(pair.nordvale.has(pair.group, QStringLiteral("third")));
    CHECK(pair.nordvale.texts(pair.group) == QStringList{QStringLiteral("second"), QStringLiteral("third")});
    CHECK(pair.scheduled().isEmpty());
    CHECK(waitFor([&] { return kasara.conversation(pair.group).scheduled == 0; }));

    CHECK(pair.schedule({}, now() + kMinuteMs).error().code == ErrorCode::InvalidArgument);
    CHECK(pair.schedule(QStringLiteral("late"), now() - 1).error().code == ErrorCode::InvalidArgument);
    CHECK(pair.schedule(QStringLiteral("far"), now() + 400LL * 24 * 60 * kMinuteMs).error().code ==
          ErrorCode::LimitExceeded);
    CHECK(pair.schedule(QStringLiteral("what"), now() + kMinuteMs, QByteArray("short")).error().code ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("what had its time while the program was closed goes when it opens, unless that is long ago") {
    Pair pair;
    must(pair.schedule(QStringLiteral("Good morning"), now() + 600 * kMinuteMs));
    SECTION("minutes ago") {
        pair.reopenAt(now() - 5 * kMinuteMs);
        REQUIRE(pair.nordvale.has(pair.group, QStringLiteral("Good morning")));
        CHECK(pair.scheduled().isEmpty());
        pair.kasara.stop();
        pair.kasara.open();
        pair.kasara.idle();
        CHECK(pair.kasara.texts(pair.group) == QStringList{QStringLiteral("Good morning")});
    }
    SECTION("hours ago: the person decides") {
        pair.reopenAt(now() - 120 * kMinuteMs);
        REQUIRE(waitFor([&] { return pair.kasara.conversation(pair.group).scheduledMissed; }));
        pair.kasara.idle();
        const QVector<ScheduledRecord> missed = pair.scheduled();
        REQUIRE(missed.size() == 1);
        CHECK(missed[0].state == ScheduledRecord::State::Missed);
        CHECK(pair.kasara.texts(pair.group).isEmpty());
        must(pair.kasara.ask<void>([&](auto reply) {
            pair.kasara.client->messages()->sendScheduledNow(pair.group, missed[0].id,
                                                             pair.kasara.client.get(), reply);
        }));
        CHECK(pair.nordvale.has(pair.group, QStringLiteral("Good morning")));
    }
    SECTION("after one has left: it waits, and says so") {
        pair.kasara.stop();
        // The others put Kasara out, or it left from elsewhere: here the state alone counts.
        Environment environment;
        environment.onOpened = [&](storage::Database& database) {
            storage::ScheduledStore& store = database.stores().scheduled;
            for (const storage::ScheduledMessage& message : must(store.list()))
                must(store.setDue(message.id, now() - kMinuteMs, message.zone));
            must(database.stores().groups.setStatus(fromQt(pair.group), storage::GroupStatus::Left, now()));
        };
        HistoryReader reader;
        Engine engine(&reader, environment);
        must(engine.openProfile(pair.kasara.options(false), passphrase()));
        REQUIRE(waitFor([&] {
            const auto list = reader.scheduled(pair.group);
            return list && list->size() == 1 && list->front().state == ScheduledRecord::State::Refused;
        }));
    }
}

TEST_CASE("what has its time without the network waits for it, and is no ordinary message before") {
    Pair pair;
    pair.kasara.idle();
    bool online = true;
    QObject::connect(pair.kasara.client.get(), &Client::connectionChanged,
                     [&](const ConnectionRecord& record) { online = record.connected > 0; });
    const quint16 port = pair.world.relay->port();
    pair.world.relay.reset();
    REQUIRE(waitFor([&] { return !online; }));
    must(pair.schedule(QStringLiteral("Good morning"), now() + 200));
    // Were it sent it would be gone by now.
    REQUIRE(waitFor([&] { return pair.scheduled().front().dueMs < now() - 2'000; }));
    CHECK(pair.scheduled().front().state == ScheduledRecord::State::Waiting);
    CHECK(pair.kasara.texts(pair.group).isEmpty());
    pair.world.startRelay(port);
    REQUIRE(pair.nordvale.has(pair.group, QStringLiteral("Good morning")));
    CHECK(pair.scheduled().isEmpty());
}
