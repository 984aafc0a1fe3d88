// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/relay_server.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/crypto/random.h"
#include "core/host/event_store.h"
#include "core/nostr/message.h"
#include "core/nostr/negentropy.h"
#include "core/nostr/nip11.h"
#include "core/nostr/nip42.h"
#include "core/nostr/relay_url.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHostAddress>
#include <QHostInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace valise::host {

namespace {

constexpr qint64 kMaxHeader = 16 * 1024;
constexpr int kHeaderTimeoutMs = 10'000;
constexpr int kMaintenanceMs = 60'000;
constexpr qint64 kDeadAfterMs = 180'000;
constexpr int kMaxMalformed = 100;             // per connection
constexpr std::size_t kComparedFrame = 60'000; // octets of a NEG-MSG; in hexadecimal it is twice as long
constexpr std::size_t kAllCompared = 10;       // bound on events in all open comparisons, in multiples of
                                               // maxCompared

const SystemClock kSystemClock;

struct Client {
    QPointer<QWebSocket> socket;
    std::map<std::string, std::vector<nostr::Filter>> subs;
    std::map<std::string, nostr::Negentropy> comparisons; //!< NIP-77
    std::string challenge;
    EventStore::Readers keys; //!< authenticated, lowercase hexadecimal
    double eventTokens = 0;
    double requestTokens = 0;
    qint64 refilledAt = 0;
    qint64 heardAt = 0;
    int malformed = 0;
};

bool namesGiftWrap(const nostr::Filter& f) {
    return f.kinds && std::find(f.kinds->begin(), f.kinds->end(), nostr::kind::kGiftWrap) != f.kinds->end();
}

std::size_t valuesOf(const nostr::Filter& f) {
    std::size_t n =
        (f.ids ? f.ids->size() : 0) + (f.authors ? f.authors->size() : 0) + (f.kinds ? f.kinds->size() : 0);
    for (const auto& [name, values] : f.tags)
        n += values.size();
    return n;
}

} // namespace

struct RelayServer::Impl {
    Impl(RelayServer* owner, RelayServerOptions opts)
        : q(owner)
        , options(std::move(opts))
        , web(QStringLiteral("Valise"), QWebSocketServer::NonSecureMode) {
        time.start();
        limits.messageSize = static_cast<std::size_t>(options.maxMessageBytes);
        limits.contentSize = limits.messageSize;
        limits.filters = static_cast<std::size_t>(std::max(1, options.maxFilters)) + 1;
    }

    RelayServer* q;
    RelayServerOptions options;
    QTcpServer tcp;
    QWebSocketServer web;
    QTimer maintenance;
    QElapsedTimer time;
    EventStore store;
    crypto::SystemRandom random;
    nostr::Limits limits;
    RelayServerStats counters;
    std::map<QWebSocket*, Client> clients;
    int handshaking = 0;

    std::int64_t now() const { return options.clock ? options.clock->now() : kSystemClock.now(); }

    // ---- HTTP and WebSocket on one port

