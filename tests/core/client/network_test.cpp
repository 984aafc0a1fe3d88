// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/network/network_settings.h"
#include "tests/core/client/world.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

ProxyRecord kept(Person& person) {
    return person.await<ProxyRecord>(
        [&](auto reply) { person.client->network()->proxy(person.client.get(), reply); });
}

Result<void> change(Person& person, const ProxyRecord& proxy, const std::optional<QString>& password = {}) {
    return person.ask<void>(
        [&](auto reply) { person.client->network()->setProxy(proxy, password, person.client.get(), reply); });
}

RelayRecord relay(RelayState state, std::optional<ErrorCode> failure = {}) {
    return {QStringLiteral("wss://relay.example"), state, {}, failure, 0};
}

} // namespace

TEST_CASE(
    "the way to the servers is kept in the profile, and a password only for the proxy it was given for") {
    World world;
    Person kasara(world.folder.path(), QStringLiteral("Kasara"), {});
    kasara.create();
    CHECK(kept(kasara) == ProxyRecord{});

    ProxyRecord proxy{ProxyRecord::Kind::Socks5, QStringLiteral("proxy.kasara.invalid"), 1080,
                      QStringLiteral("desk")};
    must(change(kasara, proxy, QStringLiteral("quiet herons")));
    kasara.stop();
    kasara.open();
    proxy.hasPassword = true;
    CHECK(kept(kasara) == proxy);
    // Saved once more without being typed again.
    must(change(kasara, proxy));
    CHECK(kept(kasara).hasPassword);
    proxy.host = QStringLiteral("elsewhere.kasara.invalid");
    must(change(kasara, proxy));
    CHECK_FALSE(kept(kasara).hasPassword);

    proxy.port = 0;
    CHECK(change(kasara, proxy).error().code == ErrorCode::InvalidArgument);
    CHECK(kept(kasara).port == 1080);
    must(change(kasara, {}));
    CHECK(kept(kasara) == ProxyRecord{});
}

TEST_CASE("one reason is given for all servers only where it explains them all") {
    using State = RelayState;
    CHECK_FALSE(commonFailure({}));
    CHECK_FALSE(commonFailure({relay(State::Connecting)}));
    CHECK(commonFailure({relay(State::Offline, ErrorCode::Timeout),
                         relay(State::Connecting, ErrorCode::Timeout)}) == ErrorCode::Timeout);
    CHECK_FALSE(
        commonFailure({relay(State::Offline, ErrorCode::Timeout), relay(State::Offline, ErrorCode::RelayBusy),
                       relay(State::Offline, ErrorCode::Timeout)}));
    CHECK(commonFailure({relay(State::Offline, ErrorCode::Timeout),
                         relay(State::Offline, ErrorCode::CaptivePortal)}) == ErrorCode::CaptivePortal);
    CHECK_FALSE(commonFailure({relay(State::Offline, ErrorCode::CaptivePortal), relay(State::Connected)}));
}
