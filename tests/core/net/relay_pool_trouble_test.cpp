// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/relay_server.h"
#include "core/net/relay_pool.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/fake_relay.h"
#include "tests/support/nostr_events.h"
#include "tests/support/qt_wait.h"

#include <QElapsedTimer>

#include <map>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

RelayOptions impatient() {
    RelayOptions o = quickUninformed();
    o.backoffMaxMs = 60;
    o.connectTimeoutMs = 1'000;
    o.publishTimeoutMs = 1'000;
    o.authTimeoutMs = 1'000;
    o.eoseIdleMs = 500;
    o.rateLimitPauseMs = 200;
    return o;
}

//! One good relay among bad ones of every kind.
struct Company {
    Company() {
        host::RelayServerOptions options;
        options.eventsPerMinute = options.requestsPerMinute = 1'000'000;
        good = std::make_unique<host::RelayServer>(options);
        must(good->listen("127.0.0.1", 0));
        goodUrl = good->url().toStdString();
        dead.stopListening();
        mute.silent = true;
        busy.refuseWith = "429 Too Many Requests";
        busy.refuseHeader = "Retry-After: 3600\r\n";
        const auto refuseAll = [](const char* reason) {
            return [reason](FakeRelay& r, QTcpSocket* client, const QByteArray& message) {
                if (const QByteArray id = FakeRelay::publishedId(message); !id.isEmpty())
                    r.send(client, "[\"OK\",\"" + id + "\",false,\"" + reason + "\"]");
                else if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty())
                    r.send(client, "[\"CLOSED\",\"" + sub + "\",\"" + reason + "\"]");
            };
        };
        slow.onMessage = refuseAll("rate-limited: slower");
        unknown.onMessage = refuseAll("auth-required: who are you"); // it sends no challenge
        closed.onMessage = refuseAll("restricted: members only");
        broken.onMessage = refuseAll("error: the disk is full");
        liar.onMessage = [forged = forgedEvent()](FakeRelay& r, QTcpSocket* client,
                                                  const QByteArray& message) {
            if (const QByteArray id = FakeRelay::publishedId(message); !id.isEmpty()) {
                r.send(client, "[\"OK\",\"" + QByteArray(64, '0') + "\",true,\"\"]");
                r.send(client, "[\"OK\",\"" + id + "\",true,\"\"]");
            } else if (const QByteArray sub = FakeRelay::requestId(message); !sub.isEmpty()) {
                r.send(client, FakeRelay::eventMessage(sub, forged));
                r.send(client, "[\"EOSE\",\"" + sub + "\"]");
            }
        };
    }
    static std::string forgedEvent() {
        nostr::Event e = makeEvent(newKey(), 1, "true words");
        e.content = "other words";
        return e.toJson();
    }
    std::vector<std::string> urls() const {
        return {dead.url(),   mute.url(),   busy.url(), slow.url(),       unknown.url(),
                closed.url(), broken.url(), liar.url(), swallowing.url(), goodUrl};
    }

    std::unique_ptr<host::RelayServer> good;
    std::string goodUrl;
    FakeRelay dead, mute, busy, slow, unknown, closed, broken, liar, swallowing;
};

} // namespace

TEST_CASE("nine bad relays do not stop the tenth") {
    qtApp();
    Company company;
    const auto key = newKey();
    {
        RelayPool writer(impatient());
        int done = 0;
        QObject::connect(&writer, &RelayPool::published, &writer, [&] { ++done; });
        for (int i = 0; i < 20; ++i) {
            const auto e = makeEvent(key, 1, "stored " + std::to_string(i));
            writer.publish(idOf(e), e.toJson(), {company.goodUrl});
        }
        REQUIRE(waitFor([&] { return done == 20; }));
    }

    RelayPool pool(impatient());
    pool.setAuthSigner([&](const std::string& url, const std::string& challenge) -> Result<std::string> {
        return makeEvent(key, 22242, "", {{"relay", url}, {"challenge", challenge}}).toJson();
    });
    std::vector<std::string> heard;
    std::map<std::string, std::pair<PublishOutcome, std::string>> outcomes;
    int caughtUp = 0;
    std::map<std::string, int> failures;
    QObject::connect(
        &pool, &RelayPool::eventReceived, &pool,
        [&](const QString&, const nostr::Event& e, const QString&) { heard.push_back(e.content); });
    QObject::connect(
        &pool, &RelayPool::published, &pool,
        [&](const QString&, const QString& relay, PublishOutcome outcome, const QString& reason) {
            outcomes[relay.toStdString()] = {outcome, reason.toStdString()};
        });
    QObject::connect(&pool, &RelayPool::caughtUp, &pool, [&] { ++caughtUp; });
    QObject::connect(&pool, &RelayPool::relayStateChanged, &pool,
                     [&](const QString& relay, RelayState state) {
                         failures[relay.toStdString()] += state == RelayState::WaitingToRetry ? 1 : 0;
                     });

    Subscription subscription;
    subscription.id = "all";
    subscription.filters = {nostr::Filter{}};
    subscription.filters[0].kinds = {{1}};
    subscription.relays = company.urls();
    pool.subscribe(subscription);
    REQUIRE(waitFor([&] { return heard.size() == 20; }));
    REQUIRE(waitFor([&] { return caughtUp > 0; }));
    CHECK(pool.isCaughtUp("all"));

    const auto event = makeEvent(key, 1, "new");
    pool.publish(idOf(event), event.toJson(), company.urls());
    REQUIRE(waitFor([&] { return outcomes.size() == company.urls().size(); }));
    CHECK(outcomes[company.goodUrl].first == PublishOutcome::Accepted);
    CHECK(outcomes[company.liar.url()].first == PublishOutcome::Accepted); // the liar's own answer; the pool
                                                                           // believes each relay only about
                                                                           // itself
    CHECK(outcomes[company.slow.url()].first == PublishOutcome::RateLimited);
    CHECK(outcomes[company.closed.url()] ==
          std::pair{PublishOutcome::Refused, std::string("restricted: members only")});
    CHECK(outcomes[company.broken.url()].first == PublishOutcome::Refused);
    CHECK(outcomes[company.swallowing.url()].first == PublishOutcome::Unknown);
    for (const FakeRelay* relay : {&company.dead, &company.mute, &company.busy})
        CHECK(outcomes[relay->url()].first == PublishOutcome::NotConnected);
    REQUIRE(waitFor([&] { return heard.size() == 21; }));
    CHECK(std::count(heard.begin(), heard.end(), "other words") == 0);

    // Retries at failing relays do not change the state "caught up".
    const int before = failures[company.dead.url()];
    REQUIRE(waitFor([&] { return failures[company.dead.url()] >= before + 3; }));
    CHECK(pool.isCaughtUp("all"));
    CHECK(caughtUp == 1);
    // The relay that asked for one hour was tried only once.
    CHECK(failures[company.busy.url()] == 1);

    // The query is answered by the relays that are reachable.
    std::optional<Result<std::vector<nostr::Event>>> answer;
    QElapsedTimer clock;
    clock.start();
    pool.fetch(subscription.filters,
               {company.dead.url(), company.mute.url(), company.goodUrl, company.closed.url()}, 60'000, &pool,
               [&](auto result) { answer = std::move(result); });
    REQUIRE(waitFor([&] { return answer.has_value(); }));
    CHECK(clock.elapsed() < 20'000);
    CHECK(must(*answer).size() == 21);
}
