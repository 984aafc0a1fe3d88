// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/account/account.h"
#include "core/client/announcements.h"
#include "core/client/environment.h"
#include "core/client/faces/faces.h"
#include "core/client/groups/founding.h"
#include "core/client/groups/group_changes.h"
#include "core/client/groups/joining.h"
#include "core/client/groups/key_renewal.h"
#include "core/client/groups/leaving.h"
#include "core/client/groups/repair.h"
#include "core/client/housekeeping.h"
#include "core/client/messages/expiry.h"
#include "core/client/messages/marks.h"
#include "core/client/messages/message_changes.h"
#include "core/client/messages/receipts.h"
#include "core/client/messages/receiver.h"
#include "core/client/messages/scheduled_messages.h"
#include "core/client/messages/system_lines.h"
#include "core/client/messages/timeline.h"
#include "core/client/network/connection_status.h"
#include "core/client/network/diagnostics.h"
#include "core/client/network/proxy_choice.h"
#include "core/client/people/audience.h"
#include "core/client/people/contacts.h"
#include "core/client/people/requests.h"

namespace valise::client {

//! Everything that works on an open profile: the spine (sessions, feeds, commits) and its tenants. It builds
//! them, tells them of one another where that is needed, and nothing else. Lives on the core thread.
struct EngineParts {
    EngineParts(Profile& profile, const Environment& environment);

    //! Loads the groups and begins to listen.
    Result<void> start();
    //! Ties the calls of the faces of the core thread to the parts that do them.
    void bind(const Faces& faces);

    Profile& profile;
    net::RelayPool pool;
    RecordMapper mapper;
    Announcements announcements;
    // The spine.
    GroupSessions sessions;
    GroupFeeds feeds;
    HoldRules rules;
    OutboxPump outbox;
    GroupCommits commits;
    // Messages.
    Amendments amendments;
    HeldMessages held;
    Sender sender;
    MessageChanges changes;
    Expiry expiry;
    Receipts receipts;
    Receiver receiver;
    SystemLines systemLines;
    Timeline timeline;
    ScheduledMessages scheduled;
    Marks marks;
    // People and groups.
    Directory directory;
    Leaving leaving;
    Repair repair;
    KeyRenewal renewal;
    GroupChanges groupChanges;
    Founding founding;
    Joining joining;
    Requests requests;
    Audience audience;
    Contacts contacts;
    Invitations invitations;
    Account account;
    // The whole.
    ProxyChoice proxy;
    Diagnostics diagnostics;
    ConnectionStatus status;
    Housekeeping housekeeping;

private:
    void listen();
    Result<std::string> authenticate(const std::string& url, const std::string& challenge);
    void countRefusals();
};

} // namespace valise::client
