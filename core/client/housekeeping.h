// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"

#include <QObject>
#include <QTimer>

namespace valise::client {

//! Cares for the profile's database: small slices of tidying while nothing else happens, the check of the
//! whole file, and the preferences that the window keeps in it.
class Housekeeping : public QObject {
    Q_OBJECT

public:
    Housekeeping(Profile& profile, QObject* parent);

    //! Nothing else is to be done at the moment.
    void onIdle();
    //! Something is to be done again: tidying waits.
    void pause() { m_timer.stop(); }
    //! Reads the whole database and checks it. Error: StorageDamaged.
    Result<void> checkIntegrity();
    //! A text that the window keeps under a name; empty if nothing is kept.
    Result<QString> preference(const QString& name);
    Result<void> setPreference(const QString& name, const QString& value);

private:
    void tidy();

    Profile& m_profile;
    QTimer m_timer;
};

} // namespace valise::client
