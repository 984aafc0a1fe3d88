// SPDX-License-Identifier: AGPL-3.0-or-later
// The content of a kept profile's database, as lines. Everything that knows how this version stores it stands
// here: when stores change these functions do, and the lines that upgrade_test.cpp expects do not.
#pragma once

#include "tests/core/client/upgrade/kept_profile.h"

#include "core/client/history/record_mapping.h"
#include "core/client/messages/held_messages.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace valise::client::test {

//! Messages and changes that could not be sealed yet, each with the event it would become.
inline std::vector<std::pair<storage::HeldMessage, marmot::InnerEvent>> heldOf(storage::Stores& stores) {
    std::vector<std::pair<storage::HeldMessage, marmot::InnerEvent>> out;
    for (const storage::HeldMessage& held : must(stores.held.list()))
        out.emplace_back(held, marmot::makeInner({}, must(HeldMessages::content(held)),
                                                 static_cast<std::uint64_t>(held.createdMs / 1000)));
    return out;
}

//! Facts about a group that the client keeps beside its row and its engine.
inline std::string besides(storage::Stores& stores, const storage::GroupRow& group) {
    Line out;
    out.fact("members", group.members).when(group.admin, "admin");
    out.fact("retention", group.retentionSeconds).fact("relays", joined(group.relays));
    for (const storage::DebtRow& debt : must(stores.debts.list(group.groupId)))
        out << (debt.debt == storage::Debt::Invite ? "invite-again=" : "remove-again=") +
                   nameOf(debt.account);
    out.fact("missed-since", since(group.missedSince)).fact("invited-at", since(group.invitedAt));
    out.fact("renews-at", sinceMs(group.renewMs));
    if (group.notification)
        out.fact("notification", *group.notification, -1);
    return out;
}

//! How many rows stand on each state of a group that could still lose.
inline std::string branchesOf(storage::Database& database, ByteView group) {
    std::map<std::string, int> rows;
    must(database.connection().query(
        "SELECT state FROM branch_messages b JOIN groups g ON g.id = b.group_row WHERE g.group_id = ?",
        [&](const storage::Statement& row) { ++rows[toHex(row.blob(0)).substr(0, 8)]; }, group));
    Lines out;
    for (const auto& [state, count] : rows)
        out.push_back(state + ":" + std::to_string(count));
    return joined(out);
}

inline const char* wordOf(storage::MessageState state) {
    constexpr const char* words[] = {"queued", "sent",     "delivered", "read",
                                     "failed", "received", "withdrawn"};
    return words[static_cast<int>(state)];
}
inline const char* wordOf(storage::MessageDirection direction) {
    constexpr const char* words[] = {"in", "out", "system"};
    return words[static_cast<int>(direction)];
}
inline const char* wordOf(storage::GroupStatus status) {
    constexpr const char* words[] = {"request",   "joined",  "leaving",  "left",    "removed",
                                     "disbanded", "damaged", "declined", "creating"};
    return words[static_cast<int>(status)];
}
inline const char* wordOf(storage::OutboxPurpose purpose) {
    constexpr const char* words[] = {"message",  "commit",  "welcome",  "key-package", "relay-list",
                                     "deletion", "profile", "proposal", "other"};
    return words[static_cast<int>(purpose)];
}
inline const char* wordOf(storage::TargetState state) {
    constexpr const char* words[] = {"pending", "accepted", "refused"};
    return words[static_cast<int>(state)];
}
inline const char* wordOf(storage::KeyPackageState state) {
    constexpr const char* words[] = {"draft", "published", "used", "retired"};
    return words[static_cast<int>(state)];
}
inline const char* wordOf(storage::ScheduledState state) {
    constexpr const char* words[] = {"waiting", "missed", "refused"};
    return words[static_cast<int>(state)];
}

//! The meaning of a line about a conversation.
inline std::string systemOf(const storage::MessageRow& row) {
    if (row.systemJson.empty())
        return {};
    const SystemRow said = SystemRow::decode(row.systemJson);
    return wordOf(said.kind) + std::string(":") +
           (said.subject.isEmpty() ? said.text.toStdString() : nameOf(said.subject));
}

