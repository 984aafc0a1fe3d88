// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/codec.h"
#include "core/marmot/commit_builder.h"

//! Stored form of a change that waits until the group's state is settled.
namespace valise::marmot {

//! The result has a version.
Bytes encodeChange(const LocalChange& change);
//! Errors: InvalidEncoding, LimitExceeded.
Result<LocalChange> decodeChange(ByteView bytes);

//! Writes a list of at most 64 texts, each of at most 8,192 octets.
void writeTexts(Writer& w, const std::vector<std::string>& texts);
//! Errors: InvalidEncoding, LimitExceeded.
Result<std::vector<std::string>> readTexts(Reader& r);

} // namespace valise::marmot
