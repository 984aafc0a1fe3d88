// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"

#include <QString>

namespace valise::client {

//! The profile's own file: preferences that the window keeps in it, and its health.
class ProfileFace : public Face {
public:
    using Face::Face;

    //! A text that the window keeps in the encrypted profile under a name; empty if nothing is kept.
    Call<QString(QString)> preference{this};
    Call<void(QString, QString)> setPreference{this};
    //! Reads the whole database and checks it. Error: StorageDamaged.
    Call<void()> checkIntegrity{this};
};

} // namespace valise::client
