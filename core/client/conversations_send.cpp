// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes out: messages, changes of the group (published before they are applied) and invitations.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/nostr/nip59.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <set>

namespace valise::client {

namespace {

// A held message older than this is dated when it leaves: other clients ask relays for what is new by date,
// and an old date would hide it from them.
constexpr std::int64_t kRedateSeconds = 60;
// Held messages stand behind everything encrypted in their second, in the order in which they were written.
constexpr std::uint32_t kHeldSequence = 1u << 19;
// How far a message may be dated ahead of our clock to stand behind what it answers.
constexpr std::uint64_t kMaxAheadSeconds = 5;
constexpr int kDepartureStepMs = 4'000;
constexpr int kAfterRefusalMs = 10'000;

// A Welcome that is owed once its commit was accepted.
Bytes encodeDuty(const marmot::WelcomeDuty& duty, const std::vector<std::string>& inbox) {
    const QJsonObject o{{"to", toQString(toHex(duty.recipient))},
                        {"inbox", QJsonArray::fromStringList(toQStrings(inbox))},
                        {"rumor", toQString(duty.rumor.toJson())}};
    return toBytes(fromQt(QJsonDocument(o).toJson(QJsonDocument::Compact)));
}

struct Duty {
    marmot::WelcomeDuty welcome;
    std::vector<std::string> inbox;
};

Result<Duty> decodeDuty(const Bytes& bytes) {
    const QJsonObject o = QJsonDocument::fromJson(toQt(bytes)).object();
    Duty out;
    VALISE_TRY(out.welcome.recipient, fromHexFixed<32>(toStd(o["to"].toString())));
    VALISE_TRY(out.welcome.rumor, nostr::parseRumor(toStd(o["rumor"].toString())));
    for (const QJsonValue& v : o["inbox"].toArray())
        out.inbox.push_back(toStd(v.toString()));
    return out;
}

} // namespace

std::vector<storage::OutboxTarget> Conversations::targets(const std::vector<std::string>& relays) const {
    std::vector<storage::OutboxTarget> out;
    for (const std::string& relay : normalisedRelays(relays, m_profile.options.allowInsecureRelays)) {
        storage::OutboxTarget target;
        target.relay = relay;
        out.push_back(std::move(target));
    }
    return out;
}

bool Conversations::holds(const Bytes& group) {
    const marmot::GroupSession* found = session(group);
    if (!found || !writable(*found))
        return true;
    const auto pending = m_profile.stores().groupStates.pendingOf(group);
    return !pending || !pending->empty();
}

Result<MessageRecord> Conversations::sendText(const Bytes& group, const std::string& text,
                                              const std::optional<Bytes>& replyTo) {
    if (text.empty() || !isUtf8(text))
        return {ErrorCode::InvalidArgument, "an empty message or one that is not text"};
    if (text.size() > marmot::kMaxText)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    VALISE_CHECK(mayWrite(group));
    VALISE_TRY(const storage::GroupRecord stored, record(group));
    marmot::GroupSession* found = session(group);
    std::optional<marmot::Id32> target;
    if (replyTo) {
        if (replyTo->size() != 32)
            return {ErrorCode::InvalidArgument, "a reply to something that is not a message"};
        target.emplace();
        std::copy(replyTo->begin(), replyTo->end(), target->begin());
    }

    const bool hold = holds(group);
    const marmot::GroupSession before = *found;
    Effects effects;
    std::int64_t rowId = 0;
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        if (stored.status == storage::GroupStatus::Request) // to answer is to accept
            VALISE_CHECK(
                stores.groups.setStatus(group, storage::GroupStatus::Joined, m_profile.clock.nowMs()));
        auto when = static_cast<std::uint64_t>(m_profile.clock.now());
        // What answers a message stands behind it for everybody, also within one second and with a slow
        // clock.
        VALISE_TRY(const auto newest, stores.messages.before(group, {}, 1));
        if (!newest.empty() && newest.front().createdAt >= 0) {
            // In a second of one's own the ratchet keeps the order.
            const bool own = newest.front().sender == m_profile.account.publicKey;
            const auto after = static_cast<std::uint64_t>(newest.front().createdAt) + (own ? 0 : 1);
            when = std::max(when, std::min(after, when + kMaxAheadSeconds));
        }
        marmot::InnerEvent inner;
        nostr::EventId id{};
        // The id is over time and content: the same words in the same second need another second.
        for (;; ++when) {
            inner = marmot::makeText(m_profile.account.publicKey, text, when, target);
            id = inner.canonicalId();
            VALISE_TRY(const bool taken, stores.messages.contains(group, id));
            if (!taken)
                break;
        }
        storage::MessageRecord row;
        row.groupId = group;
        row.eventId = id;
        row.sender = m_profile.account.publicKey;
        row.kind = inner.kind;
        row.content = text;
        row.createdAt = static_cast<std::int64_t>(when);
        row.receivedMs = m_profile.clock.nowMs();
        row.epoch = found->epoch();
        VALISE_TRY(const std::int64_t ahead, stores.queued.count(group));
        row.sequence =
            kHeldSequence + static_cast<std::uint32_t>(std::min<std::int64_t>(ahead, kHeldSequence - 1));
        row.direction = storage::MessageDirection::Outgoing;
        row.state = storage::MessageState::Queued;
        row.totalRelays = static_cast<std::uint32_t>(relaysOf(*found).size());
        row.replyTo = target;
        VALISE_TRY(rowId, stores.messages.insert(row));
        storage::QueuedMessage queued;
        queued.groupId = group;
        queued.kind = inner.kind;
        queued.content = text;
        queued.tagsJson = target ? toHex(*target) : std::string();
        queued.createdMs = static_cast<std::int64_t>(when) * 1000;
        queued.messageId = id;
        VALISE_CHECK(stores.queued.add(queued));
        VALISE_CHECK(noteAudience(group));
        return hold ? Result<void>() : sealQueued(group, effects);
    });
    if (!written) {
        m_sessions.insert_or_assign(group, before);
        return written.error();
    }
    if (!hold)
        m_outbox.wake();
    const auto row = m_profile.stores().messages.byRow(rowId);
    if (!row || !*row)
        return {ErrorCode::Internal, "a message that was written is not there"};
    MessageRecord out = m_mapper.message(**row);
    effects.added[group].push_back(rowId);
    tell(effects);
    return out;
}

