// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/relay_types.h"
#include "core/nostr/filter.h"

namespace valise::net {

//! Options with short pauses between attempts.
inline RelayOptions quick() {
    RelayOptions o;
    o.backoffFirstMs = 20;
    o.backoffMaxMs = 200;
    return o;
}

//! The same, but the relay is not asked for its document (NIP-11).
inline RelayOptions quickUninformed() {
    RelayOptions o = quick();
    o.fetchInformation = false;
    return o;
}

//! Events of kind 1.
inline nostr::Filter kindOne() {
    nostr::Filter f;
    f.kinds = {{1}};
    return f;
}

} // namespace valise::net
