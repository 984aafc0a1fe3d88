// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::crypto {

//! Frees what libcrypto keeps for the calling thread (random generators, cipher contexts). Called as the last
//! thing of a thread that used this room, because the owner may end the program before the system has run its
//! cleanup.
void releaseThread();

} // namespace valise::crypto
