// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/engine_parts.h"

#include "core/base/log.h"
#include "core/client/faces/bind.h"
#include "core/client/spine/relay_names.h"
#include "core/nostr/nip42.h"

#include <cstring>

namespace valise::client {

namespace {

net::RelayOptions poolOptions(Profile& profile, const Environment& environment) {
    net::RelayOptions options;
    options.clock = &profile.clock;
    options.allowInsecure = profile.options.allowInsecureRelays;
    options.proxy = profile.proxy;
    options.jitter = [&random = profile.random] {
        const auto octets = random.array<4>();
        std::uint32_t value = 0;
        std::memcpy(&value, octets.data(), sizeof value);
        return value / 4294967296.0;
    };
    if (environment.openSocket) {
        options.openSocket = environment.openSocket;
        options.fetchInformation = false;
    }
    return options;
}

void warn(const Result<void>& done) {
    if (!done)
        log(LogLevel::Warning, "engine", done.error().detail);
}

} // namespace

EngineParts::EngineParts(Profile& open, const Environment& environment)
    : profile(open)
    , pool(poolOptions(open, environment))
    , mapper(open.stores(), open.account.publicKey, toQString(open.name))
    , announcements(open, mapper, nullptr)
    , sessions(open, nullptr)
    , feeds(open, pool, sessions, nullptr)
    , rules(open, pool, sessions, feeds)
    , outbox(
          open, pool,
          [this](const storage::OutboxRow& row, const storage::OutboxProgress& progress) {
              return sender.storeAcceptance(row, progress);
          },
          nullptr)
    , commits(open, pool, sessions, feeds, nullptr)
    , amendments(open.stores())
    , held(open, amendments)
    , sender(open, sessions, feeds, rules, held, mapper, nullptr)
    , changes(open, sessions, rules, amendments, held, sender)
    , expiry(open, sessions, nullptr)
    , receipts(open, pool, sessions, feeds, rules, nullptr)
    , receiver(open, sessions, feeds, nullptr)
    , systemLines(open)
    , timeline(open, sessions, amendments)
    , scheduled(open, pool, sessions, feeds, rules, sender, nullptr)
    , marks(open, sessions)
    , directory(open, pool, nullptr)
    , leaving(open, sessions, feeds, commits, held, nullptr)
    , repair(open, sessions, rules, commits, directory, nullptr)
    , renewal(open, sessions, rules, commits, nullptr)
    , groupChanges(open, sessions, commits, directory)
    , founding(open, pool, sessions, feeds, directory, mapper)
    , joining(open, sessions, feeds)
    , requests(open, sessions)
    , audience(open, sessions, mapper)
    , contacts(open, announcements, directory, mapper)
    , invitations(open, pool, outbox, joining, nullptr)
    , account(open, pool, outbox, invitations, mapper, nullptr)
    , proxy(open, pool)
    , diagnostics(open, pool, sessions)
    , status(
          open, pool,
          [this] {
              return receiver.idle() && commits.idle() && sender.idle() && !directory.busy() &&
                     !outbox.busy();
          },
          [this] { return pool.isCaughtUp(Invitations::kInbox) && feeds.caughtUp(); }, nullptr)
    , housekeeping(open, nullptr) {
    // The order counts. What was committed is told first; then routes and rows follow; a deferred event is
    // tried again before somebody acts on a group that moved; held words leave before keys are renewed;
    // answers to changes come last.
    for (GroupFollower* follower : std::initializer_list<GroupFollower*>{
             &announcements, &feeds, &directory, &outbox, &changes, &expiry, &receipts, &receiver, &leaving,
             &repair, &systemLines, &timeline, &sender, &renewal, &commits, &scheduled})
        sessions.addFollower(follower);
}

Result<void> EngineParts::start() {
    listen();
    if (profile.options.online) {
        VALISE_TRY(const auto relays, profile.stores().account.relays(storage::RelayRole::Inbox));
        pool.setRelays(normalisedRelays(relays, profile.options.allowInsecureRelays));
        VALISE_CHECK(invitations.start());
    }
    VALISE_CHECK(sessions.load());
    if (!profile.database->restriction())
        outbox.recover();
    if (profile.options.online)
        outbox.wake();
    status.later();
    return {};
}

Result<std::string> EngineParts::authenticate(const std::string& url, const std::string& challenge) {
    VALISE_TRY(const nostr::Event event,
               nostr::makeAuthEvent(url, challenge, profile.account,
                                    static_cast<std::uint64_t>(profile.clock.now()), profile.random));
    return event.toJson();
}

void EngineParts::listen() {
    using net::RelayPool;
    const auto isInbox = [](const QString& feed) { return feed == QLatin1String(Invitations::kInbox); };
    const auto later = [this] { status.later(); };
    pool.setAuthSigner([this](const std::string& url, const std::string& challenge) {
        return authenticate(url, challenge);
    });
    QObject::connect(&pool, &RelayPool::eventReceived, &receiver,
                     [this, isInbox](const QString& feed, const nostr::Event& event) {
                         if (isInbox(feed))
                             invitations.onGiftWrap(event);
                         else
                             receiver.enqueueEvent(event);
                     });
    QObject::connect(
        &pool, &RelayPool::cursorAdvanced, &receiver,
        [this, isInbox](const QString& feed, const QString& relay, qint64 createdAt) {
            // Gift wraps are handled as they come.
            if (isInbox(feed))
                warn(profile.stores().cursors.advance(toStd(relay), Invitations::kInbox, createdAt));
            else
                receiver.enqueueCursor(feed, relay, createdAt);
        });
    countRefusals();
    // Ready may come before the relay's challenge is answered; held messages leave when the state has
    // settled.
    QObject::connect(&pool, &RelayPool::relayStateChanged, &status,
                     [this, later](const QString&, net::RelayState state) {
                         later();
                         if (state == net::RelayState::Connected)
                             sessions.resume();
                     });
    QObject::connect(&pool, &RelayPool::relayCaughtUp, &status, [this, later] {
        sessions.resume(); // words were held until the groups are up to date
        later();
    });
    QObject::connect(&pool, &RelayPool::caughtUp, &status, later);
    QObject::connect(&pool, &RelayPool::clockJudged, &status, [this] {
        sessions.resume(); // words waited for the right time
        status.update();
    });
    QObject::connect(&outbox, &OutboxPump::accepted, &sender,
                     [this](const storage::OutboxRow& row, const storage::OutboxProgress&, bool first) {
                         sender.onOutboxAccepted(row, first);
                         commits.onOutboxAccepted(row, first);
                         invitations.onOutboxAccepted(row);
                     });
    QObject::connect(&outbox, &OutboxPump::failed, &sender,
                     [this](const storage::OutboxRow& row, const QString& reason) {
                         sender.onOutboxFailed(row, toStd(reason));
                         commits.onOutboxFailed(row, toStd(reason));
                     });
    QObject::connect(&outbox, &OutboxPump::changed, &status, later);
    QObject::connect(&directory, &Directory::idle, &status, later);
    QObject::connect(&directory, &Directory::namesChanged, &announcements, &Announcements::names);
    QObject::connect(&sessions, &GroupSessions::changed, &status, later);
    // Queued: a step of the groups ends before the next begins.
    QObject::connect(&sessions, &GroupSessions::groupsMoved, &invitations, &Invitations::retryWaiting,
                     Qt::QueuedConnection);
    QObject::connect(&status, &ConnectionStatus::idle, &housekeeping, &Housekeeping::onIdle);
    QObject::connect(&status, &ConnectionStatus::idleChanged, &housekeeping, [this](bool idle) {
        if (!idle)
            housekeeping.pause();
    });
}

void EngineParts::countRefusals() {
    QObject::connect(&pool, &net::RelayPool::rejected, &receiver,
                     [this](const QString& relay, const QString& reason, const QString& detail) {
                         warn(profile.count(toStd(relay), "rejected", toStd(reason), toStd(detail)));
                     });
    QObject::connect(&pool, &net::RelayPool::subscriptionClosed, &receiver,
                     [this](const QString&, const QString& relay, const QString& reason) {
                         warn(profile.count(toStd(relay), "relay", "subscription_closed", toStd(reason)));
                     });
}

void EngineParts::bind(const Faces& faces) {
    using client::bind;
    const MessagesFace& m = faces.messages;
    bind(m.sendText, sender, &Sender::sendText);
    bind(m.scheduleText, scheduled, &ScheduledMessages::schedule);
    bind(m.rescheduleText, scheduled, &ScheduledMessages::reschedule);
    bind(m.cancelScheduled, scheduled, &ScheduledMessages::cancel);
    bind(m.sendScheduledNow, scheduled, &ScheduledMessages::sendNow);
    bind(m.react, changes, &MessageChanges::react);
    bind(m.editMessage, changes, &MessageChanges::edit);
    bind(m.deleteForEveryone, changes, &MessageChanges::deleteForEveryone);
    bind(m.deleteForMe, changes, &MessageChanges::deleteForMe);
    bind(m.setStarred, marks, &Marks::setStarred);
    bind(m.setMessagePinned, marks, &Marks::setMessagePinned);
    bind(m.saveDraft, marks, &Marks::saveDraft);
    bind(m.setSignals, receipts, &Receipts::setSignals);
    bind(m.setTyping, receipts, &Receipts::setTyping);
    bind(m.markRead, receipts, &Receipts::markRead);

    const GroupsFace& g = faces.groups;
    bindLater(g.create, founding, &Founding::create);
    bind(g.accept, requests, &Requests::accept);
    bindLater(g.addMembers, groupChanges, &GroupChanges::addMembers);
    bindLater(g.removeMember, groupChanges, &GroupChanges::removeMember);
    bindLater(g.rename, groupChanges, &GroupChanges::rename);
    bindLater(g.setAdministrator, groupChanges, &GroupChanges::setAdministrator);
    bindLater(g.setRetention, groupChanges, &GroupChanges::setRetention);
    bindLater(g.setRelays, groupChanges, &GroupChanges::setRelays);
    bindLater(g.disband, groupChanges, &GroupChanges::disband);
    bind(g.leave, leaving, &Leaving::leave);
    bind(g.members, audience, &Audience::members);
    bind(g.audience, audience, &Audience::audience);
    bind(g.setMuted, marks, &Marks::setMuted);
    bind(g.setNotificationDetail, marks, &Marks::setNotificationDetail);
    bind(g.setPinned, marks, &Marks::setPinned);
    bind(g.setArchived, marks, &Marks::setArchived);

    bind(faces.people.account, account, &Account::record);
    bind(faces.people.setName, account, &Account::setName);
    bind(faces.people.contacts, contacts, &Contacts::list);
    bind(faces.people.addContact, contacts, &Contacts::add);

    bind(faces.network.setRelays, account, &Account::setRelays);
    bind(faces.network.proxy, proxy, &ProxyChoice::proxy);
    bind(faces.network.setProxy, proxy, &ProxyChoice::setProxy);
    bindLater(faces.network.whenIdle, status, &ConnectionStatus::whenIdle);
    bind(faces.network.connectNow, status, &ConnectionStatus::connectNow);
    bind(faces.network.diagnostics, diagnostics, &Diagnostics::report);

    bind(faces.profile.preference, housekeeping, &Housekeeping::preference);
    bind(faces.profile.setPreference, housekeeping, &Housekeeping::setPreference);
    bind(faces.profile.checkIntegrity, housekeeping, &Housekeeping::checkIntegrity);
}

} // namespace valise::client