inline std::string tagsOf(const storage::MessageRow& row) {
    nostr::Tags tags;
    for (const QJsonValue& tag : QJsonDocument::fromJson(QByteArray::fromStdString(row.tagsJson)).array()) {
        tags.emplace_back();
        for (const QJsonValue& word : tag.toArray())
            tags.back().push_back(toStd(word.toString()));
    }
    return textOfTags(tags);
}

inline Lines accountOf(storage::Database& database) {
    storage::Stores& stores = database.stores();
    const auto account = must(stores.account.get());
    REQUIRE(account);
    const auto pair = must(crypto::schnorrFromPrivate(account->secretKey.view()));
    CHECK(pair.publicKey == account->publicKey);
    Lines out{Line() << nameOf(account->publicKey) << quoted(account->name) << sinceMs(account->createdMs)};
    must(database.connection().query("SELECT role, url, enabled FROM account_relays ORDER BY role, position",
                                     [&](const storage::Statement& row) {
                                         out.push_back(Line() << "relay" << row.integer(0) << row.text(1)
                                                              << (row.integer(2) ? "on" : "off"));
                                     }));
    return out;
}

inline Lines contactsOf(storage::Stores& stores) {
    Lines out;
    for (const storage::Contact& contact : must(stores.contacts.list()))
        out.push_back(Line()
                          .fact("key", nameOf(contact.publicKey))
                          .fact("petname", quoted(contact.petname), quoted(std::string()))
                          .fact("name", quoted(contact.profileName), quoted(std::string()))
                          .fact("at", since(contact.profileCreatedAt))
                          .fact("relays", joined(contact.relays))
                          .fact("added", sinceMs(contact.addedMs))
                          .when(contact.verified, "verified")
                          .when(contact.blocked, "blocked")
                          .when(contact.known, "known")
                          .fact("note", quoted(contact.note), quoted(std::string())));
    return out;
}

inline Lines keyPackagesOf(storage::Stores& stores) {
    Lines out;
    for (const storage::KeyPackageRow& record : must(stores.keyPackages.list())) {
        must(mls::KeyPackageBundle::deserialize(record.bundle));
        out.push_back(Line() << record.slot.substr(0, 8) << toHex(record.reference).substr(0, 8)
                             << digestOf(record.bundle) << toHex(record.eventId).substr(0, 8)
                             << digestOf(record.eventJson) << sinceMs(record.createdMs)
                             << sinceMs(record.expiresMs) << wordOf(record.state));
    }
    return out;
}

inline std::string placeOf(const storage::OrderKey& key) {
    return std::to_string(key.epoch) + "/" + std::to_string(key.position) + "/" +
           toHex(key.eventId).substr(0, 8);
}

inline Lines groupsOf(storage::Stores& stores) {
    Lines out;
    for (const storage::GroupRow& group : must(stores.groups.list())) {
        Line line;
        line << nameOf(group.groupId) << wordOf(group.status) << quoted(group.name);
        line.fact("about", quoted(group.description), quoted(std::string()));
        line.fact("route", toHex(group.nostrGroupId).substr(0, 8));
        line.fact("inviter", nameOrNone(group.inviter), std::string("-"));
        line.fact("peer", nameOrNone(group.peer), std::string("-"));
        line.fact("epoch", group.epoch)
            .fact("created", sinceMs(group.createdMs))
            .fact("updated", sinceMs(group.updatedMs));
        line.fact("welcome", nameOrNone(group.welcomeEventId), std::string("-"));
        line.fact("draft", quoted(group.draft), quoted(std::string()));
        line.when(group.muted, "muted").when(group.pinned, "pinned").when(group.archived, "archived");
        line.fact("read", group.lastRead ? placeOf(*group.lastRead) : std::string());
        line.fact("unread", group.unread).fact("activity", sinceMs(group.lastActivityMs));
        out.push_back(line);
        out.push_back("  " + besides(stores, group));
    }
    return out;
}

