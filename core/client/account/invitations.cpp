// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/account/invitations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/client/spine/outbox_rows.h"
#include "core/client/spine/relay_names.h"
#include "core/marmot/welcome.h"
#include "core/nostr/nip59.h"
#include "core/nostr/profile.h"
#include "core/nostr/relay_list.h"

namespace valise::client {

namespace {

// Gift wraps are dated back by up to two days; an hour more for clocks.
constexpr std::int64_t kInboxOverlap = static_cast<std::int64_t>(nostr::kGiftWrapBackdate) + 3600;
// A KeyPackage lives twelve weeks; a new one is published with half of that left.
constexpr std::int64_t kRenewBeforeMs = std::int64_t{42} * 24 * 3600 * 1000;

// Invitations that cannot be followed yet wait under this name, at most so many.
constexpr std::string_view kWaiting = "welcomes";
constexpr std::int64_t kMostWaiting = 8;
constexpr int kRetryMs = 15'000;
constexpr std::int64_t kRetryForMs = 3'600'000;

bool isOfStorage(ErrorCode code) {
    return code >= ErrorCode::StorageDamaged && code <= ErrorCode::StorageFailed;
}

} // namespace

Invitations::Invitations(Profile& profile, net::RelayPool& pool, OutboxPump& outbox, Joining& joining,
                         QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_outbox(outbox)
    , m_joining(joining) {
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Invitations::retryWaiting);
}

Result<void> Invitations::queue(const nostr::Event& event, storage::OutboxPurpose purpose) {
    VALISE_TRY(const auto relays, m_profile.stores().account.relays(storage::RelayRole::Write));
    const storage::OutboxRow row = outboxRow(m_profile, purpose, event, relays);
    if (row.targets.empty())
        return {};
    const auto added = m_profile.stores().outbox.add(row);
    // The same words in the same second give the same event, which is on its way already.
    if (!added && added.error().code != ErrorCode::AlreadyExists)
        return added.error();
    return {};
}

Result<void> Invitations::publishProfile() {
    nostr::Profile profile;
    profile.name = m_profile.name;
    profile.displayName = m_profile.name;
    VALISE_TRY(nostr::UnsignedEvent draft,
               nostr::makeProfile(profile, static_cast<std::uint64_t>(m_profile.clock.now())));
    return queue(nostr::sign(std::move(draft), m_profile.account, m_profile.random),
                 storage::OutboxPurpose::Profile);
}

Result<void> Invitations::publishAccount() {
    const auto now = static_cast<std::uint64_t>(m_profile.clock.now());
    VALISE_TRY(const auto relays, m_profile.stores().account.relays(storage::RelayRole::Write));
    VALISE_TRY(const auto inbox, m_profile.stores().account.relays(storage::RelayRole::Inbox));
    if (!relays.empty()) {
        std::vector<nostr::RelayListEntry> entries;
        for (const std::string& relay : relays)
            entries.push_back({relay, true, true});
        VALISE_TRY(nostr::UnsignedEvent list, nostr::makeRelayList(entries, now));
        VALISE_CHECK(queue(nostr::sign(std::move(list), m_profile.account, m_profile.random),
                           storage::OutboxPurpose::RelayList));
        VALISE_TRY(nostr::UnsignedEvent inboxList, nostr::makeInboxRelays(inbox, now));
        VALISE_CHECK(queue(nostr::sign(std::move(inboxList), m_profile.account, m_profile.random),
                           storage::OutboxPurpose::RelayList));
    }
    VALISE_CHECK(publishProfile());
    return rotate();
}

Result<void> Invitations::makeKeyPackage(const std::string& slot, std::int64_t now) {
    const marmot::OwnKeyPackage own = marmot::makeKeyPackage(m_profile.account, slot, now, m_profile.random);
    storage::KeyPackageRow record;
    record.slot = own.slot;
    record.reference = own.reference;
    record.bundle = own.bundle.serialize();
    const crypto::WipeGuard guard(record.bundle);
    record.eventId = own.event.id;
    record.eventJson = toBytes(viewOf(own.event.toJson()));
    record.createdMs = now * 1000;
    record.expiresMs = static_cast<std::int64_t>(own.notAfter) * 1000;
    VALISE_CHECK(m_profile.stores().keyPackages.put(record));
    return queue(own.event, storage::OutboxPurpose::KeyPackage);
}

Result<void> Invitations::rotate() {
    // The slot stays; the packages before it are kept until they expire, for Welcomes that are on their way.
    auto& store = m_profile.stores().keyPackages;
    VALISE_TRY(const auto all, store.list());
    for (const storage::KeyPackageRow& record : all)
        if (record.state == storage::KeyPackageState::Draft ||
            record.state == storage::KeyPackageState::Published)
            VALISE_CHECK(store.setState(record.reference, storage::KeyPackageState::Retired));
    if (all.empty())
        return makeKeyPackage({}, m_profile.clock.now());
    // Of two events in one second relays keep the one with the lower id, so the replacement must be younger.
    return makeKeyPackage(all.front().slot,
                          std::max(m_profile.clock.now(), all.front().createdMs / 1000 + 1));
}

Result<void> Invitations::start() {
    const std::int64_t now = m_profile.clock.nowMs();
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        auto& store = m_profile.stores().keyPackages;
        VALISE_CHECK(store.removeExpired(now));
        VALISE_TRY(const auto all, store.list());
        const bool fresh = std::any_of(all.begin(), all.end(), [&](const storage::KeyPackageRow& record) {
            return (record.state == storage::KeyPackageState::Draft ||
                    record.state == storage::KeyPackageState::Published) &&
                   record.expiresMs - now > kRenewBeforeMs;
        });
        return fresh ? Result<void>() : rotate();
    }));
    m_outbox.wake();

    VALISE_TRY(const auto relays, m_profile.stores().account.relays(storage::RelayRole::Inbox));
    net::Subscription subscription;
    subscription.id = kInbox;
    subscription.relays = normalisedRelays(relays, m_profile.options.allowInsecureRelays);
    subscription.overlapSeconds = kInboxOverlap;
    nostr::Filter filter;
    filter.kinds = {nostr::kind::kGiftWrap};
    filter.tags['p'] = {toHex(m_profile.account.publicKey)};
    subscription.filters = {filter};
    for (const std::string& relay : subscription.relays) {
        const auto cursor = m_profile.stores().cursors.get(relay, kInbox);
        if (cursor && *cursor)
            subscription.cursors[relay] = **cursor;
    }
    m_pool.subscribe(subscription);
    m_retry.start(kRetryMs);
    return {};
}

