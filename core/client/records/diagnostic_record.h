// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

namespace valise::client {

//! One line of diagnostics: what was refused or is waiting, how often, and why.
struct DiagnosticRecord {
    QString scope;    //!< a relay's URL or a conversation
    QString category; //!< such as "invalid_signature"
    QString reason;
    qint64 count = 0;
    qint64 lastAt = 0; //!< seconds since 1970
};

} // namespace valise::client
