// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/relay_server.h"
#include "core/nostr/message.h"
#include "core/nostr/negentropy.h"
#include "core/nostr/nip11.h"
#include "core/nostr/nip42.h"
#include "tests/support/catch.h"
#include "tests/support/manual_clock.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QWebSocket>

#include <set>

using namespace valise;
using namespace valise::host;
using namespace valise::test;
namespace to = valise::nostr::client_message;
namespace from = valise::nostr::relay_message;

namespace {

//! A client that sends given messages and records all that it receives.
struct RawClient {
    QWebSocket socket;
    std::vector<nostr::RelayMessage> heard;
    std::string challenge;
    bool closed = false;

    explicit RawClient(const QString& url) {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [this](const QString& text) {
            auto m = must(nostr::parseRelayMessage(text.toStdString()));
            if (auto* c = std::get_if<from::Challenge>(&m))
                challenge = c->challenge;
            else
                heard.push_back(std::move(m));
        });
        QObject::connect(&socket, &QWebSocket::disconnected, &socket, [this] { closed = true; });
        socket.open(QUrl(url));
        REQUIRE(waitFor([&] { return !challenge.empty(); }));
    }
    void raw(const std::string& text) { socket.sendTextMessage(QString::fromStdString(text)); }
    void say(const nostr::ClientMessage& m) { raw(nostr::toJson(m)); }
    //! Waits for the next message of a type that meets a condition, and removes it from `heard`.
    template <typename T>
    T next(std::function<bool(const T&)> fits = [](const T&) { return true; }) {
        std::optional<T> found;
        REQUIRE(waitFor([&] {
            for (auto it = heard.begin(); it != heard.end(); ++it) {
                auto* m = std::get_if<T>(&*it);
                if (m && fits(*m)) {
                    found = *m;
                    heard.erase(it);
                    return true;
                }
            }
            return false;
        }));
        return *found;
    }
    from::Ok publish(const nostr::Event& e) {
        say(to::Publish{e});
        return next<from::Ok>([&](const from::Ok& ok) { return ok.id == e.id; });
    }
    //! Returns the stored contents for a filter. The subscription stays open.
    std::vector<std::string> ask(const std::string& sub, std::vector<nostr::Filter> filters) {
        say(to::Request{sub, std::move(filters)});
        next<from::EndOfStored>([&](const from::EndOfStored& m) { return m.subscription == sub; });
        std::vector<std::string> out;
        for (auto it = heard.begin(); it != heard.end();) {
            auto* m = std::get_if<from::Delivery>(&*it);
            if (m && m->subscription == sub) {
                out.push_back(m->event.content);
                it = heard.erase(it);
            } else {
                ++it;
            }
        }
        return out;
    }
    from::Ok authenticate(const crypto::SchnorrKeyPair& key, const std::string& url) {
        crypto::SystemRandom random;
        auto event = must(nostr::makeAuthEvent(url, challenge, key, nowSeconds(), random));
        say(to::Auth{event});
        return next<from::Ok>([&](const from::Ok& ok) { return ok.id == event.id; });
    }
};

struct Running {
    RelayServer server;
    explicit Running(RelayServerOptions options = {})
        : server(std::move(options)) {
        qtApp();
        must(server.listen("127.0.0.1"));
    }
    QString url() const { return server.url(); }
};

nostr::Filter kinds(std::vector<nostr::Kind> k) {
    nostr::Filter f;
    f.kinds = std::move(k);
    return f;
}

using List = std::vector<std::string>;

} // namespace

