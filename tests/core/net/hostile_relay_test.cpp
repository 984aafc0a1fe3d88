// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/relay_server.h"
#include "core/net/relay_pool.h"
#include "tests/support/catch.h"
#include "tests/support/fake_relay.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

//! A pool with a hostile and an honest relay. The attack runs at every REQ.
struct Siege {
    FakeRelay hostile;
    host::RelayServer honest;
    crypto::SchnorrKeyPair key = newKey();
    std::unique_ptr<RelayPool> pool;
    std::vector<std::string> heard;
    std::map<std::string, int> rejected; //!< of the hostile relay, by reason
    int published = 0;

    explicit Siege(std::function<void(FakeRelay&, QTcpSocket*, const QByteArray& sub)> attack,
                   RelayOptions o = {}) {
        qtApp();
        must(honest.listen("127.0.0.1"));
        hostile.onMessage = [attack](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
            if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty())
                attack(r, client, sub);
        };
        o.fetchInformation = false;
        o.backoffFirstMs = 20;
        o.backoffMaxMs = 100;
        o.eoseIdleMs = 200;
        pool = std::make_unique<RelayPool>(o);
        QObject::connect(pool.get(), &RelayPool::eventReceived, pool.get(),
                         [this](const QString&, const nostr::Event& e) { heard.push_back(e.content); });
        QObject::connect(pool.get(), &RelayPool::rejected, pool.get(),
                         [this](const QString& relay, const QString& reason, const QString&) {
                             CHECK(relay.contains(QString::number(hostile.port())));
                             ++rejected[reason.toStdString()];
                         });
        QObject::connect(pool.get(), &RelayPool::published, pool.get(), [this] { ++published; });
        Subscription s;
        s.id = "s";
        nostr::Filter f;
        f.kinds = {{1}};
        s.filters = {f};
        s.relays = {hostile.url(), honest.url().toStdString()};
        pool->subscribe(s);
    }

    //! Requires that the honest relay's event arrives and no event of the hostile relay.
    void survives(const std::vector<std::string>& allowed = {}) {
        const auto e = makeEvent(key, 1, "honest");
        const int before = published;
        pool->publish(idOf(e), e.toJson(), {honest.url().toStdString()});
        REQUIRE(waitFor([&] {
            return published > before && std::find(heard.begin(), heard.end(), "honest") != heard.end();
        }));
        for (const auto& text : heard)
            CHECK((text == "honest" || std::find(allowed.begin(), allowed.end(), text) != allowed.end()));
        CHECK(pool->status(honest.url().toStdString()).state == RelayState::Connected);
    }
    bool sees(const std::string& reason, int count = 1) {
        return waitFor([&] { return rejected[reason] >= count; });
    }
};

QByteArray edited(const nostr::Event& e, const std::string& from, const std::string& to) {
    QByteArray json = QByteArray::fromStdString(e.toJson());
    const qsizetype before = json.size();
    json.replace(QByteArray::fromStdString(from), QByteArray::fromStdString(to));
    CHECK((json.size() != before || from.size() == to.size()));
    return json;
}

} // namespace

TEST_CASE("hostile: a frame of 100 MB") {
    Siege siege([](FakeRelay& r, QTcpSocket* client, const QByteArray&) {
        r.sendRaw(client, FakeRelay::frameHeader(1, 100'000'000) + QByteArray(1'000'000, 'x'));
    });
    CHECK(siege.sees("oversized"));
    siege.survives();
    CHECK(waitFor([&] { return siege.hostile.connections() >= 2; }));
    CHECK(siege.pool->status(siege.hostile.url()).rejected >= 1);
}

TEST_CASE("hostile: a message of 100 MB in many frames") {
    Siege siege([](FakeRelay& r, QTcpSocket* client, const QByteArray&) {
        QByteArray first = FakeRelay::frameHeader(1, 1'000'000);
        first[0] = 0x01; // not the final fragment
        QByteArray more = FakeRelay::frameHeader(0, 1'000'000);
        more[0] = 0x00;
        const QByteArray body(1'000'000, 'x');
        r.sendRaw(client, first + body);
        for (int i = 0; i < 10; ++i)
            r.sendRaw(client, more + body);
    });
    CHECK(siege.sees("oversized"));
    siege.survives();
}

