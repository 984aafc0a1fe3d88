// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

#include "core/client/people/directory.h"

using namespace valise;
using namespace valise::client;

TEST_CASE("an invitation link names the account, its servers and a name") {
    crypto::SeededRandom random(1);
    const auto key = crypto::schnorrGenerate(random).publicKey;
    const QString link =
        Directory::invitationLink(key, {"wss://relay.example.org"}, QStringLiteral("Amina & Jean é"));
    CHECK(link.startsWith(QLatin1String("valise:nprofile1")));
    const auto parsed = must(Directory::parseAddress(QLatin1String("  ") + link + QLatin1String("\n")));
    CHECK(parsed.first.pubkey == key);
    CHECK(parsed.first.relays == std::vector<std::string>{"wss://relay.example.org"});
    CHECK(parsed.second == QStringLiteral("Amina & Jean é"));

    CHECK(must(Directory::parseAddress(toQString(nostr::encodeNpub(key)))).first.pubkey == key);
    CHECK(must(Directory::parseAddress(QLatin1String("nostr:") + toQString(nostr::encodeNpub(key))))
              .first.pubkey == key);
    for (const char* bad :
         {"", "hello", "valise:", "valise:npub1qqqq", "https://example.org", "npub1", "valise:?name=x"}) {
        INFO(bad);
        CHECK(Directory::parseAddress(QString::fromLatin1(bad)).error().code == ErrorCode::InvalidArgument);
    }
    CHECK_FALSE(Directory::parseAddress(QString(10'000, QLatin1Char('a'))).ok());
}
