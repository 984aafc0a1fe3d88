// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/network/proxy_choice.h"

#include "core/client/network/network_settings.h"

namespace valise::client {

Result<ProxyRecord> ProxyChoice::proxy() const {
    return toProxyRecord(m_profile.proxy);
}

Result<void> ProxyChoice::setProxy(const ProxyRecord& proxy, const std::optional<QString>& password) {
    const net::ProxySettings& before = m_profile.proxy;
    VALISE_TRY(net::ProxySettings settings, toProxySettings(proxy, password.value_or(QString())));
    // A password is for the proxy it was given for.
    if (!password && settings.host == before.host && settings.port == before.port &&
        settings.user == before.user)
        settings.password = before.password;
    VALISE_CHECK(m_profile.write([&] { return writeProxy(m_profile.stores().settings, settings); }));
    m_profile.proxy = std::move(settings);
    m_pool.setProxy(m_profile.proxy);
    return {};
}

} // namespace valise::client
