// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/codec.h"
#include "core/marmot/commit_builder.h"

//! How a change waits on the disk until the group's state is settled.
namespace valise::marmot {

//! Versioned.
Bytes encodeChange(const LocalChange& change);
//! Errors: InvalidEncoding, LimitExceeded.
Result<LocalChange> decodeChange(ByteView bytes);

//! A list of at most 64 texts of at most 8,192 octets.
void writeTexts(Writer& w, const std::vector<std::string>& texts);
//! Errors: InvalidEncoding, LimitExceeded.
Result<std::vector<std::string>> readTexts(Reader& r);

} // namespace valise::marmot
