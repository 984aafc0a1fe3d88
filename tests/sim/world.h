// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/sim/desk.h"
#include "tests/sim/insider.h"
#include "tests/support/seeded_random.h"

#include <optional>

namespace valise::sim {

// A client sorts one relay's stored events before it handles them, page by page. During that time it may have
// followed the commits from another relay's answer, which lacks the message.
inline constexpr qint64 kSortingMs = 60'000;

struct Options {
    std::uint64_t seed = 1;
    int operations = 200;
    std::optional<int> desks; //!< absent: 4 to 20, by the seed
    bool trace = false;       //!< print every step
    std::filesystem::path folder;
};

//! The result of a run.
struct Report {
    std::vector<std::string> broken; //!< invariants, in words; empty: all hold
    std::uint64_t trace = 0;         //!< of the network; equal for two runs of a seed
    int desks = 0;
    int operations = 0;
    int crashes = 0;
    std::uint64_t frames = 0;
    std::size_t messages = 0; //!< accepted by a client
    int late = 0;             //!< messages that arrived at a member after it had dropped the epoch
    int apart = 0;            //!< members that were cut off for too long to join the branches again
    std::size_t groups = 0;
    std::size_t states = 0; //!< of groups, branches included
    qint64 virtualMs = 0;
};

//! Several delegations, their relays and all faults, generated from a seed.
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
        bool certain = true; //!< true: the client reported the message as stored; false: it ended before that
        storage::Id32 state{};
        bool placed = false; //!< true if `state` is the state in which it was sealed
    };

    // world.cpp: the events
    void note(const std::string& what);
    void broken(const std::string& what);
    void between();
    void pass(qint64 ms);
    void furnish();
    void act();
    Desk* anyRunning();
    //! A random desk with a group that it can write to.
    std::optional<std::pair<Desk*, Bytes>> anySeat(bool admin);
    void say(Desk& desk, const Bytes& group);
    void changeMessage(Desk& desk, const Bytes& group);
    void found(Desk& desk);
    void changeGroup();
    void trouble();
    void mischief();
    //! A member turns against the others: its program ends, and an Insider takes its place.
    void turn();
    //! All desks except the turned one.
    std::vector<Desk*> honest() const;
    void restart(Desk& desk);
    void heal();
    bool quiet(std::string* why = nullptr);

    // invariants.cpp: the rules that must hold
    //! Calls `visit` for every group that a running desk follows.
    void followed(const std::function<void(Desk&, const Bytes&, const marmot::GroupEngine&)>& visit);
    //! Records who may read what, as long as the states are still kept.
    void observe();
    //! True if any group changed since the last glance.
    bool glance();
    void check();
    void checkGroup(const Bytes& group);
    //! The states from the founding to this one.
    std::vector<storage::Id32> lineTo(const storage::Id32& tip) const;
    //! True if a client at `own` was alone for more epochs than are retained. It cannot follow to `other`,
    //! and the others cannot follow it. The protocol leaves this to a new invitation.
    bool partedTooFar(const storage::Id32& own, const storage::Id32& other) const;
    //! True if the event of a message arrived, or will arrive, at a desk after the desk had dropped the
    //! message's epoch.
    bool late(const Desk& desk, const storage::MessageRow& row) const;
    //! The relays that store the event of an own message, in words.
    std::string keepers(const storage::MessageRow& row) const;
    //! Whether this client was removed from a group in whose history it had this state.
    static bool removedFrom(Desk& desk, const Bytes& group, const storage::Id32& state);
    //! The messages that a desk shows of a group, in the order of the timeline.
    std::vector<storage::MessageRow> shelf(Desk& desk, const Bytes& group);

    std::uint32_t pick(std::uint32_t end) { return sim::pick(m_random, end); }
    bool chance(double probability) { return sim::chance(m_random, probability); }

    VirtualTime& m_time;
    Options m_options;
    crypto::SeededRandom m_random;
    Network m_network;
    std::vector<std::unique_ptr<Desk>> m_desks;
    const Desk* m_turned = nullptr;                        //!< the turned desk, if any
    std::set<std::pair<Bytes, storage::Id32>> m_uninvited; //!< members to whom it had not sent the Welcome
    int m_turnsAt = -1;                                    //!< the operation before which a desk turns
    std::unique_ptr<Insider> m_insider;
    std::map<Bytes, int> m_groups; //!< with the desk that founded it
    std::map<std::string, Message> m_messages;
    //! A state of a group, as reported by a desk that had it.
    struct State {
        std::set<storage::Id32> accounts;
        std::optional<storage::Id32> parent;
    };
    std::map<storage::Id32, State> m_states;
    //! For each desk and group the epochs that it followed, with the first time.
    std::map<std::pair<int, Bytes>, std::map<std::uint64_t, qint64>> m_epochsSeen;
    int m_apart = 0; //!< members for which partedTooFar() is true
    int m_late = 0;  //!< messages that arrived at a member after it had dropped their epoch
    std::vector<std::string> m_broken;
    std::map<std::pair<int, Bytes>, storage::Id32> m_tips; //!< as of the last glance
    int m_words = 0;
    int m_done = 0;
};

} // namespace valise::sim
