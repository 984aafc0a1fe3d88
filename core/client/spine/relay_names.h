// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/outbox_store.h"

#include <string>
#include <vector>

namespace valise::client {

//! Relay URLs in the one form the pool uses, without repeats and at most 16; unacceptable ones are left out.
std::vector<std::string> normalisedRelays(const std::vector<std::string>& urls, bool allowInsecure);
//! The same as targets of an outbox row.
std::vector<storage::OutboxTarget> outboxTargets(const std::vector<std::string>& urls, bool allowInsecure);

} // namespace valise::client
