// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/groups/founding.h"

#include "core/client/messages/system_lines.h"
#include "core/client/spine/welcomes.h"

namespace valise::client {

void Founding::create(const QString& name, const QStringList& addresses, Done done) {
    const std::string title = toStd(name.trimmed());
    m_directory.findByAddress(addresses, [this, title, done](Result<std::vector<Invitee>> people) {
        if (!people) {
            done(people.error());
            return;
        }
        const auto group = found(title, std::move(people).value());
        if (!group) {
            done(group.error());
            return;
        }
        const auto row = m_profile.stores().groups.conversation(*group);
        if (row && *row)
            done(m_mapper.conversation(**row));
        else
            done(Error{ErrorCode::Internal, "a conversation that was founded is not there"});
    });
}

Result<Bytes> Founding::found(const std::string& title, std::vector<Invitee> people) {
    marmot::Founding founding;
    founding.profile.name = title;
    if (auto own = m_profile.stores().account.relays(storage::RelayRole::Write))
        founding.relays = std::move(own).value();
    founding.invitees = toAddMembers(std::move(people)).invitees;
    VALISE_TRY(
        marmot::GroupEngine::Founded founded,
        marmot::GroupEngine::found(m_profile.account, founding, m_profile.clock.nowMs(), m_profile.random));
    const Bytes group = founded.engine.id();
    Effects effects;
    VALISE_CHECK(m_sessions.stepAll(
        [&](EngineCopies& copies) -> Result<void> {
            const marmot::GroupEngine& fresh = founded.engine;
            storage::GroupRow row;
            row.status = storage::GroupStatus::Joined;
            row.createdMs = m_profile.clock.nowMs();
            VALISE_CHECK(m_sessions.storeRow(fresh, row));
            VALISE_CHECK(m_feeds.readFrom(fresh, m_profile.clock.now()));
            for (const marmot::WelcomeDuty& welcome : founded.welcomes) {
                VALISE_CHECK(queueWelcome(m_profile, m_pool, group, welcome));
                VALISE_CHECK(know(welcome));
                effects.met.insert(welcome.recipient);
            }
            const storage::Id32& self = m_profile.account.publicKey;
            VALISE_CHECK(addSystemLine(m_profile, group, {fresh.history().tip().id, fresh.epoch()},
                                       m_profile.clock.now(), {SystemKind::Created, toQt(self), {}}, self,
                                       effects));
            copies.put(std::move(founded.engine));
            effects.routesChanged.insert(group);
            effects.outbox = true;
            return {};
        },
        effects));
    return group;
}

Result<void> Founding::know(const marmot::WelcomeDuty& invited) {
    // An invited person is somebody one knows.
    VALISE_TRY(auto contact, m_profile.stores().contacts.get(invited.recipient));
    storage::Contact known = contact ? *contact : storage::Contact{};
    known.publicKey = invited.recipient;
    if (known.addedMs == 0)
        known.addedMs = m_profile.clock.nowMs();
    known.known = true;
    if (known.relays.empty())
        known.relays = invited.inbox;
    return m_profile.stores().contacts.put(known);
}

} // namespace valise::client
