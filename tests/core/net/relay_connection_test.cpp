// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_connection.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/fake_relay.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <QElapsedTimer>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

struct Watch {
    std::vector<std::string> delivered;
    std::vector<std::pair<std::string, PublishOutcome>> published;
    std::vector<std::string> rejected;
    std::vector<std::string> closed;
    int ready = 0;
    int lost = 0;
    int eose = 0;
    int stalled = 0;

    explicit Watch(RelayConnection& c) {
        QObject::connect(
            &c, &RelayConnection::delivered, &c,
            [this](const std::string&, const nostr::Event& e) { delivered.push_back(e.content); });
        QObject::connect(&c, &RelayConnection::publishDone, &c,
                         [this](const std::string&, PublishOutcome o, const std::string& r) {
                             published.emplace_back(r, o);
                         });
        QObject::connect(
            &c, &RelayConnection::rejected, &c,
            [this](const std::string& reason, const std::string&) { rejected.push_back(reason); });
        QObject::connect(&c, &RelayConnection::closed, &c,
                         [this](const std::string&, const std::string& r) { closed.push_back(r); });
        QObject::connect(&c, &RelayConnection::ready, &c, [this] { ++ready; });
        QObject::connect(&c, &RelayConnection::lost, &c, [this] { ++lost; });
        QObject::connect(&c, &RelayConnection::endOfStored, &c, [this] { ++eose; });
        QObject::connect(&c, &RelayConnection::stalled, &c, [this] { ++stalled; });
    }
};

} // namespace

TEST_CASE("relay URLs are normalised, and unencrypted ones stay in the own network") {
    CHECK(must(checkRelayUrl("WSS://Relay.Kasara.Example:443", false)) ==
          must(checkRelayUrl("wss://relay.kasara.example", false)));
    CHECK(checkRelayUrl("ws://relay.kasara.example", false).error().code == ErrorCode::InsecureUrl);
    CHECK(checkRelayUrl("ws://8.8.8.8:7777", false).error().code == ErrorCode::InsecureUrl);
    CHECK(checkRelayUrl("ws://relay.kasara.example", true).ok());
    CHECK(checkRelayUrl("ws://127.0.0.1:7777", false).ok());
    CHECK(checkRelayUrl("ws://192.168.4.2:7777", false).ok());
    CHECK(checkRelayUrl("ws://[::1]:7777", false).ok());
    for (const char* bad :
         {"", "https://relay.kasara.example", "wss://", "wss://a:b@relay.kasara.example", "relay"})
        CHECK(checkRelayUrl(bad, true).error().code == ErrorCode::InvalidUrl);
}

TEST_CASE("a lost connection comes back by itself, and at once when the network does") {
    qtApp();
    FakeRelay relay;
    auto o = quickUninformed();
    RelayConnection c(relay.url(), o, nullptr);
    Watch w(c);
    c.start();
    REQUIRE(waitFor([&] { return w.ready == 1; }));
    relay.dropAll();
    REQUIRE(waitFor([&] { return w.ready == 2; }));
    CHECK(w.lost == 1);
    c.stop();
    CHECK(w.lost == 2);
    CHECK(c.status().state == RelayState::Disconnected);

    relay.stopListening();
    o.backoffFirstMs = o.backoffMaxMs = 100'000'000;
    RelayConnection waiting(relay.url(), o, nullptr);
    Watch v(waiting);
    waiting.start();
    REQUIRE(waitFor([&] { return waiting.status().state == RelayState::WaitingToRetry; }));
    REQUIRE(relay.listenAgain());
    waiting.networkAvailable();
    CHECK(waitFor([&] { return v.ready == 1; }));
}

TEST_CASE("a relay that goes silent is given up") {
    qtApp();
    FakeRelay relay;
    auto o = quickUninformed();
    o.pingIdleMs = 50;
    o.deadAfterMs = 300;
    RelayConnection c(relay.url(), o, nullptr);
    Watch w(c);
    c.start();
    // The fake relay answers pings, so the connection stays open beyond the limit.
    REQUIRE(waitFor([&] { return w.ready == 1; }));
    QElapsedTimer alive;
    alive.start();
    REQUIRE(waitFor([&] { return alive.elapsed() > 900; }));
    CHECK(w.lost == 0);
    c.stop();

    // This relay reads nothing and does not answer pings.
    FakeRelay mute;
    mute.onOpen = [](FakeRelay&, QTcpSocket* client) { client->disconnect(SIGNAL(readyRead())); };
    RelayConnection d(mute.url(), o, nullptr);
    Watch v(d);
    d.start();
    REQUIRE(waitFor([&] { return v.lost > 0; }));
    CHECK(d.status().connects > 0);
}