inline std::string changeOf(const marmot::LocalChange& change) {
    constexpr const char* words[] = {"add",   "remove",  "profile",    "admins", "routing",
                                     "timer", "renewal", "departures", "disband"};
    Line out;
    out << words[change.index()];
    if (const auto* add = std::get_if<marmot::AddMembers>(&change))
        for (const marmot::InvitePackage& invitee : add->invitees)
            out << nameOf(invitee.account);
    if (const auto* remove = std::get_if<marmot::RemoveMembers>(&change))
        for (const marmot::Id32& account : remove->accounts)
            out << nameOf(account);
    if (const auto* profile = std::get_if<marmot::SetProfile>(&change))
        out << quoted(profile->profile.name);
    return out;
}

inline std::string engineLine(const marmot::EngineParts& parts) {
    const marmot::GroupEngine engine = must(marmot::GroupEngine::load(parts));
    Line out;
    out << "epoch" << engine.epoch() << "standing" << static_cast<int>(engine.standing());
    out << membersOf(engine) << toHex(engine.history().tip().id).substr(0, 8);
    out.fact("states", engine.history().states().size());
    if (const auto& pending = engine.pendingPublish()) {
        out << "pending" << changeOf(pending->change) << toHex(pending->outgoing.event.id).substr(0, 8);
        for (const marmot::WelcomeDuty& duty : pending->welcomes)
            out << "welcome-for" << nameOf(duty.recipient);
    }
    for (const marmot::QueuedChange& queued : engine.queue())
        out << "then" << changeOf(queued.change);
    return out;
}

inline Lines enginesOf(storage::Database& database) {
    storage::Stores& stores = database.stores();
    Lines out;
    for (const storage::GroupRow& group : must(stores.groups.list())) {
        out.push_back(nameOf(group.groupId));
        for (const storage::RouteRow& route : must(stores.groupStates.routes(group.groupId)))
            out.push_back("  " + std::string(Line() << "route" << toHex(route.nostrGroupId).substr(0, 8)
                                                    << route.fromEpoch << joined(route.relays)
                                                    << (route.active ? "active" : "earlier")));
        const auto parts = must(stores.groupStates.parts(group.groupId));
        if (!parts.empty())
            out.push_back("  " + engineLine(parts));
        for (const storage::FormerEngine& former : must(stores.groupStates.formers(group.groupId)))
            out.push_back("  " + std::string(Line() << "former" << toHex(former.state).substr(0, 8) << "until"
                                                    << sinceMs(former.untilMs) << engineLine(former.parts)));
        if (const std::string branches = branchesOf(database, group.groupId); !branches.empty())
            out.push_back("  branches " + branches);
    }
    return out;
}

//! The numbers of a conversation's rows in their order, hidden ones too.
inline std::vector<std::int64_t> numbersOf(storage::Database& database, const storage::GroupRow& group) {
    std::vector<std::int64_t> out;
    must(database.connection().query(
        "SELECT m.id FROM messages m JOIN groups g ON g.id = m.group_row WHERE g.group_id = ?1"
        " ORDER BY m.epoch, m.position, m.event_id",
        [&](const storage::Statement& row) { out.push_back(row.integer(0)); }, group.groupId));
    return out;
}

inline std::int64_t numberOf(storage::Database& database, const char* query, std::int64_t row) {
    return must(database.connection().integer(query, row)).value_or(0);
}

inline std::int64_t seenIn(storage::Database& database, ByteView scope) {
    return must(database.connection().integer(
                    "SELECT count(*) FROM seen s JOIN seen_scopes c ON c.id = s.scope_row"
                    " WHERE c.scope = ?1",
                    scope))
        .value_or(0);
}

