// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_limits.h"

#include "core/net/relay_connection.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/fake_relay.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <QElapsedTimer>

#include <limits>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

constexpr std::int64_t kNow = 1'700'000'000;

struct Informed {
    Informed(FakeRelay& relay, const RelayOptions& options = quick())
        : connection(relay.url(), options) {
        QObject::connect(&connection, &RelayConnection::publishDone, &connection,
                         [this](const std::string&, PublishOutcome o, const std::string& r) {
                             published.emplace_back(o, r);
                         });
        QObject::connect(&connection, &RelayConnection::closed, &connection,
                         [this](const std::string&, const std::string& r) { closed.push_back(r); });
    }
    RelayConnection connection;
    std::vector<std::pair<PublishOutcome, std::string>> published;
    std::vector<std::string> closed;
};

} // namespace

TEST_CASE("a relay's document narrows the bounds and never widens them") {
    RelayOptions options;
    options.maxRequests = 10;
    options.pageSize = 300;
    nostr::RelayInfo info;
    info.maxSubscriptions = 4;
    info.maxLimit = 100;
    RelayLimits limits(options);
    limits.apply(info);
    CHECK(limits.requests == 4);
    CHECK(limits.pageSize == 100);
    info.maxSubscriptions = 1'000'000;
    info.maxLimit = 1'000'000;
    limits = RelayLimits(options);
    limits.apply(info);
    CHECK(limits.requests == 10);
    CHECK(limits.pageSize == 300);
    info.maxSubscriptions = 0; // zero is taken for a mistake
    info.maxLimit = 0;
    info.maxMessageLength = 3;
    limits.apply(info);
    CHECK(limits.requests == 10);
    CHECK(limits.pageSize == 300);
    CHECK_FALSE(limits.refusesMessage(100'000));
}

TEST_CASE("events a relay says it does not take are told apart before they are sent") {
    RelayLimits limits{RelayOptions{}};
    const auto key = newKey();
    const std::string plain = makeEvent(key, 1, std::string(300, 'x')).toJson();
    // Each character has four octets.
    std::string wide;
    for (int i = 0; i < 300; ++i)
        wide += "\xf0\x9f\x95\x8a";
    const std::string dove = makeEvent(key, 1, wide).toJson();
    const std::string tagged = makeEvent(key, 1, "x", {{"t", "a"}, {"t", "b"}, {"t", "c"}}).toJson();
    CHECK_FALSE(limits.refusesEvent(plain, kNow));
    nostr::RelayInfo info;
    info.maxContentLength = 300;
    limits.apply(info);
    CHECK_FALSE(limits.refusesEvent(plain, kNow));
    CHECK_FALSE(limits.refusesEvent(dove, kNow));
    info.maxContentLength = 299;
    limits.apply(info);
    CHECK(limits.refusesEvent(plain, kNow));
    CHECK(limits.refusesEvent(dove, kNow));
    info = {};
    info.maxEventTags = 2;
    limits.apply(info);
    CHECK(limits.refusesEvent(tagged, kNow));
    CHECK_FALSE(limits.refusesEvent(plain, kNow));
    info = {};
    info.maxMessageLength = 1024;
    limits.apply(info);
    CHECK_FALSE(limits.refusesEvent(plain, kNow));
    CHECK(limits.refusesEvent(dove, kNow));
    CHECK(nostr::reasonCode(*limits.refusesEvent(dove, kNow)) == nostr::ReasonCode::Restricted);
}

TEST_CASE("a relay's bounds for dates are kept, and what is dated ahead may come later") {
    RelayLimits limits{RelayOptions{}};
    const auto key = newKey();
    const auto dated = [&](std::int64_t at) {
        return makeEvent(key, 1, "x", {}, static_cast<std::uint64_t>(at)).toJson();
    };
    nostr::RelayInfo info;
    info.createdAtLowerLimit = 86'400;
    info.createdAtUpperLimit = 3;
    limits.apply(info);
    CHECK(limits.oldest == 86'400);
    CHECK_FALSE(limits.refusesEvent(dated(kNow - 86'400), kNow));
    CHECK_FALSE(limits.refusesEvent(dated(kNow + 3), kNow));
    const auto old = limits.refusesEvent(dated(kNow - 86'401), kNow);
    REQUIRE(old);
    CHECK(nostr::reasonCode(*old) == nostr::ReasonCode::Restricted);
    const auto ahead = limits.refusesEvent(dated(kNow + 4), kNow);
    REQUIRE(ahead);
    CHECK(nostr::reasonCode(*ahead) == nostr::ReasonCode::RateLimited);
    // The largest possible date is ahead as well.
    CHECK(limits.refusesEvent(dated(std::numeric_limits<std::int64_t>::max()), kNow));
    info.createdAtLowerLimit = 5; // no event could be accepted, so the value is ignored
    info.createdAtUpperLimit = std::numeric_limits<std::uint64_t>::max();
    limits.apply(info);
    CHECK_FALSE(limits.oldest);
    CHECK_FALSE(limits.refusesEvent(dated(1), kNow));
    CHECK_FALSE(limits.refusesEvent(dated(kNow + 1'000'000), kNow));
}

TEST_CASE("what a relay says is too old is not sent to it; what is dated ahead is for later") {
    qtApp();
    FakeRelay relay;
    relay.information = R"({"supported_nips":[1,11,77],"limitation":{"created_at_lower_limit":3600,)"
                        R"("created_at_upper_limit":900}})";
    std::vector<QByteArray> came;
    relay.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (const QByteArray id = FakeRelay::publishedId(message); !id.isEmpty()) {
            came.push_back(id);
            r.send(client, "[\"OK\",\"" + id + "\",true,\"\"]");
        }
    };
    Informed c(relay);
    c.connection.start();
    REQUIRE(waitFor(
        [&] { return c.connection.isReady() && c.connection.status().oldestAcceptedSeconds == 3600; }));
    const auto key = newKey();
    const auto now = static_cast<std::uint64_t>(SystemClock().now());
    const auto old = makeEvent(key, 1, "x", {}, now - 4000);
    const auto ahead = makeEvent(key, 1, "x", {}, now + 1500);
    const auto fits = makeEvent(key, 1, "x", {}, now - 100);
    for (const auto* event : {&old, &ahead, &fits})
        c.connection.publish(idOf(*event), event->toJson());
    REQUIRE(waitFor([&] { return c.published.size() == 3; }));
    CHECK(c.published[0].first == PublishOutcome::Refused);
    CHECK(c.published[1].first == PublishOutcome::RateLimited);
    CHECK(c.published[2].first == PublishOutcome::Accepted);
    CHECK(came == std::vector<QByteArray>{QByteArray::fromStdString(idOf(fits))});
}

TEST_CASE("what is too large for a relay is not sent to it, and the connection stays") {
    qtApp();
    FakeRelay relay;
    relay.information = R"({"supported_nips":[1,11,77],"limitation":{"max_message_length":2000}})";
    relay.onMessage = [](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (message.size() > 2000)
            client->abort(); // some relays do this
        else if (const QByteArray id = FakeRelay::publishedId(message); !id.isEmpty())
            r.send(client, "[\"OK\",\"" + id + "\",true,\"\"]");
    };
    Informed c(relay);
    c.connection.start();
    REQUIRE(waitFor(
        [&] { return c.connection.isReady() && c.connection.status().reconciles; })); // the document is read
    const auto key = newKey();
    const auto large = makeEvent(key, 1, std::string(5000, 'x'));
    const auto small = makeEvent(key, 1, "x");
    c.connection.publish(idOf(large), large.toJson());
    REQUIRE(c.published.size() == 1);
    CHECK(c.published.front().first == PublishOutcome::Refused);
    CHECK(c.published.front().second == "restricted: this server takes messages of at most 2000 octets");
    const auto connects = c.connection.status().connects;
    c.published.clear();
    c.connection.publish(idOf(large), large.toJson());
    c.connection.publish(idOf(small), small.toJson());
    REQUIRE(waitFor([&] { return c.published.size() == 2; }));
    CHECK(c.published[1].first == PublishOutcome::Accepted);
    nostr::Filter many = kindOne();
    for (int i = 0; i < 100; ++i)
        many.tags['h'].push_back(std::string(64, 'a'));
    c.connection.open("s1", {many}, RelayConnection::RequestKind::Live);
    REQUIRE(waitFor([&] { return c.closed.size() == 1; }));
    CHECK(c.connection.status().connects == connects);
}

TEST_CASE("a relay that answers nobody unknown is not asked before its challenge") {
    qtApp();
    FakeRelay relay;
    relay.information = R"({"limitation":{"auth_required":true,"payment_required":true}})";
    std::vector<QByteArray> order;
    QTcpSocket* peer = nullptr;
    relay.onOpen = [&](FakeRelay&, QTcpSocket* client) {
        order.clear();
        peer = client;
    };
    relay.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        order.push_back(message.left(6));
        if (message.startsWith("[\"AUTH\"")) {
            const qsizetype at = message.indexOf("\"id\":\"") + 6;
            r.send(client, "[\"OK\",\"" + message.mid(at, 64) + "\",true,\"\"]");
        }
    };
    const auto key = newKey();
    Informed c(relay);
    c.connection.setAuthSigner(
        [&](const std::string& url, const std::string& challenge) -> Result<std::string> {
            return makeEvent(key, 22242, "", {{"relay", url}, {"challenge", challenge}}).toJson();
        });
    QObject::connect(&c.connection, &RelayConnection::ready, &c.connection,
                     [&] { c.connection.open("s1", {kindOne()}, RelayConnection::RequestKind::Live); });
    c.connection.start();
    REQUIRE(waitFor([&] { return c.connection.status().paymentRequired; }));
    relay.dropAll();
    peer = nullptr;
    REQUIRE(waitFor([&] { return peer && c.connection.isReady(); }));
    relay.send(peer, "[\"AUTH\",\"challenge-1\"]");
    REQUIRE(waitFor([&] { return order.size() == 2; }));
    CHECK(order[0] == "[\"AUTH");
    CHECK(order[1] == "[\"REQ\"");
}

TEST_CASE("a relay that asks for less is asked less and less, and others are not") {
    qtApp();
    FakeRelay relay;
    std::vector<qint64> asked;
    QElapsedTimer clock;
    clock.start();
    int refusals = 3;
    relay.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        const QByteArray id = FakeRelay::publishedId(message);
        asked.push_back(clock.elapsed());
        r.send(client, "[\"OK\",\"" + id +
                           (--refusals >= 0 ? "\",false,\"rate-limited: slower\"]" : "\",true,\"\"]"));
    };
    auto o = quick();
    o.fetchInformation = false;
    o.rateLimitPauseMs = 100;
    o.publishTimeoutMs = 10'000;
    Informed c(relay, o);
    c.connection.start();
    REQUIRE(waitFor([&] { return c.connection.isReady(); }));
    const auto event = makeEvent(newKey(), 1, "x");
    for (std::size_t i = 1; i <= 4; ++i) {
        c.connection.publish(idOf(event), event.toJson());
        REQUIRE(waitFor([&] { return c.published.size() == i; }));
    }
    CHECK(c.published[2].first == PublishOutcome::RateLimited);
    CHECK(c.published[3].first == PublishOutcome::Accepted);
    CHECK(asked[1] - asked[0] >= 100);
    CHECK(asked[2] - asked[1] >= 200);
    CHECK(asked[3] - asked[2] >= 400);
}
