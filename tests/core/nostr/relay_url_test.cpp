// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/relay_url.h"

#include "tests/support/catch.h"

using namespace valise;
using namespace valise::nostr;

TEST_CASE("relay URLs are normalised", "[nostr]") {
    const std::pair<const char*, const char*> cases[] = {
        {"wss://relay.kasara.example", "wss://relay.kasara.example"},
        {"WSS://Relay.Kasara.EXAMPLE/", "wss://relay.kasara.example"},
        {"wss://relay.kasara.example:443/", "wss://relay.kasara.example"},
        {"ws://relay.kasara.example:80", "ws://relay.kasara.example"},
        {"wss://relay.kasara.example:80", "wss://relay.kasara.example:80"},
        {"wss://relay.kasara.example/Path?x=Y", "wss://relay.kasara.example/Path?x=Y"},
        {"wss://relay.kasara.example?x", "wss://relay.kasara.example/?x"},
        {"ws://[::1]:7777", "ws://[::1]:7777"},
        {"ws://[FE80::AB]", "ws://[fe80::ab]"},
        {"ws://192.168.1.20:8080", "ws://192.168.1.20:8080"},
        {"wss://xn--bcher-kva.example", "wss://xn--bcher-kva.example"},
    };
    for (const auto& [from, to] : cases) {
        INFO(from);
        CHECK(must(normaliseRelayUrl(from)) == to);
        CHECK(must(normaliseRelayUrl(to)) == to);
    }
    CHECK(must(parseRelayUrl("ws://[::1]:7777/a")).host == "::1");
    CHECK(must(parseRelayUrl("ws://[::1]:7777/a")).port == 7777);
    CHECK(must(parseRelayUrl("wss://a.example")).port == 443);
}

TEST_CASE("what is no relay URL", "[nostr]") {
    for (const std::string& bad : {std::string(),
                                   std::string("wss://"),
                                   std::string("https://a.example"),
                                   std::string("a.example"),
                                   std::string("wss:a.example"),
                                   std::string("wss:///x"),
                                   std::string("wss://user@a.example"),
                                   std::string("wss://user:pw@a.example"),
                                   std::string("wss://a.example#x"),
                                   std::string("wss://a b.example"),
                                   std::string("wss://a.example\n"),
                                   std::string("wss://a..example"),
                                   std::string("wss://.a.example"),
                                   std::string("wss://-a.example"),
                                   std::string("wss://a.example:0"),
                                   std::string("wss://a.example:65536"),
                                   std::string("wss://a.example:"),
                                   std::string("wss://a.example:8x"),
                                   std::string("wss://a.example:1:2"),
                                   std::string("wss://127.1"),
                                   std::string("wss://0x7f.1"),
                                   std::string("wss://a.0x7f"),
                                   std::string("wss://256.1.1.1"),
                                   std::string("wss://01.1.1.1"),
                                   std::string("wss://2130706433"),
                                   std::string("wss://[::1"),
                                   std::string("wss://[::1]x"),
                                   std::string("wss://[:::1]"),
                                   std::string("wss://[1:2:3:4:5:6:7:8:9]"),
                                   std::string("wss://[1:2]"),
                                   std::string("wss://[fe80::1%25eth0]"),
                                   std::string("wss://b\xc3\xbc"
                                               "cher.example"),
                                   std::string("wss://a.example\\b"),
                                   "wss://a.example/" + std::string(512, 'x'),
                                   "wss://" + std::string(64, 'a') + ".example"}) {
        INFO(bad);
        const auto r = parseRelayUrl(bad);
        REQUIRE_FALSE(r.ok());
        CHECK(r.error().code == ErrorCode::InvalidUrl);
    }
    const std::string longest = "wss://a.example/" + std::string(512 - 16, 'x');
    REQUIRE(longest.size() == 512);
    CHECK(parseRelayUrl(longest).ok());
}

TEST_CASE("unencrypted URLs only inside", "[nostr]") {
    for (const char* host :
         {"localhost", "LOCALHOST", "relay.localhost", "embassy.local", "127.0.0.1", "127.9.9.9", "10.0.0.1",
          "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.1.1", "::1", "[::1]", "fc00::1", "fdff::1",
          "fe80::1", "::ffff:10.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:0:0:1"}) {
        INFO(host);
        CHECK(isLoopbackOrPrivateHost(host));
    }
    for (const char* host : {"",
                             "a.example",
                             "localhost.example",
                             "notlocalhost",
                             "local",
                             "127.0.0.1.example",
                             "8.8.8.8",
                             "172.15.0.1",
                             "172.32.0.1",
                             "192.169.0.1",
                             "0.0.0.0",
                             "::",
                             "::2",
                             "fec0::1",
                             "2001:db8::1",
                             "::ffff:8.8.8.8",
                             "127.1",
                             "1::1",
                             ":::",
                             "::1::",
                             "[",
                             "[]"}) {
        INFO(host);
        CHECK_FALSE(isLoopbackOrPrivateHost(host));
    }
    CHECK(checkRelayUrl("ws://127.0.0.1:7777").ok());
    CHECK(checkRelayUrl("ws://[fd00::5]").ok());
    CHECK(checkRelayUrl("wss://a.example").ok());
    CHECK(checkRelayUrl("ws://a.example").error().code == ErrorCode::InsecureUrl);
    CHECK(checkRelayUrl("http://a.example").error().code == ErrorCode::InvalidUrl);
}
