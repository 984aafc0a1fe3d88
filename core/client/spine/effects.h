// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/storage/ids.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace valise::client {

//! The consequences of a step for everybody who follows it. They are told after the commit, and not at all if
//! it fails. Groups are named by their MLS group id.
struct Effects {
    std::map<Bytes, std::vector<std::int64_t>> added; //!< rows by group
    std::set<Bytes> touched;                          //!< conversations whose record changed
    std::map<Bytes, std::set<storage::Id32>> changed; //!< messages that look different, by group
    std::map<Bytes, std::set<std::int64_t>> removed;  //!< rows that are gone, by group
    std::vector<std::int64_t> changedRows;            //!< rows that look different
    std::set<Bytes> routesChanged;
    std::set<Bytes> departures; //!< somebody asks to leave
    std::set<Bytes> epochMoved;
    //! This account is no member any more; earlier messages are read until then, milliseconds.
    std::map<Bytes, std::int64_t> ended;
    std::set<Bytes> joined;  //!< by a Welcome, the first time or anew
    std::set<Bytes> retry;   //!< deferred events may be readable now
    std::set<Bytes> settled; //!< a choice between branches has ended
    std::set<Bytes> refused; //!< relays refused an own change for good
    std::set<Bytes> renewed; //!< an own change renewed this client's keys
    //! Own changes of a group that succeeded or failed: group and number of the change.
    std::vector<std::pair<std::pair<Bytes, std::uint64_t>, Result<void>>> finished;
    bool outbox = false; //!< rows were added to it
    struct Typing {
        Bytes group;
        storage::Id32 member{};
        bool on = false;
    };
    std::vector<Typing> typing;
    std::map<Bytes, bool>
        acknowledges; //!< whether a group's messages are acknowledged, as far as it was asked
    std::set<Bytes> receiptsOwed;
    std::set<storage::Id32> met; //!< accounts to look up

    //! Groups in which something may go on that waited for the group.
    std::set<Bytes> ready() const {
        std::set<Bytes> out = epochMoved;
        out.insert(settled.begin(), settled.end());
        out.insert(departures.begin(), departures.end());
        return out;
    }
};

} // namespace valise::client
