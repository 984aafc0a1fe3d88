// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/people/audience.h"

#include "core/base/encoding.h"

namespace valise::client {

namespace {

std::string settingOf(const Bytes& group) {
    return "audience." + toHex(group);
}

std::set<storage::Id32> accountsIn(const Bytes& accounts) {
    std::set<storage::Id32> out;
    for (ByteView rest = accounts; rest.size() >= sizeof(storage::Id32);
         rest = rest.subspan(sizeof(storage::Id32)))
        out.insert(*fixedBytes<sizeof(storage::Id32)>(rest.first(sizeof(storage::Id32))));
    return out;
}

} // namespace

Result<void> noteAudience(Profile& profile, const marmot::GroupEngine& engine) {
    Bytes accounts;
    for (const marmot::GroupMember& member : engine.members())
        append(accounts, member.account);
    auto& settings = profile.stores().settings;
    VALISE_TRY(const auto noted, settings.blob(settingOf(engine.id())));
    return noted == accounts ? Result<void>() : settings.setBlob(settingOf(engine.id()), accounts);
}

Result<AudienceRecord> Audience::audience(const Bytes& group) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found)
        return {ErrorCode::NotFound, "no such conversation"};
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto noted, stores.settings.blob(settingOf(group)));
    const std::set<storage::Id32> before = noted ? accountsIn(*noted) : std::set<storage::Id32>();
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

Result<QVector<MemberRecord>> Audience::members(const Bytes& group) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found)
        return {ErrorCode::NotFound, "no such conversation"};
    QVector<MemberRecord> out;
    const marmot::Id32 self = found->self();
    for (const marmot::GroupMember& member : found->members()) {
        MemberRecord record;
        record.key = toQt(member.account);
        record.name = m_mapper.nameOf(member.account);
        record.address = RecordMapper::addressOf(member.account);
        record.admin = member.admin;
        record.self = member.account == self;
        if (const auto contact = m_profile.stores().contacts.get(member.account); contact && *contact)
            record.verified = (*contact)->verified;
        out.append(std::move(record));
    }
    return out;
}

} // namespace valise::client
