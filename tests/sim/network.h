// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/random.h"
#include "core/net/relay_socket.h"
#include "core/nostr/event.h"
#include "core/nostr/filter.h"
#include "core/nostr/message.h"
#include "tests/sim/virtual_time.h"

#include <QPointer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace valise::sim {

class Network;
class Relay;

//! A user of the network, with the functions that the network calls.
class Station {
public:
    virtual ~Station() = default;
    virtual int index() const = 0;
    //! Called before a frame is sent. False if the program ended before that.
    virtual bool beforeSend() = 0;
    //! Called after the frame was sent.
    virtual void afterSend() = 0;
};

//! The errors of a relay, each as a probability from 0 to 1.
struct Manners {
    double forget = 0;    //!< says OK but does not store the event
    double refuse = 0;    //!< OK false, for a temporary reason
    double limit = 0;     //!< OK false, "rate-limited:"
    double mute = 0;      //!< stores the event but gives no answer
    double twice = 0;     //!< answers twice
    double duplicate = 0; //!< sends an event twice
    double replay = 0;    //!< sends an old event again
    double hide = 0;      //!< omits a stored event from an answer
    double truncate = 0;  //!< cuts a frame
    double forge = 0;     //!< changes an octet of an event
    bool shuffle = false; //!< stored events in random order
    std::uint64_t largestPage = 500;
};

//! A socket in the simulated network.
class Socket final : public net::RelaySocket {
    Q_OBJECT
public:
    Socket(Network& network, Station& station, QObject* parent);
    ~Socket() override;
    void open(const std::string& url, const net::RelayOptions& options) override;
    void sendText(const std::string& text) override;
    void ping() override;
    void end(bool politely) override;

private:
    friend class Network;
    friend class Relay;
    Network& m_network;
    Station& m_station;
    Relay* m_relay = nullptr;
    bool m_open = false;
    bool m_broken = false;    //!< the link was cut: no frame passes any more, and neither side is told
    qint64 m_lastToRelay = 0; //!< frames of one connection stay in order
    qint64 m_lastToClient = 0;
    std::map<std::string, std::vector<nostr::Filter>> m_requests;
};

//! A relay (NIP-01).
class Relay {
public:
    Relay(Network& network, std::string url)
        : m_network(network)
        , m_url(std::move(url)) {}

    const std::string& url() const { return m_url; }
    Manners manners;
    bool up = true;

    void handle(Socket& socket, const std::string& text);
    //! Takes an event as if a stranger had sent it.
    void take(const nostr::Event& event);
    //! The time at which the event was stored. Absent if it was not.
    std::optional<qint64> takenAt(const nostr::EventId& id) const;
    std::size_t stored() const { return m_events.size(); }
    const nostr::Event* some(crypto::Random& random) const;
    //! The stored events, in order of arrival.
    std::vector<const nostr::Event*> all() const;
    void close();

private:
    friend class Socket;
    friend class Network;
    struct Stored {
        nostr::Event event;
        std::string json;
    };
    void publish(Socket& socket, const nostr::Event& event);
    void answer(Socket& socket, const std::string& id, const std::vector<nostr::Filter>& filters);
    void deliver(Socket& socket, const std::string& id, const Stored& stored);
    void send(Socket& socket, std::string text, std::optional<nostr::EventId> event = {});
    void keep(const nostr::Event& event);
    bool chance(double probability);

    Network& m_network;
    std::string m_url;
    std::vector<std::shared_ptr<const Stored>> m_events;
    std::map<nostr::EventId, qint64> m_ids; //!< with the time of arrival
    std::vector<Socket*> m_sockets;
};

//! The relays and the links to them.
class Network {
public:
    Network(VirtualTime& time, crypto::Random& random)
        : m_time(time)
        , m_random(random) {}

    VirtualTime& time() { return m_time; }
    crypto::Random& random() { return m_random; }
    Relay& addRelay();
    const std::vector<std::unique_ptr<Relay>>& relays() const { return m_relays; }
    Relay* relay(const std::string& url);

    //! Station `index` can reach no relay, and knows it.
    void setOffline(int index, bool offline);
    bool offline(int index) const { return m_offline.count(index) > 0; }
    //! Every frame between them is lost.
    void setCut(int index, const std::string& url, bool cut);
    bool cut(int index, const std::string& url) const { return m_cuts.count({index, url}) > 0; }
    //! Stops a relay, or starts it again.
    void setUp(Relay& relay, bool up);
    //! Repairs everything: nothing fails from now on.
    void heal();

    //! The time at which an event first arrived complete at a station. Absent if it never did.
    std::optional<qint64> cameAt(int index, const nostr::EventId& id) const;
    //! Everything that arrived at a station from then on was only in its memory, and is lost.
    void forgetSince(int index, qint64 when);

    qint64 latency();
    std::uint64_t frames = 0;
    //! A hash over every delivered frame with its time. Two runs of a seed are the same if their hashes are.
    std::uint64_t trace = 1469598103934665603ull;

private:
    friend class Socket;
    friend class Relay;
    void note(const std::string& text);
    void lose(Socket& socket, const char* reason);

    VirtualTime& m_time;
    crypto::Random& m_random;
    std::vector<std::unique_ptr<Relay>> m_relays;
    std::set<int> m_offline;
    std::set<std::pair<int, std::string>> m_cuts;
    bool m_healed = false;
    std::map<std::pair<int, nostr::EventId>, qint64> m_came;
};

//! A random number from 0 to `end` - 1.
std::uint32_t pick(crypto::Random& random, std::uint32_t end);
bool chance(crypto::Random& random, double probability);

} // namespace valise::sim
