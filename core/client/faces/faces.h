// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/groups_face.h"
#include "core/client/faces/history_face.h"
#include "core/client/faces/messages_face.h"
#include "core/client/faces/network_face.h"
#include "core/client/faces/people_face.h"
#include "core/client/faces/profile_face.h"

namespace valise::client {

//! All faces of a client. Those of the core thread are bound while a profile is open.
struct Faces {
    Faces(QObject* home, QObject* core, QObject* reader)
        : history(home, reader)
        , messages(home, core)
        , groups(home, core)
        , people(home, core)
        , network(home, core)
        , profile(home, core) {}

    HistoryFace history;
    MessagesFace messages;
    GroupsFace groups;
    PeopleFace people;
    NetworkFace network;
    ProfileFace profile;

    //! The profile is closed. To be called on the core thread.
    void release() const {
        for (const Face* face : {static_cast<const Face*>(&messages), static_cast<const Face*>(&groups),
                                 static_cast<const Face*>(&people), static_cast<const Face*>(&network),
                                 static_cast<const Face*>(&profile)})
            face->release();
    }
};

} // namespace valise::client
