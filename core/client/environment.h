// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/crypto/random.h"
#include "core/net/relay_types.h"
#include "core/storage/database.h"

#include <functional>

namespace valise::client {

//! The clock, the randomness and the network that an engine uses. The product uses the machine's; the
//! simulator makes all of them from a seed.
struct Environment {
    const Clock* clock = nullptr;     //!< outlives the engine; nothing for the machine's
    crypto::Random* random = nullptr; //!< outlives the engine; nothing for the machine's
    net::SocketFactory openSocket;    //!< nothing for WebSockets
    //! Sees each database before anything else is done with it.
    std::function<void(storage::Database&)> onOpened;
};

} // namespace valise::client
