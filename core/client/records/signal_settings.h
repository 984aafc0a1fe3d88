// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::client {

//! What a person tells the others about receiving, reading and writing.
struct SignalSettings {
    bool receipts = false; //!< that messages were received, and read
    bool typing = false;   //!< that a message is being written; what others tell is shown only then

    friend bool operator==(const SignalSettings&, const SignalSettings&) = default;
};

} // namespace valise::client
