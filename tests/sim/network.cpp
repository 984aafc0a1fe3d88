// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sim/network.h"

#include "core/base/encoding.h"

#include <algorithm>

namespace valise::sim {

namespace {

constexpr qint64 kConnectMs = 30;

bool replaceable(nostr::Kind kind) {
    return kind == 0 || kind == 3 || (kind >= 10'000 && kind < 20'000) || (kind >= 30'000 && kind < 40'000);
}

std::string addressOf(const nostr::Event& event) {
    std::string out = toHex(event.pubkey) + ":" + std::to_string(event.kind);
    if (event.kind >= 30'000)
        for (const auto& tag : event.tags)
            if (tag.size() >= 2 && tag[0] == "d")
                return out + ":" + tag[1];
    return out;
}

} // namespace

std::uint32_t pick(crypto::Random& random, std::uint32_t end) {
    const auto octets = random.array<4>();
    const std::uint32_t value =
        static_cast<std::uint32_t>(octets[0]) | static_cast<std::uint32_t>(octets[1]) << 8 |
        static_cast<std::uint32_t>(octets[2]) << 16 | static_cast<std::uint32_t>(octets[3]) << 24;
    return end == 0 ? 0 : static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) * end >> 32);
}

bool chance(crypto::Random& random, double probability) {
    return pick(random, 1'000'000) < static_cast<std::uint32_t>(probability * 1'000'000);
}

// Socket

Socket::Socket(Network& network, Station& station, QObject* parent)
    : RelaySocket(parent)
    , m_network(network)
    , m_station(station) {}

Socket::~Socket() {
    if (m_relay)
        std::erase(m_relay->m_sockets, this);
}

void Socket::open(const std::string& url, const net::RelayOptions&) {
    Relay* const relay = m_network.relay(url);
    const QPointer<Socket> self(this);
    m_network.m_time.after(kConnectMs + m_network.latency(), [self, relay, url] {
        if (!self || self->m_broken)
            return;
        const int index = self->m_station.index();
        if (!relay || !relay->up || self->m_network.offline(index)) {
            self->m_broken = true;
            emit self->failed(Error{ErrorCode::Offline, "no way there"});
            return;
        }
        if (self->m_network.cut(index, url)) {
            self->m_broken = true; // there will be no answer
            return;
        }
        self->m_relay = relay;
        self->m_open = true;
        relay->m_sockets.push_back(self);
        emit self->opened();
    });
}

void Socket::sendText(const std::string& text) {
    if (!m_station.beforeSend())
        return;
    if (m_open && !m_broken) {
        const QPointer<Socket> self(this);
        m_lastToRelay = std::max(m_lastToRelay, m_network.m_time.nowMs() + m_network.latency());
        m_network.m_time.after(m_lastToRelay - m_network.m_time.nowMs(), [self, text] {
            if (self && self->m_open && !self->m_broken) {
                self->m_network.note(text);
                self->m_relay->handle(*self, text);
            }
        });
    }
    m_station.afterSend();
}

void Socket::ping() {
    const QPointer<Socket> self(this);
    m_network.m_time.after(2 * m_network.latency(), [self] {
        if (self && self->m_open && !self->m_broken)
            emit self->pongReceived();
    });
}

void Socket::end(bool) {
    // Frames sent before the closing handshake still arrive.
    m_broken = !m_open;
    if (m_open) {
        Relay* const relay = m_relay;
        std::erase(relay->m_sockets, this);
        m_open = false;
        m_broken = true;
    }
}

// Relay

bool Relay::chance(double probability) {
    return probability > 0 && sim::chance(m_network.m_random, probability);
}