Result<void> Conversations::sealQueued(const Bytes& group, Effects& effects) {
    marmot::GroupSession* found = session(group);
    if (!found)
        return {};
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    VALISE_TRY(const auto waiting, stores.queued.list(group));
    for (const storage::QueuedMessage& listed : waiting) {
        // Read anew: what it speaks of may have got its final id just before.
        VALISE_TRY(const auto current, stores.queued.get(listed.id));
        if (!current || !current->messageId)
            continue;
        const storage::QueuedMessage& queued = *current;
        auto when = static_cast<std::uint64_t>(queued.createdMs / 1000);
        const auto present = static_cast<std::uint64_t>(now / 1000);
        const bool redate = present > when + kRedateSeconds;
        if (redate)
            when = present;
        VALISE_TRY(marmot::InnerEvent inner,
                   MessageChanges::innerOf(queued, m_profile.account.publicKey, when));
        nostr::EventId id = inner.canonicalId();
        while (id != *queued.messageId) {
            VALISE_TRY(const bool taken, stores.messages.contains(group, id));
            if (!taken)
                break;
            inner.createdAt = ++when;
            id = inner.canonicalId();
        }
        VALISE_TRY(const marmot::Outgoing out, found->seal(inner, m_profile.random));
        VALISE_CHECK(stores.messages.settle(group, *queued.messageId, out.epoch,
                                            static_cast<std::int64_t>(when), out.generation, id));
        if (id != *queued.messageId) {
            VALISE_CHECK(
                stores.changes.rename(group, *queued.messageId, id, static_cast<std::int64_t>(when)));
        }
        VALISE_CHECK(stores.messages.setOuter(group, id, out.event.id));
        VALISE_CHECK(stores.seen.add(group, out.digest, now));
        VALISE_CHECK(stores.seen.add(group, out.event.id, now));
        storage::OutboxRecord row;
        row.groupId = group;
        row.purpose = storage::OutboxPurpose::Message;
        row.eventJson = toBytes(viewOf(out.event.toJson()));
        row.eventId = out.event.id;
        row.targets = targets(found->state().routing.relays);
        row.createdMs = now;
        row.messageId = id;
        VALISE_CHECK(stores.outbox.add(row));
        VALISE_CHECK(stores.queued.remove(queued.id));
        effects.touched.insert(group);
    }
    if (!waiting.empty()) {
        VALISE_CHECK(storeSession(*found, {found->epoch()}));
    }
    return {};
}

