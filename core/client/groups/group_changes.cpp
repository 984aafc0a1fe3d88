// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/groups/group_changes.h"

namespace valise::client {

namespace {

const Error kNoGroup{ErrorCode::NotFound, "no such conversation"};

} // namespace

void GroupChanges::addMembers(const Bytes& group, const QStringList& addresses, Done done) {
    if (!m_sessions.engine(group)) {
        done(kNoGroup);
        return;
    }
    m_directory.findByAddress(addresses, [this, group, done](Result<std::vector<Invitee>> people) {
        if (!people) {
            done(people.error());
            return;
        }
        m_commits.propose(group, toAddMembers(std::move(people).value()), done);
    });
}

void GroupChanges::removeMember(const Bytes& group, const marmot::Id32& account, Done done) {
    m_commits.propose(group, marmot::RemoveMembers{{account}}, std::move(done));
}

void GroupChanges::rename(const Bytes& group, const QString& name, Done done) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found) {
        done(kNoGroup);
        return;
    }
    marmot::GroupProfile profile = found->state().profile;
    profile.name = toStd(name.trimmed());
    m_commits.propose(group, marmot::SetProfile{std::move(profile)}, std::move(done));
}

void GroupChanges::setAdministrator(const Bytes& group, const marmot::Id32& account, bool on, Done done) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found) {
        done(kNoGroup);
        return;
    }
    std::vector<marmot::Id32> admins = found->state().admins.admins;
    if (std::erase(admins, account) == (on ? 1 : 0)) {
        done({}); // as it is
        return;
    }
    if (on)
        admins.push_back(account);
    if (admins.empty()) {
        done(Error{ErrorCode::NotAuthorized, "somebody must be administrator"});
        return;
    }
    m_commits.propose(group, marmot::SetAdmins{std::move(admins)}, std::move(done));
}

void GroupChanges::setRetention(const Bytes& group, quint64 seconds, Done done) {
    m_commits.propose(group, marmot::SetRetention{seconds}, std::move(done));
}

void GroupChanges::setRelays(const Bytes& group, const QStringList& urls, Done done) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found) {
        done(kNoGroup);
        return;
    }
    marmot::NostrRouting routing = found->state().routing;
    routing.relays.clear();
    for (const QString& url : urls) {
        auto checked = net::checkRelayUrl(toStd(url.trimmed()), m_profile.options.allowInsecureRelays);
        if (!checked) {
            done(checked.error());
            return;
        }
        if (std::find(routing.relays.begin(), routing.relays.end(), *checked) == routing.relays.end())
            routing.relays.push_back(std::move(*checked));
    }
    m_commits.propose(group, marmot::SetRouting{std::move(routing)}, std::move(done));
}

void GroupChanges::disband(const Bytes& group, Done done) {
    m_commits.propose(group, marmot::Disband{}, std::move(done));
}

} // namespace valise::client
