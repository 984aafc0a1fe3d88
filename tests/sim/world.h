// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/sim/desk.h"
#include "tests/sim/insider.h"

#include <optional>

namespace valise::sim {

// What one relay stores is sorted before it is looked at, page by page; meanwhile another's answer, with the
// commits but without the message, may have been followed.
inline constexpr qint64 kSortingMs = 60'000;

struct Options {
    std::uint64_t seed = 1;
    int operations = 200;
    std::optional<int> desks; //!< nothing: 4 to 20, by the seed
    bool trace = false;       //!< tell every step
    std::filesystem::path folder;
};

//! What a run amounted to.
struct Report {
    std::vector<std::string> broken; //!< invariants, in words; empty: all hold
    std::uint64_t trace = 0;         //!< of the network: the same for two runs of a seed
    int desks = 0;
    int operations = 0;
    int crashes = 0;
    std::uint64_t frames = 0;
    std::size_t messages = 0; //!< accepted by a client
    int late = 0;             //!< times that one came to a member when it had forgotten the epoch
    int apart = 0;            //!< members that were cut off for longer than branches can be joined
    std::size_t groups = 0;
    std::size_t states = 0; //!< of groups, branches included
    qint64 virtualMs = 0;
};

//! Some delegations, the relays between them and everything that can go wrong, made from a seed.
class World {
public:
    World(VirtualTime& time, const Options& options);
    ~World();
    Report run();

private:
    struct Message {
        Bytes group;
        int author = 0;
        std::string text;
        bool certain = true; //!< the client said that it has it; false: it ended before it could
        storage::Id32 state{};
        bool placed = false; //!< `state` is where it was sealed
    };

    // world.cpp: what happens
    void note(const std::string& what);
    void broken(const std::string& what);
    void between();
    void pass(qint64 ms);
    void furnish();
    void act();
    Desk* anyRunning();
    //! A desk and a group that it can write to.
    std::optional<std::pair<Desk*, Bytes>> anySeat(bool admin);
    void say(Desk& desk, const Bytes& group);
    void changeMessage(Desk& desk, const Bytes& group);
    void found(Desk& desk);
    void changeGroup();
    void trouble();
    void mischief();
    //! A member turns against the others: its program ends, and an Insider goes on in its place.
    void turn();
    //! Those who did not turn.
    std::vector<Desk*> honest() const;
    void restart(Desk& desk);
    void heal();
    bool quiet(std::string* why = nullptr);

    // invariants.cpp: what must hold
    //! Calls `visit` for every group that a running desk follows.
    void followed(const std::function<void(Desk&, const Bytes&, const marmot::GroupEngine&)>& visit);
    //! Remembers who may read what, while the states are still held.
    void observe();
    //! True if a group moved on anywhere since it was looked at last.
    bool glance();
    void check();
    void checkGroup(const Bytes& group);
    //! The states from the founding to this one.
    std::vector<storage::Id32> lineTo(const storage::Id32& tip) const;
    //! Whoever is at `own` went on alone for more epochs than are retained, and so cannot follow to `other`,
    //! nor be followed: the protocol leaves it to a new invitation.
    bool partedTooFar(const storage::Id32& own, const storage::Id32& other) const;
    //! The event of a message came to a desk, or will, only after it had forgotten the message's epoch.
    bool late(const Desk& desk, const storage::MessageRow& row) const;
    //! The relays that store the event of an own message, in words.
    std::string keepers(const storage::MessageRow& row) const;
    //! Whether this client was removed from a group where it knew this state.
    static bool removedFrom(Desk& desk, const Bytes& group, const storage::Id32& state);
    //! What a desk shows of a group's chat, in the order of the timeline.
    std::vector<storage::MessageRow> shelf(Desk& desk, const Bytes& group);

    std::uint32_t pick(std::uint32_t end) { return sim::pick(m_random, end); }
    bool chance(double probability) { return sim::chance(m_random, probability); }

    VirtualTime& m_time;
    Options m_options;
    crypto::SeededRandom m_random;
    Network m_network;
    std::vector<std::unique_ptr<Desk>> m_desks;
    const Desk* m_turned = nullptr;                        //!< who did, if anybody
    std::set<std::pair<Bytes, storage::Id32>> m_uninvited; //!< members to whom it had not sent a Welcome
    int m_turnsAt = -1;                                    //!< the operation before which somebody turns
    std::unique_ptr<Insider> m_insider;
    std::map<Bytes, int> m_groups; //!< and who founded it
    std::map<std::string, Message> m_messages;
    //! A state of a group, as anybody who held it says.
    struct State {
        std::set<storage::Id32> accounts;
        std::optional<storage::Id32> parent;
    };
    std::map<storage::Id32, State> m_states;
    //! For each desk and group the epochs it followed, and when first.
    std::map<std::pair<int, Bytes>, std::map<std::uint64_t, qint64>> m_epochsSeen;
    int m_apart = 0; //!< members of whom partedTooFar() is true
    int m_late = 0;  //!< messages that came to a member when it had forgotten their epoch
    std::vector<std::string> m_broken;
    std::map<std::pair<int, Bytes>, storage::Id32> m_tips; //!< as of the last glance
    int m_words = 0;
    int m_done = 0;
};

} // namespace valise::sim
