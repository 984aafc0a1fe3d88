// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/net/relay_pool.h"

namespace valise::client {

//! The way on which this profile reaches its servers.
class ProxyChoice {
public:
    ProxyChoice(Profile& profile, net::RelayPool& pool)
        : m_profile(profile)
        , m_pool(pool) {}

    Result<ProxyRecord> proxy() const;
    //! Without a `password` the one that is kept stays, if host, port and user do. Error: InvalidArgument.
    Result<void> setProxy(const ProxyRecord& proxy, const std::optional<QString>& password);

private:
    Profile& m_profile;
    net::RelayPool& m_pool;
};

} // namespace valise::client
