// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <map>
#include <optional>
#include <string>

namespace valise::marmot {

//! The stored form of a group engine: named parts, so that a message rewrites a few hundred octets and not
//! the whole tree. The values contain secrets. The caller encrypts them, writes all changes of a step in one
//! transaction, and wipes them.
using EngineParts = std::map<std::string, Bytes>;
//! nullopt: the part must be erased.
using EngineChanges = std::map<std::string, std::optional<Bytes>>;

} // namespace valise::marmot
