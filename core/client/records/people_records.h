// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/ids.h"

#include <QString>
#include <QStringList>

namespace valise::client {

//! One member of a conversation.
struct MemberRecord {
    AccountKey key;
    QString name;
    QString address; //!< npub
    bool admin = false;
    bool self = false;
    bool verified = false;
};

//! The readers of the next message of a conversation, and how they differ from those of the last own message.
struct AudienceRecord {
    int members = 0;    //!< accounts, this one included
    int unverified = 0; //!< others whose key was not verified
    bool first = true;  //!< this account has not written here yet
    QStringList joined; //!< names of members who came after the last own message
};

//! One known person.
struct ContactRecord {
    AccountKey key;
    QString name;
    QString address; //!< npub
    QStringList relays;
    bool verified = false;
};

} // namespace valise::client
