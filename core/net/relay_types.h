// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/proxy.h"

#include <QMetaType>
#include <QObject>
#include <QUrl>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace valise::net {

//! Where a connection to one relay stands.
enum class RelayState {
    Disconnected,   //!< not started, or shut down
    Connecting,     //!< name lookup, TCP, TLS and WebSocket handshake
    Authenticating, //!< connected; the answer to a NIP-42 challenge is on its way
    Connected,      //!< requests and events flow
    WaitingToRetry, //!< lost or unreachable; tried again at RelayStatus::retryAtMs
    Refused,        //!< will not be tried again by itself: the URL is not acceptable
};

//! What became of one event at one relay.
enum class PublishOutcome {
    Accepted,     //!< OK true (also for what the relay already had)
    Refused,      //!< OK false; the reason is the relay's own text
    RateLimited,  //!< OK false "rate-limited:": the same relay may take it later
    Unknown,      //!< sent, but neither accepted nor refused in time: it may or may not be there
    NotConnected, //!< not sent
};

//! How a relay stands, for indicators and diagnostics.
struct RelayStatus {
    std::string url;
    RelayState state = RelayState::Disconnected;
    std::optional<Error>
        lastError;                //!< why the last attempt or connection ended; cleared when connected again
    std::int64_t retryAtMs = 0;   //!< in state WaitingToRetry: when, in clock milliseconds
    bool authenticated = false;   //!< the relay accepted our NIP-42 answer
    bool paymentRequired = false; //!< its NIP-11 document says that it wants to be paid
    bool reconciles = false;      //!< it says that it compares sets of events (NIP-77)
    //! How far back events may be dated that it takes, in seconds, as its NIP-11 document says.
    std::optional<std::int64_t> oldestAcceptedSeconds;
    std::uint64_t eventsReceived = 0; //!< verified events, duplicates included
    std::uint64_t rejected = 0;       //!< inbound frames and events that were thrown away
    std::uint64_t published = 0;      //!< events it accepted
    std::uint64_t connects = 0;       //!< successful connections so far
    //! What its clock shows less our monotonic clock, milliseconds; known while it is connected and says it.
    std::optional<std::int64_t> clockLessMonotonicMs;
    std::optional<std::int64_t> clockAskedMs; //!< monotonic: when it was asked and has not answered yet
    std::string lastNotice;                   //!< the last NOTICE, at most 500 octets
};

//! Signs the answer to a relay's challenge: the JSON text of a signed kind 22242 event for (relay URL,
//! challenge) (NIP-42), or an error to stay anonymous. Called on the owner's thread; must not delete
//! connection or pool.
using AuthSigner =
    std::function<Result<std::string>(const std::string& relayUrl, const std::string& challenge)>;

class RelaySocket;
//! Makes a socket that belongs to `parent`.
using SocketFactory = std::function<RelaySocket*(QObject* parent)>;
//! A number from 0 to 1, evenly spread: what waits are stretched by.
using Jitter = std::function<double()>;
Jitter systemJitter();

//! Everything a connection may be told. The defaults are those of the product; tests shorten the times.
struct RelayOptions {
    const Clock* clock = nullptr; //!< outlives the pool; nothing for the machine's clock
    SocketFactory openSocket;     //!< nothing for WebSockets; the simulator has a network of its own
    Jitter jitter = systemJitter();
    bool allowInsecure = false;   //!< ws:// to public addresses
    bool fetchInformation = true; //!< ask for the NIP-11 document to learn the relay's limits
    ProxySettings proxy;
    //! Where a network's sign-in page is looked for when a certificate is not acceptable: this port of the
    //! relay's own host. 0: nowhere.
    quint16 captivePortalPort = 80;
    std::uint64_t maxMessageBytes = 4u << 20; //!< a larger inbound frame or message ends the connection
    int connectTimeoutMs = 20'000;
    int publishTimeoutMs = 12'000; //!< from sending EVENT to OK
    int authTimeoutMs = 10'000;
    int pingIdleMs = 30'000;      //!< silence before a ping
    int deadAfterMs = 60'000;     //!< silence before the connection is given up
    int rateLimitPauseMs = 5'000; //!< first pause after "rate-limited:"; doubles while the relay repeats it
    int eoseIdleMs = 15'000;      //!< silence on a request without EOSE before it counts as answered in part
    int backoffFirstMs = 1'000;   //!< first wait; doubles, with jitter
    int backoffMaxMs = 300'000;
    int stableAfterMs = 60'000;    //!< connected this long: the backoff starts anew
    int maxRejectedPerMinute = 60; //!< more bad frames than this: dropped and backed off
    int maxRequests = 20;          //!< open REQs per relay, unless NIP-11 says fewer
    int maxPublishing = 32;        //!< EVENTs without OK per relay
    int pageSize = 500;            //!< `limit` of a page of stored events, unless NIP-11 says fewer
    //! Stored events of one relay and subscription held back until all came, to be told oldest first. Of more
    //! than these, or 64 MB, the older ones are told first and the newer ones fetched again after them.
    std::size_t maxHeldEvents = 60'000;
    int reopenFirstMs = 5'000; //!< before a request that was refused or not answered is made again; doubles
    int reopenMaxMs = 300'000;
    int idleCloseMs = 60'000; //!< a relay nobody uses any more is closed after this
};

//! A relay URL in the one form the pool uses as its name: lowercase scheme and host, no default port, no
//! fragment, no trailing slash without a path. Errors: InvalidUrl for anything but ws:// and wss:// with a
//! host, or with user information; InsecureUrl for ws:// beyond loopback, link-local and private addresses
//! unless allowed.
Result<std::string> checkRelayUrl(const std::string& url, bool allowInsecure);

//! The stable lowercase name of a state, such as "waiting_to_retry".
const char* relayStateName(RelayState state);

} // namespace valise::net

Q_DECLARE_METATYPE(valise::net::RelayState)
Q_DECLARE_METATYPE(valise::net::PublishOutcome)
