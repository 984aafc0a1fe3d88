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

//! The state of a connection to one relay.
enum class RelayState {
    Disconnected,   //!< not started, or shut down
    Connecting,     //!< name lookup, TCP, TLS and WebSocket handshake
    Authenticating, //!< connected; the answer to a NIP-42 challenge is on its way
    Connected,      //!< requests and events flow
    WaitingToRetry, //!< lost or unreachable; tried again at RelayStatus::retryAtMs
    Refused,        //!< the URL is not acceptable, so there is no further attempt
};

//! The result of publishing one event at one relay.
enum class PublishOutcome {
    Accepted,     //!< OK true (also if the relay had the event already)
    Refused,      //!< OK false; the reason is the relay's text
    RateLimited,  //!< OK false "rate-limited:": the same relay may take it later
    Unknown,      //!< sent, but without an answer in time; the relay may have stored it
    NotConnected, //!< not sent
};

//! The status of a relay, for indicators and diagnostics.
struct RelayStatus {
    std::string url;
    RelayState state = RelayState::Disconnected;
    std::optional<Error>
        lastError;                //!< why the last attempt or connection ended; cleared when connected again
    std::int64_t retryAtMs = 0;   //!< in state WaitingToRetry: when, in clock milliseconds
    bool authenticated = false;   //!< the relay accepted our NIP-42 answer
    bool paymentRequired = false; //!< its NIP-11 document says that it requires payment
    bool reconciles = false;      //!< it announces that it can compare sets of events (NIP-77)
    //! The largest age of an event that it accepts, in seconds, from its NIP-11 document.
    std::optional<std::int64_t> oldestAcceptedSeconds;
    std::uint64_t eventsReceived = 0; //!< verified events, duplicates included
    std::uint64_t rejected = 0;       //!< inbound frames and events that were rejected
    std::uint64_t published = 0;      //!< events that the relay accepted
    std::uint64_t connects = 0;       //!< successful connections so far
    //! The relay's clock minus our monotonic clock, in milliseconds. Absent unless it is connected and has
    //! told its time.
    std::optional<std::int64_t> clockLessMonotonicMs;
    std::optional<std::int64_t> clockAskedMs; //!< monotonic time of a question about its clock that is not
                                              //!< answered yet
    std::string lastNotice;                   //!< the last NOTICE, at most 500 octets
};

//! Signs the answer to a relay's challenge. The result is the JSON text of a signed kind 22242 event
//! (NIP-42), or an error to stay anonymous. It is called on the owner's thread and must not delete the
//! connection or the pool.
using AuthSigner =
    std::function<Result<std::string>(const std::string& relayUrl, const std::string& challenge)>;

class RelaySocket;
//! Makes a socket whose owner is `parent`.
using SocketFactory = std::function<RelaySocket*(QObject* parent)>;
//! A random number, evenly distributed from 0 to 1. Waiting times are varied by it.
using Jitter = std::function<double()>;
Jitter systemJitter();

//! The settings of a connection. The defaults are those of the program. Tests use shorter times.
struct RelayOptions {
    const Clock* clock = nullptr; //!< outlives the pool; null: the machine's clock
    SocketFactory openSocket;     //!< null: WebSockets; the simulator has a network of its own
    Jitter jitter = systemJitter();
    bool allowInsecure = false;   //!< ws:// to public addresses
    bool fetchInformation = true; //!< ask for the NIP-11 document to learn the relay's limits
    ProxySettings proxy;
    //! The port of the relay's own host where a network's sign-in page is looked for if a certificate is not
    //! acceptable. 0: no search.
    quint16 captivePortalPort = 80;
    std::uint64_t maxMessageBytes = 4u << 20; //!< a larger inbound frame or message ends the connection
    int connectTimeoutMs = 20'000;
    int publishTimeoutMs = 12'000; //!< from sending EVENT to OK
    int authTimeoutMs = 10'000;
    int pingIdleMs = 30'000;      //!< silence before a ping
    int deadAfterMs = 60'000;     //!< silence before the connection is given up
    int rateLimitPauseMs = 5'000; //!< first pause after "rate-limited:"; doubles while the relay repeats it
    int eoseIdleMs = 15'000;      //!< silence on a request without EOSE before it counts as partly answered
    int backoffFirstMs = 1'000;   //!< first wait; doubles, with jitter
    int backoffMaxMs = 300'000;
    int stableAfterMs = 60'000;    //!< connected this long: the backoff starts anew
    int maxRejectedPerMinute = 60; //!< with more bad frames the connection is ended and backs off
    int maxRequests = 20;          //!< open REQs per relay, unless NIP-11 says fewer
    int maxPublishing = 32;        //!< EVENTs without OK per relay
    int pageSize = 500;            //!< `limit` of a page of stored events, unless NIP-11 says fewer
    //! The number of stored events of one relay and subscription that are held back to be sorted. Above it,
    //! or above 64 MB, the older ones are reported first, and the newer ones are fetched again afterwards.
    std::size_t maxHeldEvents = 60'000;
    int reopenFirstMs = 5'000; //!< wait before a refused or unanswered request is repeated; doubles
    int reopenMaxMs = 300'000;
    int idleCloseMs = 60'000; //!< a relay that is no longer used is closed after this time
};

//! A relay URL in the form by which the pool names it: lowercase scheme and host, no default port, no
//! fragment, no trailing slash without a path. Errors: InvalidUrl for other schemes, without a host, or with
//! user information; InsecureUrl for ws:// beyond loopback, link-local and private addresses, unless allowed.
Result<std::string> checkRelayUrl(const std::string& url, bool allowInsecure);

//! The stable lowercase name of a state, such as "waiting_to_retry".
const char* relayStateName(RelayState state);

} // namespace valise::net

Q_DECLARE_METATYPE(valise::net::RelayState)
Q_DECLARE_METATYPE(valise::net::PublishOutcome)