void Relay::send(Socket& socket, std::string text, std::optional<nostr::EventId> event) {
    if (chance(manners.truncate)) {
        event.reset();
        text.resize(pick(m_network.m_random, static_cast<std::uint32_t>(text.size())));
    }
    const QPointer<Socket> to(&socket);
    VirtualTime& time = m_network.m_time;
    socket.m_lastToClient = std::max(socket.m_lastToClient, time.nowMs() + m_network.latency());
    time.after(socket.m_lastToClient - time.nowMs(), [to, event, text = std::move(text)] {
        if (!to || !to->m_open || to->m_broken)
            return;
        to->m_network.note(text);
        if (event)
            to->m_network.m_came.try_emplace({to->m_station.index(), *event}, to->m_network.m_time.nowMs());
        emit to->textReceived(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    });
}

void Relay::handle(Socket& socket, const std::string& text) {
    auto message = nostr::parseClientMessage(text);
    if (!message)
        qFatal("a client sent what is no message: %s", message.error().detail.c_str());
    if (const auto* event = std::get_if<nostr::client_message::Publish>(&*message)) {
        publish(socket, event->event);
    } else if (const auto* request = std::get_if<nostr::client_message::Request>(&*message)) {
        socket.m_requests[request->subscription] = request->filters;
        answer(socket, request->subscription, request->filters);
    } else if (const auto* end = std::get_if<nostr::client_message::Close>(&*message)) {
        socket.m_requests.erase(end->subscription);
    }
}

void Relay::publish(Socket& socket, const nostr::Event& event) {
    const auto ok = [&](bool accepted, const char* reason) {
        const std::string answer =
            nostr::toJson(nostr::RelayMessage(nostr::relay_message::Ok{event.id, accepted, reason}));
        send(socket, answer);
        if (chance(manners.twice))
            send(socket, answer);
    };
    if (!event.verify())
        qFatal("a client published an event that is not valid");
    if (m_ids.count(event.id) > 0) {
        ok(true, "duplicate: here already");
        return;
    }
    if (chance(manners.refuse)) {
        ok(false, "error: try again");
        return;
    }
    if (chance(manners.limit)) {
        ok(false, "rate-limited: slow down");
        return;
    }
    if (chance(manners.forget)) {
        ok(true, "");
        return;
    }
    take(event);
    if (!chance(manners.mute))
        ok(true, "");
}

void Relay::keep(const nostr::Event& event) {
    if (replaceable(event.kind)) {
        const std::string address = addressOf(event);
        for (const auto& stored : m_events)
            if (stored->event.kind == event.kind && addressOf(stored->event) == address &&
                (stored->event.createdAt > event.createdAt ||
                 (stored->event.createdAt == event.createdAt && stored->event.id < event.id)))
                return;
        std::erase_if(m_events, [&](const auto& stored) {
            return stored->event.kind == event.kind && addressOf(stored->event) == address;
        });
    }
    m_events.push_back(std::make_shared<const Stored>(Stored{event, event.toJson()}));
}

void Relay::take(const nostr::Event& event) {
    if (!m_ids.emplace(event.id, m_network.m_time.nowMs()).second)
        return;
    keep(event);
    const Stored stored{event, event.toJson()};
    const std::vector<Socket*> sockets = m_sockets;
    for (Socket* socket : sockets) {
        for (const auto& [id, filters] : socket->m_requests) {
            if (std::none_of(filters.begin(), filters.end(), [&](const auto& f) { return f.matches(event); }))
                continue;
            deliver(*socket, id, stored);
            if (chance(manners.duplicate))
                deliver(*socket, id, stored);
            if (chance(manners.replay) && !m_events.empty()) {
                const auto old =
                    m_events[pick(m_network.m_random, static_cast<std::uint32_t>(m_events.size()))];
                deliver(*socket, id, *old);
            }
        }
    }
}

void Relay::deliver(Socket& socket, const std::string& id, const Stored& stored) {
    std::string text = "[\"EVENT\",\"" + id + "\"," + stored.json + "]";
    std::optional<nostr::EventId> whole = stored.event.id;
    if (chance(manners.forge)) {
        whole.reset();
        const auto at =
            text.size() / 2 + pick(m_network.m_random, static_cast<std::uint32_t>(text.size() / 2));
        text[at] = text[at] == '7' ? '3' : '7';
    }
    send(socket, std::move(text), whole);
}

void Relay::answer(Socket& socket, const std::string& id, const std::vector<nostr::Filter>& filters) {
    std::map<nostr::EventId, std::shared_ptr<const Stored>> chosen;
    for (const nostr::Filter& filter : filters) {
        std::vector<std::shared_ptr<const Stored>> matching;
        for (const auto& stored : m_events)
            if (filter.matches(stored->event))
                matching.push_back(stored);
        std::stable_sort(matching.begin(), matching.end(), [](const auto& a, const auto& b) {
            return a->event.createdAt != b->event.createdAt ? a->event.createdAt > b->event.createdAt
                                                            : a->event.id < b->event.id;
        });
        const std::size_t most = std::min(manners.largestPage, filter.limit.value_or(manners.largestPage));
        if (matching.size() > most)
            matching.resize(most);
        for (const auto& stored : matching)
            if (!chance(manners.hide))
                chosen.emplace(stored->event.id, stored);
    }
    std::vector<std::shared_ptr<const Stored>> out;
    for (const auto& [eventId, stored] : chosen)
        out.push_back(stored);
    // The order by id is like no order. An honest relay sends the newest events first.
    if (!manners.shuffle)
        std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
            return a->event.createdAt > b->event.createdAt;
        });
    for (const auto& stored : out)
        deliver(socket, id, *stored);
    send(socket, nostr::toJson(nostr::RelayMessage(nostr::relay_message::EndOfStored{id})));
}

