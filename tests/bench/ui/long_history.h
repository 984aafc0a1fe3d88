// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

namespace valise::bench {

//! The passphrase of the profiles made here.
inline constexpr const char* kPassphrase = "seven quiet herons over the estuary";

//! How long a history is.
struct HistoryShape {
    int conversations = 0;
    int messages = 0; //!< in all
    int longest = 0;  //!< of these, in the longest conversation
};

//! Makes a profile in `folder` whose conversations are real groups, founded over a relay of the moment, and
//! whose messages were written straight into the store. Does nothing if that folder holds it already. False,
//! with a line on the standard error, if it fails.
bool makeHistory(const QString& folder, const HistoryShape& shape);

} // namespace valise::bench
