// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/reconciliation.h"

#include "core/host/relay_server.h"
#include "core/net/relay_pool.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/fake_relay.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <functional>
#include <map>
#include <set>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

std::unique_ptr<host::RelayServer> serve() {
    host::RelayServerOptions options;
    options.eventsPerMinute = options.requestsPerMinute = 1'000'000;
    auto server = std::make_unique<host::RelayServer>(options);
    must(server->listen("127.0.0.1", 0));
    return server;
}

RelayOptions smallPages() {
    RelayOptions o = quick();
    o.pageSize = 50;
    return o;
}

void fill(const std::vector<nostr::Event>& events, const std::vector<std::string>& urls) {
    RelayPool pool(smallPages());
    std::size_t accepted = 0;
    QObject::connect(&pool, &RelayPool::published, &pool,
                     [&](const QString&, const QString&, PublishOutcome outcome, const QString&) {
                         accepted += outcome == PublishOutcome::Accepted ? 1 : 0;
                     });
    for (const auto& e : events)
        pool.publish(idOf(e), e.toJson(), urls);
    REQUIRE(waitFor([&] { return accepted == events.size() * urls.size(); }, 60'000));
}

struct Heard {
    std::map<std::string, int> contents;
    bool caughtUp = false;

    Heard(RelayPool& pool, const std::vector<std::string>& urls) {
        QObject::connect(
            &pool, &RelayPool::eventReceived, &pool,
            [this](const QString&, const nostr::Event& e, const QString&) { ++contents[e.content]; });
        QObject::connect(&pool, &RelayPool::caughtUp, &pool, [this] { caughtUp = true; });
        Subscription subscription;
        subscription.id = "all";
        subscription.filters = {nostr::Filter{}};
        subscription.filters[0].kinds = {{1}};
        subscription.relays = urls;
        pool.subscribe(subscription);
    }
};

std::vector<nostr::Event> events(const std::string& name, int count, std::uint64_t from) {
    const auto key = newKey();
    std::vector<nostr::Event> out;
    for (int i = 0; i < count; ++i)
        out.push_back(makeEvent(key, 1, name + std::to_string(i), {}, from + static_cast<std::uint64_t>(i)));
    return out;
}

} // namespace

TEST_CASE("what several relays hold is fetched from one, and from the others only what it lacks") {
    qtApp();
    const auto first = serve();
    const auto second = serve();
    const std::vector<std::string> urls = {first->url().toStdString(), second->url().toStdString()};
    constexpr std::uint64_t kFrom = 1'790'000'000;
    fill(events("both ", 1'000, kFrom), urls);
    fill(events("first ", 30, kFrom + 100), {urls[0]});
    fill(events("second ", 30, kFrom + 200), {urls[1]});
    const auto before = first->stats().served + second->stats().served;

    RelayPool pool(smallPages());
    pool.setRelays(urls);
    REQUIRE(waitFor([&] { return pool.status(urls[0]).reconciles && pool.status(urls[1]).reconciles; }));
    Heard heard(pool, urls);
    REQUIRE(waitFor([&] { return heard.caughtUp && heard.contents.size() == 1'060; }, 60'000));
    for (const auto& [content, times] : heard.contents)
        CHECK(times == 1);
    // Without comparing, both relays would have sent everything: at least 2,060 events.
    const auto served = first->stats().served + second->stats().served - before;
    INFO(served << " events were handed over");
    CHECK(served < 1'250);
    CHECK(pool.isCaughtUp("all"));
}

TEST_CASE("a relay that announces comparison and does not do it is asked for pages") {
    qtApp();
    const auto good = serve();
    const auto stored = events("stored ", 300, 1'790'000'000);
    fill(stored, {good->url().toStdString()});

    FakeRelay bad;
    bad.information = R"({"supported_nips":[1,11,77]})";
    const auto only = events("only here ", 3, 1'780'000'000);
    int opened = 0;
    std::function<void()> answerLater;
    const char* answer = GENERATE("[\"NEG-ERR\",\"%\",\"blocked: no\"]", "[\"NEG-MSG\",\"%\",\"00\"]",
                                  "[\"NEG-MSG\",\"%\",\"62\"]",
                                  "[\"NEG-MSG\",\"%\",\"6100000100000000000000000000000000000000\"]", "");
    INFO(answer);
    bad.onMessage = [&](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
        if (message.startsWith("[\"NEG-OPEN\"") || message.startsWith("[\"NEG-MSG\"")) {
            ++opened;
            const qsizetype from = message.indexOf(",\"") + 2;
            if (*answer)
                r.send(client,
                       QByteArray(answer).replace("%", message.mid(from, message.indexOf('"', from) - from)));
            return;
        }
        const QByteArray sub = FakeRelay::requestId(message);
        if (sub.isEmpty())
            return;
        // The events: first one of its own, then those that the other relay has too, then the rest.
        const bool live = !message.contains("\"until\"");
        const bool last = message.contains("\"until\":178");
        if (live) {
            // The relay answers after the other one, because before that there is nothing to compare with.
            answerLater = [&r, client, sub, &stored] {
                r.send(client, FakeRelay::eventMessage(sub, stored.back().toJson()));
                r.send(client, "[\"EOSE\",\"" + sub + "\"]");
            };
            return;
        }
        if (!last)
            for (const auto& e : only)
                r.send(client, FakeRelay::eventMessage(sub, e.toJson()));
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    };
    auto o = smallPages();
    o.eoseIdleMs = 500;
    RelayPool pool(o);
    // The pool must have read its document before subscribing.
    pool.setRelays({bad.url()});
    REQUIRE(waitFor([&] { return pool.status(bad.url()).reconciles; }));
    Heard heard(pool, {good->url().toStdString(), bad.url()});
    REQUIRE(waitFor([&] { return answerLater && heard.contents.size() == 300; }, 60'000));
    answerLater();
    REQUIRE(waitFor([&] { return heard.caughtUp && heard.contents.size() == 303; }, 60'000));
    for (const auto& [content, times] : heard.contents)
        CHECK(times == 1);
    CHECK(opened > 0);
}

TEST_CASE("ids are asked for in portions, and a relay that names too many is given up") {
    nostr::Filter window;
    window.kinds = {{445}};
    window.limit = 3;
    std::vector<nostr::NegentropyItem> theirs;
    for (std::uint64_t i = 0; i < 600; ++i) {
        nostr::NegentropyItem item{1'790'000'000 + i, {}};
        item.id[0] = static_cast<std::uint8_t>(i);
        item.id[1] = static_cast<std::uint8_t>(i >> 8);
        theirs.push_back(item);
    }
    const auto finish = [](Reconciliation& mine, const nostr::Negentropy& other) -> Result<void> {
        std::optional<Bytes> message = mine.firstMessage();
        while (message) {
            VALISE_TRY(const Bytes answer, other.respond(*message));
            VALISE_TRY(message, mine.take(answer));
        }
        return {};
    };
    auto mine = must(Reconciliation::start(window, {}));
    must(finish(mine, must(nostr::Negentropy::make(theirs, 0))));
    std::set<nostr::EventId> asked;
    std::vector<std::size_t> portions;
    while (const auto filter = mine.nextNeeded(250)) {
        CHECK(filter->kinds == window.kinds);
        CHECK_FALSE(filter->limit);
        portions.push_back(filter->ids->size());
        asked.insert(filter->ids->begin(), filter->ids->end());
    }
    CHECK(portions == std::vector<std::size_t>{250, 250, 100});
    CHECK(asked.size() == 600);

    for (std::uint64_t i = 600; i < Reconciliation::kMaxNeeded + 100; ++i) {
        nostr::NegentropyItem item{1'790'000'000 + i, {}};
        for (std::size_t k = 0; k < 4; ++k)
            item.id[k] = static_cast<std::uint8_t>(i >> (8 * k));
        theirs.push_back(item);
    }
    auto flooded = must(Reconciliation::start(window, {}));
    CHECK(finish(flooded, must(nostr::Negentropy::make(theirs, 60'000))).error().code ==
          ErrorCode::LimitExceeded);
}
