// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/engine.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/client/history_reader.h"
#include "core/client/network_settings.h"
#include "core/nostr/nip42.h"

#include <QFileInfo>

#include <cstring>

namespace valise::client {

namespace {

// The indicator follows changes at most this often.
constexpr int kStatusMs = 60;
// Between two slices of housekeeping.
constexpr int kTidyMs = 250;
constexpr qsizetype kMaxName = 64;
// 1 where the person allowed ws:// to public addresses when the profile was made; missing otherwise.
constexpr const char* kAllowInsecure = "relays.allow_insecure";

} // namespace

struct Engine::Parts {
    Parts(Profile& profile, const Environment& environment)
        : pool(poolOptions(profile, environment))
        , mapper(profile.stores(), profile.account.publicKey, toQString(profile.name))
        , outbox(
              profile, pool,
              [this](const storage::OutboxRow& row, const storage::OutboxProgress& progress) {
                  return conversations.storeAcceptance(row, progress);
              },
              nullptr)
        , directory(profile, pool, nullptr)
        , conversations(profile, pool, outbox, directory, mapper, nullptr)
        , invitations(profile, pool, outbox, conversations, nullptr) {}
    static net::RelayOptions poolOptions(Profile& profile, const Environment& environment) {
        net::RelayOptions options;
        options.clock = &profile.clock;
        options.allowInsecure = profile.options.allowInsecureRelays;
        options.proxy = profile.proxy;
        options.jitter = [&random = profile.random] {
            const auto octets = random.array<4>();
            std::uint32_t value = 0;
            std::memcpy(&value, octets.data(), sizeof value);
            return value / 4294967296.0;
        };
        if (environment.openSocket) {
            options.openSocket = environment.openSocket;
            options.fetchInformation = false;
        }
        return options;
    }
    net::RelayPool pool;
    RecordMapper mapper;
    OutboxPump outbox;
    Directory directory;
    Conversations conversations;
    Invitations invitations;
};

Engine::Engine(HistoryReader* reader, Environment environment)
    : m_reader(reader)
    , m_environment(std::move(environment))
    , m_status(this) // follows this object to its thread
    , m_tidy(this) {
    m_tidy.setSingleShot(true);
    connect(&m_tidy, &QTimer::timeout, this, &Engine::tidy);
    m_status.setSingleShot(true);
    connect(&m_status, &QTimer::timeout, this, &Engine::updateStatus);
    if (!m_environment.clock)
        m_environment.clock = &m_systemClock;
    if (!m_environment.random)
        m_environment.random = &m_systemRandom;
}

Engine::~Engine() {
    closeProfile();
}

Result<std::vector<std::string>> Engine::checkRelays(const QStringList& urls, bool allowInsecure) const {
    std::vector<std::string> out;
    for (const QString& url : urls) {
        VALISE_TRY(std::string checked, net::checkRelayUrl(toStd(url.trimmed()), allowInsecure));
        if (std::find(out.begin(), out.end(), checked) == out.end())
            out.push_back(std::move(checked));
    }
    if (out.size() > 16)
        return {ErrorCode::LimitExceeded, "more than 16 relays"};
    return out;
}

std::unique_ptr<Profile> Engine::newProfile(const ProfileOptions& options) const {
    auto profile = std::make_unique<Profile>(*m_environment.clock, *m_environment.random);
    profile->options = options;
    return profile;
}

Result<AccountRecord> Engine::createProfile(const ProfileOptions& options, const QString& name,
                                            const crypto::Secret& passphrase, const QStringList& relays) {
    closeProfile();
    const QString shown = name.trimmed();
    if (shown.isEmpty() || shown.size() > kMaxName)
        return {ErrorCode::InvalidArgument, "a name of 1 to 64 characters is needed"};
    if (passphrase.empty())
        return {ErrorCode::InvalidArgument, "a passphrase is needed"};
    VALISE_TRY(const std::vector<std::string> checked, checkRelays(relays, options.allowInsecureRelays));
    VALISE_TRY(net::ProxySettings proxy, toProxySettings(options.proxy, options.proxyPassword));

    std::unique_ptr<Profile> profile = newProfile(options);
    profile->proxy = std::move(proxy);
    profile->name = toStd(shown);
    storage::OpenOptions open;
    if (options.fastKeyDerivation)
        open.cost = {1, 8192};
    VALISE_TRY(profile->database, storage::Database::create(QFileInfo(options.home).filesystemFilePath(),
                                                            passphrase.view(), profile->random, open));
    if (m_environment.onOpened)
        m_environment.onOpened(*profile->database);
    profile->account = crypto::schnorrGenerate(profile->random);
    VALISE_CHECK(profile->write([&]() -> Result<void> {
        storage::Account account;
        account.name = profile->name;
        account.secretKey = crypto::Secret(profile->account.privateKey.view());
        account.publicKey = profile->account.publicKey;
        account.createdMs = profile->clock.nowMs();
        auto& store = profile->stores().account;
        VALISE_CHECK(store.put(account));
        for (const storage::RelayRole role :
             {storage::RelayRole::Inbox, storage::RelayRole::Write, storage::RelayRole::KeyPackage})
            VALISE_CHECK(store.setRelays(role, checked));
        if (options.allowInsecureRelays)
            VALISE_CHECK(profile->stores().settings.setNumber(kAllowInsecure, 1));
        return writeProxy(profile->stores().settings, profile->proxy);
    }));
    m_profile = std::move(profile);
    m_parts = std::make_unique<Parts>(*m_profile, m_environment);
    VALISE_CHECK(m_profile->write([&] { return m_parts->invitations.publishAccount(); }));
    VALISE_CHECK(start());
    return account();
}

Result<AccountRecord> Engine::openProfile(const ProfileOptions& options, const crypto::Secret& passphrase) {
    closeProfile();
    std::unique_ptr<Profile> profile = newProfile(options);
    const auto folder = QFileInfo(options.home).filesystemFilePath();
    auto opened = storage::Database::open(folder, passphrase.view());
    if (!opened && (opened.error().code == ErrorCode::StorageReadOnly ||
                    opened.error().code == ErrorCode::StorageDamaged)) {
        opened = storage::Database::openForReading(folder, passphrase.view(), Error(opened.error()));
        profile->options.online = false; // what comes could not be kept
    }
    VALISE_TRY(profile->database, std::move(opened));
    if (m_environment.onOpened)
        m_environment.onOpened(*profile->database);
    VALISE_TRY(const auto account, profile->stores().account.get());
    if (!account)
        return {ErrorCode::StorageDamaged, "a profile without an account"};
    profile->name = account->name;
    VALISE_TRY(const auto insecure, profile->stores().settings.number(kAllowInsecure));
    profile->options.allowInsecureRelays = options.allowInsecureRelays || insecure.value_or(0) == 1;
    VALISE_TRY(profile->proxy, readProxy(profile->stores().settings));
    VALISE_TRY(profile->account, crypto::schnorrFromPrivate(account->secretKey.view()));
    m_profile = std::move(profile);
    m_parts = std::make_unique<Parts>(*m_profile, m_environment);
    VALISE_CHECK(start());
    return this->account();
}

Result<void> Engine::start() {
    Parts& parts = *m_parts;
    net::RelayPool& pool = parts.pool;
    Conversations& conversations = parts.conversations;
    const auto later = [this] {
        if (!m_status.isActive())
            m_status.start(kStatusMs);
    };
    pool.setAuthSigner([this](const std::string& url, const std::string& challenge) -> Result<std::string> {
        VALISE_TRY(const nostr::Event event,
                   nostr::makeAuthEvent(url, challenge, m_profile->account,
                                        static_cast<std::uint64_t>(m_profile->clock.now()),
                                        m_profile->random));
        return event.toJson();
    });
    connect(&pool, &net::RelayPool::eventReceived, this,
            [this](const QString& subscription, const nostr::Event& event) {
                if (subscription == QLatin1String(Invitations::kInbox))
                    m_parts->invitations.onGiftWrap(event);
                else
                    m_parts->conversations.enqueueEvent(event);
            });
    connect(&pool, &net::RelayPool::cursorAdvanced, this,
            [this](const QString& subscription, const QString& relay, qint64 createdAt) {
                if (subscription != QLatin1String(Invitations::kInbox)) {
                    m_parts->conversations.enqueueCursor(subscription, relay, createdAt);
                    return;
                }
                // Gift wraps are handled as they come.
                const auto done =
                    m_profile->stores().cursors.advance(toStd(relay), Invitations::kInbox, createdAt);
                if (!done)
                    log(LogLevel::Warning, "engine", done.error().detail);
            });
    connect(&pool, &net::RelayPool::rejected, this,
            [this](const QString& relay, const QString& reason, const QString& detail) {
                const auto done =
                    m_profile->stores().counters.add(toStd(relay), "rejected", toStd(reason),
                                                     m_profile->clock.nowMs(), toStd(detail.left(200)));
                if (!done)
                    log(LogLevel::Warning, "engine", done.error().detail);
            });
    connect(&pool, &net::RelayPool::subscriptionClosed, this,
            [this](const QString&, const QString& relay, const QString& reason) {
                const auto done =
                    m_profile->stores().counters.add(toStd(relay), "relay", "subscription_closed",
                                                     m_profile->clock.nowMs(), toStd(reason.left(200)));
                if (!done)
                    log(LogLevel::Warning, "engine", done.error().detail);
            });
    connect(&pool, &net::RelayPool::relayStateChanged, this, later);
    connect(&pool, &net::RelayPool::relayCaughtUp, this, [this, later] {
        m_parts->conversations.flushAll(); // what was held until the groups are up to date
        later();
    });
    connect(&pool, &net::RelayPool::caughtUp, this, later);
    // Ready may come before the relay's challenge is answered; held messages leave when the state has
    // settled.
    connect(&pool, &net::RelayPool::relayStateChanged, this, [this](const QString&, net::RelayState state) {
        if (state == net::RelayState::Connected)
            m_parts->conversations.flushAll();
    });
    connect(&parts.outbox, &OutboxPump::accepted, this,
            [this](const storage::OutboxRow& row, const storage::OutboxProgress&, bool first) {
                m_parts->conversations.onOutboxAccepted(row, first);
                m_parts->invitations.onOutboxAccepted(row);
            });
    connect(&parts.outbox, &OutboxPump::failed, &conversations, &Conversations::onOutboxFailed);
    connect(&parts.outbox, &OutboxPump::changed, this, later);
    connect(&parts.directory, &Directory::idle, this, later);
    connect(&parts.directory, &Directory::namesChanged, this, [this] {
        QMetaObject::invokeMethod(m_reader, [reader = m_reader] { reader->forgetNames(); });
        m_parts->conversations.emitAll();
    });
    connect(&parts.pool, &net::RelayPool::clockJudged, this, [this] {
        m_parts->conversations.flushAll(); // what waited for the right time
        updateStatus();
    });
    connect(&conversations, &Conversations::conversationChanged, this, &Engine::conversationChanged);
    connect(&conversations, &Conversations::messagesAdded, this, &Engine::messagesAdded);
    connect(&conversations, &Conversations::messageChanged, this, &Engine::messageChanged);
    connect(&conversations, &Conversations::messageRemoved, this, &Engine::messageRemoved);
    connect(&conversations, &Conversations::typingChanged, this, &Engine::typingChanged);
    connect(&conversations, &Conversations::changed, this, later);

    VALISE_TRY(std::unique_ptr<storage::Reader> reader, m_profile->database->openReader());
    std::shared_ptr<storage::Reader> shared = std::move(reader);
    QMetaObject::invokeMethod(m_reader,
                              [target = m_reader, shared, self = m_profile->account.publicKey,
                               name = toQString(m_profile->name)] { target->attach(shared, self, name); });
    shared.reset();

    m_idle = false;
    if (m_profile->options.online) {
        VALISE_TRY(const auto relays, m_profile->stores().account.relays(storage::RelayRole::Inbox));
        pool.setRelays(normalisedRelays(relays, m_profile->options.allowInsecureRelays));
        VALISE_CHECK(parts.invitations.start());
    }
    VALISE_CHECK(conversations.load());
    if (!m_profile->database->restriction())
        parts.outbox.recover();
    if (m_profile->options.online)
        parts.outbox.wake();
    later();
    return {};
}

void Engine::closeProfile() {
    m_status.stop();
    m_tidy.stop();
    if (m_parts)
        m_parts->pool.shutdown();
    // The reader's connection must be gone before the database closes. It never waits for this thread.
    if (m_profile && m_reader->thread() != thread() && m_reader->thread()->isRunning())
        QMetaObject::invokeMethod(
            m_reader, [reader = m_reader] { reader->detach(); }, Qt::BlockingQueuedConnection);
    else if (m_profile)
        m_reader->detach();
    m_parts.reset();
    m_profile.reset();
    const auto waiters = std::exchange(m_idleWaiters, {});
    for (const Reply<void>& waiter : waiters)
        waiter(Error{ErrorCode::Cancelled, "the profile was closed"});
}

Result<Conversations*> Engine::conversations() {
    if (!m_parts)
        return {ErrorCode::NotFound, "no profile is open"};
    return &m_parts->conversations;
}

Result<void> Engine::checkIntegrity() {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    return m_profile->database->checkIntegrity();
}

Result<AccountRecord> Engine::account() {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    VALISE_TRY(const auto relays, m_profile->stores().account.relays(storage::RelayRole::Inbox));
    AccountRecord out;
    out.key = toQt(m_profile->account.publicKey);
    out.name = toQString(m_profile->name);
    out.address = RecordMapper::addressOf(m_profile->account.publicKey);
    out.invitationLink = Directory::invitationLink(m_profile->account.publicKey, relays, out.name);
    out.relays = toQStrings(relays);
    out.insecureRelays = m_profile->options.allowInsecureRelays;
    out.restriction = m_profile->database->restriction();
    return out;
}

Result<QVector<ContactRecord>> Engine::contacts() {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    VALISE_TRY(const auto all, m_profile->stores().contacts.list(true));
    QVector<ContactRecord> out;
    for (const storage::Contact& contact : all)
        out.append(m_parts->mapper.contact(contact));
    return out;
}

Result<QVector<DiagnosticRecord>> Engine::diagnostics() {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    auto& stores = m_profile->stores();
    QVector<DiagnosticRecord> out;
    VALISE_TRY(const auto counters, stores.counters.list());
    for (const storage::Counter& counter : counters)
        out.append({toQString(counter.scope), toQString(counter.category),
                    toQString(counter.reason + (counter.lastDetail.empty() ? "" : ": " + counter.lastDetail)),
                    counter.count, counter.lastMs / 1000});
    VALISE_TRY(const auto waiting, stores.deferred.listAll());
    for (const storage::DeferredEvent& event : waiting)
        out.append({toQString(toHex(event.groupHint)), QStringLiteral("deferred"), toQString(event.reason),
                    static_cast<qint64>(event.tries) + 1, event.lastTryMs / 1000});
    out.append(m_parts->conversations.diagnostics());
    for (const net::RelayStatus& status : m_parts->pool.statuses()) {
        QString reason = QString::fromLatin1(net::relayStateName(status.state));
        if (status.lastError)
            reason +=
                QStringLiteral(": %1 (%2)")
                    .arg(toQString(errorName(status.lastError->code)), toQString(status.lastError->detail));
        if (status.paymentRequired)
            reason += QStringLiteral("; wants to be paid");
        out.append({toQString(status.url), QStringLiteral("relay"), reason,
                    static_cast<qint64>(status.eventsReceived), m_profile->clock.now()});
    }
    return out;
}

Result<ContactRecord> Engine::addContact(const QString& address, const QString& name) {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    VALISE_TRY(const auto parsed, Directory::parseAddress(address));
    if (parsed.first.pubkey == m_profile->account.publicKey)
        return {ErrorCode::InvalidArgument, "this is your own address"};
    VALISE_TRY(const auto existing, m_profile->stores().contacts.get(parsed.first.pubkey));
    storage::Contact contact = existing ? *existing : storage::Contact{};
    contact.publicKey = parsed.first.pubkey;
    const QString given = name.trimmed().isEmpty() ? parsed.second : name.trimmed();
    if (!given.isEmpty())
        contact.petname = toStd(given.left(kMaxName));
    for (const std::string& relay :
         normalisedRelays(parsed.first.relays, m_profile->options.allowInsecureRelays))
        if (std::find(contact.relays.begin(), contact.relays.end(), relay) == contact.relays.end())
            contact.relays.push_back(relay);
    if (contact.addedMs == 0)
        contact.addedMs = m_profile->clock.nowMs();
    contact.known = true;
    VALISE_CHECK(m_profile->write([&] { return m_profile->stores().contacts.put(contact); }));
    QMetaObject::invokeMethod(m_reader, [reader = m_reader] { reader->forgetNames(); });
    m_parts->conversations.emitAll();
    if (m_profile->options.online)
        m_parts->directory.refreshNames({contact.publicKey});
    return m_parts->mapper.contact(contact);
}

Result<QString> Engine::preference(const QString& name) {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    VALISE_TRY(const auto value, m_profile->stores().settings.text("window." + toStd(name)));
    return value ? toQString(*value) : QString();
}

Result<void> Engine::setPreference(const QString& name, const QString& value) {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    return m_profile->write(
        [&] { return m_profile->stores().settings.setText("window." + toStd(name), toStd(value)); });
}

Result<void> Engine::setName(const QString& name) {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    const QString shown = name.trimmed();
    if (shown.isEmpty() || shown.size() > kMaxName)
        return {ErrorCode::InvalidArgument, "a name of 1 to 64 characters is needed"};
    const std::string before = m_profile->name;
    m_profile->name = toStd(shown);
    const auto written = m_profile->write([&]() -> Result<void> {
        VALISE_CHECK(m_profile->stores().account.setName(m_profile->name));
        return m_parts->invitations.publishProfile();
    });
    if (!written) {
        m_profile->name = before;
        return written;
    }
    m_parts->mapper.setOwnName(shown);
    QMetaObject::invokeMethod(m_reader, [reader = m_reader, shown] { reader->setOwnName(shown); });
    m_parts->outbox.wake();
    if (const auto record = account())
        emit accountChanged(*record);
    return {};
}

Result<void> Engine::setRelays(const QStringList& urls) {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    VALISE_TRY(const std::vector<std::string> checked,
               checkRelays(urls, m_profile->options.allowInsecureRelays));
    if (checked.empty())
        return {ErrorCode::InvalidArgument, "at least one relay is needed"};
    VALISE_CHECK(m_profile->write([&]() -> Result<void> {
        for (const storage::RelayRole role :
             {storage::RelayRole::Inbox, storage::RelayRole::Write, storage::RelayRole::KeyPackage})
            VALISE_CHECK(m_profile->stores().account.setRelays(role, checked));
        return m_parts->invitations.publishAccount();
    }));
    if (m_profile->options.online) {
        m_parts->pool.setRelays(normalisedRelays(checked, m_profile->options.allowInsecureRelays));
        VALISE_CHECK(m_parts->invitations.start());
    }
    m_parts->outbox.wake();
    if (const auto record = account())
        emit accountChanged(*record);
    return {};
}

Result<ProxyRecord> Engine::proxy() {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    return toProxyRecord(m_profile->proxy);
}

Result<void> Engine::setProxy(const ProxyRecord& proxy, const std::optional<QString>& password) {
    if (!m_profile)
        return {ErrorCode::NotFound, "no profile is open"};
    const net::ProxySettings& before = m_profile->proxy;
    VALISE_TRY(net::ProxySettings settings, toProxySettings(proxy, password.value_or(QString())));
    // A password is for the proxy it was given for.
    if (!password && settings.host == before.host && settings.port == before.port &&
        settings.user == before.user)
        settings.password = before.password;
    VALISE_CHECK(m_profile->write([&] { return writeProxy(m_profile->stores().settings, settings); }));
    m_profile->proxy = std::move(settings);
    m_parts->pool.setProxy(m_profile->proxy);
    return {};
}

void Engine::connectNow() {
    if (m_parts)
        m_parts->pool.networkAvailable();
}

void Engine::announce() {
    updateStatus();
    emit idleChanged(m_idle);
}

void Engine::whenIdle(Reply<void> reply) {
    if (!m_parts) {
        reply(Error{ErrorCode::NotFound, "no profile is open"});
        return;
    }
    m_idleWaiters.push_back(std::move(reply));
    if (!m_status.isActive())
        m_status.start(kStatusMs);
}

void Engine::tidy() {
    if (!m_parts || !m_idle || m_profile->database->restriction())
        return;
    const auto done = m_profile->stores().search.forgetDeleted();
    if (done && !*done)
        m_tidy.start(kTidyMs);
}

bool Engine::computeIdle() {
    Parts& parts = *m_parts;
    if (!m_profile->options.online)
        return true;
    if (!parts.conversations.idle() || parts.directory.busy() || parts.outbox.busy())
        return false;
    const auto statuses = parts.pool.statuses();
    const bool reachable = std::any_of(statuses.begin(), statuses.end(), [](const net::RelayStatus& status) {
        return status.state == net::RelayState::Connected || status.state == net::RelayState::Connecting ||
               status.state == net::RelayState::Authenticating ||
               (status.state == net::RelayState::Disconnected && !status.lastError);
    });
    // Without a relay there is nothing to wait for now.
    if (!reachable)
        return true;
    return parts.pool.isCaughtUp(Invitations::kInbox) && parts.conversations.caughtUp();
}

void Engine::updateStatus() {
    if (!m_parts)
        return;
    ConnectionRecord connection;
    for (const net::RelayStatus& status : m_parts->pool.statuses()) {
        RelayRecord relay = toRelayRecord(status);
        connection.connected += relay.state == RelayState::Connected ? 1 : 0;
        ++connection.total;
        connection.relays.append(std::move(relay));
    }
    connection.failure = commonFailure(connection.relays);
    connection.clockAheadSeconds = m_parts->pool.clockAheadMs() / 1000;
    connection.queued = m_parts->conversations.queuedCount();
    const bool idle = computeIdle();
    connection.catchingUp = connection.connected > 0 && !idle;
    emit connectionChanged(connection);
    if (idle && !m_tidy.isActive())
        m_tidy.start(kTidyMs);
    if (idle != m_idle) {
        m_idle = idle;
        emit idleChanged(idle);
    }
    if (idle) {
        const auto waiters = std::exchange(m_idleWaiters, {});
        for (const Reply<void>& waiter : waiters)
            waiter({});
    }
}

} // namespace valise::client
