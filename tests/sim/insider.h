// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_engine.h"
#include "tests/sim/network.h"

namespace valise::sim {

//! A member who turned against its groups. It has the keys of an honest client, follows the groups as one,
//! and sends what no honest client would: rubbish under the group's keys, other people's names, changes that
//! it has no right to, two different changes of one state, changes of states long past. What an administrator
//! may do is no attack, and what MLS cannot prevent is left out: an update path that only some can decrypt
//! splits any MLS group.
class Insider {
public:
    //! `relay` is the one that everybody reads; `other`, if any, sees some things first.
    Insider(Relay& relay, Relay* other, crypto::Random& random, std::map<Bytes, marmot::GroupEngine> groups);
    //! Does something to one of the groups; returns what, in words, or nothing.
    std::string act(std::int64_t nowMs);
    //! Publishes what was held back.
    void finish();

private:
    //! Reads what the relay has of a group.
    void follow(marmot::GroupEngine& engine, std::int64_t nowMs);
    void publish(const marmot::GroupEngine& engine, ByteView message, std::int64_t nowMs);
    std::string speak(marmot::GroupEngine& engine, std::int64_t nowMs);
    std::string change(const marmot::GroupEngine& engine, std::int64_t nowMs);
    std::uint32_t pick(std::uint32_t end) { return sim::pick(m_random, end); }

    Relay& m_relay;
    Relay* m_other;
    crypto::Random& m_random;
    std::map<Bytes, marmot::GroupEngine> m_groups;
    std::set<nostr::EventId> m_read;
    std::vector<std::pair<marmot::Id32, marmot::Id32>> m_heard; //!< author and id of messages
    std::vector<nostr::Event> m_heldBack;
    std::map<mls::Digest, mls::Group> m_voices; //!< by state, with ratchets as far as they were used
    int m_said = 0;
};

} // namespace valise::sim
