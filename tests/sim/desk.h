// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/engine.h"
#include "core/client/history/history_reader.h"
#include "tests/sim/network.h"
#include "tests/support/seeded_random.h"

#include <filesystem>

namespace valise::sim {

//! The points at which a program can be killed. Between two of them nothing is sent and nothing is written to
//! disk, so they represent every moment.
enum class FaultPoint { BeforeCommit, AfterCommit, BeforeSend, AfterSend };

//! One person's computer: the real engine with its real, encrypted files, in the simulated network.
class Desk final : public Station {
public:
    Desk(Network& network, int index, std::filesystem::path folder, std::uint64_t seed, QStringList relays);
    ~Desk() override;

    // Station
    int index() const override { return m_index; }
    bool beforeSend() override;
    void afterSend() override;

    //! Opens the profile, or makes it the first time. It must always succeed.
    Result<void> start();
    //! Ends the program normally.
    void stop();
    //! Kills the program at the `countdown`-th next fault point of this kind.
    void plan(FaultPoint point, int countdown);
    void forgetPlan() { m_planned = false; }
    bool running() const { return m_engine != nullptr; }
    //! True if every relay in use is connected.
    bool connected() const { return m_connected; }
    //! True after a fault point was reached. From then on this program has no effect.
    bool dead() const { return m_dead; }
    //! Removes a dead program. The disk, with the write-ahead log and the marker, is as it was at that
    //! moment.
    void bury();

    client::Engine& engine() { return *m_engine; }
    client::EngineParts& parts() { return *m_engine->parts(); }
    void connectNow() { (void)parts().status.connectNow().ok(); }
    storage::Database& database() { return *m_database; }
    storage::Stores& stores() { return m_database->stores(); }
    const storage::Id32& account() const { return m_account; }
    const QString& address() const { return m_address; }
    const std::string& name() const { return m_name; }

    DeskClock clock;
    int crashes = 0;

private:
    void opened(storage::Database& database);
    //! True if the planned fault point is reached now.
    bool reached(FaultPoint point);
    void die();

    Network& m_network;
    int m_index;
    std::string m_name;
    std::filesystem::path m_folder;
    QStringList m_relays;
    crypto::SeededRandom m_random;
    std::unique_ptr<client::HistoryReader> m_reader;
    std::unique_ptr<client::Engine> m_engine;
    storage::Database* m_database = nullptr;
    storage::Id32 m_account{};
    QString m_address;
    bool m_dead = false;
    bool m_connected = false;
    bool m_planned = false;
    FaultPoint m_point = FaultPoint::BeforeCommit;
    int m_countdown = 0;
};

} // namespace valise::sim
