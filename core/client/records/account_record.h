// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/client/records/ids.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace valise::client {

//! The account that this profile belongs to.
struct AccountRecord {
    AccountKey key;
    QString name;
    QString address;        //!< npub (NIP-19)
    QString invitationLink; //!< with it, others can start a conversation with this account
    QStringList relays;
    bool insecureRelays = false; //!< ws:// beyond loopback and private addresses is allowed
    //! Why the profile can only be read, if it is so: StorageReadOnly or StorageDamaged. Nothing is received
    //! or sent then.
    std::optional<Error> restriction;
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::AccountRecord)
