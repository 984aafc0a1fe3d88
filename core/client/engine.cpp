// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/engine.h"

#include "core/client/history/history_reader.h"
#include "core/client/network/network_settings.h"
#include "core/client/people/names.h"

#include <QFileInfo>
#include <QThread>

namespace valise::client {

namespace {

// 1 where the person allowed ws:// to public addresses when the profile was made; missing otherwise.
constexpr const char* kAllowInsecure = "relays.allow_insecure";

} // namespace

Engine::Engine(HistoryReader* reader, Environment environment)
    : m_reader(reader)
    , m_environment(std::move(environment)) {
    if (!m_environment.clock)
        m_environment.clock = &m_systemClock;
    if (!m_environment.random)
        m_environment.random = &m_systemRandom;
}

Engine::~Engine() {
    closeProfile();
}

std::unique_ptr<Profile> Engine::newProfile(const ProfileOptions& options) const {
    auto profile = std::make_unique<Profile>(*m_environment.clock, *m_environment.random);
    profile->options = options;
    return profile;
}

Result<AccountRecord> Engine::createProfile(const ProfileOptions& options, const QString& name,
                                            const crypto::Secret& passphrase, const QStringList& relays) {
    closeProfile();
    VALISE_TRY(const QString shown, checkedName(name));
    if (passphrase.empty())
        return {ErrorCode::InvalidArgument, "a passphrase is needed"};
    VALISE_TRY(const std::vector<std::string> checked, checkedRelays(relays, options.allowInsecureRelays));
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
    return start(std::move(profile), true);
}

Result<AccountRecord> Engine::openProfile(const ProfileOptions& options, const crypto::Secret& passphrase) {
    closeProfile();
    std::unique_ptr<Profile> profile = newProfile(options);
    const auto folder = QFileInfo(options.home).filesystemFilePath();
    auto opened = storage::Database::open(folder, passphrase.view());
    if (!opened && (opened.error().code == ErrorCode::StorageReadOnly ||
                    opened.error().code == ErrorCode::StorageDamaged)) {
        opened = storage::Database::openForReading(folder, passphrase.view(), Error(opened.error()));
        profile->options.online = false; // a message that comes could not be kept
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
    return start(std::move(profile), false);
}

Result<AccountRecord> Engine::start(std::unique_ptr<Profile> profile, bool isNew) {
    m_profile = std::move(profile);
    m_parts = std::make_unique<EngineParts>(*m_profile, m_environment);
    if (isNew)
        VALISE_CHECK(m_profile->write([&] { return m_parts->invitations.publishAccount(); }));
    passOn();
    auto started = attachReader();
    if (started)
        started = m_parts->start();
    if (!started) {
        closeProfile();
        return started.error();
    }
    if (m_faces)
        m_parts->bind(*m_faces);
    return m_parts->account.record();
}

void Engine::passOn() {
    const Announcements* news = &m_parts->announcements;
    connect(news, &Announcements::conversationChanged, this, &Engine::conversationChanged);
    connect(news, &Announcements::messagesAdded, this, &Engine::messagesAdded);
    connect(news, &Announcements::messageChanged, this, &Engine::messageChanged);
    connect(news, &Announcements::messageRemoved, this, &Engine::messageRemoved);
    connect(news, &Announcements::membersChanged, this, &Engine::membersChanged);
    connect(news, &Announcements::typingChanged, this, &Engine::typingChanged);
    connect(&m_parts->status, &ConnectionStatus::connectionChanged, this, &Engine::connectionChanged);
    connect(&m_parts->status, &ConnectionStatus::idleChanged, this, &Engine::idleChanged);
    connect(&m_parts->account, &Account::accountChanged, this, &Engine::accountChanged);
    connect(news, &Announcements::namesChanged, this,
            [reader = m_reader] { QMetaObject::invokeMethod(reader, [reader] { reader->forgetNames(); }); });
    connect(&m_parts->account, &Account::nameChanged, this, [reader = m_reader](const QString& name) {
        QMetaObject::invokeMethod(reader, [reader, name] { reader->setOwnName(name); });
    });
}

Result<void> Engine::attachReader() {
    VALISE_TRY(std::unique_ptr<storage::Reader> reader, m_profile->database->openReader());
    std::shared_ptr<storage::Reader> shared = std::move(reader);
    QMetaObject::invokeMethod(m_reader,
                              [target = m_reader, shared, self = m_profile->account.publicKey,
                               name = toQString(m_profile->name)] { target->attach(shared, self, name); });
    return {};
}

void Engine::closeProfile() {
    if (m_faces)
        m_faces->release();
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
}

void Engine::announce() {
    if (m_parts)
        m_parts->status.announce();
}

} // namespace valise::client
