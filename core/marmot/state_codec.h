// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/codec.h"
#include "core/marmot/engine_parts.h"
#include "core/marmot/retained_history.h"

//! The stored form of a retained state: a record of the commit that led to it, the part that is constant
//! within its epoch, and the part that messages change.
namespace valise::marmot {

std::string recordKey(const mls::Digest& state);
std::string epochKey(const mls::Digest& state);
std::string ratchetsKey(const mls::Digest& state);

void writeDigests(Writer& w, const std::vector<mls::Digest>& digests);
//! Reads at most `max` digests. Errors: InvalidEncoding, LimitExceeded.
Result<std::vector<mls::Digest>> readDigests(Reader& r, std::size_t max);
//! Reads a presence octet and, if it is 1, a digest.
Result<std::optional<mls::Digest>> readOptionalDigest(Reader& r);

Bytes encodeRecord(const RetainedState& state);
//! Reads the state `id` with its group from the parts. A state without a group takes its GroupState from its
//! parent. `find` returns that parent, or nullptr. Errors: NotFound (a part is missing), InvalidEncoding,
//! Unsupported, and those of checkGroup.
Result<RetainedState> readState(const EngineParts& parts, const mls::Digest& id,
                                const std::function<const RetainedState*(const mls::Digest&)>& find);

} // namespace valise::marmot