void Conversations::flush(const Bytes& group) {
    const auto waiting = m_profile.stores().queued.count(group);
    if (!waiting || *waiting == 0 || holds(group))
        return;
    marmot::GroupSession* found = session(group);
    const marmot::GroupSession before = *found;
    Effects effects;
    if (const auto written = m_profile.write([&] { return sealQueued(group, effects); }); !written) {
        m_sessions.insert_or_assign(group, before);
        log(LogLevel::Error, "send", written.error().detail);
        return;
    }
    m_outbox.wake();
    tell(effects);
}

void Conversations::flushAll() {
    std::vector<Bytes> ids;
    for (const auto& [id, group] : m_sessions)
        ids.push_back(id);
    for (const Bytes& id : ids) {
        continueLeaving(id);
        rearmDepartures(id);
        flush(id);
    }
}

void Conversations::find(const QStringList& addresses, Directory::Found done) {
    std::vector<nostr::ProfilePointer> people;
    std::set<marmot::Id32> known;
    for (const QString& address : addresses) {
        auto parsed = Directory::parseAddress(address);
        if (!parsed) {
            done(parsed.error());
            return;
        }
        if (parsed->first.pubkey == m_profile.account.publicKey) {
            done(Error{ErrorCode::InvalidArgument, "one cannot invite oneself"});
            return;
        }
        if (known.insert(parsed->first.pubkey).second)
            people.push_back(std::move(parsed->first));
    }
    if (people.empty()) {
        done(std::vector<Invitee>());
        return;
    }
    m_directory.find(people, std::move(done));
}

Result<void> Conversations::queueWelcomes(const Bytes& group,
                                          const std::vector<marmot::WelcomeDuty>& welcomes,
                                          const std::map<storage::Id32, std::vector<std::string>>& inboxes,
                                          std::optional<std::int64_t> blockedBy) {
    for (const marmot::WelcomeDuty& welcome : welcomes) {
        VALISE_TRY(const nostr::Event wrap,
                   nostr::giftWrap(welcome.rumor, m_profile.account, welcome.recipient,
                                   static_cast<std::uint64_t>(m_profile.clock.now()), m_profile.random));
        storage::OutboxRecord row;
        row.groupId = group;
        row.purpose = storage::OutboxPurpose::Welcome;
        row.eventJson = toBytes(viewOf(wrap.toJson()));
        row.eventId = wrap.id;
        const auto inbox = inboxes.find(welcome.recipient);
        if (inbox != inboxes.end())
            row.targets = targets(inbox->second);
        row.createdMs = m_profile.clock.nowMs();
        row.blockedBy = blockedBy;
        VALISE_CHECK(m_profile.stores().outbox.add(row));
    }
    return {};
}

void Conversations::create(const QString& name, const QStringList& addresses, DoneConversation done) {
    const std::string title = toStd(name.trimmed());
    find(addresses, [this, title, done](Result<std::vector<Invitee>> people) {
        if (!people) {
            done(people.error());
            return;
        }
        const auto own = m_profile.stores().account.relays(storage::RelayRole::Write);
        marmot::GroupSession::Founding founding;
        founding.profile.name = title;
        if (own)
            founding.relays = *own;
        std::map<storage::Id32, std::vector<std::string>> inboxes;
        for (Invitee& person : *people) {
            inboxes[person.package.account] = person.inbox;
            founding.invitees.push_back(std::move(person.package));
        }
        auto founded =
            marmot::GroupSession::found(m_profile.account, founding, m_profile.clock.now(), m_profile.random);
        if (!founded) {
            done(founded.error());
            return;
        }
        marmot::GroupSession& fresh = founded->session;
        Effects effects;
        const auto written = m_profile.write([&]() -> Result<void> {
            storage::GroupRecord stored;
            stored.status = storage::GroupStatus::Joined;
            stored.createdMs = m_profile.clock.nowMs();
            VALISE_CHECK(storeGroupRecord(fresh, stored));
            VALISE_CHECK(storeSession(fresh, {fresh.epoch()}));
            VALISE_CHECK(readFrom(fresh, m_profile.clock.now()));
            VALISE_CHECK(queueWelcomes(fresh.id(), founded->welcomes, inboxes, {}));
            for (const marmot::WelcomeDuty& welcome : founded->welcomes) {
                // Who was invited is somebody one knows.
                VALISE_TRY(auto contact, m_profile.stores().contacts.get(welcome.recipient));
                storage::Contact known = contact ? *contact : storage::Contact{};
                known.publicKey = welcome.recipient;
                if (known.addedMs == 0)
                    known.addedMs = m_profile.clock.nowMs();
                known.known = true;
                if (known.relays.empty())
                    known.relays = inboxes[welcome.recipient];
                VALISE_CHECK(m_profile.stores().contacts.put(known));
                effects.met.insert(welcome.recipient);
            }
            return systemRow(fresh.id(), fresh.epoch(), m_profile.clock.now(),
                             {SystemKind::Created, toQt(m_profile.account.publicKey), {}},
                             m_profile.account.publicKey, effects);
        });
        if (!written) {
            done(written.error());
            return;
        }
        const Bytes id = fresh.id();
        m_routes[fresh.state().routing.nostrGroupId] = id;
        m_sessions.insert_or_assign(id, std::move(fresh));
        effects.routesChanged.insert(id);
        m_outbox.wake();
        tell(effects);
        const auto row = m_profile.stores().groups.conversation(id);
        if (row && *row)
            done(m_mapper.conversation(**row));
        else
            done(Error{ErrorCode::Internal, "a conversation that was founded is not there"});
    });
}

