// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace valise::host {

//! How the embedded relay behaves.
struct RelayServerOptions {
    std::string directory; //!< where the events are kept (made if missing); empty: in memory only
    QString name = QStringLiteral("Valise relay"); //!< in the NIP-11 document
    QString description;
    const Clock* clock = nullptr; //!< outlives the server; nothing for the machine's clock
    //! Further URLs under which clients reach it, for NIP-42; its own addresses and host name are known by
    //! themselves.
    std::vector<std::string> publicUrls;
    bool requireAuth = false; //!< every REQ and EVENT needs NIP-42, not only gift wraps
    std::uint64_t maxMessageBytes = 512u << 10;
    int maxConnections = 1000;
    int maxSubscriptions = 32;  //!< per connection
    int maxFilters = 16;        //!< per REQ
    int maxFilterValues = 2000; //!< ids, authors, kinds and tag values of one filter together
    int maxLimit = 5'000;       //!< stored events per filter of a REQ
    int maxCompared = 100'000;  //!< events of one NIP-77 comparison; of all that are open, ten times as many
    int eventsPerMinute = 1200; //!< EVENTs per connection and minute
    int requestsPerMinute = 1200; //!< REQs, COUNTs and comparisons per connection and minute
    std::int64_t maxFutureSeconds = 900;
    std::int64_t maxEvents = 1'000'000;       //!< the oldest are dropped beyond this
    std::uint64_t maxUnsentBytes = 32u << 20; //!< a client that does not read is dropped beyond this
};

//! Counters for `valise-cli doctor` and the demo.
struct RelayServerStats {
    std::uint64_t connections = 0;   //!< open now
    std::uint64_t subscriptions = 0; //!< open now
    std::uint64_t storedEvents = 0;
    std::uint64_t accepted = 0; //!< EVENTs accepted since the start, duplicates excluded
    std::uint64_t duplicates = 0;
    std::uint64_t refused = 0;
    std::uint64_t served = 0;    //!< events sent to clients
    std::uint64_t malformed = 0; //!< frames that were not messages
};

//! An embedded Nostr relay for demonstrations, tests and the network of a venue: NIP-01, 09, 11, 40, 42, 45
//! and 77 over WebSocket, and the NIP-11 document by HTTP, on one port. Gift wraps (kind 1059) are given only
//! to the authenticated recipient named in `p`. Single-threaded; single owner; no call blocks longer than a
//! small database query.
class RelayServer : public QObject {
    Q_OBJECT
public:
    explicit RelayServer(RelayServerOptions options = {}, QObject* parent = nullptr);
    ~RelayServer() override;

    //! Opens the storage and listens. `port` 0 takes a free one. `host` is an IP address, "localhost", or
    //! "0.0.0.0" or "::" for every interface. Errors: InvalidArgument, StorageFailed, StorageReadOnly,
    //! StorageVersion, AlreadyExists (the port is taken), Internal.
    Result<void> listen(const QString& host, quint16 port = 0);
    //! Drops every connection and closes the storage. listen() may follow. Safe in slots of this class's
    //! signals.
    void close();

    bool isListening() const;
    quint16 port() const;
    //! ws://host:port, with a loopback host when listening on every interface.
    QString url() const;
    RelayServerStats stats() const;
    //! Removes what has expired (NIP-40); also happens by itself every minute.
    void purgeExpired();

signals:
    //! An event was stored or relayed, for demos and logs.
    void eventAccepted(const QString& eventId, int kind);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace valise::host
