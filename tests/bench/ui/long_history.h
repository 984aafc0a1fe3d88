// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

namespace valise::bench {

//! The passphrase of the profiles made here.
inline constexpr const char* kPassphrase = "seven quiet herons over the estuary";

//! The size of a history.
struct HistoryShape {
    int conversations = 0;
    int messages = 0; //!< in total
    int longest = 0;  //!< of these, in the longest conversation
};

//! Makes a profile in `folder`. Its conversations are real groups, founded over a temporary relay. Its
//! messages are written directly into the store. Does nothing if the folder has such a profile already. On
//! failure it returns false and prints a line on standard error.
bool makeHistory(const QString& folder, const HistoryShape& shape);

} // namespace valise::bench