    void accept() {
        while (QTcpSocket* socket = tcp.nextPendingConnection()) {
            if (static_cast<int>(clients.size()) + handshaking >= options.maxConnections) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            ++handshaking;
            auto* timer = new QTimer(socket);
            timer->setSingleShot(true);
            QObject::connect(timer, &QTimer::timeout, socket, [socket] { socket->abort(); });
            timer->start(kHeaderTimeoutMs);
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QObject::destroyed, q, [this] { --handshaking; });
            QObject::connect(socket, &QTcpSocket::readyRead, q,
                             [this, socket, timer] { peek(socket, timer); });
            if (socket->bytesAvailable() > 0)
                peek(socket, timer);
        }
    }

    void peek(QTcpSocket* socket, QTimer* timer) {
        const QByteArray head = socket->peek(kMaxHeader);
        const qsizetype end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            if (head.size() >= kMaxHeader)
                socket->abort();
            return;
        }
        const QByteArray lower = head.left(end + 2).toLower();
        socket->disconnect(q);
        delete timer;
        if (lower.contains("\r\nupgrade: websocket\r\n") || lower.contains("\r\nupgrade:websocket\r\n")) {
            // The WebSocket owns the socket from here on. A successful handshake adds it to the clients.
            --handshaking;
            QObject::disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            web.handleConnection(socket);
            // After a failed handshake nothing else would delete the TCP socket.
            QTimer::singleShot(kHeaderTimeoutMs, socket, [this, socket] {
                const bool upgraded = std::any_of(clients.begin(), clients.end(), [&](const auto& entry) {
                    return entry.first->peerPort() == socket->peerPort() &&
                           entry.first->peerAddress() == socket->peerAddress();
                });
                if (!upgraded && socket->state() != QAbstractSocket::ConnectedState)
                    socket->deleteLater();
            });
            return;
        }
        QObject::connect(socket, &QObject::destroyed, q, [this] { --handshaking; });
        answerHttp(socket, head.left(head.indexOf("\r\n")), lower);
    }

    void answerHttp(QTcpSocket* socket, const QByteArray& requestLine, const QByteArray& headers) {
        QByteArray status = "200 OK";
        QByteArray type = "text/plain; charset=utf-8";
        QByteArray body = "This is a Nostr relay. Open it with a client such as Valise.\n";
        const bool head = requestLine.startsWith("HEAD ");
        if (requestLine.startsWith("OPTIONS ")) {
            status = "204 No Content";
            body.clear();
        } else if (!head && !requestLine.startsWith("GET ")) {
            status = "405 Method Not Allowed";
            body = "Only GET.\n";
        } else if (headers.contains("application/nostr+json")) {
            type = "application/nostr+json";
            body = QByteArray::fromStdString(information().toJson());
        }
        const QByteArray date =
            QLocale::c()
                .toString(QDateTime::currentDateTimeUtc(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                .toLatin1();
        QByteArray out = "HTTP/1.1 " + status + "\r\nDate: " + date + "\r\nContent-Type: " + type +
                         "\r\nContent-Length: " + QByteArray::number(body.size()) +
                         "\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *"
                         "\r\nAccess-Control-Allow-Methods: GET, HEAD, OPTIONS\r\nConnection: close\r\n\r\n";
        if (!head)
            out += body;
        socket->readAll();
        socket->write(out);
        // A client that does not read its answer must not occupy a connection for ever.
        QTimer::singleShot(kHeaderTimeoutMs, socket, [socket] { socket->abort(); });
        socket->disconnectFromHost();
    }

    nostr::RelayInfo information() const {
        nostr::RelayInfo info;
        info.name = options.name.toStdString();
        info.description = options.description.toStdString();
        info.software = "valise";
        info.supportedNips = {1, 9, 11, 40, 42, 45, 77};
        info.maxMessageLength = options.maxMessageBytes;
        info.maxSubscriptions = static_cast<std::uint64_t>(options.maxSubscriptions);
        info.maxLimit = static_cast<std::uint64_t>(options.maxLimit);
        info.defaultLimit = static_cast<std::uint64_t>(options.maxLimit);
        info.maxSubscriptionIdLength = nostr::kMaxSubscriptionId;
        info.createdAtUpperLimit = static_cast<std::uint64_t>(options.maxFutureSeconds);
        info.authRequired = options.requireAuth;
        return info;
    }

    void acceptWebSocket() {
        while (QWebSocket* socket = web.nextPendingConnection()) {
            Client& c = clients[socket];
            c.socket = socket;
            c.challenge = toHex(random.bytes(16));
            c.eventTokens = options.eventsPerMinute;
            c.requestTokens = options.requestsPerMinute;
            c.refilledAt = c.heardAt = time.elapsed();
            socket->setMaxAllowedIncomingFrameSize(options.maxMessageBytes);
            socket->setMaxAllowedIncomingMessageSize(options.maxMessageBytes);
            QObject::connect(socket, &QWebSocket::disconnected, q, [this, socket] { forget(socket); });
            QObject::connect(socket, &QWebSocket::textMessageReceived, q,
                             [this, socket](const QString& text) { onText(socket, text); });
            QObject::connect(socket, &QWebSocket::binaryMessageReceived, q,
                             [this, socket](const QByteArray&) {
                                 if (auto it = clients.find(socket); it != clients.end())
                                     malformed(it->second, "invalid: binary messages are not understood");
                             });
            QObject::connect(socket, &QWebSocket::pong, q, [this, socket] {
                if (auto it = clients.find(socket); it != clients.end())
                    it->second.heardAt = time.elapsed();
            });
            send(c, nostr::relay_message::Challenge{c.challenge});
        }
    }

    void forget(QWebSocket* socket) {
        clients.erase(socket);
        socket->disconnect(q);
        socket->deleteLater();
    }

    //! Aborts later, because the socket may be delivering the message that caused this call.
    void drop(Client& c) {
        if (c.socket)
            QMetaObject::invokeMethod(c.socket, &QWebSocket::abort, Qt::QueuedConnection);
    }

    void sendText(Client& c, const std::string& text) {
        if (!c.socket || c.socket->state() != QAbstractSocket::ConnectedState)
            return;
        c.socket->sendTextMessage(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
        if (static_cast<std::uint64_t>(c.socket->bytesToWrite()) > options.maxUnsentBytes)
            drop(c);
    }
    void send(Client& c, const nostr::RelayMessage& message) { sendText(c, nostr::toJson(message)); }
    void sendEvent(Client& c, const std::string& sub, std::string_view json) {
        std::string text = "[\"EVENT\",";
        nostr::appendJsonString(text, sub);
        text += ',';
        text += json;
        text += ']';
        ++counters.served;
        sendText(c, text);
    }

    // ---- messages

    bool take(double Client::*tokens, Client& c, int perMinute) {
        const qint64 at = time.elapsed();
        const double minutes = static_cast<double>(at - c.refilledAt) / 60'000.0;
        c.refilledAt = at;
        c.eventTokens =
            std::min<double>(options.eventsPerMinute, c.eventTokens + minutes * options.eventsPerMinute);
        c.requestTokens = std::min<double>(options.requestsPerMinute,
                                           c.requestTokens + minutes * options.requestsPerMinute);
        if (perMinute > 0 && c.*tokens < 1.0)
            return false;
        c.*tokens -= 1.0;
        return true;
    }

    void malformed(Client& c, const std::string& notice) {
        ++counters.malformed;
        send(c, nostr::relay_message::Notice{notice});
        if (++c.malformed > kMaxMalformed)
            drop(c);
    }

    void onText(QWebSocket* socket, const QString& text) {
        auto it = clients.find(socket);
        if (it == clients.end())
            return;
        Client& c = it->second;
        c.heardAt = time.elapsed();
        const QByteArray utf8 = text.toUtf8();
        const std::string_view view(utf8.constData(), static_cast<std::size_t>(utf8.size()));
        auto message = nostr::parseClientMessage(view, limits);
        if (message) {
            std::visit([&](auto& m) { handle(c, m); }, *message);
            return;
        }
        const std::string reason =
            nostr::makeReason(message.error().code == ErrorCode::Unsupported ? nostr::ReasonCode::Unsupported
                                                                             : nostr::ReasonCode::Invalid,
                              message.error().detail);
        if (auto id = nostr::eventIdOfUnreadable(view, limits)) {
            ++counters.malformed;
            ++counters.refused;
            send(c, nostr::relay_message::Ok{*id, false, reason});
            if (++c.malformed > kMaxMalformed)
                drop(c);
            return;
        }
        // A REQ that cannot be read is answered with CLOSED, so that the client does not wait for EOSE.
        const QJsonArray array = QJsonDocument::fromJson(utf8).array();
        if (array.size() >= 2 && (array[0] == QLatin1String("REQ") || array[0] == QLatin1String("COUNT")) &&
            array[1].isString()) {
            const std::string sub = array[1].toString().toStdString();
            if (!sub.empty() && sub.size() <= nostr::kMaxSubscriptionId) {
                ++counters.malformed;
                send(c, nostr::relay_message::Closed{sub, reason});
                if (++c.malformed > kMaxMalformed)
                    drop(c);
                return;
            }
        }
        malformed(c, reason);
    }

    void refuse(Client& c, const nostr::EventId& id, nostr::ReasonCode code, const std::string& text) {
        ++counters.refused;
        send(c, nostr::relay_message::Ok{id, false, nostr::makeReason(code, text)});
    }

    void handle(Client& c, nostr::client_message::Publish& m) {
        using nostr::ReasonCode;
        const nostr::Event& event = m.event;
        if (!take(&Client::eventTokens, c, options.eventsPerMinute))
            return refuse(c, event.id, ReasonCode::RateLimited, "too many events, wait a moment");
        if (options.requireAuth && c.keys.empty())
            return refuse(c, event.id, ReasonCode::AuthRequired, "this relay wants to know who publishes");
        if (event.kind == nostr::kind::kAuth)
            return refuse(c, event.id, ReasonCode::Invalid, "an authentication event is not published");
        if (static_cast<std::int64_t>(std::min<std::uint64_t>(event.createdAt, 1ull << 53)) >
            now() + options.maxFutureSeconds)
            return refuse(c, event.id, ReasonCode::Invalid, "created_at is too far in the future");
        if (auto valid = event.verify(); !valid)
            return refuse(c, event.id, ReasonCode::Invalid, valid.error().detail);

        const std::string json = event.toJson();
        StoreOutcome outcome = StoreOutcome::Stored;
        if (!nostr::isEphemeral(event.kind)) {
            auto stored = store.put(event, json, now());
            if (!stored) {
                log(LogLevel::Error, "host", "an event cannot be stored: " + stored.error().detail);
                return refuse(c, event.id, ReasonCode::Error, "the relay cannot store events now");
            }
            outcome = *stored;
        }
        switch (outcome) {
        case StoreOutcome::Stored:
            break;
        case StoreOutcome::Duplicate:
            ++counters.duplicates;
            send(c, nostr::relay_message::Ok{event.id, true, "duplicate: already have this event"});
            return;
        case StoreOutcome::Outdated:
            ++counters.duplicates;
            send(c, nostr::relay_message::Ok{event.id, true, "duplicate: have a newer event"});
            return;
        case StoreOutcome::Deleted:
            return refuse(c, event.id, ReasonCode::Blocked, "its author deleted this event");
        case StoreOutcome::Expired:
            return refuse(c, event.id, ReasonCode::Invalid, "the event has expired");
        }
        ++counters.accepted;
        send(c, nostr::relay_message::Ok{event.id, true, {}});
        broadcast(event, json);
        if (store.size() > static_cast<std::uint64_t>(options.maxEvents))
            if (auto trimmed = store.trim(options.maxEvents); !trimmed)
                log(LogLevel::Error, "host", "old events cannot be removed: " + trimmed.error().detail);
        // The signal is emitted last and queued, because a slot may close the server.
        QMetaObject::invokeMethod(
            q,
            [owner = q, id = QString::fromStdString(toHex(event.id)), k = static_cast<int>(event.kind)] {
                emit owner->eventAccepted(id, k);
            },
            Qt::QueuedConnection);
    }

    void broadcast(const nostr::Event& event, const std::string& json) {
        const auto recipients = event.kind == nostr::kind::kGiftWrap ? nostr::tagValues(event.tags, "p")
                                                                     : std::vector<std::string>{};
        for (auto& [socket, c] : clients) {
            if (event.kind == nostr::kind::kGiftWrap &&
                std::none_of(recipients.begin(), recipients.end(), [&keys = c.keys](const std::string& p) {
                    return std::find(keys.begin(), keys.end(), p) != keys.end();
                }))
                continue;
            for (const auto& [sub, filters] : c.subs)
                if (std::any_of(filters.begin(), filters.end(),
                                [&](const nostr::Filter& f) { return f.matches(event); }))
                    sendEvent(c, sub, json);
        }
    }

    //! The reason to refuse the query. Empty if it is accepted.
    std::string refusal(Client& c, const std::vector<nostr::Filter>& filters) {
        using nostr::ReasonCode;
        if (!take(&Client::requestTokens, c, options.requestsPerMinute))
            return nostr::makeReason(ReasonCode::RateLimited, "too many requests, wait a moment");
        if (filters.size() > static_cast<std::size_t>(options.maxFilters))
            return nostr::makeReason(ReasonCode::Invalid, "too many filters");
        for (const auto& f : filters)
            if (valuesOf(f) > static_cast<std::size_t>(options.maxFilterValues))
                return nostr::makeReason(ReasonCode::Invalid, "too many values in a filter");
        if (c.keys.empty()) {
            if (options.requireAuth)
                return nostr::makeReason(ReasonCode::AuthRequired, "this relay wants to know who asks");
            if (std::any_of(filters.begin(), filters.end(), namesGiftWrap))
                return nostr::makeReason(ReasonCode::AuthRequired,
                                         "gift wraps are given only to their recipient");
        }
        return {};
    }

    void handle(Client& c, nostr::client_message::Request& m) {
        std::string reason = refusal(c, m.filters);
        if (reason.empty() && c.subs.count(m.subscription) == 0 &&
            c.subs.size() >= static_cast<std::size_t>(options.maxSubscriptions))
            reason = nostr::makeReason(nostr::ReasonCode::RateLimited,
                                       "too many subscriptions on this connection");
        if (!reason.empty()) {
            c.subs.erase(m.subscription);
            send(c, nostr::relay_message::Closed{m.subscription, reason});
            return;
        }
        std::set<nostr::EventId> sent;
        // One answer must not fill the buffer for unread data. A client asks again for the rest.
        const std::uint64_t mostOctets =
            options.maxUnsentBytes / 4 / std::max<std::size_t>(1, m.filters.size());
        for (const auto& f : m.filters) {
            std::uint64_t octets = 0;
            const std::int64_t limit = f.limit ? static_cast<std::int64_t>(std::min<std::uint64_t>(
                                                     *f.limit, static_cast<std::uint64_t>(options.maxLimit)))
                                               : options.maxLimit;
            auto queried =
                store.query(f, c.keys, now(), limit, [&](const nostr::EventId& id, std::string_view json) {
                    if (octets > mostOctets || !sent.insert(id).second)
                        return;
                    octets += json.size();
                    sendEvent(c, m.subscription, json);
                });
            if (!queried) {
                log(LogLevel::Error, "host", "a query failed: " + queried.error().detail);
                send(c, nostr::relay_message::Closed{m.subscription,
                                                     "error: the relay cannot read its events now"});
                return;
            }
        }
        send(c, nostr::relay_message::EndOfStored{m.subscription});
        c.subs[m.subscription] = std::move(m.filters);
    }

    void handle(Client& c, nostr::client_message::Count& m) {
        const std::string reason = refusal(c, m.filters);
        if (!reason.empty()) {
            send(c, nostr::relay_message::Closed{m.subscription, reason});
            return;
        }
        auto n = store.count(m.filters, c.keys, now());
        if (n)
            send(c, nostr::relay_message::CountAnswer{m.subscription, *n});
        else
            send(c,
                 nostr::relay_message::Closed{m.subscription, "error: the relay cannot read its events now"});
    }

    void handle(Client& c, nostr::client_message::ReconcileOpen& m) {
        c.comparisons.erase(m.subscription);
        std::string reason = refusal(c, {m.filter});
        std::size_t held = 0;
        for (const auto& [socket, other] : clients)
            for (const auto& [sub, comparison] : other.comparisons)
                held += comparison.size();
        const auto most = static_cast<std::size_t>(options.maxCompared);
        if (reason.empty() &&
            (c.subs.size() + c.comparisons.size() >= static_cast<std::size_t>(options.maxSubscriptions) ||
             held >= kAllCompared * most))
            reason = nostr::makeReason(nostr::ReasonCode::Blocked, "too many comparisons, wait a moment");
        if (reason.empty()) {
            auto items = store.items(m.filter, c.keys, now(), options.maxCompared);
            auto comparison = items ? nostr::Negentropy::make(std::move(*items), kComparedFrame)
                                    : Result<nostr::Negentropy>(items.error());
            if (comparison) {
                const auto it = c.comparisons.emplace(m.subscription, std::move(*comparison)).first;
                answerComparison(c, it, m.message);
                return;
            }
            reason = nostr::makeReason(nostr::ReasonCode::Blocked, comparison.error().detail);
        }
        send(c, nostr::relay_message::ReconcileError{m.subscription, reason});
    }

    void handle(Client& c, nostr::client_message::Reconcile& m) {
        const auto it = c.comparisons.find(m.subscription);
        if (it == c.comparisons.end()) {
            send(c, nostr::relay_message::ReconcileError{m.subscription, "closed: not open"});
            return;
        }
        if (!take(&Client::requestTokens, c, options.requestsPerMinute)) {
            c.comparisons.erase(it);
            send(c, nostr::relay_message::ReconcileError{
                        m.subscription, nostr::makeReason(nostr::ReasonCode::RateLimited,
                                                          "too many requests, wait a moment")});
            return;
        }
        answerComparison(c, it, m.message);
    }

    void answerComparison(Client& c, std::map<std::string, nostr::Negentropy>::iterator it,
                          const Bytes& message) {
        auto answer = it->second.respond(message);
        if (answer) {
            send(c, nostr::relay_message::Reconcile{it->first, std::move(*answer)});
            return;
        }
        ++counters.malformed;
        send(c, nostr::relay_message::ReconcileError{
                    it->first, nostr::makeReason(nostr::ReasonCode::Invalid, answer.error().detail)});
        c.comparisons.erase(it);
        if (++c.malformed > kMaxMalformed)
            drop(c);
    }

    void handle(Client& c, nostr::client_message::ReconcileClose& m) { c.comparisons.erase(m.subscription); }

    void handle(Client& c, nostr::client_message::Close& m) { c.subs.erase(m.subscription); }

    void handle(Client& c, nostr::client_message::Auth& m) {
        const std::string url(nostr::tagValue(m.event.tags, "relay").value_or(""));
        // The URL in the event must be one of ours. Otherwise another relay could pass our challenge on to
        // its clients and log in with their answers.
        if (!isOwnUrl(c, url))
            return refuse(c, m.event.id, nostr::ReasonCode::Invalid, "the relay tag names another relay");
        const auto at = static_cast<std::uint64_t>(std::max<std::int64_t>(0, now()));
        if (auto valid = nostr::verifyAuthEvent(m.event, url, c.challenge, at); !valid)
            return refuse(c, m.event.id, nostr::ReasonCode::Invalid, valid.error().detail);
        const std::string key = toHex(m.event.pubkey);
        if (std::find(c.keys.begin(), c.keys.end(), key) == c.keys.end()) {
            if (c.keys.size() >= 16)
                return refuse(c, m.event.id, nostr::ReasonCode::Restricted,
                              "too many accounts on one connection");
            c.keys.push_back(key);
        }
        send(c, nostr::relay_message::Ok{m.event.id, true, {}});
    }

    bool isOwnUrl(const Client& c, const std::string& url) const {
        auto parsed = nostr::parseRelayUrl(url);
        if (!parsed)
            return false;
        const std::string normalised = parsed->normalised();
        for (const auto& own : options.publicUrls)
            if (auto o = nostr::normaliseRelayUrl(own); o && *o == normalised)
                return true;
        if (parsed->port != tcp.serverPort() || parsed->secure)
            return false;
        const QString host = QString::fromStdString(parsed->host);
        const QString name = QHostInfo::localHostName().toLower();
        if (!name.isEmpty() && (host == name || host == name + QStringLiteral(".local")))
            return true;
        if (!c.socket)
            return false;
        const QHostAddress local = c.socket->localAddress();
        QHostAddress given;
        if (given.setAddress(host))
            return given.isEqual(local, QHostAddress::TolerantConversion);
        return host == QLatin1String("localhost") && local.isLoopback();
    }

    void onMaintenance() {
        if (!store.isOpen())
            return;
        if (auto purged = store.purgeExpired(now()); !purged)
            log(LogLevel::Error, "host", "expired events cannot be removed: " + purged.error().detail);
        const qint64 at = time.elapsed();
        for (auto& [socket, c] : clients) {
            if (at - c.heardAt > kDeadAfterMs)
                drop(c);
            else
                socket->ping();
        }
    }
};

RelayServer::RelayServer(RelayServerOptions options, QObject* parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(options))) {
    m_impl->tcp.setMaxPendingConnections(m_impl->options.maxConnections);
    m_impl->web.setMaxPendingConnections(m_impl->options.maxConnections);
    m_impl->tcp.setListenBacklogSize(511);
    connect(&m_impl->tcp, &QTcpServer::newConnection, this, [this] { m_impl->accept(); });
    connect(&m_impl->web, &QWebSocketServer::newConnection, this, [this] { m_impl->acceptWebSocket(); });
    connect(&m_impl->maintenance, &QTimer::timeout, this, [this] { m_impl->onMaintenance(); });
}

RelayServer::~RelayServer() {
    close();
}

Result<void> RelayServer::listen(const QString& host, quint16 port) {
    if (isListening())
        return {ErrorCode::InvalidArgument, "listening already"};
    QHostAddress address;
    if (host == QLatin1String("localhost"))
        address = QHostAddress::LocalHost;
    else if (!address.setAddress(host))
        return {ErrorCode::InvalidArgument, "not an IP address: " + host.toStdString()};

    std::string path = ":memory:";
    if (!m_impl->options.directory.empty()) {
        const QDir dir(QString::fromStdString(m_impl->options.directory));
        if (!dir.mkpath(QStringLiteral(".")))
            return {ErrorCode::StorageReadOnly, "the folder cannot be made"};
        path = dir.filePath(QStringLiteral("relay.sqlite")).toStdString();
    }
    VALISE_CHECK(m_impl->store.open(path));
    if (!m_impl->tcp.listen(address, port)) {
        const auto code = m_impl->tcp.serverError() == QAbstractSocket::AddressInUseError
                              ? ErrorCode::AlreadyExists
                              : ErrorCode::Internal;
        m_impl->store.close();
        return {code, m_impl->tcp.errorString().toStdString()};
    }
    m_impl->onMaintenance();
    m_impl->maintenance.start(kMaintenanceMs);
    return {};
}

void RelayServer::close() {
    m_impl->maintenance.stop();
    m_impl->tcp.close();
    auto clients = std::exchange(m_impl->clients, {});
    for (auto& [socket, c] : clients) {
        // Deleted immediately, because the server owns the TCP socket inside and would delete it first.
        socket->disconnect(this);
        socket->abort();
        delete socket;
    }
    while (QWebSocket* socket = m_impl->web.nextPendingConnection())
        delete socket;
    for (QTcpSocket* socket : m_impl->tcp.findChildren<QTcpSocket*>()) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    m_impl->handshaking = 0;
    m_impl->store.close();
}

bool RelayServer::isListening() const {
    return m_impl->tcp.isListening();
}

quint16 RelayServer::port() const {
    return m_impl->tcp.serverPort();
}

QString RelayServer::url() const {
    if (!isListening())
        return {};
    QHostAddress address = m_impl->tcp.serverAddress();
    if (address == QHostAddress::Any || address == QHostAddress::AnyIPv4)
        address = QHostAddress::LocalHost;
    else if (address == QHostAddress::AnyIPv6)
        address = QHostAddress::LocalHostIPv6;
    const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
                             ? QStringLiteral("[") + address.toString() + QStringLiteral("]")
                             : address.toString();
    return QStringLiteral("ws://%1:%2").arg(host).arg(port());
}

RelayServerStats RelayServer::stats() const {
    RelayServerStats s = m_impl->counters;
    s.connections = m_impl->clients.size();
    for (const auto& [socket, c] : m_impl->clients)
        s.subscriptions += c.subs.size();
    s.storedEvents = m_impl->store.size();
    return s;
}

void RelayServer::purgeExpired() {
    if (m_impl->store.isOpen())
        if (auto purged = m_impl->store.purgeExpired(m_impl->now()); !purged)
            log(LogLevel::Error, "host", "expired events cannot be removed: " + purged.error().detail);
}

} // namespace valise::host
