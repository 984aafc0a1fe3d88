// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

namespace valise::client {

//! How a profile is opened or made.
struct ProfileOptions {
    QString home; //!< the profile's folder; made if it is missing
    //! ws:// beyond loopback and private addresses. A profile made with it remembers it: opening needs it
    //! only where it was not allowed then.
    bool allowInsecureRelays = false;
    bool fastKeyDerivation = false; //!< least Argon2id cost; only for tests and the demonstration
    bool online = true;             //!< false: open the history without connecting
    //! For a profile that is made: how servers are reached, from the first connection on.
    ProxyRecord proxy;
    QString proxyPassword;
};

} // namespace valise::client