//! Every row of a conversation, hidden ones too, with everything that is said about it.
inline Lines rowsOf(storage::Database& database, const storage::GroupRow& group) {
    storage::Stores& stores = database.stores();
    Lines out;
    for (const std::int64_t number : numbersOf(database, group)) {
        const storage::MessageRow row = *must(stores.messages.byRow(number));
        Line line;
        line << row.row << toHex(row.eventId).substr(0, 8) << row.kind << wordOf(row.direction)
             << wordOf(row.state) << nameOf(row.sender) << "epoch" << row.epoch << since(row.createdAt)
             << row.sequence << sinceMs(row.receivedMs);
        if (row.direction == storage::MessageDirection::Outgoing)
            line << std::to_string(row.acceptedRelays) + "of" + std::to_string(row.totalRelays);
        line << quoted(row.content);
        line << tagsOf(row);
        line.fact("outer", nameOrNone(row.outerEventId), std::string("-"));
        line.fact("answers", nameOrNone(row.replyTo), std::string("-"));
        line.fact("about", nameOrNone(row.target), std::string("-"));
        if (row.original)
            line << "original=" + quoted(*row.original);
        line.fact("edited", since(row.editedAt));
        line.when(row.deleted, "deleted").when(!row.shown, "hidden").when(!row.countsUnread, "uncounted");
        line.fact("says", systemOf(row)).fact("failure", quoted(row.failure), quoted(std::string()));
        line.when(must(stores.changes.isStarred(row.row)), "starred");
        line.when(must(stores.marks.isPinned(row.row)), "pinned");
        line.when(numberOf(database, "SELECT count(*) FROM mentions WHERE message_row = ?1", row.row) > 0,
                  "mentions");
        if (const auto expires = must(stores.expiries.of(row.row)))
            line.fact("expires", since(*expires));
        line.when(must(stores.changes.isDeleted(group.groupId, row.eventId, row.sender)), "taken-back");
        out.push_back(line);
        for (const storage::Edit& edit : must(stores.changes.edits(group.groupId, row.eventId, row.sender)))
            out.push_back("  edit " + std::string(Line() << toHex(edit.eventId).substr(0, 8)
                                                         << since(edit.createdAt) << quoted(edit.body)));
        for (const storage::Reaction& reaction : must(stores.changes.reactions(group.groupId, row.eventId)))
            out.push_back("  reaction " + std::string(Line() << toHex(reaction.eventId).substr(0, 8)
                                                             << since(reaction.createdAt)
                                                             << nameOf(reaction.author) << reaction.emoji));
        for (const storage::Receipt& receipt : must(stores.receipts.list(group.groupId, row.eventId)))
            out.push_back("  receipt " + std::string(Line()
                                                     << nameOf(receipt.reader) << since(receipt.deliveredAt)
                                                     << since(receipt.readAt)));
        for (const storage::ServerAcceptance& server : must(stores.changes.acceptances(row.row)))
            out.push_back("  server " + std::string(Line() << server.url << sinceMs(server.acceptedMs)));
    }
    for (const storage::DueReceipt& due : must(stores.receipts.due(group.groupId, 1000)))
        out.push_back("owes " +
                      std::string(Line() << toHex(due.target).substr(0, 8) << (due.read ? "read" : "came")));
    return out;
}

inline Lines outboxOf(storage::Stores& stores) {
    Lines out;
    for (const storage::OutboxRow& row : must(stores.outbox.list())) {
        const nostr::Event event = must(nostr::parseEvent(textOf(row.eventJson)));
        must(event.verify());
        CHECK(event.id == row.eventId);
        Line line;
        line << row.id << wordOf(row.purpose) << event.kind << toHex(row.eventId).substr(0, 8)
             << sinceMs(row.createdMs);
        line << (row.groupId ? nameOf(*row.groupId) : "-");
        line.fact("carries", nameOrNone(row.messageId), std::string("-"));
        if (row.blockedBy)
            line.fact("after", *row.blockedBy);
        line.fact("note", row.note);
        out.push_back(line);
        for (const storage::OutboxTarget& target : row.targets)
            out.push_back("  " + std::string(Line() << target.relay << wordOf(target.state) << target.attempts
                                                    << sinceMs(target.lastTryMs) << sinceMs(target.nextTryMs)
                                                    << quoted(target.reason)));
    }
    return out;
}

