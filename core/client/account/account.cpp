// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/account/account.h"

#include "core/client/people/directory.h"
#include "core/client/people/names.h"
#include "core/client/spine/relay_names.h"

namespace valise::client {

namespace {

constexpr std::size_t kMostRelays = 16;

} // namespace

Result<std::vector<std::string>> checkedRelays(const QStringList& urls, bool allowInsecure) {
    std::vector<std::string> out;
    for (const QString& url : urls) {
        VALISE_TRY(std::string checked, net::checkRelayUrl(toStd(url.trimmed()), allowInsecure));
        if (std::find(out.begin(), out.end(), checked) == out.end())
            out.push_back(std::move(checked));
    }
    if (out.size() > kMostRelays)
        return {ErrorCode::LimitExceeded, "more than 16 relays"};
    return out;
}

Account::Account(Profile& profile, net::RelayPool& pool, OutboxPump& outbox, Invitations& invitations,
                 RecordMapper& mapper, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_outbox(outbox)
    , m_invitations(invitations)
    , m_mapper(mapper) {}

Result<AccountRecord> Account::record() {
    VALISE_TRY(const auto relays, m_profile.stores().account.relays(storage::RelayRole::Inbox));
    AccountRecord out;
    out.key = toQt(m_profile.account.publicKey);
    out.name = toQString(m_profile.name);
    out.address = RecordMapper::addressOf(m_profile.account.publicKey);
    out.invitationLink = Directory::invitationLink(m_profile.account.publicKey, relays, out.name);
    out.relays = toQStrings(relays);
    out.insecureRelays = m_profile.options.allowInsecureRelays;
    out.restriction = m_profile.database->restriction();
    return out;
}

void Account::tell() {
    m_outbox.wake();
    if (const auto now = record())
        emit accountChanged(*now);
}

Result<void> Account::setName(const QString& name) {
    VALISE_TRY(const QString shown, checkedName(name));
    const std::string before = std::exchange(m_profile.name, toStd(shown));
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(m_profile.stores().account.setName(m_profile.name));
        return m_invitations.publishProfile();
    });
    if (!written) {
        m_profile.name = before;
        return written;
    }
    m_mapper.setOwnName(shown);
    emit nameChanged(shown);
    tell();
    return {};
}

Result<void> Account::setRelays(const QStringList& urls) {
    VALISE_TRY(const std::vector<std::string> checked,
               checkedRelays(urls, m_profile.options.allowInsecureRelays));
    if (checked.empty())
        return {ErrorCode::InvalidArgument, "at least one relay is needed"};
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (const storage::RelayRole role :
             {storage::RelayRole::Inbox, storage::RelayRole::Write, storage::RelayRole::KeyPackage})
            VALISE_CHECK(m_profile.stores().account.setRelays(role, checked));
        return m_invitations.publishAccount();
    }));
    if (m_profile.options.online) {
        m_pool.setRelays(normalisedRelays(checked, m_profile.options.allowInsecureRelays));
        VALISE_CHECK(m_invitations.start());
    }
    tell();
    return {};
}

} // namespace valise::client
