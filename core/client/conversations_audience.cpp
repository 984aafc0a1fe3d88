// SPDX-License-Identifier: AGPL-3.0-or-later
// Who reads what is written: told before the first message to a group, and when somebody joined since the
// last one.
#include "core/client/conversations.h"

#include "core/base/encoding.h"

namespace valise::client {

namespace {

std::string settingOf(const Bytes& group) {
    return "audience." + toHex(group);
}

} // namespace

Result<AudienceRecord> Conversations::audience(const Bytes& group) {
    const marmot::GroupEngine* found = session(group);
    if (!found)
        return {ErrorCode::NotFound, "no such conversation"};
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto noted, stores.settings.blob(settingOf(group)));
    std::set<storage::Id32> before;
    for (std::size_t at = 0; noted && at + sizeof(storage::Id32) <= noted->size();
         at += sizeof(storage::Id32)) {
        storage::Id32 account;
        std::copy_n(noted->begin() + static_cast<std::ptrdiff_t>(at), account.size(), account.begin());
        before.insert(account);
    }
    AudienceRecord out;
    out.first = !noted;
    for (const marmot::GroupMember& member : found->members()) {
        ++out.members;
        if (member.account == found->self())
            continue;
        VALISE_TRY(const auto contact, stores.contacts.get(member.account));
        if (!contact || !contact->verified)
            ++out.unverified;
        if (noted && !before.count(member.account))
            out.joined.append(m_mapper.nameOf(member.account));
    }
    return out;
}

Result<void> Conversations::noteAudience(const Bytes& group) {
    const marmot::GroupEngine* found = session(group);
    if (!found)
        return {};
    Bytes accounts;
    for (const marmot::GroupMember& member : found->members())
        append(accounts, member.account);
    VALISE_TRY(const auto noted, m_profile.stores().settings.blob(settingOf(group)));
    return noted == accounts ? Result<void>()
                             : m_profile.stores().settings.setBlob(settingOf(group), accounts);
}

} // namespace valise::client
