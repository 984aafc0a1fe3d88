// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/core/marmot/engine_peer.h"
#include "tests/support/seeded_random.h"

namespace valise::marmot::test {

using Texts = std::vector<std::string>;
inline constexpr std::int64_t kQuiescence = 1'000;

//! Accounts in ascending order, so that a test knows the winner between equal candidates.
inline std::vector<crypto::SchnorrKeyPair> accounts(std::size_t count, crypto::Random& random) {
    std::vector<crypto::SchnorrKeyPair> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(crypto::schnorrGenerate(random));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.publicKey < b.publicKey; });
    return out;
}

//! Four people and their groups.
struct EngineFixture {
    crypto::SeededRandom random{7};
    std::int64_t now = 1'760'000'000'000;
    std::vector<crypto::SchnorrKeyPair> keys = accounts(4, random);
    EnginePeer kasara{keys[0], now, random}; // the lowest account
    EnginePeer nordvale{keys[1], now, random};
    EnginePeer tamir{keys[2], now, random};
    EnginePeer oslan{keys[3], now, random};
    std::vector<EnginePeer*> members;

    //! Founds a group with all of `others`. `admins` are admins beside the founder, Kasara.
    void found(const std::vector<EnginePeer*>& others, const std::vector<EnginePeer*>& admins = {}) {
        Founding founding;
        founding.profile.name = "Coolants Amendment";
        founding.relays = {"wss://one.example.org"};
        for (EnginePeer* peer : others)
            founding.invitees.push_back(peer->invite(now));
        for (EnginePeer* peer : admins)
            founding.admins.push_back(peer->account());
        const auto welcomes = kasara.found(founding, now);
        members = {&kasara};
        for (EnginePeer* peer : others) {
            for (const WelcomeDuty& welcome : welcomes)
                if (welcome.recipient == peer->account())
                    REQUIRE(peer->join(welcome, now));
            members.push_back(peer);
        }
    }
    static void give(const nostr::Event& event, const std::vector<EnginePeer*>& to, std::int64_t at) {
        for (EnginePeer* peer : to)
            peer->receive(event, at);
    }
    //! Advances the time until all passes have ended and all deferred events were offered again.
    void settle(const std::vector<EnginePeer*>& peers) {
        for (int round = 0; round < 4; ++round) {
            now += kQuiescence;
            for (EnginePeer* peer : peers) {
                peer->retry(now);
                peer->advance(now);
                peer->retry(now);
            }
        }
    }
    //! Publishes and confirms a change of `by`, and delivers it to all others.
    nostr::Event change(EnginePeer& by, LocalChange what) {
        const auto event = by.submit(std::move(what), now);
        REQUIRE(event.has_value());
        by.confirm(now);
        for (EnginePeer* peer : members)
            if (peer != &by)
                peer->receive(*event, now);
        settle(members);
        return *event;
    }
    static void requireEqual(const std::vector<EnginePeer*>& peers) {
        for (const EnginePeer* peer : peers) {
            INFO("epoch " << peer->engine().epoch());
            REQUIRE(fingerprint(peer->engine()) == fingerprint(peers[0]->engine()));
        }
    }
    static SetProfile named(std::string name) { return SetProfile{{std::move(name), ""}}; }
};

} // namespace valise::marmot::test
