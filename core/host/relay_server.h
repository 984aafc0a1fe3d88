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

//! Settings of the embedded relay.
struct RelayServerOptions {
    std::string directory; //!< directory for the events (created if missing); empty: memory only
    QString name = QStringLiteral("Valise relay"); //!< in the NIP-11 document
    QString description;
    const Clock* clock = nullptr; //!< outlives the server; null: the machine's clock
    //! Further URLs under which clients reach the relay, for NIP-42. Its own addresses and host name are
    //! always accepted.
    std::vector<std::string> publicUrls;
    bool requireAuth = false; //!< every REQ and EVENT needs NIP-42, not only gift wraps
    std::uint64_t maxMessageBytes = 512u << 10;
    int maxConnections = 1000;
    int maxSubscriptions = 32;    //!< per connection
    int maxFilters = 16;          //!< per REQ
    int maxFilterValues = 2000;   //!< ids, authors, kinds and tag values of one filter together
    int maxLimit = 5'000;         //!< stored events per filter of a REQ
    int maxCompared = 100'000;    //!< events of one NIP-77 comparison; all open comparisons together may have
                                  //!< ten times as many
    int eventsPerMinute = 1200;   //!< EVENTs per connection and minute
    int requestsPerMinute = 1200; //!< REQs, COUNTs and comparisons per connection and minute
    std::int64_t maxFutureSeconds = 900;
    std::int64_t maxEvents = 1'000'000;       //!< above this the oldest are removed
    std::uint64_t maxUnsentBytes = 32u << 20; //!< a client with more unread data is disconnected
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

//! An embedded Nostr relay for demonstrations, tests and the network of a venue. One port serves NIP-01, 09,
//! 11, 40, 42, 45 and 77 over WebSocket, and the NIP-11 document over HTTP. Gift wraps (kind 1059) are given
//! only to the authenticated recipient named in `p`. The server uses one thread and has one owner. No call
//! blocks longer than a small database query.
class RelayServer : public QObject {
    Q_OBJECT
public:
    explicit RelayServer(RelayServerOptions options = {}, QObject* parent = nullptr);
    ~RelayServer() override;

    //! Opens the storage and listens. `port` 0 takes a free port. `host` is an IP address, "localhost", or
    //! "0.0.0.0" or "::" for all interfaces. Errors: InvalidArgument, StorageFailed, StorageReadOnly,
    //! StorageVersion, AlreadyExists (the port is in use), Internal.
    Result<void> listen(const QString& host, quint16 port = 0);
    //! Drops every connection and closes the storage. listen() may follow. A slot of this class's signals may
    //! call it.
    void close();

    bool isListening() const;
    quint16 port() const;
    //! ws://host:port, with a loopback host when listening on every interface.
    QString url() const;
    RelayServerStats stats() const;
    //! Removes expired events (NIP-40). The server also does this every minute.
    void purgeExpired();

signals:
    //! An event was stored or relayed, for demos and logs.
    void eventAccepted(const QString& eventId, int kind);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace valise::host
