// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/event_store.h"
#include "core/host/relay_server.h"
#include "core/net/relay_pool.h"
#include "core/nostr/message.h"
#include "core/nostr/nip42.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/fake_relay.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <QTemporaryDir>

#include <set>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

struct Server {
    std::unique_ptr<host::RelayServer> relay;
    host::RelayServerOptions options;
    quint16 port = 0;

    explicit Server(host::RelayServerOptions o = {})
        : options(std::move(o)) {
        qtApp();
        options.eventsPerMinute = options.requestsPerMinute = 1'000'000;
        start();
    }
    void start() {
        relay = std::make_unique<host::RelayServer>(options);
        must(relay->listen("127.0.0.1", port));
        port = relay->port();
    }
    void stop() { relay.reset(); }
    std::string url() const { return "ws://127.0.0.1:" + std::to_string(port); }
};

struct Heard {
    std::vector<nostr::Event> events;
    std::vector<std::string> relays;
    std::map<std::string, PublishOutcome> outcomes; //!< last outcome per relay
    std::map<std::string, qint64> cursors;
    std::vector<std::string> caughtUp;
    int publishedCount = 0;

    explicit Heard(RelayPool& pool) {
        QObject::connect(&pool, &RelayPool::eventReceived, &pool,
                         [this](const QString&, const nostr::Event& e, const QString& relay) {
                             events.push_back(e);
                             relays.push_back(relay.toStdString());
                         });
        QObject::connect(&pool, &RelayPool::published, &pool,
                         [this](const QString&, const QString& relay, PublishOutcome o, const QString&) {
                             outcomes[relay.toStdString()] = o;
                             ++publishedCount;
                         });
        QObject::connect(
            &pool, &RelayPool::cursorAdvanced, &pool,
            [this](const QString&, const QString& relay, qint64 at) { cursors[relay.toStdString()] = at; });
        QObject::connect(&pool, &RelayPool::caughtUp, &pool,
                         [this](const QString& sub) { caughtUp.push_back(sub.toStdString()); });
    }
    std::set<std::string> contents() const {
        std::set<std::string> out;
        for (const auto& e : events)
            out.insert(e.content);
        return out;
    }
};

nostr::Filter kinds(std::vector<nostr::Kind> k) {
    nostr::Filter f;
    f.kinds = std::move(k);
    return f;
}

Subscription subscription(std::string id, std::vector<nostr::Filter> filters,
                          std::vector<std::string> relays) {
    Subscription s;
    s.id = std::move(id);
    s.filters = std::move(filters);
    s.relays = std::move(relays);
    return s;
}

void publishAndWait(RelayPool& pool, Heard& heard, const nostr::Event& e,
                    const std::vector<std::string>& relays) {
    const int before = heard.publishedCount;
    pool.publish(idOf(e), e.toJson(), relays);
    CHECK(heard.publishedCount == before);
    REQUIRE(waitFor([&] { return heard.publishedCount == before + static_cast<int>(relays.size()); }));
}

} // namespace

TEST_CASE("an event goes through a relay from one pool to another") {
    Server server;
    RelayPool alice(quick());
    RelayPool bob(quick());
    Heard a(alice);
    Heard b(bob);
    const auto key = newKey();
    bob.subscribe(subscription("inbox", {kinds({445})}, {server.url()}));
    REQUIRE(waitFor([&] { return !b.caughtUp.empty(); }));
    CHECK(bob.isCaughtUp("inbox"));
    const auto e = makeEvent(key, 445, "hello", {{"h", "g"}});
    // The pool is not connected yet, so it connects to publish.
    publishAndWait(alice, a, e, {server.url()});
    CHECK(a.outcomes[server.url()] == PublishOutcome::Accepted);
    REQUIRE(waitFor([&] { return b.events.size() == 1; }));
    CHECK(b.events[0] == e);
    CHECK(waitFor([&] { return b.cursors[must(checkRelayUrl(server.url(), false))] > 0; }));
    bob.unsubscribe("inbox");
    publishAndWait(alice, a, makeEvent(key, 445, "unheard"), {server.url()});
    bob.subscribe(subscription("other", {kinds({7})}, {server.url()}));
    publishAndWait(alice, a, makeEvent(key, 7, "heard"), {server.url()});
    REQUIRE(waitFor([&] { return b.events.size() == 2; }));
    CHECK(b.events[1].content == "heard");
}

