// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/people/contacts.h"

#include "core/client/people/names.h"
#include "core/client/spine/relay_names.h"

namespace valise::client {

Result<QVector<ContactRecord>> Contacts::list() {
    VALISE_TRY(const auto all, m_profile.stores().contacts.list(true));
    QVector<ContactRecord> out;
    for (const storage::Contact& contact : all)
        out.append(m_mapper.contact(contact));
    return out;
}

Result<ContactRecord> Contacts::add(const QString& address, const QString& name) {
    VALISE_TRY(const auto parsed, Directory::parseAddress(address));
    if (parsed.first.pubkey == m_profile.account.publicKey)
        return {ErrorCode::InvalidArgument, "this is your own address"};
    VALISE_TRY(const auto existing, m_profile.stores().contacts.get(parsed.first.pubkey));
    storage::Contact contact = existing ? *existing : storage::Contact{};
    contact.publicKey = parsed.first.pubkey;
    const QString given = name.trimmed().isEmpty() ? parsed.second : name.trimmed();
    if (!given.isEmpty())
        contact.petname = toStd(given.left(kMaxName));
    for (const std::string& relay :
         normalisedRelays(parsed.first.relays, m_profile.options.allowInsecureRelays))
        if (std::find(contact.relays.begin(), contact.relays.end(), relay) == contact.relays.end())
            contact.relays.push_back(relay);
    if (contact.addedMs == 0)
        contact.addedMs = m_profile.clock.nowMs();
    contact.known = true;
    VALISE_CHECK(m_profile.write([&] { return m_profile.stores().contacts.put(contact); }));
    m_announcements.names();
    if (m_profile.options.online)
        m_directory.refreshNames({contact.publicKey});
    return m_mapper.contact(contact);
}

} // namespace valise::client
