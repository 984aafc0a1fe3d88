// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/announcements.h"
#include "core/client/people/directory.h"

namespace valise::client {

//! The people whom this account knows.
class Contacts {
public:
    Contacts(Profile& profile, Announcements& announcements, Directory& directory, RecordMapper& mapper)
        : m_profile(profile)
        , m_announcements(announcements)
        , m_directory(directory)
        , m_mapper(mapper) {}

    Result<QVector<ContactRecord>> list();
    //! Remembers a person. Error: InvalidArgument for a malformed address or this account's own.
    Result<ContactRecord> add(const QString& address, const QString& name);

private:
    Profile& m_profile;
    Announcements& m_announcements;
    Directory& m_directory;
    RecordMapper& m_mapper;
};

} // namespace valise::client