void Conversations::propose(const Bytes& group, Result<marmot::PreparedCommit> prepared,
                            const std::map<storage::Id32, std::vector<std::string>>& inboxes, Done done) {
    if (!prepared) {
        done(prepared.error());
        return;
    }
    auto& stores = m_profile.stores();
    const marmot::GroupSession* found = session(group);
    const auto already = stores.groupStates.pendingOf(group);
    if (!already || !already->empty()) {
        done(already ? Error{ErrorCode::PendingChange, "another change is on its way"} : already.error());
        return;
    }
    if (!writable(*found)) {
        done(Error{ErrorCode::Offline, "no relay of the group can be reached"});
        return;
    }
    // An invitation that cannot be sent must show before the others see the change, not after.
    for (const marmot::WelcomeDuty& duty : prepared->welcomes) {
        const auto wrap =
            nostr::giftWrap(duty.rumor, m_profile.account, duty.recipient,
                            static_cast<std::uint64_t>(m_profile.clock.now()), m_profile.random);
        const auto inbox = inboxes.find(duty.recipient);
        if (!wrap || inbox == inboxes.end() || targets(inbox->second).empty()) {
            done(wrap ? Error{ErrorCode::NoInvitation, "no inbox is known"} : wrap.error());
            return;
        }
    }
    std::int64_t pendingId = 0;
    const auto written = m_profile.write([&]() -> Result<void> {
        const std::int64_t now = m_profile.clock.nowMs();
        storage::PendingCommit pending;
        pending.groupId = group;
        pending.eventJson = toBytes(viewOf(prepared->outgoing.event.toJson()));
        pending.eventId = prepared->outgoing.event.id;
        pending.priorEpoch = prepared->outgoing.epoch;
        pending.nextState = prepared->next.serialize();
        const crypto::WipeGuard guard(pending.nextState);
        pending.createdMs = now;
        for (const marmot::WelcomeDuty& duty : prepared->welcomes) {
            const auto inbox = inboxes.find(duty.recipient);
            pending.welcomes.push_back(
                encodeDuty(duty, inbox == inboxes.end() ? std::vector<std::string>() : inbox->second));
        }
        VALISE_TRY(pendingId, stores.groupStates.addPending(pending));
        storage::OutboxRecord row;
        row.groupId = group;
        row.purpose = storage::OutboxPurpose::Commit;
        row.eventJson = pending.eventJson;
        row.eventId = pending.eventId;
        row.targets = targets(found->state().routing.relays);
        row.createdMs = now;
        VALISE_TRY(const std::int64_t outboxId, stores.outbox.add(row));
        VALISE_CHECK(stores.groupStates.setPendingOutbox(pendingId, outboxId));
        // A commit of one's own cannot be processed from the wire; its echo is known by these.
        VALISE_CHECK(stores.seen.add(group, prepared->outgoing.digest, now));
        VALISE_CHECK(stores.seen.add(group, pending.eventId, now));
        return {};
    });
    if (!written) {
        done(written.error());
        return;
    }
    m_waiting[pendingId] = std::move(done);
    m_outbox.wake();
}

