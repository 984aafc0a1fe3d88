// SPDX-License-Identifier: AGPL-3.0-or-later
// The order in which words were written is the order in which everybody sees them.
#include "tests/core/client/world.h"

#include "core/client/engine.h"
#include "core/client/history/history_reader.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

TEST_CASE("what waited keeps its order, also if its first message was dated ahead of the others") {
    World world;
    Person kasara = world.person(QStringLiteral("Kasara"));
    Person nordvale = world.person(QStringLiteral("Nordvale"));
    kasara.create();
    nordvale.create();
    const ConversationId group = world.found(nordvale, QStringLiteral("Harbour"), {&kasara});
    kasara.stop();
    kasara.open(false);
    const QStringList words{QStringLiteral("One"), QStringLiteral("Two"), QStringLiteral("Three")};
    for (const QString& text : words)
        kasara.say(group, text);
    kasara.stop();
    {
        // As where the first answered somebody in an earlier epoch, whose messages ran ahead of the clock.
        std::int64_t changed = 0;
        Environment environment;
        environment.onOpened = [&](storage::Database& database) {
            changed = must(database.connection().run("UPDATE held_messages SET created_ms = created_ms + 3000"
                                                     " WHERE content = 'One'"));
        };
        HistoryReader reader;
        Engine engine(&reader, environment);
        must(engine.openProfile(kasara.options(false), passphrase()));
        REQUIRE(changed == 1);
    }
    kasara.open();
    REQUIRE(nordvale.has(group, words.back()));
    CHECK(nordvale.texts(group) == words);
    CHECK(kasara.texts(group) == words);
}