TEST_CASE("events are sent once and their outcome is told") {
    qtApp();
    FakeRelay relay;
    relay.onMessage = [](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        const QByteArray id = FakeRelay::publishedId(message);
        if (message.contains("accept"))
            r.send(client, "[\"OK\",\"" + id + "\",true,\"\"]");
        else if (message.contains("duplicate"))
            r.send(client, "[\"OK\",\"" + id + "\",false,\"duplicate: have it\"]");
        else if (message.contains("refuse"))
            r.send(client, "[\"OK\",\"" + id + "\",false,\"blocked: not here\"]");
        else if (message.contains("slow"))
            r.send(client, "[\"OK\",\"" + id + "\",false,\"rate-limited: wait\"]");
    };
    auto o = quickUninformed();
    o.publishTimeoutMs = 200;
    RelayConnection c(relay.url(), o, nullptr);
    Watch w(c);
    const auto key = newKey();
    const auto publish = [&](const std::string& text) {
        const auto e = makeEvent(key, 1, text);
        c.publish(idOf(e), e.toJson());
    };
    publish("too early");
    REQUIRE(w.published.size() == 1);
    CHECK(w.published[0].second == PublishOutcome::NotConnected);
    c.start();
    REQUIRE(waitFor([&] { return w.ready == 1; }));
    for (const char* text : {"accept", "duplicate", "refuse", "no answer"})
        publish(text);
    REQUIRE(waitFor([&] { return w.published.size() == 5; }));
    CHECK(w.published[1].second == PublishOutcome::Accepted);
    CHECK(w.published[2].second == PublishOutcome::Accepted);
    CHECK(w.published[3].second == PublishOutcome::Refused);
    CHECK(w.published[3].first == "blocked: not here");
    CHECK(w.published[4].second == PublishOutcome::Unknown);
    publish("slow");
    REQUIRE(waitFor([&] { return w.published.size() == 6; }));
    CHECK(w.published[5].second == PublishOutcome::RateLimited);
}

TEST_CASE("a relay that wants authentication gets it, and the work goes on") {
    qtApp();
    FakeRelay relay;
    bool known = false;
    std::string answered;
    relay.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (message.startsWith("[\"AUTH\"")) {
            known = true;
            const qsizetype at = message.indexOf("\"id\":\"") + 6;
            r.send(client, "[\"OK\",\"" + message.mid(at, 64) + "\",true,\"\"]");
        } else if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty()) {
            if (known)
                r.send(client, "[\"EOSE\",\"" + sub + "\"]");
            else
                r.send(client, "[\"CLOSED\",\"" + sub + "\",\"auth-required: who are you\"]");
            if (!known)
                r.send(client, "[\"AUTH\",\"challenge-1\"]");
        } else if (const QByteArray id = FakeRelay::publishedId(message); !id.isEmpty()) {
            r.send(client, known ? "[\"OK\",\"" + id + "\",true,\"\"]"
                                 : "[\"OK\",\"" + id + "\",false,\"auth-required: who are you\"]");
        }
    };
    const auto key = newKey();
    const auto event = makeEvent(key, 1, "x");
    SECTION("with a signer") {
        RelayConnection c(relay.url(), quickUninformed(), nullptr);
        Watch w(c);
        c.setAuthSigner([&](const std::string& url, const std::string& challenge) -> Result<std::string> {
            CHECK(must(checkRelayUrl(url, false)) == must(checkRelayUrl(relay.url(), false)));
            answered = challenge;
            return makeEvent(key, 22242, "", {{"relay", url}, {"challenge", challenge}}).toJson();
        });
        QObject::connect(&c, &RelayConnection::ready, &c, [&] {
            c.open("s1", {kindOne()}, RelayConnection::RequestKind::Live);
            c.publish(idOf(event), event.toJson());
        });
        c.start();
        REQUIRE(waitFor([&] { return w.eose == 1 && w.published.size() == 1; }));
        CHECK(answered == "challenge-1");
        CHECK(c.status().authenticated);
        CHECK(w.closed.empty());
        CHECK(w.published[0].second == PublishOutcome::Accepted);
    }
    SECTION("without one, the refusal is passed on") {
        RelayConnection c(relay.url(), quickUninformed(), nullptr);
        Watch w(c);
        QObject::connect(&c, &RelayConnection::ready, &c, [&] {
            c.open("s1", {kindOne()}, RelayConnection::RequestKind::Live);
            c.publish(idOf(event), event.toJson());
        });
        c.start();
        REQUIRE(waitFor([&] { return w.closed.size() == 1 && w.published.size() == 1; }));
        CHECK(w.published[0].second == PublishOutcome::Refused);
        CHECK(c.status().state == RelayState::Connected);
    }
}

TEST_CASE("requests beyond the relay's number wait for their turn") {
    qtApp();
    FakeRelay relay;
    std::vector<std::pair<QTcpSocket*, QByteArray>> asked;
    relay.onMessage = [&](FakeRelay&, QTcpSocket* client, const QByteArray& message) {
        if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty())
            asked.emplace_back(client, sub);
    };
    auto o = quickUninformed();
    o.maxRequests = 4;
    RelayConnection c(relay.url(), o, nullptr);
    Watch w(c);
    c.start();
    REQUIRE(waitFor([&] { return w.ready == 1; }));
    for (int i = 0; i < 5; ++i)
        c.open("live" + std::to_string(i), {kindOne()}, RelayConnection::RequestKind::Live);
    for (int i = 0; i < 3; ++i)
        c.open("once" + std::to_string(i), {kindOne()}, RelayConnection::RequestKind::Once);
    REQUIRE(waitFor([&] { return asked.size() == 4; }));
    CHECK(asked[0].second == "live0");
    CHECK(asked[1].second == "live1");
    CHECK(asked[2].second == "once0");
    CHECK(asked[3].second == "once1");
    c.close("once0");
    REQUIRE(waitFor([&] { return asked.size() == 5; }));
    CHECK(asked[4].second == "once2");
    c.close("live0");
    REQUIRE(waitFor([&] { return asked.size() == 6; }));
    CHECK(asked[5].second == "live2");
}