void Conversations::applyPending(const storage::PendingCommit& pending) {
    marmot::GroupSession* found = session(pending.groupId);
    if (!found) {
        dropPending(pending, {ErrorCode::NotMember, "the group ended before the change was accepted"});
        return;
    }
    marmot::GroupSession moved = *found;
    const auto before = moved.state();
    auto next = mls::Group::deserialize(pending.nextState);
    Result<void> adopted = next ? Result<void>() : Result<void>(next.error());
    std::vector<marmot::GroupMember> oldMembers = moved.members();
    if (next)
        adopted = moved.adopt(std::move(next).value());
    if (!adopted) {
        dropPending(pending, adopted.error());
        return;
    }
    const auto event = nostr::parseEvent(textOf(pending.eventJson));
    const std::int64_t createdAt =
        event ? static_cast<std::int64_t>(event->createdAt) : m_profile.clock.now();
    marmot::GroupChange change = marmot::describeChange(oldMembers, before, moved.members(), moved.state());
    change.committer = m_profile.account.publicKey;
    // Who had asked to leave was not put out.
    for (const marmot::Id32& account : found->departing())
        if (std::erase(change.removed, account) > 0)
            change.left.push_back(account);

    Effects effects;
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(storeSession(moved, {moved.epoch(), pending.priorEpoch}));
        VALISE_CHECK(storeChange(moved, change, createdAt, effects));
        for (const Bytes& encoded : pending.welcomes) {
            VALISE_TRY(const Duty duty, decodeDuty(encoded));
            // The change is public already: one invitation that fails must not hold it up.
            const auto queued =
                queueWelcomes(pending.groupId, {duty.welcome}, {{duty.welcome.recipient, duty.inbox}}, {});
            if (!queued) {
                VALISE_CHECK(count(toHex(pending.groupId), "welcome", errorName(queued.error().code),
                                   queued.error().detail));
            }
        }
        return m_profile.stores().groupStates.removePending(pending.id);
    });
    if (!written) {
        log(LogLevel::Error, "send", written.error().detail);
        return; // still pending; settled at the next start
    }
    m_sessions.insert_or_assign(pending.groupId, std::move(moved));
    effects.epochMoved.insert(pending.groupId);
    m_outbox.wake();
    const auto waiting = m_waiting.find(pending.id);
    if (waiting != m_waiting.end()) {
        const Done done = std::move(waiting->second);
        m_waiting.erase(waiting);
        tell(effects);
        done({});
    } else {
        tell(effects);
    }
}

void Conversations::dropPending(const storage::PendingCommit& pending, const Error& why) {
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        VALISE_CHECK(count(toHex(pending.groupId), "commit", errorName(why.code), why.detail));
        VALISE_CHECK(stores.groupStates.removePending(pending.id));
        if (pending.outboxId) {
            VALISE_TRY(const auto row, stores.outbox.get(*pending.outboxId));
            if (row) {
                VALISE_CHECK(stores.outbox.cancel(*pending.outboxId));
            }
        }
        return {};
    });
    if (!written)
        log(LogLevel::Error, "send", written.error().detail);
    const auto waiting = m_waiting.find(pending.id);
    if (waiting != m_waiting.end()) {
        const Done done = std::move(waiting->second);
        m_waiting.erase(waiting);
        done(why);
    }
    // Not at once: what was refused would be refused again.
    rearmDepartures(pending.groupId, kAfterRefusalMs);
    QTimer::singleShot(kAfterRefusalMs, this, [this, group = pending.groupId] { continueLeaving(group); });
    flush(pending.groupId);
}

void Conversations::settlePending() {
    const auto all = m_profile.stores().groupStates.pendingAll();
    if (!all)
        return;
    for (const storage::PendingCommit& pending : *all) {
        // Applying one tells the window, which may settle the others.
        const auto still = m_profile.stores().groupStates.pending(pending.id);
        if (!still || !*still)
            continue;
        const marmot::GroupSession* found = session(pending.groupId);
        if (!found || found->epoch() != pending.priorEpoch) {
            dropPending(pending, {ErrorCode::WrongEpoch, "another change of the group came first"});
            continue;
        }
        // After a crash: the outbox knows whether a relay has accepted it. A row that is gone was accepted.
        if (!pending.outboxId)
            continue;
        const auto row = m_profile.stores().outbox.get(*pending.outboxId);
        if (!row)
            continue;
        const auto progress = *row ? m_profile.stores().outbox.progress(*pending.outboxId)
                                   : Result<storage::OutboxProgress>({1, 0, 0});
        if (progress && progress->accepted > 0)
            applyPending(pending);
    }
}

