// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_failure.h"

#include "core/net/relay_connection.h"
#include "tests/core/net/quick.h"
#include "tests/support/catch.h"
#include "tests/support/certificates.h"
#include "tests/support/fake_relay.h"
#include "tests/support/qt_wait.h"

#include <QElapsedTimer>
#include <QSslConfiguration>
#include <QWebSocketServer>

using namespace valise;
using namespace valise::net;
using namespace valise::test;

namespace {

RelayOptions quickAlone() {
    RelayOptions o = quickUninformed();
    o.captivePortalPort = 0;
    return o;
}

Error failureOf(const std::string& url, const RelayOptions& options) {
    RelayConnection c(url, options);
    c.start();
    REQUIRE(waitFor([&] { return c.status().lastError.has_value(); }));
    CHECK(c.status().connects == 0);
    return *c.status().lastError;
}

HttpAnswer answerOf(int status, const char* asked, const char* location = "", const char* type = "") {
    HttpAnswer a;
    a.status = status;
    a.asked = QUrl(QString::fromLatin1(asked));
    if (*location)
        a.location = QUrl(QString::fromLatin1(location));
    a.contentType = type;
    return a;
}

//! Makes the program trust an issuer as long as this object exists.
class Trust {
public:
    explicit Trust(const QSslCertificate& certificate)
        : m_before(QSslConfiguration::defaultConfiguration()) {
        QSslConfiguration now = m_before;
        now.addCaCertificate(certificate);
        QSslConfiguration::setDefaultConfiguration(now);
    }
    ~Trust() { QSslConfiguration::setDefaultConfiguration(m_before); }

private:
    QSslConfiguration m_before;
};

//! A WebSocket server with TLS.
struct SecureServer {
    explicit SecureServer(const Credential& credential)
        : server(QStringLiteral("test"), QWebSocketServer::SecureMode) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(credential.certificate);
        tls.setPrivateKey(credential.key);
        server.setSslConfiguration(tls);
        REQUIRE(server.listen(QHostAddress::LocalHost));
    }
    std::string url() const { return "wss://127.0.0.1:" + std::to_string(server.serverPort()); }
    QWebSocketServer server;
};

} // namespace

TEST_CASE("failures of the network have names of their own") {
    qtApp();
    SECTION("nobody listens") {
        FakeRelay relay;
        relay.stopListening();
        RelayConnection c(relay.url(), quickAlone());
        c.start();
        REQUIRE(waitFor([&] { return c.status().state == RelayState::WaitingToRetry; }));
        CHECK(c.status().lastError->code == ErrorCode::ConnectionRefused);
        CHECK(c.status().retryAtMs > 0);
    }
    SECTION("no such host") {
        const ErrorCode code = failureOf("wss://relay.kasara.invalid", quickAlone()).code;
        CHECK(code == (hasNetwork() ? ErrorCode::NameNotFound : ErrorCode::NoNetwork));
    }
    SECTION("no answer to the handshake") {
        FakeRelay relay;
        relay.silent = true;
        auto o = quickAlone();
        o.connectTimeoutMs = 100;
        CHECK(failureOf(relay.url(), o).code == ErrorCode::Timeout);
    }
    SECTION("the other side hangs up") {
        FakeRelay relay;
        RelayConnection c(relay.url(), quickAlone());
        c.start();
        REQUIRE(waitFor([&] { return c.status().state == RelayState::Connected; }));
        relay.dropAll();
        REQUIRE(waitFor([&] { return c.status().lastError.has_value(); }));
        CHECK(c.status().lastError->code == ErrorCode::ConnectionLost);
    }
    SECTION("on no network at all") {
        for (const auto error : {QAbstractSocket::HostNotFoundError, QAbstractSocket::NetworkError,
                                 QAbstractSocket::UnknownSocketError}) {
            CHECK(socketFailure(error, {}, false).code == ErrorCode::NoNetwork);
            CHECK(socketFailure(error, {}, true).code != ErrorCode::NoNetwork);
        }
        CHECK(socketFailure(QAbstractSocket::ConnectionRefusedError, {}, false).code ==
              ErrorCode::ConnectionRefused);
    }
}

TEST_CASE("certificates that are expired, another host's or nobody's are told apart") {
    qtApp();
    const Issuer issuer("Kasara root");
    const Issuer stranger("A root nobody trusts");
    const Trust trust(issuer.certificate());
    SECTION("a good one connects") {
        const SecureServer server(issuer.issue("127.0.0.1"));
        RelayConnection c(server.url(), quickAlone());
        c.start();
        REQUIRE(waitFor([&] { return c.status().state == RelayState::Connected; }));
    }
    SECTION("expired") {
        const SecureServer server(issuer.issue("127.0.0.1", -20, -3));
        CHECK(failureOf(server.url(), quickAlone()).code == ErrorCode::CertificateExpired);
    }
    SECTION("not valid yet") {
        const SecureServer server(issuer.issue("127.0.0.1", 3, 20));
        CHECK(failureOf(server.url(), quickAlone()).code == ErrorCode::CertificateExpired);
    }
    SECTION("another host's") {
        const SecureServer server(issuer.issue("relay.kasara.example"));
        CHECK(failureOf(server.url(), quickAlone()).code == ErrorCode::CertificateWrongHost);
    }
    SECTION("nobody's, whatever else is wrong with it") {
        const SecureServer server(stranger.issue("relay.kasara.example", -20, -3));
        CHECK(failureOf(server.url(), quickAlone()).code == ErrorCode::CertificateUnknownIssuer);
    }
    SECTION("no TLS at all") {
        FakeRelay relay;
        const ErrorCode code =
            failureOf("wss://127.0.0.1:" + std::to_string(relay.port()), quickAlone()).code;
        CHECK((code == ErrorCode::TlsFailed || code == ErrorCode::ConnectionLost ||
               code == ErrorCode::Timeout));
    }
}