TEST_CASE("the relay stores, serves, and passes on live") {
    Running r;
    const auto key = newKey();
    RawClient writer(r.url());
    RawClient reader(r.url());
    const auto before = makeEvent(key, 1, "before", {}, nowSeconds() - 10);
    CHECK(writer.publish(before).accepted);
    CHECK(reader.ask("s", {kinds({1})}) == List{"before"});
    const auto after = makeEvent(key, 1, "after");
    CHECK(writer.publish(after).accepted);
    CHECK(reader.next<from::Delivery>().event == after);
    // A duplicate is accepted but not forwarded. A closed subscription receives nothing.
    const auto again = writer.publish(after);
    CHECK(again.accepted);
    CHECK(nostr::reasonCode(again.reason) == nostr::ReasonCode::Duplicate);
    reader.say(to::Close{"s"});
    CHECK(reader.ask("t", {kinds({7})}).empty());
    CHECK(writer.publish(makeEvent(key, 1, "unheard")).accepted);
    CHECK(writer.publish(makeEvent(key, 7, "heard")).accepted);
    CHECK(reader.next<from::Delivery>().event.content == "heard");
    reader.say(to::Count{"c", {kinds({1, 7})}});
    CHECK(reader.next<from::CountAnswer>().count == 4);
    CHECK(r.server.stats().accepted == 4);
    CHECK(r.server.stats().duplicates == 1);
    CHECK(r.server.stats().connections == 2);
    CHECK(r.server.stats().storedEvents == 4);
}

TEST_CASE("ephemeral events are passed on and not kept, expired ones refused") {
    Running r;
    const auto key = newKey();
    RawClient c(r.url());
    CHECK(c.ask("s", {kinds({20001})}).empty());
    CHECK(c.publish(makeEvent(key, 20001, "now")).accepted);
    CHECK(c.next<from::Delivery>().event.content == "now");
    CHECK(c.ask("s", {kinds({20001})}).empty());
    CHECK_FALSE(
        c.publish(makeEvent(key, 1, "late", {{"expiration", std::to_string(nowSeconds() - 1)}})).accepted);
}