void Conversations::onOutboxAccepted(const storage::OutboxRecord& row,
                                     const storage::OutboxProgress& progress, bool first) {
    auto& stores = m_profile.stores();
    if (row.purpose == storage::OutboxPurpose::Message && row.groupId && row.messageId) {
        const auto written = m_profile.write([&]() -> Result<void> {
            VALISE_CHECK(stores.messages.setRelayCounts(*row.groupId, *row.messageId, progress.accepted,
                                                        progress.total()));
            VALISE_CHECK(
                stores.messages.advanceState(*row.groupId, *row.messageId, storage::MessageState::Sent));
            return noteAcceptance(row);
        });
        if (!written)
            log(LogLevel::Warning, "send", written.error().detail);
        if (const auto message = stores.messages.get(*row.groupId, *row.messageId);
            message && *message && (*message)->shown)
            emit messageChanged(m_mapper.message(**message));
        if (first)
            emitConversation(*row.groupId);
    } else if (row.purpose == storage::OutboxPurpose::Commit && first) {
        if (const auto pending = stores.groupStates.pendingByEvent(row.eventId); pending && *pending)
            applyPending(**pending);
    }
}

void Conversations::onOutboxFailed(const storage::OutboxRecord& row, const QString& reason) {
    auto& stores = m_profile.stores();
    if (row.purpose == storage::OutboxPurpose::Message && row.groupId && row.messageId) {
        Effects effects;
        if (const auto written = m_profile.write(
                [&] { return failMessage(*row.groupId, *row.messageId, toStd(reason), effects); });
            !written)
            log(LogLevel::Warning, "send", written.error().detail);
        tell(effects);
    } else if (row.purpose == storage::OutboxPurpose::Commit) {
        if (const auto pending = stores.groupStates.pendingByEvent(row.eventId); pending && *pending)
            dropPending(**pending, {ErrorCode::RelayRefused, toStd(reason)});
    } else if (row.purpose == storage::OutboxPurpose::Welcome && row.groupId) {
        if (const auto counted = count(toHex(*row.groupId), "welcome", "refused", toStd(reason)); !counted)
            log(LogLevel::Warning, "send", counted.error().detail);
    }
}

void Conversations::addMembers(const Bytes& group, const QStringList& addresses, Done done) {
    if (!session(group)) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    find(addresses, [this, group, done](Result<std::vector<Invitee>> people) {
        marmot::GroupSession* found = session(group);
        if (!people || !found) {
            done(people ? Error{ErrorCode::NotFound, "no such conversation"} : people.error());
            return;
        }
        std::map<storage::Id32, std::vector<std::string>> inboxes;
        std::vector<marmot::InvitePackage> packages;
        for (Invitee& person : *people) {
            inboxes[person.package.account] = person.inbox;
            packages.push_back(std::move(person.package));
        }
        propose(group, found->prepareAdd(packages, m_profile.clock.now(), m_profile.random), inboxes, done);
    });
}

void Conversations::removeMember(const Bytes& group, const marmot::Id32& account, Done done) {
    marmot::GroupSession* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    propose(group, found->prepareRemove({account}, m_profile.clock.now(), m_profile.random), {},
            std::move(done));
}

void Conversations::rename(const Bytes& group, const QString& name, Done done) {
    marmot::GroupSession* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    marmot::GroupProfile profile = found->state().profile;
    profile.name = toStd(name.trimmed());
    propose(group, found->prepareProfile(profile, m_profile.clock.now(), m_profile.random), {},
            std::move(done));
}

void Conversations::leave(const Bytes& group, Done done) {
    const auto stored = record(group);
    if (!stored) {
        done(stored.error());
        return;
    }
    marmot::GroupSession* found = session(group);
    if (!found) {
        done(Error{ErrorCode::NotMember, "this account is not in the group"});
        return;
    }
    const bool alone = found->members().size() < 2;
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        if (alone) {
            VALISE_CHECK(failHeld(group));
            VALISE_CHECK(stores.groups.eraseState(group));
            VALISE_CHECK(stores.groupStates.eraseEpochs(group));
        }
        return stores.groups.setStatus(group,
                                       alone ? storage::GroupStatus::Left : storage::GroupStatus::Leaving,
                                       m_profile.clock.nowMs());
    });
    if (!written) {
        done(written.error());
        return;
    }
    if (alone) {
        m_sessions.erase(group);
        subscribeAll();
    }
    emitConversation(group);
    continueLeaving(group);
    done({});
}

