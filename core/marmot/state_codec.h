// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/codec.h"
#include "core/marmot/engine_parts.h"
#include "core/marmot/retained_history.h"

//! How a retained state is stored: a record of the commit that led to it, what never changes within its
//! epoch, and what messages change.
namespace valise::marmot {

std::string recordKey(const mls::Digest& state);
std::string epochKey(const mls::Digest& state);
std::string ratchetsKey(const mls::Digest& state);

void writeDigests(Writer& w, const std::vector<mls::Digest>& digests);
//! At most `max`. Errors: InvalidEncoding, LimitExceeded.
Result<std::vector<mls::Digest>> readDigests(Reader& r, std::size_t max);
//! A presence octet with nothing behind 0.
Result<std::optional<mls::Digest>> readOptionalDigest(Reader& r);

Bytes encodeRecord(const RetainedState& state);
//! The state with its group, from the parts of that name. A state without a group takes its GroupState from
//! `parent`, which may be nullptr otherwise. Errors: NotFound (a part is missing), InvalidEncoding,
//! Unsupported, and those of checkGroup.
Result<RetainedState> readState(const EngineParts& parts, const mls::Digest& id,
                                const std::function<const RetainedState*(const mls::Digest&)>& find);

} // namespace valise::marmot
