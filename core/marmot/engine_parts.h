// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <map>
#include <optional>
#include <string>

namespace valise::marmot {

//! How a group engine is stored: named parts, so that a message rewrites a few hundred octets and not the
//! whole tree. Values hold secrets; the caller encrypts what it stores, writes all changes of a step in one
//! transaction, and wipes.
using EngineParts = std::map<std::string, Bytes>;
//! nullopt: the part is to be erased.
using EngineChanges = std::map<std::string, std::optional<Bytes>>;

} // namespace valise::marmot