inline Lines heldLinesOf(storage::Stores& stores) {
    Lines out;
    for (const auto& [held, inner] : heldOf(stores))
        out.push_back(Line() << nameOf(held.groupId) << nameOrNone(held.messageId) << sinceMs(held.createdMs)
                             << inner.kind << quoted(inner.content) << textOfTags(inner.tags));
    return out;
}

inline Lines scheduledOf(storage::Stores& stores) {
    Lines out;
    for (const storage::ScheduledMessage& message : must(stores.scheduled.list()))
        out.push_back(Line() << message.id << nameOf(message.groupId) << wordOf(message.state)
                             << sinceMs(message.dueMs) << message.zone << sinceMs(message.createdMs)
                             << quoted(message.text) << nameOrNone(message.replyTo));
    return out;
}

inline Lines deferredOf(storage::Stores& stores) {
    Lines out;
    for (const storage::DeferredEvent& event : must(stores.deferred.listAll())) {
        CHECK(must(nostr::parseEvent(textOf(event.eventJson))).id == event.eventId);
        const std::string hint(textOf(event.groupHint));
        out.push_back(Line() << toHex(event.eventId).substr(0, 8)
                             << (hint == "welcomes" ? hint : nameOf(event.groupHint)) << quoted(event.reason)
                             << event.tries << sinceMs(event.firstSeenMs) << sinceMs(event.lastTryMs));
    }
    return out;
}

inline Lines readingOf(storage::Database& database) {
    storage::Stores& stores = database.stores();
    Lines out{Line() << "inbox" << seenIn(database, {}),
              Line() << "welcomes" << seenIn(database, viewOf("welcomes"))};
    const auto cursor = [&](const std::string& relay, const std::string& name) {
        const auto read = must(stores.cursors.get(relay, name));
        return read ? std::to_string(since(*read)) : std::string("-");
    };
    for (const std::string relay : {"ws://10.0.0.1:7777", "ws://10.0.0.2:7777"})
        out.push_back(Line() << "cursor" << relay << "inbox" << cursor(relay, "inbox"));
    for (const storage::GroupRow& group : must(stores.groups.list()))
        out.push_back(Line() << nameOf(group.groupId) << seenIn(database, group.groupId)
                             << cursor("ws://10.0.0.1:7777", "group:" + toHex(group.groupId))
                             << cursor("ws://10.0.0.2:7777", "group:" + toHex(group.groupId)));
    return out;
}

inline Lines countersOf(storage::Stores& stores) {
    Lines out;
    for (const storage::Counter& counter : must(stores.counters.list()))
        out.push_back(Line() << (counter.scope.size() == 32 ? nameOf(counter.scope) : counter.scope)
                             << counter.category << counter.reason << counter.count
                             << sinceMs(counter.firstMs) << sinceMs(counter.lastMs)
                             << quoted(counter.lastDetail));
    std::sort(out.begin(), out.end());
    return out;
}

inline Lines settingsOf(storage::Database& database) {
    storage::Stores& stores = database.stores();
    std::vector<std::string> keys;
    must(database.connection().query("SELECT key FROM settings ORDER BY key",
                                     [&](const storage::Statement& row) { keys.push_back(row.text(0)); }));
    Lines out;
    for (const std::string& key : keys) {
        // Work on the search index is nobody's fact.
        if (key == "search.forget")
            continue;
        Line line;
        if (key.starts_with("audience.")) {
            line << "audience." + nameOf(key.substr(9));
            const auto accounts = must(stores.settings.blob(key));
            for (std::size_t at = 0; accounts && at + 32 <= accounts->size(); at += 32)
                line << nameOf(ByteView(*accounts).subspan(at, 32));
        } else {
            line << key << quoted(must(stores.settings.text(key)).value_or("-"));
        }
        out.push_back(line);
    }
    return out;
}

inline Lines foundBy(storage::Stores& stores, const char* words) {
    Lines out;
    for (const storage::SearchHit& hit : must(stores.search.find(words, {}, 50)))
        out.push_back(Line() << nameOf(hit.message.groupId) << quoted(hit.message.content));
    return out;
}

} // namespace valise::client::test
