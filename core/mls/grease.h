// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/types.h"

//! GREASE (RFC 9420 section 13.5): values without meaning, which receivers must ignore. They are sent so that
//! software that fails to ignore them is found early. Receiving them needs no special code.
namespace valise::mls::grease {

//! One of the fifteen reserved values 0x0a0a, 0x1a1a, ..., 0xeaea.
std::uint16_t value(crypto::Random& random);
bool isValue(std::uint16_t v);
//! Adds a value to each list of the capabilities that may have one, and an extension of such a type to the
//! leaf and to the KeyPackage. The random source decides for each of these.
void addTo(KeyPackageInputs& inputs, crypto::Random& random);

} // namespace valise::mls::grease