TEST_CASE("the same event from two relays is reported once, and one dead relay harms nobody") {
    Server one;
    Server two;
    FakeRelay dead;
    dead.stopListening();
    RelayPool pool(quick());
    Heard heard(pool);
    const auto key = newKey();
    const std::vector<std::string> all = {one.url(), dead.url(), two.url()};
    pool.subscribe(subscription("s", {kinds({1})}, all));
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }));
    for (int i = 0; i < 20; ++i)
        publishAndWait(pool, heard, makeEvent(key, 1, std::to_string(i)), all);
    CHECK(heard.outcomes[one.url()] == PublishOutcome::Accepted);
    CHECK(heard.outcomes[two.url()] == PublishOutcome::Accepted);
    CHECK(heard.outcomes[dead.url()] == PublishOutcome::NotConnected);
    REQUIRE(waitFor([&] { return heard.contents().size() == 20; }));
    // Both relays have delivered everything when both counters show it.
    REQUIRE(waitFor([&] {
        return pool.status(one.url()).eventsReceived >= 20 && pool.status(two.url()).eventsReceived >= 20;
    }));
    CHECK(heard.events.size() == 20);
    CHECK(pool.status(one.url()).state == RelayState::Connected);
    CHECK(pool.status(dead.url()).state != RelayState::Connected);
}

TEST_CASE("after a relay's restart the subscription goes on and nothing is missed") {
    QTemporaryDir dir;
    host::RelayServerOptions o;
    o.directory = dir.path().toStdString();
    Server server(o);
    RelayPool pool(quick());
    RelayPool other(quick());
    Heard heard(pool);
    Heard sent(other);
    const auto key = newKey();
    pool.subscribe(subscription("s", {kinds({1})}, {server.url()}));
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }));
    publishAndWait(other, sent, makeEvent(key, 1, "before"), {server.url()});
    REQUIRE(waitFor([&] { return heard.events.size() == 1; }));
    server.stop();
    REQUIRE(waitFor([&] { return pool.status(server.url()).state != RelayState::Connected; }));
    // While the relay is down, an event dated a little earlier than the newest one is added to its file.
    {
        host::EventStore store;
        must(store.open(dir.path().toStdString() + "/relay.sqlite"));
        const auto missed = makeEvent(key, 1, "missed", {}, nowSeconds() - 60);
        must(store.put(missed, missed.toJson(), static_cast<std::int64_t>(nowSeconds())));
    }
    server.start();
    REQUIRE(waitFor([&] { return heard.contents().count("missed") == 1; }));
    REQUIRE(waitFor([&] { return pool.status(server.url()).state == RelayState::Connected; }));
    other.networkAvailable();
    REQUIRE(waitFor([&] { return other.status(server.url()).state == RelayState::Connected; }));
    publishAndWait(other, sent, makeEvent(key, 1, "after"), {server.url()});
    REQUIRE(waitFor([&] { return heard.contents().count("after") == 1; }));
    CHECK(heard.events.size() == 3);
}

TEST_CASE("thousands of waiting events are fetched page by page and come oldest first") {
    QTemporaryDir dir;
    constexpr int kEvents = 3000;
    {
        qtApp();
        host::EventStore store;
        must(store.open(dir.path().toStdString() + "/relay.sqlite"));
        const auto key = newKey();
        const std::uint64_t start = nowSeconds() - 100'000;
        for (int i = 0; i < kEvents; ++i) {
            // Seven events per second, so that pages end within a second.
            const auto e = makeEvent(key, 445, std::to_string(i), {{"h", "g"}},
                                     start + static_cast<std::uint64_t>(i / 7));
            must(store.put(e, e.toJson(), static_cast<std::int64_t>(nowSeconds())));
        }
    }
    host::RelayServerOptions o;
    o.directory = dir.path().toStdString();
    o.maxLimit = 100;
    Server server(o);
    auto options = quick();
    const bool told = GENERATE(true, false);
    options.fetchInformation = told;
    RelayPool pool(options);
    Heard heard(pool);
    auto s = subscription("s", {kinds({445}), kinds({1059, 9})}, {server.url()});
    // A filter for gift wraps needs authentication.
    const auto key = newKey();
    pool.setAuthSigner([&](const std::string& url, const std::string& challenge) -> Result<std::string> {
        crypto::SystemRandom random;
        VALISE_TRY(nostr::Event e, nostr::makeAuthEvent(url, challenge, key, nowSeconds(), random));
        return e.toJson();
    });
    pool.subscribe(s);
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }, 120'000));
    CHECK(heard.contents().size() == kEvents);
    CHECK(heard.events.size() == kEvents);
    CHECK(std::is_sorted(heard.events.begin(), heard.events.end(),
                         [](const auto& a, const auto& b) { return a.createdAt < b.createdAt; }));
    // With the cursor, only the overlap is fetched again.
    const std::string name = must(checkRelayUrl(server.url(), false));
    REQUIRE(heard.cursors.count(name) == 1);
    CHECK(heard.cursors[name] == static_cast<qint64>(heard.events.back().createdAt));
    RelayPool next(options);
    Heard later(next);
    s.filters = {kinds({445})};
    s.overlapSeconds = 10;
    s.cursors[server.url()] = heard.cursors[name];
    next.subscribe(s);
    REQUIRE(waitFor([&] { return later.caughtUp.size() == 1; }));
    CHECK(later.events.size() >= 10 * 7);
    CHECK(later.events.size() <= 11 * 7);
}

