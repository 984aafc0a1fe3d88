// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace valise::client {

//! The MLS group id: opaque octets, the name of a conversation everywhere in the program.
using ConversationId = QByteArray;

//! A 32-octet x-only public key: the name of an account.
using AccountKey = QByteArray;

} // namespace valise::client
