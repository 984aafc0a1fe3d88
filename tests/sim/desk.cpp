// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sim/desk.h"

#include "core/client/client.h"

#include <sqlite3.h>

namespace valise::sim {

namespace fs = std::filesystem;

Desk::Desk(Network& network, int index, fs::path folder, std::uint64_t seed, QStringList relays)
    : clock(network.time())
    , m_network(network)
    , m_index(index)
    , m_name("desk" + std::to_string(index))
    , m_folder(std::move(folder) / m_name)
    , m_relays(std::move(relays))
    , m_random(seed * 1'000 + static_cast<std::uint64_t>(index) + 1) {}

Desk::~Desk() {
    stop();
}

bool Desk::reached(FaultPoint point) {
    if (!m_planned || point != m_point || --m_countdown > 0)
        return false;
    m_planned = false;
    return true;
}

void Desk::die() {
    m_dead = true;
    ++crashes;
    std::error_code ignored;
    const fs::path copy = m_folder.string() + ".dead";
    fs::remove_all(copy, ignored);
    fs::copy(m_folder, copy, fs::copy_options::recursive);
    // The index of the write-ahead log is memory shared between processes. It does not exist after they end.
    fs::remove(copy / "valise.db-shm", ignored);
}

bool Desk::beforeSend() {
    if (m_dead)
        return false;
    if (!reached(FaultPoint::BeforeSend))
        return true;
    die();
    return false;
}

void Desk::afterSend() {
    if (!m_dead && reached(FaultPoint::AfterSend))
        die();
}

void Desk::opened(storage::Database& database) {
    m_database = &database;
    sqlite3* const handle = database.connection().handle();
    // Both hooks are called next to the only step that matters: writing the frame that completes a
    // transaction.
    sqlite3_commit_hook(
        handle,
        [](void* self) {
            auto* desk = static_cast<Desk*>(self);
            if (!desk->m_dead && desk->reached(FaultPoint::BeforeCommit))
                desk->die();
            return desk->m_dead ? 1 : 0;
        },
        this);
    sqlite3_wal_hook(
        handle,
        [](void* self, sqlite3*, const char*, int) {
            auto* desk = static_cast<Desk*>(self);
            if (!desk->m_dead && desk->reached(FaultPoint::AfterCommit))
                desk->die();
            return SQLITE_OK;
        },
        this);
}

Result<void> Desk::start() {
    m_reader = std::make_unique<client::HistoryReader>();
    client::Environment environment;
    environment.clock = &clock;
    environment.random = &m_random;
    environment.openSocket = [this](QObject* parent) { return new Socket(m_network, *this, parent); };
    environment.onOpened = [this](storage::Database& database) { opened(database); };
    m_engine = std::make_unique<client::Engine>(m_reader.get(), std::move(environment));
    m_connected = false;
    QObject::connect(m_engine.get(), &client::Engine::connectionChanged, m_engine.get(),
                     [this](const client::ConnectionRecord& now) {
                         m_connected = now.connected == now.total && !now.catchingUp;
                     });
    client::ProfileOptions options;
    options.home = QString::fromStdString(m_folder.string());
    options.fastKeyDerivation = true;
    const crypto::Secret passphrase(viewOf("seven quiet herons over the estuary"));
    const auto account =
        client::Client::profileExists(options.home)
            ? m_engine->openProfile(options, passphrase)
            : m_engine->createProfile(options, QString::fromStdString(m_name), passphrase, m_relays);
    if (m_dead)
        return {}; // the program died during its start
    VALISE_CHECK(account);
    std::copy(account->key.begin(), account->key.end(), m_account.begin());
    m_address = account->invitationLink;
    return {};
}

void Desk::stop() {
    m_engine.reset();
    m_reader.reset();
    m_database = nullptr;
}

void Desk::plan(FaultPoint point, int countdown) {
    m_planned = true;
    m_point = point;
    m_countdown = countdown;
}

void Desk::bury() {
    stop();
    const fs::path copy = m_folder.string() + ".dead";
    fs::remove_all(m_folder);
    fs::rename(copy, m_folder);
    m_dead = false;
    m_planned = false;
}

} // namespace valise::sim