std::optional<qint64> Relay::takenAt(const nostr::EventId& id) const {
    const auto found = m_ids.find(id);
    return found == m_ids.end() ? std::nullopt : std::optional(found->second);
}

const nostr::Event* Relay::some(crypto::Random& random) const {
    return m_events.empty() ? nullptr
                            : &m_events[pick(random, static_cast<std::uint32_t>(m_events.size()))]->event;
}

std::vector<const nostr::Event*> Relay::all() const {
    std::vector<const nostr::Event*> out;
    for (const auto& stored : m_events)
        out.push_back(&stored->event);
    return out;
}

void Relay::close() {
    const std::vector<Socket*> sockets = m_sockets;
    for (Socket* socket : sockets)
        m_network.lose(*socket, "the relay went away");
}

// Network

Relay& Network::addRelay() {
    const std::string url = "ws://10.0.0." + std::to_string(m_relays.size() + 1) + ":7777";
    m_relays.push_back(std::make_unique<Relay>(*this, url));
    return *m_relays.back();
}

Relay* Network::relay(const std::string& url) {
    for (const auto& relay : m_relays)
        if (relay->url() == url)
            return relay.get();
    return nullptr;
}

void Network::lose(Socket& socket, const char* reason) {
    if (!socket.m_open)
        return;
    std::erase(socket.m_relay->m_sockets, &socket);
    socket.m_open = false;
    socket.m_broken = true;
    const QPointer<Socket> to(&socket);
    m_time.after(0, [to, reason] {
        if (to)
            emit to->closed(net::RelaySocket::Ending::Lost, QString::fromLatin1(reason));
    });
}

void Network::setOffline(int index, bool offline) {
    if (!offline) {
        m_offline.erase(index);
        return;
    }
    m_offline.insert(index);
    for (const auto& relay : m_relays) {
        const std::vector<Socket*> sockets = relay->m_sockets;
        for (Socket* socket : sockets)
            if (socket->m_station.index() == index)
                lose(*socket, "the network went away");
    }
}

void Network::setCut(int index, const std::string& url, bool cut) {
    if (cut)
        m_cuts.insert({index, url});
    else
        m_cuts.erase({index, url});
    for (Socket* socket : relay(url)->m_sockets)
        if (cut && socket->m_station.index() == index)
            socket->m_broken = true;
}

void Network::setUp(Relay& relay, bool up) {
    relay.up = up;
    if (!up)
        relay.close();
}

void Network::heal() {
    m_healed = true;
    m_offline.clear();
    m_cuts.clear();
    for (const auto& relay : m_relays) {
        relay->up = true;
        relay->manners = {};
    }
}

void Network::forgetSince(int index, qint64 when) {
    std::erase_if(m_came,
                  [&](const auto& entry) { return entry.first.first == index && entry.second >= when; });
}

std::optional<qint64> Network::cameAt(int index, const nostr::EventId& id) const {
    const auto found = m_came.find({index, id});
    return found == m_came.end() ? std::nullopt : std::optional(found->second);
}

qint64 Network::latency() {
    if (m_healed)
        return 5 + pick(m_random, 20);
    const std::uint32_t kind = pick(m_random, 100);
    if (kind < 80)
        return 5 + pick(m_random, 120);
    return kind < 98 ? 100 + pick(m_random, 1'500) : 2'000 + pick(m_random, 10'000);
}

void Network::note(const std::string& text) {
    ++frames;
    const auto mix = [this](std::uint8_t octet) { trace = (trace ^ octet) * 1099511628211ull; };
    for (int i = 0; i < 8; ++i)
        mix(static_cast<std::uint8_t>(m_time.nowMs() >> (8 * i)));
    for (const char c : text)
        mix(static_cast<std::uint8_t>(c));
}

} // namespace valise::sim