TEST_CASE("of what waited, the conversation comes first in which something happened last") {
    Server server;
    const auto key = newKey();
    RelayPool writer(quick());
    Heard sent(writer);
    const std::uint64_t at = nowSeconds() - 1'000;
    for (std::uint64_t i = 0; i < 12; ++i) {
        const char* group = i == 11 ? "late" : i % 3 == 0 ? "late" : i % 3 == 1 ? "early" : "middle";
        publishAndWait(writer, sent,
                       makeEvent(key, 445, group + std::to_string(i), {{"h", group}}, at + (i == 10 ? 2 : i)),
                       {server.url()});
    }
    RelayPool pool(quick());
    Heard heard(pool);
    pool.subscribe(subscription("s", {kinds({445})}, {server.url()}));
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }));
    std::vector<std::string> order;
    for (const auto& event : heard.events)
        order.push_back(event.content);
    CHECK(order == std::vector<std::string>{"late0", "late3", "late6", "late9", "late11", "middle2",
                                            "middle5", "middle8", "early1", "early10", "early4", "early7"});
}

//! Waits until a relay is connected and, if its document is fetched, known to support NIP-77.
static bool isReady(const RelayPool& pool, const std::string& url, bool informed) {
    return waitFor([&] {
        const RelayStatus status = pool.status(url);
        return status.state == RelayState::Connected && (!informed || status.reconciles);
    });
}