TEST_CASE("what expires is no longer served and goes") {
    ManualClock clock(static_cast<std::int64_t>(nowSeconds()) * 1000);
    RelayServerOptions o;
    o.clock = &clock;
    Running r(o);
    const auto key = newKey();
    RawClient c(r.url());
    CHECK(
        c.publish(makeEvent(key, 1, "short", {{"expiration", std::to_string(nowSeconds() + 100)}})).accepted);
    CHECK(c.ask("s", {kinds({1})}) == List{"short"});
    clock.advanceMs(200'000);
    CHECK(c.ask("s", {kinds({1})}).empty());
    CHECK(r.server.stats().storedEvents == 1);
    r.server.purgeExpired();
    CHECK(r.server.stats().storedEvents == 0);
}

TEST_CASE("the relay refuses forged, foreign and future events and says why") {
    Running r;
    const auto key = newKey();
    RawClient c(r.url());
    auto forged = makeEvent(key, 1, "x");
    forged.sig[5] ^= 1;
    CHECK(nostr::reasonCode(c.publish(forged).reason) == nostr::ReasonCode::Invalid);
    auto changed = makeEvent(key, 1, "x");
    changed.content = "y";
    CHECK_FALSE(c.publish(changed).accepted);
    const auto future = c.publish(makeEvent(key, 1, "x", {}, nowSeconds() + 3600));
    CHECK_FALSE(future.accepted);
    CHECK(nostr::reasonCode(future.reason) == nostr::ReasonCode::Invalid);
    c.raw("[\"EVENT\",{\"id\":\"" + std::string(64, 'a') + "\",\"kind\":\"one\"}]");
    CHECK_FALSE(c.next<from::Ok>().accepted);
    c.raw("this is not JSON");
    c.next<from::Notice>();
    c.raw("[\"REQ\",\"s\",{\"search\":\"everything\"}]");
    CHECK(nostr::reasonCode(c.next<from::Closed>().reason) == nostr::ReasonCode::Unsupported);
    c.raw("[\"REQ\",\"s\",{\"kinds\":\"all\"}]");
    CHECK(c.next<from::Closed>().subscription == "s");
    CHECK(r.server.stats().storedEvents == 0);
    CHECK(c.publish(makeEvent(key, 1, "good")).accepted);
}

TEST_CASE("gift wraps go only to their authenticated recipient") {
    Running r;
    const auto me = newKey();
    const auto other = newKey();
    const auto writerKey = newKey();
    RawClient writer(r.url());
    RawClient mine(r.url());
    RawClient stranger(r.url());
    const auto wrap = [&](const std::string& text) {
        return makeEvent(writerKey, 1059, text, {{"p", toHex(me.publicKey)}});
    };
    CHECK(writer.publish(wrap("stored")).accepted);
    CHECK(writer.publish(makeEvent(writerKey, 1, "open")).accepted);

    nostr::Filter q = kinds({1059});
    q.tags['p'] = {toHex(me.publicKey)};
    mine.say(to::Request{"s", {q}});
    CHECK(nostr::reasonCode(mine.next<from::Closed>().reason) == nostr::ReasonCode::AuthRequired);
    mine.say(to::Count{"s", {q}});
    CHECK(nostr::reasonCode(mine.next<from::Closed>().reason) == nostr::ReasonCode::AuthRequired);
    CHECK(mine.authenticate(me, r.url().toStdString()).accepted);
    CHECK(mine.ask("s", {q}) == List{"stored"});

    // A filter that does not name the kind works, but returns no gift wraps.
    CHECK(stranger.ask("all", {nostr::Filter{}}) == List{"open"});
    CHECK(stranger.authenticate(other, r.url().toStdString()).accepted);
    CHECK(stranger.ask("wraps", {q}).empty());
    stranger.say(to::Count{"n", {q}});
    CHECK(stranger.next<from::CountAnswer>().count == 0);
    RawClient silent(r.url());
    CHECK(silent.ask("all", {nostr::Filter{}}) == List{"open"});

    CHECK(writer.publish(wrap("live")).accepted);
    CHECK(mine.next<from::Delivery>().event.content == "live");
    // The later event arrived, so the wrap would have arrived before it.
    CHECK(writer.publish(makeEvent(writerKey, 1, "marker")).accepted);
    CHECK(stranger.next<from::Delivery>().event.content == "marker");
    CHECK(silent.next<from::Delivery>().event.content == "marker");
}

TEST_CASE("an authentication for another relay, challenge or time is refused") {
    Running r;
    const auto key = newKey();
    RawClient c(r.url());
    CHECK_FALSE(c.authenticate(key, "wss://relay.kasara.example").accepted);
    const std::string right = c.challenge;
    c.challenge = "another challenge";
    CHECK_FALSE(c.authenticate(key, r.url().toStdString()).accepted);
    c.challenge = right;
    crypto::SystemRandom random;
    const auto stale =
        must(nostr::makeAuthEvent(r.url().toStdString(), right, key, nowSeconds() - 5000, random));
    c.say(to::Auth{stale});
    CHECK_FALSE(c.next<from::Ok>().accepted);
    CHECK(c.authenticate(key, r.url().toStdString() + "/").accepted);
}

TEST_CASE("a relay that demands authentication gives nothing without") {
    RelayServerOptions o;
    o.requireAuth = true;
    Running r(o);
    const auto key = newKey();
    RawClient c(r.url());
    CHECK(nostr::reasonCode(c.publish(makeEvent(key, 1, "x")).reason) == nostr::ReasonCode::AuthRequired);
    c.say(to::Request{"s", {kinds({1})}});
    CHECK(nostr::reasonCode(c.next<from::Closed>().reason) == nostr::ReasonCode::AuthRequired);
    CHECK(c.authenticate(key, r.url().toStdString()).accepted);
    CHECK(c.publish(makeEvent(key, 1, "x")).accepted);
    CHECK(c.ask("s", {kinds({1})}) == List{"x"});
}

TEST_CASE("the limits of the relay hold") {
    RelayServerOptions o;
    o.maxSubscriptions = 2;
    o.maxFilters = 2;
    o.maxFilterValues = 3;
    o.maxLimit = 3;
    o.eventsPerMinute = 5;
    o.maxMessageBytes = 10'000;
    Running r(o);
    const auto key = newKey();
    RawClient c(r.url());
    for (int i = 0; i < 5; ++i)
        CHECK(
            c.publish(makeEvent(key, 1, std::to_string(i), {}, nowSeconds() - 100 + static_cast<unsigned>(i)))
                .accepted);
    CHECK(nostr::reasonCode(c.publish(makeEvent(key, 1, "6")).reason) == nostr::ReasonCode::RateLimited);
    nostr::Filter wide = kinds({1});
    wide.limit = 1000;
    CHECK(c.ask("a", {wide}) == List{"4", "3", "2"});
    CHECK(c.ask("b", {kinds({1})}).size() == 3);
    c.say(to::Request{"c", {kinds({1})}});
    CHECK(c.next<from::Closed>().subscription == "c");
    // A REQ with an existing name replaces that subscription and uses no further place.
    CHECK(c.ask("b", {kinds({1})}).size() == 3);
    c.say(to::Request{"b", {kinds({1}), kinds({2}), kinds({3})}});
    CHECK(nostr::reasonCode(c.next<from::Closed>().reason) == nostr::ReasonCode::Invalid);
    c.say(to::Request{"b", {kinds({1, 2, 3, 4})}});
    CHECK(nostr::reasonCode(c.next<from::Closed>().reason) == nostr::ReasonCode::Invalid);
    c.raw("[\"NOTHING\",\"" + std::string(20'000, 'x') + "\"]");
    CHECK(waitFor([&] { return c.closed; }));
    CHECK(waitFor([&] { return r.server.stats().connections == 0; }));
}

TEST_CASE("the relay compares what it has with what a client has") {
    RelayServerOptions options;
    options.maxCompared = 150;
    Running relay(options);
    RawClient c(relay.url());
    const auto key = newKey();
    std::vector<nostr::NegentropyItem> here;
    std::set<nostr::EventId> missing;
    for (int i = 0; i < 100; ++i) {
        const auto e = makeEvent(key, 1, std::to_string(i));
        REQUIRE(c.publish(e).accepted);
        if (i % 10 == 0)
            missing.insert(e.id);
        else
            here.push_back({e.createdAt, e.id});
    }
    const auto own = makeEvent(key, 1, "not there");
    here.push_back({own.createdAt, own.id});
    nostr::Filter filter;
    filter.kinds = {{1}};
    const auto side = must(nostr::Negentropy::make(here, 0));
    std::set<nostr::EventId> need;
    std::set<nostr::EventId> have;
    c.say(to::ReconcileOpen{"n", filter, side.initiate()});
    for (int round = 0;; ++round) {
        REQUIRE(round < 20);
        const auto answer = c.next<from::Reconcile>();
        CHECK(answer.subscription == "n");
        const auto step = must(side.reconcile(answer.message));
        need.insert(step.need.begin(), step.need.end());
        have.insert(step.have.begin(), step.have.end());
        if (!step.reply)
            break;
        c.say(to::Reconcile{"n", *step.reply});
    }
    CHECK(need == missing);
    CHECK(have == std::set<nostr::EventId>{own.id});
    c.say(to::ReconcileClose{"n"});
    c.say(to::Reconcile{"n", side.initiate()});
    CHECK(c.next<from::ReconcileError>().reason.starts_with("closed:"));

    c.say(to::ReconcileOpen{"bad", filter, Bytes{0x00}});
    CHECK(c.next<from::ReconcileError>().reason.starts_with("invalid:"));
    // Only the recipient may compare gift wraps.
    filter.kinds = {{1059}};
    c.say(to::ReconcileOpen{"wraps", filter, side.initiate()});
    CHECK(c.next<from::ReconcileError>().reason.starts_with("auth-required:"));
    for (int i = 0; i < 60; ++i)
        REQUIRE(c.publish(makeEvent(key, 1, "more " + std::to_string(i))).accepted);
    filter.kinds = {{1}};
    c.say(to::ReconcileOpen{"many", filter, side.initiate()});
    CHECK(c.next<from::ReconcileError>().reason.starts_with("blocked:"));
}

TEST_CASE("a client that sends only nonsense is dropped") {
    Running r;
    RawClient c(r.url());
    for (int i = 0; i < 300; ++i)
        c.raw("nonsense");
    CHECK(waitFor([&] { return c.closed; }));
    RawClient next(r.url());
    CHECK(next.ask("s", {kinds({1})}).empty());
}

TEST_CASE("the relay's document is on the same port") {
    RelayServerOptions o;
    o.name = "Conference of Tamir";
    o.maxLimit = 77;
    Running r(o);
    QNetworkAccessManager http;
    QNetworkRequest request(QUrl(QString("http://127.0.0.1:%1/").arg(r.server.port())));
    request.setRawHeader("Accept", "application/nostr+json");
    QNetworkReply* reply = http.get(request);
    REQUIRE(waitFor([&] { return reply->isFinished(); }));
    CHECK(reply->header(QNetworkRequest::ContentTypeHeader).toString() == "application/nostr+json");
    const auto info = must(nostr::parseRelayInfo(reply->readAll().toStdString()));
    CHECK(info.name == "Conference of Tamir");
    CHECK(info.maxLimit == 77);
    CHECK(info.supports(42));
    delete reply;

    reply = http.get(QNetworkRequest(QUrl(QString("http://127.0.0.1:%1/").arg(r.server.port()))));
    REQUIRE(waitFor([&] { return reply->isFinished(); }));
    CHECK(reply->readAll().contains("Nostr relay"));
    delete reply;

    // One request arrives octet by octet, and another never ends.
    QTcpSocket slow;
    slow.connectToHost("127.0.0.1", r.server.port());
    REQUIRE(waitFor([&] { return slow.state() == QAbstractSocket::ConnectedState; }));
    for (const char c : std::string("GET / HTTP/1.1\r\nAccept: application/nostr+json\r\n\r\n")) {
        slow.write(&c, 1);
        slow.flush();
        QCoreApplication::processEvents();
    }
    QByteArray answer;
    REQUIRE(waitFor([&] {
        answer += slow.readAll();
        return answer.contains("Conference of Tamir");
    }));
    QTcpSocket endless;
    endless.connectToHost("127.0.0.1", r.server.port());
    REQUIRE(waitFor([&] { return endless.state() == QAbstractSocket::ConnectedState; }));
    endless.write(QByteArray(100'000, 'x'));
    CHECK(waitFor([&] { return endless.state() == QAbstractSocket::UnconnectedState; }));
}

TEST_CASE("events outlive the relay") {
    qtApp();
    QTemporaryDir dir;
    RelayServerOptions o;
    o.directory = (dir.path() + "/relay").toStdString();
    const auto key = newKey();
    const auto event = makeEvent(key, 1, "kept", {{"h", "g"}});
    quint16 port = 0;
    {
        Running r(o);
        port = r.server.port();
        RawClient c(r.url());
        CHECK(c.publish(event).accepted);
    }
    RelayServer again(o);
    must(again.listen("127.0.0.1", port));
    CHECK(again.stats().storedEvents == 1);
    RawClient c(again.url());
    nostr::Filter q;
    q.tags['h'] = {"g"};
    CHECK(c.ask("s", {q}) == List{"kept"});
    // The server can be closed and opened again. A second server cannot use the same port.
    again.close();
    CHECK_FALSE(again.isListening());
    must(again.listen("127.0.0.1", port));
    RelayServer second;
    auto taken = second.listen("127.0.0.1", port);
    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().code == ErrorCode::AlreadyExists);
    CHECK(second.listen("not an address").error().code == ErrorCode::InvalidArgument);
}

TEST_CASE("two hundred clients hear an event") {
    Running r;
    const auto key = newKey();
    std::vector<std::unique_ptr<QWebSocket>> sockets;
    int ready = 0;
    int heard = 0;
    for (int i = 0; i < 200; ++i) {
        sockets.push_back(std::make_unique<QWebSocket>());
        QWebSocket* s = sockets.back().get();
        QObject::connect(s, &QWebSocket::connected, s,
                         [s] { s->sendTextMessage("[\"REQ\",\"s\",{\"kinds\":[1]}]"); });
        QObject::connect(s, &QWebSocket::textMessageReceived, s, [&](const QString& text) {
            if (text.startsWith("[\"EOSE\""))
                ++ready;
            else if (text.startsWith("[\"EVENT\""))
                ++heard;
        });
        s->open(QUrl(r.url()));
    }
    REQUIRE(waitFor([&] { return ready == 200; }));
    RawClient writer(r.url());
    CHECK(writer.publish(makeEvent(key, 1, "to all")).accepted);
    CHECK(waitFor([&] { return heard == 200; }));
    sockets.clear();
    CHECK(waitFor([&] { return r.server.stats().connections == 1; }));
}
