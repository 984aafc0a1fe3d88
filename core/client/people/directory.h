// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/client/spine/group_follower.h"
#include "core/marmot/key_package.h"
#include "core/net/relay_pool.h"
#include "core/nostr/nip19.h"

#include <QObject>

#include <functional>

namespace valise::client {

//! A person as found on the relays: how to invite them and where their inbox is.
struct Invitee {
    marmot::InvitePackage package;
    std::vector<std::string> inbox; //!< kind 10050, or where they said they are reached
};

//! The change that lets people in who were found.
marmot::AddMembers toAddMembers(std::vector<Invitee> people);

//! Finds people on relays: their relay lists, KeyPackages and published names.
class Directory : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Directory(Profile& profile, net::RelayPool& pool, QObject* parent);

    //! Reads an address as a person pastes it: npub, nprofile, nostr: or an invitation link of this program.
    //! The second part is the name the link suggests.
    static Result<std::pair<nostr::ProfilePointer, QString>> parseAddress(const QString& text);
    //! The link others use to start a conversation with this account.
    static QString invitationLink(const storage::Id32& account, const std::vector<std::string>& relays,
                                  const QString& name);

    using Found = std::function<void(Result<std::vector<Invitee>>)>;
    //! Looks everybody up; one who cannot be invited fails the whole with NoInvitation (detail: the address).
    //! Calls `done` once, later.
    void find(const std::vector<nostr::ProfilePointer>& people, Found done);
    //! The same for addresses as people paste them; nobody is named twice. Errors: InvalidArgument for a
    //! malformed address and for this account's own.
    void findByAddress(const QStringList& addresses, Found done);
    //! Fetches published names of accounts not asked about in the last hour, in the background.
    void refreshNames(const std::vector<storage::Id32>& accounts);
    bool busy() const { return m_lookups > 0; }

    void follow(const Effects& effects) override;

signals:
    //! A published name became known or changed.
    void namesChanged();
    void idle();

private:
    struct Search;
    void findInbox(std::shared_ptr<Search> search);
    void findPackages(std::shared_ptr<Search> search);
    void finishSearch(const std::shared_ptr<Search>& search);
    std::vector<std::string> ownRelays();
    void endLookup();

    Profile& m_profile;
    net::RelayPool& m_pool;
    int m_lookups = 0;
    std::map<storage::Id32, std::int64_t> m_asked; // milliseconds
};

} // namespace valise::client
