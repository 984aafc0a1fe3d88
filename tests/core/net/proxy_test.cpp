// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/proxy.h"
#include "core/net/relay_pool.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/fake_proxy.h"
#include "tests/support/fake_relay.h"
#include "tests/support/network_watch.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <QThread>
#include <QThreadPool>

#include <semaphore>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

// A reserved name (RFC 6761): no lookup on any network finds it.
constexpr const char* kName = "relay.kasara.invalid";
constexpr const char* kUrl = "ws://relay.kasara.invalid:4711";

ProxySettings through(const FakeProxy& proxy, ProxyKind kind) {
    return {kind, "127.0.0.1", proxy.port(), {}, {}};
}

RelayOptions quickThrough(ProxySettings proxy) {
    RelayOptions o = quick();
    o.allowInsecure = true;
    o.proxy = std::move(proxy);
    return o;
}

void acceptAll(FakeRelay& relay) {
    relay.onMessage = [](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (const QByteArray id = FakeRelay::publishedId(message); !id.isEmpty())
            r.send(client, "[\"OK\",\"" + id + "\",true,\"\"]");
        else if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty())
            r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    };
}

//! Runs what an earlier test left in the event loop, so that the watch sees only later actions.
void clearAway() {
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
}

bool contains(const std::vector<std::string>& all, const std::string& part) {
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& s) { return s.find(part) != std::string::npos; });
}

} // namespace

TEST_CASE("settings of a proxy are checked") {
    CHECK(checkProxy({ProxyKind::Socks5, "proxy.kasara.example", 1080, "desk", "word"}).ok());
    CHECK(must(checkProxy({ProxyKind::None, "proxy.kasara.example", 1080, "desk", "word"})) ==
          ProxySettings{ProxyKind::None, {}, 0, {}, {}});
    CHECK(must(checkProxy({ProxyKind::System, "left over", 0, {}, {}})) == ProxySettings{});
    for (const ProxySettings& bad :
         {ProxySettings{ProxyKind::Http, "", 8080, {}, {}},
          ProxySettings{ProxyKind::Http, "proxy.example", 0, {}, {}},
          ProxySettings{ProxyKind::Http, "a b", 8080, {}, {}},
          ProxySettings{ProxyKind::Http, "http://proxy", 8080, {}, {}},
          ProxySettings{ProxyKind::Socks5, "proxy.example", 1080, std::string(256, 'u'), {}},
          ProxySettings{ProxyKind::Socks5, "proxy.example", 1080, "u", "p\r\nHost: x"}})
        CHECK(checkProxy(bad).error().code == ErrorCode::InvalidArgument);
}

TEST_CASE("through a proxy, traffic and the lookup of names go that way alone") {
    qtApp();
    const ProxyKind kind = GENERATE(ProxyKind::Http, ProxyKind::Socks5);
    INFO(proxyKindName(kind));
    FakeRelay relay;
    acceptAll(relay);
    FakeProxy proxy;
    proxy.names[kName] = relay.port();
    const bool withPassword = GENERATE(false, true);
    ProxySettings settings = through(proxy, kind);
    if (withPassword) {
        settings.user = proxy.user = "desk";
        settings.password = proxy.password = "quiet herons";
    }

    clearAway();
    const NetworkWatch watch;
    RelayPool pool(quickThrough(settings)); // this also fetches the NIP-11 document over HTTP
    std::vector<PublishOutcome> outcomes;
    QObject::connect(&pool, &RelayPool::published, &pool,
                     [&](const QString&, const QString&, PublishOutcome outcome, const QString&) {
                         outcomes.push_back(outcome);
                     });
    const auto event = makeEvent(newKey(), 1, "by way of the proxy");
    pool.publish(idOf(event), event.toJson(), {kUrl});
    REQUIRE(waitFor([&] { return outcomes.size() == 1; }));
    CHECK(outcomes[0] == PublishOutcome::Accepted);
    // One tunnel is for the WebSocket and one for the document.
    REQUIRE(waitFor([&] { return proxy.tunnels() == 2; }));
    for (const QByteArray& asked : proxy.asked())
        CHECK(asked == "relay.kasara.invalid:4711");
    if (NetworkWatch::works()) {
        CHECK_FALSE(contains(watch.lookups(), "kasara"));
        // The pool connects only to the proxy. The proxy, which runs in the same process, connects to the
        // relay.
        const std::string toProxy = "127.0.0.1:" + std::to_string(proxy.port());
        const std::string toRelay = "127.0.0.1:" + std::to_string(relay.port());
        const auto made = watch.connections();
        CHECK(std::count(made.begin(), made.end(), toRelay) >= 2);
        for (const auto& address : made)
            CHECK((address == toProxy || address == toRelay));
    }
}

TEST_CASE("nothing goes round a proxy that is down, and the reason is told") {
    qtApp();
    const ProxyKind kind = GENERATE(ProxyKind::Http, ProxyKind::Socks5);
    INFO(proxyKindName(kind));
    FakeRelay relay;
    acceptAll(relay);
    FakeProxy proxy;
    proxy.names[kName] = relay.port();
    proxy.stopListening();
    clearAway();
    const NetworkWatch watch;
    RelayPool pool(quickThrough(through(proxy, kind)));
    int attempts = 0;
    QObject::connect(&pool, &RelayPool::relayStateChanged, &pool, [&](const QString&, RelayState state) {
        attempts += state == RelayState::WaitingToRetry ? 1 : 0;
    });
    pool.setRelays({kUrl});
    REQUIRE(waitFor([&] { return attempts >= 3; }));
    CHECK(pool.status(kUrl).lastError->code == ErrorCode::ProxyFailed);
    CHECK(relay.connections() == 0);
    if (NetworkWatch::works()) {
        CHECK_FALSE(contains(watch.lookups(), "kasara"));
        const std::string toProxy = "127.0.0.1:" + std::to_string(proxy.port());
        const auto made = watch.connections();
        CHECK(made.size() >= 3);
        for (const auto& address : made)
            CHECK(address == toProxy);
    }
    // After the proxy is back, the relay is reached again.
    REQUIRE(proxy.listenAgain());
    CHECK(waitFor([&] { return pool.status(kUrl).state == RelayState::Connected; }));
}