TEST_CASE("a second that holds more than a page is fetched whole") {
    QTemporaryDir dir;
    constexpr int kBusy = 1'200;
    constexpr int kOlder = 150;
    qtApp();
    const std::string padding(GENERATE(as<std::size_t>(), 0, 20'000), 'x');
    {
        host::EventStore store;
        must(store.open(dir.path().toStdString() + "/relay.sqlite"));
        const auto key = newKey();
        const std::uint64_t at = nowSeconds() - 1'000;
        for (int i = 0; i < kBusy + kOlder; ++i) {
            const auto e = makeEvent(key, 445, std::to_string(i) + " " + padding, {{"h", "g"}},
                                     i < kBusy ? at : at - static_cast<std::uint64_t>(i - kBusy) / 50 - 1);
            must(store.put(e, e.toJson(), static_cast<std::int64_t>(nowSeconds())));
        }
    }
    host::RelayServerOptions o;
    o.directory = dir.path().toStdString();
    auto options = quick();
    options.pageSize = 100;
    std::size_t expected = kBusy + kOlder;
    bool saturated = false;
    SECTION("compared with what is here, where the relay can (NIP-77)") {
        o.maxLimit = 100;
    }
    SECTION("asked for at once, where the relay gives as much") {
        // Without its NIP-11 document the pool does not know that the relay can compare.
        options.fetchInformation = false;
        if (!padding.empty())
            return;
    }
    SECTION("left behind where there is no way to ask for all of it: what is older still comes") {
        options.fetchInformation = false;
        o.maxLimit = 100;
        if (!padding.empty())
            return;
        expected = 100 + kOlder;
    }
    Server server(o);
    RelayPool pool(options);
    pool.setRelays({server.url()});
    QObject::connect(
        &pool, &RelayPool::rejected, &pool,
        [&](const QString&, const QString& reason, const QString&) { saturated |= reason == "saturated"; });
    REQUIRE(isReady(pool, server.url(), options.fetchInformation));
    Heard heard(pool);
    pool.subscribe(subscription("s", {kinds({445})}, {server.url()}));
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }, 120'000));
    CHECK(heard.events.size() == expected);
    CHECK(heard.contents().size() == expected);
    CHECK(std::is_sorted(heard.events.begin(), heard.events.end(),
                         [](const auto& a, const auto& b) { return a.createdAt < b.createdAt; }));
    CHECK_FALSE(saturated);
}

TEST_CASE("more than may be held back comes oldest first all the same, and once") {
    QTemporaryDir dir;
    constexpr int kAll = 1'000;
    qtApp();
    const std::uint64_t now = nowSeconds();
    {
        host::EventStore store;
        must(store.open(dir.path().toStdString() + "/relay.sqlite"));
        const auto key = newKey();
        for (int i = 0; i < kAll; ++i) {
            // Ten events per second, and two busy seconds.
            const int second = i < 150 ? 0 : i < 300 ? 1 : i / 10;
            const auto e = makeEvent(key, 445, std::to_string(i), {{"h", "g"}},
                                     now - 1'000 + static_cast<std::uint64_t>(second));
            must(store.put(e, e.toJson(), static_cast<std::int64_t>(now)));
        }
    }
    host::RelayServerOptions o;
    o.directory = dir.path().toStdString();
    auto options = quick();
    options.pageSize = 40;
    options.fetchInformation = GENERATE(true, false); // with the document, busy seconds are compared (NIP-77)
    SECTION("room for two seconds that are busy") {
        options.maxHeldEvents = 320;
    }
    SECTION("room for less than a second") {
        options.maxHeldEvents = 100;
    }
    Server server(o);
    RelayPool pool(options);
    pool.setRelays({server.url()});
    REQUIRE(isReady(pool, server.url(), options.fetchInformation));
    Heard heard(pool);
    pool.subscribe(subscription("s", {kinds({445})}, {server.url()}));
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }, 120'000));
    CHECK(heard.events.size() == kAll);
    CHECK(heard.contents().size() == kAll);
    const auto bySecond = [](const auto& a, const auto& b) { return a.createdAt < b.createdAt; };
    CHECK(std::is_sorted(heard.events.begin(), heard.events.end(), bySecond));
    // Later events arrive as usual.
    RelayPool writer(quick());
    const auto e = makeEvent(newKey(), 445, "live", {{"h", "g"}}, now);
    writer.publish(toHex(e.id), e.toJson(), {server.url()});
    CHECK(waitFor([&] { return heard.contents().count("live") == 1; }));
}

TEST_CASE("gift wraps come after authentication by the pool's signer") {
    Server server;
    const auto me = newKey();
    const auto sender = newKey();
    RelayPool pool(quick());
    Heard heard(pool);
    int asked = 0;
    pool.setAuthSigner([&](const std::string& url, const std::string& challenge) -> Result<std::string> {
        ++asked;
        crypto::SystemRandom random;
        VALISE_TRY(nostr::Event e, nostr::makeAuthEvent(url, challenge, me, nowSeconds(), random));
        return e.toJson();
    });
    RelayPool writer(quick());
    Heard sent(writer);
    publishAndWait(writer, sent, makeEvent(sender, 1059, "stored", {{"p", toHex(me.publicKey)}}),
                   {server.url()});
    publishAndWait(writer, sent, makeEvent(sender, 1059, "foreign", {{"p", toHex(sender.publicKey)}}),
                   {server.url()});
    nostr::Filter q = kinds({1059});
    q.tags['p'] = {toHex(me.publicKey)};
    pool.subscribe(subscription("wraps", {q}, {server.url()}));
    REQUIRE(waitFor([&] { return heard.events.size() == 1; }));
    CHECK(heard.events[0].content == "stored");
    CHECK(asked == 1);
    CHECK(pool.status(server.url()).authenticated);
    publishAndWait(writer, sent, makeEvent(sender, 1059, "live", {{"p", toHex(me.publicKey)}}),
                   {server.url()});
    REQUIRE(waitFor([&] { return heard.events.size() == 2; }));
}

TEST_CASE("a query collects from all relays and ends in any case") {
    Server one;
    Server two;
    FakeRelay silent;
    FakeRelay dead;
    dead.stopListening();
    RelayPool pool(quick());
    Heard heard(pool);
    const auto key = newKey();
    const auto a = makeEvent(key, 1, "a", {}, nowSeconds() - 30);
    const auto b = makeEvent(key, 1, "b", {}, nowSeconds() - 20);
    const auto c = makeEvent(key, 1, "c", {}, nowSeconds() - 10);
    publishAndWait(pool, heard, a, {one.url()});
    publishAndWait(pool, heard, b, {one.url(), two.url()});
    publishAndWait(pool, heard, c, {two.url()});
    QObject context;
    std::optional<Result<std::vector<nostr::Event>>> result;
    const auto done = [&](Result<std::vector<nostr::Event>> r) { result = std::move(r); };

    pool.fetch({kinds({1})}, {one.url(), two.url(), dead.url()}, 30'000, &context, done);
    CHECK_FALSE(result);
    REQUIRE(waitFor([&] { return result.has_value(); }));
    auto events = must(std::move(*result));
    REQUIRE(events.size() == 3);
    CHECK(events[0].content == "c");
    CHECK(events[2].content == "a");

    result.reset();
    pool.fetch({kinds({1})}, {one.url(), silent.url()}, 300, &context, done);
    REQUIRE(waitFor([&] { return result.has_value(); }));
    CHECK(must(std::move(*result)).size() == 2);

    result.reset();
    pool.fetch({kinds({1})}, {silent.url()}, 300, &context, done);
    REQUIRE(waitFor([&] { return result.has_value(); }));
    CHECK(result->error().code == ErrorCode::Timeout);

    result.reset();
    pool.fetch({kinds({1})}, {dead.url()}, 30'000, &context, done);
    REQUIRE(waitFor([&] { return result.has_value(); }));
    CHECK(result->error().code == ErrorCode::Offline);

    result.reset();
    pool.fetch({kinds({1})}, {}, 30'000, &context, done);
    REQUIRE(waitFor([&] { return result.has_value(); }));
    CHECK(result->error().code == ErrorCode::Offline);

    // No callback if its context was destroyed.
    bool called = false;
    auto gone = std::make_unique<QObject>();
    pool.fetch({kinds({1})}, {one.url()}, 30'000, gone.get(),
               [&](Result<std::vector<nostr::Event>>) { called = true; });
    gone.reset();
    result.reset();
    pool.fetch({kinds({1})}, {one.url()}, 30'000, &context, done);
    REQUIRE(waitFor([&] { return result.has_value(); }));
    CHECK_FALSE(called);
}

TEST_CASE("URLs that are not acceptable are refused and shown") {
    qtApp();
    RelayPool pool(quick());
    Heard heard(pool);
    std::map<std::string, RelayState> states;
    QObject::connect(&pool, &RelayPool::relayStateChanged, &pool,
                     [&](const QString& url, RelayState s) { states[url.toStdString()] = s; });
    const auto e = makeEvent(newKey(), 1, "x");
    publishAndWait(pool, heard, e, {"ws://relay.nordvale.example", "https://nordvale.example"});
    CHECK(heard.outcomes["ws://relay.nordvale.example"] == PublishOutcome::NotConnected);
    CHECK(states["ws://relay.nordvale.example"] == RelayState::Refused);
    CHECK(pool.status("ws://relay.nordvale.example").lastError->code == ErrorCode::InsecureUrl);
    CHECK(pool.status("https://nordvale.example").lastError->code == ErrorCode::InvalidUrl);
    CHECK(pool.statuses().size() == 2);
}

TEST_CASE("a relay nobody uses is left, a permanent one is kept") {
    Server one;
    Server two;
    auto o = quick();
    o.idleCloseMs = 100;
    RelayPool pool(o);
    Heard heard(pool);
    pool.setRelays({one.url()});
    publishAndWait(pool, heard, makeEvent(newKey(), 1, "x"), {one.url(), two.url()});
    REQUIRE(waitFor([&] { return two.relay->stats().connections == 0; }));
    CHECK(one.relay->stats().connections == 1);
    CHECK(pool.statuses().size() == 1);
    pool.shutdown();
    CHECK(waitFor([&] { return one.relay->stats().connections == 0; }));
}

TEST_CASE("slots may call back into the pool, and the pool may go at any time") {
    Server server;
    auto pool = std::make_unique<RelayPool>(quick());
    const auto key = newKey();
    int events = 0;
    QObject::connect(pool.get(), &RelayPool::eventReceived, pool.get(),
                     [&](const QString& sub, const nostr::Event&) {
                         ++events;
                         pool->unsubscribe(sub.toStdString());
                         pool->subscribe(subscription("again", {kinds({1})}, {server.url()}));
                         pool->fetch({kinds({1})}, {server.url()}, 1000, pool.get(),
                                     [](Result<std::vector<nostr::Event>>) {});
                     });
    pool->subscribe(subscription("first", {kinds({1})}, {server.url()}));
    Heard heard(*pool);
    publishAndWait(*pool, heard, makeEvent(key, 1, "x"), {server.url()});
    REQUIRE(waitFor([&] { return events >= 2; }));
    const auto pending = makeEvent(key, 1, "y");
    pool->publish(idOf(pending), pending.toJson(), {server.url()});
    pool.reset();
    CHECK(waitFor([&] { return server.relay->stats().connections == 0; }));
}

TEST_CASE("a relay that never ends its answer holds nobody up") {
    Server good;
    FakeRelay dribble;
    const auto key = newKey();
    const auto held = makeEvent(key, 1, "held", {}, nowSeconds() - 5);
    dribble.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty())
            r.send(client, FakeRelay::eventMessage(sub, held.toJson()));
    };
    auto o = quick();
    o.fetchInformation = false;
    o.eoseIdleMs = 200;
    RelayPool pool(o);
    Heard heard(pool);
    publishAndWait(pool, heard, makeEvent(key, 1, "good"), {good.url()});
    publishAndWait(pool, heard, held, {good.url()});
    pool.subscribe(subscription("s", {kinds({1})}, {good.url(), dribble.url()}));
    REQUIRE(waitFor([&] { return heard.caughtUp.size() == 1; }));
    CHECK(heard.contents() == std::set<std::string>{"good", "held"});
    CHECK(heard.events.size() == 2);
    // The cursor does not move, because the relay did not confirm the end.
    CHECK(heard.cursors.count(must(checkRelayUrl(dribble.url(), false))) == 0);
}

TEST_CASE("a page that a relay did not answer is asked for again, and so is a first answer") {
    const auto key = newKey();
    std::vector<nostr::Event> stored; // newest first
    for (std::uint64_t i = 0; i < 6; ++i)
        stored.push_back(makeEvent(key, 1, "stored " + std::to_string(i), {}, nowSeconds() - 100 - i));
    FakeRelay relay;
    std::set<QByteArray> closed;
    int asked = 0;
    int unanswered = -1;
    relay.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (message.startsWith("[\"CLOSE\""))
            closed.insert(message.mid(10, message.size() - 12));
        const QByteArray sub = FakeRelay::requestId(message);
        if (sub.isEmpty() || asked++ == unanswered)
            return;
        const auto asks = nostr::parseClientMessage(message.toStdString());
        REQUIRE(asks.ok());
        const auto& request = std::get<nostr::client_message::Request>(*asks);
        int left = 2; // size of a page
        for (const nostr::Event& event : stored)
            if (request.filters.at(0).matches(event) && left-- > 0)
                r.send(client, FakeRelay::eventMessage(sub, event.toJson()));
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    };
    SECTION("the first answer") {
        unanswered = 0;
    }
    SECTION("a page") {
        unanswered = 2;
    }
    auto o = quick();
    o.fetchInformation = false;
    o.eoseIdleMs = 200;
    o.reopenFirstMs = 50;
    RelayPool pool(o);
    Heard heard(pool);
    pool.subscribe(subscription("s", {kinds({1})}, {relay.url()}));
    REQUIRE(waitFor([&] { return heard.events.size() == stored.size(); }));
    REQUIRE(waitFor([&] { return heard.cursors.count(must(checkRelayUrl(relay.url(), false))) > 0; }));
    CHECK(pool.isCaughtUp("s"));
    CHECK_FALSE(closed.empty()); // no request stays open for ever
    CHECK(asked < 12);
}

TEST_CASE("what a subscription was given before it was given up is handed on") {
    const auto key = newKey();
    const auto early = makeEvent(key, 1, "early", {}, nowSeconds() - 5);
    FakeRelay relay;
    relay.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        // The relay never sends EOSE.
        if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty())
            r.send(client, FakeRelay::eventMessage(sub, early.toJson()));
    };
    auto o = quick();
    o.fetchInformation = false;
    RelayPool pool(o);
    Heard heard(pool);
    pool.subscribe(subscription("s", {kinds({1})}, {relay.url()}));
    REQUIRE(waitFor([&] { return pool.status(relay.url()).eventsReceived == 1; }));
    CHECK(heard.events.empty()); // held back for sorting
    pool.unsubscribe("s");
    REQUIRE(waitFor([&] { return heard.events.size() == 1; }));
}