void Conversations::continueLeaving(const Bytes& group) {
    marmot::GroupSession* found = session(group);
    const auto stored = record(group);
    if (!found || !stored || stored->status != storage::GroupStatus::Leaving)
        return;
    for (const mls::VerifiedProposal& proposal : found->tip().storedProposals())
        if (proposal.sender == found->tip().ownLeaf() &&
            proposal.proposal.type() == mls::ProposalType::SelfRemove)
            return; // asked already in this epoch
    const auto ignore = [](Result<void>) {};
    if (found->isAdmin()) {
        // An admin gives up its rights first, and does not leave the others without anybody who can change
        // the group.
        std::vector<marmot::Id32> admins = found->state().admins.admins;
        std::erase(admins, found->self());
        if (admins.empty())
            for (const marmot::GroupMember& member : found->members())
                if (member.account != found->self()) {
                    admins.push_back(member.account);
                    break;
                }
        propose(group, found->prepareAdmins(std::move(admins), m_profile.clock.now(), m_profile.random), {},
                ignore);
        return;
    }
    const marmot::GroupSession before = *found;
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const marmot::Outgoing out, found->proposeLeave(m_profile.clock.now(), m_profile.random));
        auto& stores = m_profile.stores();
        const std::int64_t now = m_profile.clock.nowMs();
        VALISE_CHECK(stores.seen.add(group, out.digest, now));
        VALISE_CHECK(stores.seen.add(group, out.event.id, now));
        storage::OutboxRecord row;
        row.groupId = group;
        row.purpose = storage::OutboxPurpose::Proposal;
        row.eventJson = toBytes(viewOf(out.event.toJson()));
        row.eventId = out.event.id;
        row.targets = targets(found->state().routing.relays);
        row.createdMs = now;
        VALISE_CHECK(stores.outbox.add(row));
        return storeSession(*found, {found->epoch()});
    });
    if (!written) {
        m_sessions.insert_or_assign(group, before);
        log(LogLevel::Error, "send", written.error().detail);
        return;
    }
    m_outbox.wake();
}

Result<void> Conversations::failHeld(const Bytes& group) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto held, stores.queued.list(group));
    for (const storage::QueuedMessage& message : held) {
        if (message.messageId) {
            Effects ended; // the conversation itself is told anew by the caller
            VALISE_CHECK(failMessage(group, *message.messageId, "the conversation has ended", ended));
        }
        VALISE_CHECK(stores.queued.remove(message.id));
    }
    return {};
}

void Conversations::rearmDepartures(const Bytes& group, int extraMs) {
    const marmot::GroupSession* found = session(group);
    if (found && !found->departing().empty())
        scheduleDepartures(group, extraMs);
}

void Conversations::scheduleDepartures(const Bytes& group, int extraMs) {
    marmot::GroupSession* found = session(group);
    if (!found || !m_departureTimers.insert(group).second)
        return;
    // One member commits a departure, normally the first admin; the others follow only if it does not.
    int rank = 0;
    const marmot::Id32 self = found->self();
    std::vector<marmot::GroupMember> members = found->members();
    std::stable_sort(
        members.begin(), members.end(),
        [](const marmot::GroupMember& a, const marmot::GroupMember& b) { return a.admin && !b.admin; });
    for (const marmot::GroupMember& member : members) {
        if (member.account == self)
            break;
        ++rank;
    }
    const int jitter = 10 + static_cast<int>(m_profile.random.uniform(40));
    QTimer::singleShot(extraMs + rank * kDepartureStepMs + jitter, this, [this, group] {
        m_departureTimers.erase(group);
        const marmot::GroupSession* still = session(group);
        const auto stored = record(group);
        if (!still || still->departing().empty() || !stored ||
            stored->status == storage::GroupStatus::Leaving)
            return;
        // Somebody's commit may be here already, or another change of ours on its way: what becomes of them
        // comes back here.
        const auto pending = m_profile.stores().groupStates.pendingOf(group);
        if (!pending || !pending->empty())
            return;
        if (!m_inbound.empty()) {
            scheduleDepartures(group, kDepartureStepMs);
            return;
        }
        propose(group, still->prepareDepartures(m_profile.clock.now(), m_profile.random), {},
                [](Result<void>) {});
    });
}

} // namespace valise::client
