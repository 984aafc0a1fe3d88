// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::client {

//! The person's choice which signals go to the other members.
struct SignalSettings {
    bool receipts = false; //!< a message was received, or read
    bool typing = false;   //!< a message is being written; the others' typing is shown only with this on

    friend bool operator==(const SignalSettings&, const SignalSettings&) = default;
};

} // namespace valise::client
