// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_engine.h"
#include "tests/sim/network.h"

namespace valise::sim {

//! A member that turned against its groups. It has the keys of an honest client and follows the groups like
//! one. It sends messages that no honest client would send: garbage under the group's keys, messages in other
//! people's names, changes that it may not make, two different changes of one state, and changes of old
//! states. It does nothing that an administrator may do. It also does nothing that MLS cannot prevent: an
//! update path that only some members can decrypt splits any MLS group.
class Insider {
public:
    //! `relay` is the relay that all members read. `other`, if not null, receives some events first.
    Insider(Relay& relay, Relay* other, crypto::Random& random, std::map<Bytes, marmot::GroupEngine> groups);
    //! Attacks one of the groups. Returns a description of the attack, or an empty text.
    std::string act(std::int64_t nowMs);
    //! Publishes the events that were held back.
    void finish();

private:
    //! Reads the group's events from the relay.
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
    std::map<mls::Digest, mls::Group> m_voices; //!< by state; with the ratchets as far as they were used
    int m_said = 0;
};

} // namespace valise::sim
