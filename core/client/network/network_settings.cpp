// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/network/network_settings.h"

#include "core/client/profile.h"

#include <algorithm>
#include <array>

namespace valise::client {

namespace {

constexpr const char* kKind = "network.proxy.kind";
constexpr const char* kHost = "network.proxy.host";
constexpr const char* kPort = "network.proxy.port";
constexpr const char* kUser = "network.proxy.user";
constexpr const char* kPassword = "network.proxy.password";

constexpr std::array kKinds = {
    std::pair{ProxyRecord::Kind::System, net::ProxyKind::System},
    std::pair{ProxyRecord::Kind::None, net::ProxyKind::None},
    std::pair{ProxyRecord::Kind::Http, net::ProxyKind::Http},
    std::pair{ProxyRecord::Kind::Socks5, net::ProxyKind::Socks5},
};

RelayState shownState(net::RelayState state) {
    switch (state) {
    case net::RelayState::Connected:
        return RelayState::Connected;
    case net::RelayState::Connecting:
    case net::RelayState::Authenticating:
        return RelayState::Connecting;
    case net::RelayState::Refused:
        return RelayState::Refused;
    case net::RelayState::Disconnected:
    case net::RelayState::WaitingToRetry:
        return RelayState::Offline;
    }
    return RelayState::Offline;
}

} // namespace

Result<net::ProxySettings> readProxy(storage::SettingsStore& settings) {
    VALISE_TRY(const auto name, settings.text(kKind));
    if (!name)
        return net::ProxySettings{};
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const auto& k) { return net::proxyKindName(k.second) == *name; });
    if (kind == kKinds.end())
        return {ErrorCode::StorageDamaged, "a kind of proxy that is none: " + name->substr(0, 40)};
    VALISE_TRY(const auto host, settings.text(kHost));
    VALISE_TRY(const auto port, settings.number(kPort));
    VALISE_TRY(const auto user, settings.text(kUser));
    VALISE_TRY(const auto password, settings.text(kPassword));
    auto checked =
        net::checkProxy({kind->second, host.value_or(""),
                         static_cast<std::uint16_t>(std::clamp<std::int64_t>(port.value_or(0), 0, 65'535)),
                         user.value_or(""), password.value_or("")});
    if (!checked)
        return {ErrorCode::StorageDamaged, checked.error().detail};
    return checked;
}

Result<void> writeProxy(storage::SettingsStore& settings, const net::ProxySettings& proxy) {
    VALISE_CHECK(settings.setText(kKind, net::proxyKindName(proxy.kind)));
    VALISE_CHECK(settings.setText(kHost, proxy.host));
    VALISE_CHECK(settings.setNumber(kPort, proxy.port));
    VALISE_CHECK(settings.setText(kUser, proxy.user));
    return settings.setText(kPassword, proxy.password);
}

Result<net::ProxySettings> toProxySettings(const ProxyRecord& record, const QString& password) {
    const auto kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == record.kind; });
    if (kind == kKinds.end() || record.port < 0 || record.port > 65'535)
        return {ErrorCode::InvalidArgument, "a proxy needs a host and a port"};
    return net::checkProxy({kind->second, toStd(record.host.trimmed()),
                            static_cast<std::uint16_t>(record.port), toStd(record.user),
                            record.user.isEmpty() ? std::string() : toStd(password)});
}

ProxyRecord toProxyRecord(const net::ProxySettings& proxy) {
    ProxyRecord out;
    for (const auto& [shown, kind] : kKinds)
        if (kind == proxy.kind)
            out.kind = shown;
    out.host = toQString(proxy.host);
    out.port = proxy.port;
    out.user = toQString(proxy.user);
    out.hasPassword = !proxy.password.empty();
    return out;
}

RelayRecord toRelayRecord(const net::RelayStatus& status) {
    RelayRecord out;
    out.url = toQString(status.url);
    out.state = shownState(status.state);
    if (status.lastError) {
        out.failure = status.lastError->code;
        out.detail = QStringLiteral("%1: %2").arg(toQString(errorName(status.lastError->code)),
                                                  toQString(status.lastError->detail));
    }
    out.retryAt = status.retryAtMs;
    return out;
}

std::optional<ErrorCode> commonFailure(const QVector<RelayRecord>& relays) {
    if (std::any_of(relays.begin(), relays.end(),
                    [](const RelayRecord& relay) { return relay.state == RelayState::Connected; }))
        return std::nullopt;
    std::optional<ErrorCode> common;
    for (const RelayRecord& relay : relays) {
        if (!relay.failure)
            continue;
        // A failure of the network itself concerns every server, so one relay that reports it is enough.
        if (*relay.failure == ErrorCode::CaptivePortal || *relay.failure == ErrorCode::NoNetwork)
            return relay.failure;
        if (common && *common != *relay.failure)
            common = ErrorCode::Offline;
        else
            common = relay.failure;
    }
    return common == ErrorCode::Offline ? std::nullopt : common;
}

} // namespace valise::client
