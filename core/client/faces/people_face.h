// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"
#include "core/client/records.h"

namespace valise::client {

//! The account of the profile, and the people it knows.
class PeopleFace : public Face {
public:
    using Face::Face;

    Call<AccountRecord()> account{this};
    Call<void(QString)> setName{this};
    Call<QVector<ContactRecord>()> contacts{this};
    //! Remembers a person: address, name. The address is an npub, nprofile, nostr: link or invitation link.
    //! Error: InvalidArgument.
    Call<ContactRecord(QString, QString)> addContact{this};
};

} // namespace valise::client
