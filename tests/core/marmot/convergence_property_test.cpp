// SPDX-License-Identifier: AGPL-3.0-or-later
// Random groups on a random network. Messages get lost and arrive later in any order. After everything has
// arrived, all members must have the same state and the same messages.
#include "tests/core/marmot/engine_peer.h"
#include "tests/support/seeded_random.h"

#include <iostream>

using namespace valise;
using namespace valise::marmot;
using valise::marmot::test::EnginePeer;
using valise::marmot::test::fingerprint;

namespace {

struct World {
    explicit World(std::uint64_t seed)
        : random(seed) {
        const std::size_t count = 3 + random.uniform(3);
        for (std::size_t i = 0; i < count; ++i)
            peers.push_back(std::make_unique<EnginePeer>(crypto::schnorrGenerate(random), now, random));
        Founding founding;
        founding.profile.name = "Random";
        founding.relays = {"wss://group.example.org"};
        for (std::size_t i = 1; i < count; ++i) {
            founding.invitees.push_back(peers[i]->invite(now));
            if (i == 1 || random.uniform(2) == 0)
                founding.admins.push_back(peers[i]->account());
        }
        const auto welcomes = peers[0]->found(founding, now);
        for (std::size_t i = 1; i < count; ++i)
            for (const WelcomeDuty& welcome : welcomes)
                peers[i]->join(welcome, now);
        known.resize(count);
    }

    void publish(std::size_t from, nostr::Event event) {
        known[from].insert(events.size());
        events.push_back(std::move(event));
    }
    // One step of one client.
    void act() {
        const std::size_t who = random.uniform(static_cast<std::uint32_t>(peers.size()));
        EnginePeer& peer = *peers[who];
        now += random.uniform(700);
        const std::uint32_t what = random.uniform(100);
        if (what < 50 && !events.empty()) {
            // Receives any event, in any order; it may have been received before.
            const std::size_t at = random.uniform(static_cast<std::uint32_t>(events.size()));
            known[who].insert(at);
            peer.receive(events[at], now);
            peer.retry(now);
        } else if (what < 65) {
            advance(who);
        } else if (what < 80) {
            if (peer.engine().settled() && peer.engine().standing() == GroupStanding::Active) {
                const std::string text = "text " + std::to_string(events.size());
                publish(who, peer.say(text, now));
            }
        } else if (what < 84) {
            peer.restart();
        } else if (what < 97) {
            if (peer.engine().pendingPublish())
                resolve(who);
            else if (peer.engine().settled() && peer.engine().standing() == GroupStanding::Active)
                change(peer);
        } else if (peer.engine().pendingPublish()) {
            // This client thinks that the publication failed, but a relay has the event.
            publish(who, peer.engine().pendingPublish()->outgoing.event);
            known[who].erase(events.size() - 1);
            peer.fail();
            peer.retry(now);
        }
    }
    void change(EnginePeer& peer) {
        LocalChange what = SelfUpdate{};
        if (peer.engine().isAdmin() && random.uniform(3) > 0)
            what = SetProfile{{"Name " + std::to_string(random.uniform(1'000'000)), ""}};
        peer.submit(std::move(what), now);
    }
    void resolve(std::size_t who) {
        publish(who, peers[who]->engine().pendingPublish()->outgoing.event);
        peers[who]->confirm(now);
        peers[who]->retry(now);
    }
    void advance(std::size_t who) {
        peers[who]->advance(now);
        peers[who]->retry(now);
    }
    // Everything arrives, for each client in another order. Then time passes.
    void heal() {
        for (std::size_t who = 0; who < peers.size(); ++who)
            while (peers[who]->engine().pendingPublish()) {
                resolve(who);
                advance(who);
            }
        for (std::size_t who = 0; who < peers.size(); ++who) {
            std::vector<std::size_t> missing;
            for (std::size_t i = 0; i < events.size(); ++i)
                if (known[who].count(i) == 0)
                    missing.push_back(i);
            for (std::size_t i = missing.size(); i > 1; --i)
                std::swap(missing[i - 1], missing[random.uniform(static_cast<std::uint32_t>(i))]);
            for (const std::size_t at : missing) {
                known[who].insert(at);
                peers[who]->receive(events[at], now);
                peers[who]->retry(now);
            }
        }
        for (int round = 0; round < 6; ++round) {
            now += 5'000;
            for (std::size_t who = 0; who < peers.size(); ++who)
                advance(who);
        }
    }

    crypto::SeededRandom random;
    std::int64_t now = 1'760'000'000'000;
    std::vector<std::unique_ptr<EnginePeer>> peers;
    std::vector<nostr::Event> events;
    std::vector<std::set<std::size_t>> known;
};

} // namespace

TEST_CASE("random groups on a random network end in one state with the same messages") {
    std::size_t switched = 0;
    std::size_t epochs = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        World world(seed);
        // Only a few commits between two healings, because branches more than five epochs back are out of
        // reach by design.
        for (int round = 0; round < 4; ++round) {
            for (int i = 0; i < 14; ++i)
                world.act();
            world.heal();
            const std::string state = fingerprint(world.peers[0]->engine());
            for (const auto& peer : world.peers) {
                INFO("epoch " << peer->engine().epoch() << ", waiting " << peer->waiting());
                REQUIRE(fingerprint(peer->engine()) == state);
                REQUIRE(peer->engine().settled());
                REQUIRE(peer->waiting() == 0);
                const auto& decision = peer->engine().lastDecision();
                switched += decision && decision->switched ? 1 : 0;
            }
        }
        epochs += world.peers[0]->engine().epoch();
        // Each client receives the others' messages. Together with its own, all clients have the same set.
        std::multiset<std::string> all;
        for (std::size_t i = 0; i < world.peers.size(); ++i) {
            const auto texts = world.peers[i]->texts();
            const std::set<std::string> distinct(texts.begin(), texts.end());
            REQUIRE(distinct.size() == texts.size());
            all.insert(texts.begin(), texts.end());
        }
        std::map<std::string, std::size_t> heard;
        for (const std::string& text : all)
            ++heard[text];
        for (const auto& [text, count] : heard) {
            INFO(text);
            REQUIRE(count == world.peers.size() - 1);
        }
    }
    std::cout << "random groups: " << epochs << " epochs, " << switched << " switches of branch\n";
    CHECK(switched > 0);
}