TEST_CASE("hostile: text that is no message") {
    const std::string deep = std::string(50'000, '[') + std::string(50'000, ']');
    const std::vector<QByteArray> bad = {
        "",
        "not JSON",
        "{}",
        "[]",
        "[1,2,3]",
        "[\"EVENT\"]",
        "[\"EVENT\",\"s1\"]",
        "[\"EVENT\",\"s1\",[]]",
        "[\"EOSE\"]",
        "[\"OK\",\"short\",true,\"\"]",
        "[\"NOTICE\"",
        QByteArray::fromStdString(deep),
        QByteArray::fromStdString("[\"EVENT\",\"s1\",{\"tags\":" + deep + "}]"),
    };
    Siege siege([&](FakeRelay& r, QTcpSocket* client, const QByteArray&) {
        for (const auto& text : bad)
            r.send(client, text);
        r.send(client, "[\"NEVER HEARD\",\"of\"]");
    });
    CHECK(siege.sees("unsupported"));
    int total = 0;
    for (const auto& [reason, n] : siege.rejected)
        total += n;
    // The WebSocket layer may drop the empty one.
    CHECK(total >= static_cast<int>(bad.size()));
    siege.survives();
    CHECK(siege.pool->status(siege.hostile.url()).state == RelayState::Connected);
}

TEST_CASE("hostile: invalid UTF-8, and frames that break the protocol") {
    const QByteArray frame =
        GENERATE(as<QByteArray>(), FakeRelay::frameHeader(1, 4) + QByteArray("[\"\xff\xfe", 4),
                 QByteArray("\x83\x02xx", 4), QByteArray("\xf1\x02xx", 4));
    Siege siege([frame](FakeRelay& r, QTcpSocket* client, const QByteArray&) { r.sendRaw(client, frame); });
    CHECK(siege.sees("invalid_encoding"));
    siege.survives();
    CHECK(waitFor([&] { return siege.hostile.connections() >= 2; }));
}

TEST_CASE("hostile: forged events") {
    const auto key = newKey();
    auto badSignature = makeEvent(key, 1, "bad signature");
    badSignature.sig[0] ^= 1;
    auto wrongId = makeEvent(key, 1, "wrong id");
    wrongId.id[0] ^= 1;
    auto changed = makeEvent(key, 1, "original");
    const QByteArray other = edited(changed, "original", "tampered");
    const QByteArray twice = edited(makeEvent(key, 1, "twice"), "\"content\":\"twice\"",
                                    "\"content\":\"other\",\"content\":\"twice\"");
    const auto future = makeEvent(key, 1, "future", {}, nowSeconds() + 10 * 24 * 3600);
    const auto unasked = makeEvent(key, 7, "unasked");
    Siege siege([&](FakeRelay& r, QTcpSocket* client, const QByteArray& sub) {
        r.send(client, FakeRelay::eventMessage(sub, badSignature.toJson()));
        r.send(client, FakeRelay::eventMessage(sub, wrongId.toJson()));
        r.send(client, FakeRelay::eventMessage(sub, other.toStdString()));
        r.send(client, FakeRelay::eventMessage(sub, twice.toStdString()));
        r.send(client, FakeRelay::eventMessage(sub, future.toJson()));
        r.send(client, FakeRelay::eventMessage(sub, unasked.toJson()));
        r.send(client, FakeRelay::eventMessage("no-such-request", makeEvent(key, 1, "stray").toJson()));
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    });
    CHECK(siege.sees("invalid_signature"));
    CHECK(siege.sees("invalid_event", 2));
    CHECK(siege.sees("invalid_encoding"));
    CHECK(siege.sees("future"));
    CHECK(siege.sees("unsolicited", 2));
    siege.survives();
}

TEST_CASE("hostile: a known event with other content under its id") {
    const auto key = newKey();
    const auto event = makeEvent(key, 1, "original");
    Siege siege([&](FakeRelay& r, QTcpSocket* client, const QByteArray& sub) {
        r.send(client, FakeRelay::eventMessage(sub, event.toJson()));
        r.send(client, FakeRelay::eventMessage(sub, edited(event, "original", "tampered").toStdString()));
        for (int i = 0; i < 50; ++i)
            r.send(client, FakeRelay::eventMessage(sub, event.toJson()));
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    });
    CHECK(siege.sees("invalid_event"));
    siege.survives({"original"});
    REQUIRE(waitFor([&] { return std::count(siege.heard.begin(), siege.heard.end(), "original") > 0; }));
    CHECK(std::count(siege.heard.begin(), siege.heard.end(), "original") == 1);
}

TEST_CASE("hostile: answers nobody asked for") {
    Siege siege([](FakeRelay& r, QTcpSocket* client, const QByteArray& sub) {
        r.send(client, "[\"OK\",\"" + QByteArray(64, 'a') + "\",true,\"\"]");
        r.send(client, "[\"EOSE\",\"nothing\"]");
        r.send(client, "[\"CLOSED\",\"nothing\",\"why\"]");
        r.send(client, "[\"COUNT\",\"" + sub + "\",{\"count\":5}]");
        r.send(client, "[\"NOTICE\",\"look here\"]");
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    });
    CHECK(siege.sees("unexpected", 5));
    siege.survives();
    CHECK(siege.pool->status(siege.hostile.url()).lastNotice == "look here");
}

TEST_CASE("hostile: binary messages and a flood of rubbish end the connection") {
    RelayOptions o;
    o.maxRejectedPerMinute = 20;
    Siege siege(
        [](FakeRelay& r, QTcpSocket* client, const QByteArray&) {
            r.sendFrame(client, 2, "binary");
            for (int i = 0; i < 1000; ++i)
                r.send(client, "rubbish");
        },
        o);
    CHECK(siege.sees("binary"));
    CHECK(waitFor([&] { return siege.hostile.connections() >= 2; }));
    CHECK(siege.rejected["invalid_encoding"] <= 21 * siege.hostile.connections());
    siege.survives();
}

TEST_CASE("hostile: the same events for ever, whatever is asked") {
    const auto key = newKey();
    std::vector<std::string> events;
    for (int i = 0; i < 30; ++i)
        events.push_back(makeEvent(key, 1, "e" + std::to_string(i), {}, nowSeconds() - 1000).toJson());
    int pages = 0;
    Siege siege([&](FakeRelay& r, QTcpSocket* client, const QByteArray& sub) {
        ++pages;
        for (const auto& e : events)
            r.send(client, FakeRelay::eventMessage(sub, e));
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    });
    // All events are of the requested second. Before it nothing matches, so the paging ends.
    REQUIRE(waitFor([&] { return siege.heard.size() >= 30; }));
    CHECK(pages < 10);
    CHECK(siege.pool->isCaughtUp("s"));
    const auto e = makeEvent(siege.key, 1, "honest");
    siege.pool->publish(idOf(e), e.toJson(), {siege.honest.url().toStdString()});
    REQUIRE(waitFor(
        [&] { return std::find(siege.heard.begin(), siege.heard.end(), "honest") != siege.heard.end(); }));
}

TEST_CASE("hostile: subscriptions closed at once, connections dropped at once") {
    const bool drop = GENERATE(true, false);
    Siege siege([drop](FakeRelay& r, QTcpSocket* client, const QByteArray& sub) {
        if (drop)
            client->abort();
        else
            r.send(client, "[\"CLOSED\",\"" + sub + "\",\"blocked: go away\"]");
    });
    int closed = 0;
    QObject::connect(siege.pool.get(), &RelayPool::subscriptionClosed, siege.pool.get(), [&] { ++closed; });
    siege.survives();
    CHECK(waitFor([&] { return siege.pool->isCaughtUp("s"); }));
    if (drop)
        CHECK(waitFor([&] { return siege.hostile.connections() >= 3; }));
    else
        CHECK(waitFor([&] { return closed == 1; }));
}

TEST_CASE("hostile: a huge and an empty challenge") {
    const bool huge = GENERATE(true, false);
    int asked = 0;
    Siege siege([huge](FakeRelay& r, QTcpSocket* client, const QByteArray& sub) {
        r.send(client, "[\"AUTH\",\"" + QByteArray(huge ? 5000 : 0, 'c') + "\"]");
        r.send(client, "[\"EOSE\",\"" + sub + "\"]");
    });
    siege.pool->setAuthSigner([&](const std::string&, const std::string&) -> Result<std::string> {
        ++asked;
        return Error{ErrorCode::InvalidArgument, "never"};
    });
    CHECK(waitFor([&] { return !siege.rejected.empty(); }));
    siege.survives();
    CHECK(asked <= 1); // the honest relay's own challenge
}