TEST_CASE("a proxy that wants a password, or another one, says so") {
    qtApp();
    const ProxyKind kind = GENERATE(ProxyKind::Http, ProxyKind::Socks5);
    INFO(proxyKindName(kind));
    FakeRelay relay;
    FakeProxy proxy;
    proxy.names[kName] = relay.port();
    proxy.user = "desk";
    proxy.password = "quiet herons";
    ProxySettings settings = through(proxy, kind);
    if (GENERATE(false, true)) {
        settings.user = "desk";
        settings.password = "loud herons";
    }
    RelayPool pool(quickThrough(settings));
    pool.setRelays({kUrl});
    REQUIRE(waitFor([&] { return pool.status(kUrl).lastError.has_value(); }));
    CHECK(pool.status(kUrl).lastError->code == ErrorCode::ProxyNeedsPassword);
    CHECK(relay.connections() == 0);
}

TEST_CASE("a name the proxy does not find is no fault of this computer") {
    qtApp();
    FakeProxy proxy;
    RelayPool pool(quickThrough(through(proxy, ProxyKind::Socks5)));
    pool.setRelays({kUrl});
    REQUIRE(waitFor([&] { return pool.status(kUrl).lastError.has_value(); }));
    CHECK(proxy.asked().size() >= 1);
    CHECK(pool.status(kUrl).state == RelayState::WaitingToRetry);
}

TEST_CASE("another way ends the connections of the old one at once") {
    qtApp();
    FakeRelay relay;
    acceptAll(relay);
    FakeProxy first;
    FakeProxy second;
    first.names[kName] = second.names[kName] = relay.port();
    RelayPool pool(quickThrough(through(first, ProxyKind::Socks5)));
    pool.setRelays({kUrl});
    REQUIRE(waitFor([&] { return pool.status(kUrl).state == RelayState::Connected; }));
    pool.setProxy(through(second, ProxyKind::Http));
    CHECK(pool.status(kUrl).state == RelayState::Connecting);
    REQUIRE(waitFor([&] { return pool.status(kUrl).state == RelayState::Connected; }));
    CHECK(second.tunnels() >= 1);
    const int before = first.tunnels();
    relay.dropAll();
    REQUIRE(waitFor([&] { return second.tunnels() >= 3; }));
    CHECK(first.tunnels() == before);
}

TEST_CASE("a relay on this computer needs no proxy") {
    qtApp();
    FakeRelay relay;
    FakeProxy proxy;
    RelayPool pool(quickThrough(through(proxy, ProxyKind::Socks5)));
    pool.setRelays({relay.url()});
    REQUIRE(waitFor([&] { return pool.status(relay.url()).state == RelayState::Connected; }));
    CHECK(proxy.asked().empty());
}

TEST_CASE("the system's proxy is asked for and used") {
    qtApp();
    FakeRelay relay;
    FakeProxy proxy;
    proxy.names[kName] = relay.port();
    // Qt reads this variable on Unix. On other systems it reads system settings, which a test must not
    // change.
#ifdef Q_OS_LINUX
    const QByteArray before = qgetenv("http_proxy");
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    RelayPool pool(quickThrough({}));
    pool.setRelays({kUrl});
    CHECK(waitFor([&] { return pool.status(kUrl).state == RelayState::Connected; }));
    CHECK(proxy.tunnels() >= 1);
    before.isNull() ? qunsetenv("http_proxy") : qputenv("http_proxy", before);
#endif
}

TEST_CASE("nothing is left of a question for the system's proxy whose asker is gone") {
    const QUrl url = QStringLiteral("https://relay.kasara.invalid");
    ProxySettings system;
    system.kind = ProxyKind::System;
    auto captured = std::make_shared<int>(0);
    const std::weak_ptr<int> left = captured;
    int told = 0;

    SECTION("it is told once") {
        QObject context;
        findProxy(system, url, &context,
                  [&told, captured = std::move(captured)](const QNetworkProxy&) { ++told; });
        REQUIRE(waitFor([&] { return told > 0; }));
        CHECK(waitFor([&] { return left.expired(); }));
        CHECK(told == 1);
    }
    SECTION("it went before there was an answer") {
        auto context = std::make_unique<QObject>();
        findProxy(system, url, context.get(),
                  [&told, captured = std::move(captured)](const QNetworkProxy&) { ++told; });
        context.reset();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        CHECK(told == 0);
        CHECK(left.expired());
    }
    SECTION("its thread ended before the answer could be told") {
        QThread thread;
        auto context = std::make_unique<QObject>();
        context->moveToThread(&thread);
        thread.start();
        std::binary_semaphore asked{0};
        QMetaObject::invokeMethod(context.get(), [&] {
            findProxy(system, url, context.get(),
                      [&told, captured = std::move(captured)](const QNetworkProxy&) { ++told; });
            QThreadPool::globalInstance()->waitForDone();
            thread.quit(); // the loop ends before it handles the posted answer
            asked.release();
        });
        asked.acquire();
        thread.wait();
        context.reset();
        CHECK(left.expired());
    }
    SECTION("nobody asked") {
        findProxy(system, url, nullptr,
                  [&told, captured = std::move(captured)](const QNetworkProxy&) { ++told; });
        CHECK(left.expired());
        CHECK(told == 0);
    }
}