void Invitations::onOutboxAccepted(const storage::OutboxRow& row) {
    if (row.purpose != storage::OutboxPurpose::KeyPackage)
        return;
    auto& store = m_profile.stores().keyPackages;
    const auto record = store.byEvent(row.eventId);
    if (record && *record && (*record)->state == storage::KeyPackageState::Draft)
        if (const auto done = store.setState((*record)->reference, storage::KeyPackageState::Published);
            !done)
            log(LogLevel::Warning, "invitations", done.error().detail);
}

void Invitations::onGiftWrap(const nostr::Event& event) {
    auto& stores = m_profile.stores();
    const auto old = stores.seen.contains({}, event.id);
    if (old && *old)
        return;
    const auto done = openWrap(event, m_profile.clock.nowMs());
    if (!done && isOfStorage(done.error().code)) {
        log(LogLevel::Error, "invitations", done.error().detail);
        return; // not seen: it is fetched again when the disk has recovered
    }
    const std::int64_t now = m_profile.clock.nowMs();
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(stores.seen.add({}, event.id, now));
        if (done)
            return {};
        if (done.error().code == ErrorCode::PendingChange) {
            storage::DeferredEvent waiting;
            waiting.eventJson = toBytes(viewOf(event.toJson()));
            waiting.eventId = event.id;
            waiting.groupHint = toBytes(viewOf(kWaiting));
            waiting.reason = done.error().detail;
            waiting.firstSeenMs = now;
            waiting.lastTryMs = now;
            VALISE_TRY(const auto kept, stores.deferred.defer(waiting, kMostWaiting));
            m_retry.start(kRetryMs);
            return {};
        }
        const bool harmless = done.error().code == ErrorCode::AlreadyExists;
        return stores.counters.add("inbox", harmless ? "duplicate" : "rejected", errorName(done.error().code),
                                   now, done.error().detail.substr(0, 200));
    });
    if (!written)
        log(LogLevel::Warning, "invitations", written.error().detail);
}

void Invitations::retryWaiting() {
    auto& inbox = m_profile.stores().deferred;
    const auto waiting = inbox.list(viewOf(kWaiting));
    if (!waiting || waiting->empty())
        return;
    // An old one is looked at only when a group moves on.
    if (waiting->back().firstSeenMs > m_profile.clock.nowMs() - kRetryForMs)
        m_retry.start(kRetryMs);
    for (const storage::DeferredEvent& deferred : *waiting) {
        const auto event = nostr::parseEvent(textOf(deferred.eventJson));
        const auto done = event ? openWrap(*event, deferred.firstSeenMs) : Result<void>(event.error());
        if (!done && (done.error().code == ErrorCode::PendingChange || isOfStorage(done.error().code)))
            continue;
        if (const auto removed = m_profile.write([&] { return inbox.remove(deferred.id); }); !removed)
            log(LogLevel::Warning, "invitations", removed.error().detail);
    }
}

Result<void> Invitations::openWrap(const nostr::Event& event, std::int64_t firstSeenMs) {
    VALISE_TRY(const nostr::Unwrapped opened, nostr::giftUnwrap(event, m_profile.account));
    if (opened.rumor.kind != nostr::kind::kWelcome)
        return {ErrorCode::Unsupported, "a gift wrap that is not an invitation"};
    VALISE_TRY(const marmot::WelcomeMessage welcome, marmot::readWelcomeRumor(opened.rumor));
    auto& store = m_profile.stores().keyPackages;
    VALISE_TRY(auto record, store.byEvent(welcome.keyPackageEvent));
    if (!record)
        return {ErrorCode::NotFound, "an invitation to a KeyPackage that is gone"};
    const crypto::WipeGuard guard(record->bundle);
    VALISE_TRY(const mls::KeyPackageBundle bundle, mls::KeyPackageBundle::deserialize(record->bundle));
    VALISE_CHECK(m_joining.join(welcome, bundle, event.id, firstSeenMs));
    // A last-resort KeyPackage stays usable until its replacement is published, but the next invitation
    // should not rest on the same key.
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        if (record->state == storage::KeyPackageState::Used)
            return {};
        VALISE_CHECK(rotate());
        return store.setState(record->reference, storage::KeyPackageState::Used);
    }));
    m_outbox.wake();
    return {};
}

} // namespace valise::client
