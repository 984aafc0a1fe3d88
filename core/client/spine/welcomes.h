// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/marmot/commit_builder.h"
#include "core/net/relay_pool.h"

namespace valise::client {

//! Puts an invitation that is owed into the outbox, gift-wrapped (NIP-59). In the caller's transaction.
Result<void> queueWelcome(Profile& profile, const net::RelayPool& pool, const Bytes& group,
                          const marmot::WelcomeDuty& welcome);
//! Success if every invitation can be sent. Errors: NoInvitation without an inbox; those of giftWrap().
Result<void> checkDeliverable(Profile& profile, const std::vector<marmot::WelcomeDuty>& welcomes);

} // namespace valise::client
