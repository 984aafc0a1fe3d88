// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::crypto {

//! Frees the objects that libcrypto keeps for the calling thread (random generators, cipher contexts). A
//! thread that used this room calls it last, because the program may end before the operating system cleans
//! the thread up.
void releaseThread();

} // namespace valise::crypto
