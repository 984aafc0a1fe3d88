// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/engine.h"
#include "core/client/history_reader.h"
#include "tests/sim/network.h"

#include <filesystem>

namespace valise::sim {

//! Where a program is cut off. Between two of these points nothing leaves it and nothing reaches its disk, so
//! that they stand for every instant.
enum class FaultPoint { BeforeCommit, AfterCommit, BeforeSend, AfterSend };

//! One person's computer: the real engine over its real, encrypted files, in the simulated network.
class Desk final : public Station {
public:
    Desk(Network& network, int index, std::filesystem::path folder, std::uint64_t seed, QStringList relays);
    ~Desk() override;

    // Station
    int index() const override { return m_index; }
    bool beforeSend() override;
    void afterSend() override;

    //! Opens the profile, or makes it the first time. False if it cannot be opened, which it always must.
    Result<void> start();
    //! Ends the program as a person does.
    void stop();
    //! The program ends at the `countdown`-th next fault point of this kind.
    void plan(FaultPoint point, int countdown);
    void forgetPlan() { m_planned = false; }
    bool running() const { return m_engine != nullptr; }
    //! Every relay in use is connected.
    bool connected() const { return m_connected; }
    //! A fault point was reached: nothing of this program counts any more.
    bool dead() const { return m_dead; }
    //! Takes a dead program away. The disk is as it was at that instant, the write-ahead log and the marker
    //! included.
    void bury();

    client::Engine& engine() { return *m_engine; }
    client::Conversations& conversations() { return **m_engine->conversations(); }
    storage::Database& database() { return *m_database; }
    storage::Stores& stores() { return m_database->stores(); }
    const storage::Id32& account() const { return m_account; }
    const QString& address() const { return m_address; }
    const std::string& name() const { return m_name; }

    DeskClock clock;
    int crashes = 0;

private:
    void opened(storage::Database& database);
    //! True if the planned point is this one, now.
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