TEST_CASE("a page of the network in the way of a certificate is found at the relay's own host") {
    qtApp();
    const Issuer stranger("The hotel");
    const SecureServer server(stranger.issue("hotel.example"));
    FakeRelay page; // the network's answer on port 80
    auto o = quickAlone();
    o.captivePortalPort = page.port();
    SECTION("a sign-in page elsewhere") {
        page.refuseWith = "302 Found";
        page.refuseHeader = "Location: http://sign-in.hotel.example/\r\n";
        CHECK(failureOf(server.url(), o).code == ErrorCode::CaptivePortal);
        CHECK(page.connections() == 1);
    }
    SECTION("an ordinary move to the encrypted address of the same host") {
        page.refuseWith = "301 Moved Permanently";
        page.refuseHeader = "Location: https://127.0.0.1/\r\n";
        CHECK(failureOf(server.url(), o).code == ErrorCode::CertificateUnknownIssuer);
    }
    SECTION("nothing") {
        page.stopListening();
        CHECK(failureOf(server.url(), o).code == ErrorCode::CertificateUnknownIssuer);
    }
}

TEST_CASE("what answers instead of a relay is told apart") {
    qtApp();
    struct Case {
        const char* status;
        const char* header;
        ErrorCode code;
    };
    const Case c =
        GENERATE(Case{"403 Forbidden", "", ErrorCode::RelayRefused},
                 Case{"404 Not Found", "", ErrorCode::RelayRefused},
                 Case{"429 Too Many Requests", "", ErrorCode::RelayBusy},
                 Case{"503 Service Unavailable", "", ErrorCode::RelayBusy},
                 Case{"511 Network Authentication Required", "", ErrorCode::CaptivePortal},
                 Case{"302 Found", "Location: http://sign-in.hotel.example/\r\n", ErrorCode::CaptivePortal},
                 Case{"302 Found", "Location: /elsewhere\r\n", ErrorCode::NotARelay},
                 Case{"200 OK", "Content-Type: text/html; charset=utf-8\r\n", ErrorCode::CaptivePortal},
                 Case{"200 OK", "Content-Type: application/json\r\n", ErrorCode::NotARelay});
    INFO(c.status << " " << c.header);
    FakeRelay relay;
    relay.refuseWith = c.status;
    relay.refuseHeader = c.header;
    CHECK(failureOf(relay.url(), quickAlone()).code == c.code);
}

TEST_CASE("who has proved to be the relay is no sign-in page") {
    CHECK(httpFailure(answerOf(200, "https://relay.kasara.example/", "", "text/html"), 0).error.code ==
          ErrorCode::NotARelay);
    CHECK(
        httpFailure(answerOf(302, "https://relay.kasara.example/", "https://other.example/"), 0).error.code ==
        ErrorCode::NotARelay);
    CHECK(httpFailure(answerOf(511, "https://relay.kasara.example/"), 0).error.code ==
          ErrorCode::CaptivePortal);
    CHECK_FALSE(isCaptivePortal(answerOf(404, "http://relay.kasara.example/", "", "text/html")));
}

TEST_CASE("the time a relay asks for is read and bounded") {
    HttpAnswer a = answerOf(429, "https://relay.kasara.example/");
    a.retryAfter = "30";
    CHECK(httpFailure(a, 0).retryAfterMs == 30'000);
    a.retryAfter = "Fri, 27 Nov 2026 12:01:00 GMT";
    CHECK(httpFailure(a, 1'795'780'800).retryAfterMs == 60'000); // noon of that day
    a.retryAfter = "999999999";
    CHECK(httpFailure(a, 0).retryAfterMs == 3'600'000);
    for (const char* nothing : {"", "-5", "soon"}) {
        a.retryAfter = nothing;
        CHECK(httpFailure(a, 0).retryAfterMs == 0);
    }
}

TEST_CASE("a relay that names a time is left alone until then") {
    qtApp();
    FakeRelay relay;
    relay.refuseWith = "429 Too Many Requests";
    relay.refuseHeader = "Retry-After: 1\r\n";
    RelayConnection c(relay.url(), quickAlone());
    c.start();
    REQUIRE(waitFor([&] { return c.status().state == RelayState::WaitingToRetry; }));
    CHECK(c.status().lastError->code == ErrorCode::RelayBusy);
    relay.refuseWith.clear();
    relay.refuseHeader.clear();
    QElapsedTimer waited;
    waited.start();
    c.networkAvailable(); // the network was not the cause
    CHECK(c.status().state == RelayState::WaitingToRetry);
    REQUIRE(waitFor([&] { return c.status().state == RelayState::Connected; }));
    CHECK(waited.elapsed() >= 800);
}
