// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace valise::marmot {

//! The meaning of a kind of content for a client. Each kind states it once, in its own file.
struct ContentTraits {
    const char* name;       //!< stable and English, for diagnostics and the command line: "text"
    bool kept = true;       //!< stored; a kind that is not kept is told and forgotten
    bool shown = false;     //!< has a line of its own in the timeline
    bool unread = false;    //!< counts as unread until it was seen
    bool announced = false; //!< a notification tells it
    bool searched = false;  //!< its plain text can be found
    bool expires = true;    //!< disappears with the retention of the epoch it was sent in
    bool changes = false;   //!< changes how earlier messages look
    bool editable = false;  //!< its author may replace its text
};

} // namespace valise::marmot
