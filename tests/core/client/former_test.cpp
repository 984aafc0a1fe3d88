// SPDX-License-Identifier: AGPL-3.0-or-later
// A former member still reads the messages from before the removal, and no others.
#include "tests/core/client/scripted_member.h"

#include "core/client/engine.h"
#include "core/client/history/history_reader.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

//! Kasara, who is administrator, and Tamir. The test decides when the messages of Oslan arrive.
struct Parting {
    Parting()
        : oslan(world.url) {
        kasara.create();
        tamir.create();
        tamir.knows(kasara);
        group = world.found(kasara, QStringLiteral("Allies"), {&tamir});
        must(kasara.ask<void>([&](auto reply) {
            kasara.client->groups()->addMembers(group, {oslan.address()}, kasara.client.get(), reply);
        }));
        REQUIRE(oslan.joined());
        REQUIRE(waitFor([&] { return tamir.conversation(group).members == 3; }));
    }
    void removeTamir() {
        const auto before = oslan.group().epoch();
        must(kasara.ask<void>([&](auto reply) {
            kasara.client->groups()->removeMember(group, tamir.account.key, kasara.client.get(), reply);
        }));
        REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Removed; }));
        REQUIRE(waitFor([&] { return oslan.group().epoch() == before + 1; }));
    }
    void inviteTamir() {
        must(kasara.ask<void>([&](auto reply) {
            kasara.client->groups()->addMembers(group, {tamir.account.invitationLink}, kasara.client.get(),
                                                reply);
        }));
        REQUIRE(waitFor([&] { return tamir.conversation(group).state == ConversationState::Active; }));
        REQUIRE(waitFor([&] { return oslan.group().members().size() == 3; }));
    }
    std::int64_t keptParts(const std::string& change = {}) {
        // As the program does at its start, and looked at before it does more.
        std::int64_t parts = -1;
        Environment environment;
        environment.onOpened = [&](storage::Database& database) {
            if (!change.empty())
                must(database.connection().run(change));
            parts = must(database.connection().integer("SELECT count(*) FROM former_parts")).value_or(-1);
        };
        HistoryReader reader;
        Engine engine(&reader, environment);
        must(engine.openProfile(tamir.options(false), passphrase()));
        return parts;
    }

    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person tamir = world.person(QStringLiteral("Tamir"));
    Scripted oslan;
    ConversationId group;
};

} // namespace

TEST_CASE("what was said before a removal is read after it, and nothing else") {
    Parting parting;
    Person& tamir = parting.tamir;
    const ConversationId& group = parting.group;
    const QString early = QStringLiteral("Before the recess");
    const QString after = QStringLiteral("Now that Tamir is gone");
    const nostr::Event late = parting.oslan.write(early);
    parting.removeTamir();
    const nostr::Event secret = parting.oslan.write(after);

    SECTION("at once") {}
    SECTION("after a restart") {
        tamir.stop();
        tamir.open();
    }
    SECTION("after another invitation") {
        parting.inviteTamir();
    }
    SECTION("after another invitation and another removal") {
        parting.inviteTamir();
        parting.removeTamir();
        tamir.stop();
        tamir.open();
    }
    // The message that Tamir must not read is sent first. When the other one is there, it has been looked at.
    parting.oslan.send(secret);
    parting.oslan.send(late);
    CHECK(parting.kasara.has(group, after));
    CHECK(tamir.has(group, early));
    CHECK_FALSE(tamir.texts(group).contains(after));
    CHECK(tamir.texts(group).count(early) == 1);
    // Also not from memory, when the program starts anew.
    tamir.stop();
    tamir.open();
    parting.oslan.send(late);
    tamir.idle();
    CHECK(tamir.texts(group).count(early) == 1);
    CHECK_FALSE(tamir.texts(group).contains(after));
}

TEST_CASE("the keys of a conversation one is out of are erased when nothing can come any more") {
    Parting parting;
    parting.removeTamir();
    parting.tamir.stop();
    CHECK(parting.keptParts() > 0);
    CHECK(parting.keptParts("UPDATE former_parts SET until_ms = 1000") > 0);
    CHECK(parting.keptParts() == 0);
}

TEST_CASE("damaged keys of a conversation one is out of do no harm") {
    Parting parting;
    parting.removeTamir();
    parting.tamir.stop();
    CHECK(parting.keptParts("UPDATE former_parts SET value = x'00' WHERE name = 'main'") > 0);
    CHECK(parting.keptParts() == 0);
    parting.tamir.open();
    CHECK(parting.tamir.conversation(parting.group).state == ConversationState::Removed);
}
