// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/core/marmot/engine_peer.h"
#include "tests/support/seeded_random.h"
#include "tests/support/vectors.h"

#include <memory>

namespace valise::marmot::test {

//! Runs one published scenario (scenario IR, versions 2 and 3). Each client has a group engine. The network
//! between them is in memory, and time is virtual.
class ScenarioDriver {
public:
    //! The values of a client when it was last observed.
    struct Observation {
        std::uint64_t epoch = 0;
        std::size_t members = 0;
        std::string name;
        std::string description;
        std::string fingerprint;
        std::vector<std::string> payloads;
        std::vector<std::string> removed;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> epochMoves;
        std::optional<ConvergenceDecision> decision;
        bool pendingWork = false;
    };

    //! With `crashing`, every client restarts from its stored parts after every step.
    ScenarioDriver(simdjson::dom::element scenario, bool crashing);
    void run();
    //! Fails the test if an expected outcome is not met.
    void check(simdjson::dom::element outcome) const;
    //! The same for one observation in a whole trace, the form of older files.
    void checkObservation(simdjson::dom::element wanted) const;

private:
    //! A message on the network: a group event or a Welcome.
    struct Parcel {
        std::string sender;
        std::string group;
        std::string kind; // commit, proposal, application, welcome
        std::string publication;
        std::optional<nostr::Event> event;
        std::optional<WelcomeDuty> welcome;
        std::set<std::string> delivered;
        std::set<std::string> hidden;
    };
    using Step = simdjson::dom::element;

    EnginePeer& peer(const std::string& client, const std::string& group);
    EnginePeer& peer(const std::string& client) { return peer(client, m_group); }
    std::vector<std::string> groupsOf(const std::string& client) const;
    std::string labelOf(const Id32& account) const;
    std::vector<std::string> payloads(const std::string& client) const;

    void step(Step s);
    void createGroup(Step s);
    void change(const std::string& client, LocalChange what, const std::string& pending);
    void acknowledge(Step s);
    void send(const std::string& client, const std::string& text);
    void post(Parcel parcel);
    void deliverAll();
    void sync(Step s);
    void tick(const std::string& client);
    void settle(EnginePeer& at, const std::string& client, const std::string& group);
    std::vector<std::size_t> matching(Step selector) const;
    void probe(const std::vector<std::string>& clients);
    void observe(const std::string& client);
    void assertNow(Step assertion) const;
    void expectAdminError(Step s);

    Step m_scenario;
    bool m_crashing;
    crypto::SeededRandom m_random{1};
    std::int64_t m_now = 1'760'000'000'000;
    std::map<std::string, crypto::SchnorrKeyPair> m_keys;
    std::map<std::pair<std::string, std::string>, std::unique_ptr<EnginePeer>> m_peers; // client, group
    std::map<std::string, std::string> m_publicationGroup;
    std::string m_group = "main";
    std::size_t m_index = 0;

    std::vector<Parcel> m_queue;
    std::vector<Parcel> m_history; // all messages, as of a relay that keeps everything
    std::map<std::string, std::vector<Parcel>> m_mailboxes;
    std::map<std::string, std::vector<Parcel>> m_withheld;
    std::optional<std::set<std::string>> m_partition;

    std::map<std::string, Observation> m_observed;
    std::vector<std::tuple<std::size_t, std::string, std::string, std::string>> m_resolutions;
    std::vector<std::tuple<std::size_t, std::string, std::string>> m_errors;
    std::map<std::string, std::vector<std::string>> m_admins;
    std::set<std::string> m_probed;
};

} // namespace valise::marmot::test
