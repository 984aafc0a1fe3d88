// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes out: messages, invitations and new conversations.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/marmot/envelope.h"
#include "core/nostr/nip59.h"

#include <set>

namespace valise::client {

namespace {

// A held message older than this is dated when it leaves: other clients ask relays for what is new by date,
// and an old date would hide it from them.
constexpr std::int64_t kRedateSeconds = 60;
// Held messages stand behind everything encrypted in their second, in the order in which they were written.
constexpr std::uint32_t kHeldSequence = 1u << 19;
// How long an invitation may wait for a relay, and for its turn there, before it is too old for it.
constexpr std::int64_t kOnTheWaySeconds = 3600;
// How far a message may be dated ahead of our clock to stand behind what it answers.
constexpr std::uint64_t kMaxAheadSeconds = 5;

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
    const marmot::GroupEngine* found = session(group);
    // Who comes back after a long time must hear first what happened: words sealed in an epoch that the
    // others have left behind could not be read by anybody. And who asked to leave must be out before
    // anything more is said (RFC 9420 section 12.4).
    // And what is dated by a clock that is hours off is refused by relays, or found by nobody.
    return !found || m_pool.isClockAwaited() || m_pool.clockAheadMs() != 0 || !writable(*found) ||
           !current(group) || !found->settled() || !found->departing().empty();
}

Result<void> Conversations::checkText(const std::string& text) {
    if (text.empty() || !isUtf8(text))
        return {ErrorCode::InvalidArgument, "an empty message or one that is not text"};
    if (text.size() > marmot::kMaxText)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    return {};
}

Result<std::optional<storage::Id32>> Conversations::replyTarget(const std::optional<Bytes>& replyTo) {
    std::optional<storage::Id32> target;
    if (replyTo) {
        if (replyTo->size() != 32)
            return {ErrorCode::InvalidArgument, "a reply to something that is not a message"};
        target.emplace();
        std::copy(replyTo->begin(), replyTo->end(), target->begin());
    }
    return target;
}

Result<MessageRecord> Conversations::sendText(const Bytes& group, const std::string& text,
                                              const std::optional<Bytes>& replyTo) {
    VALISE_CHECK(checkText(text));
    VALISE_TRY(const auto target, replyTarget(replyTo));
    return send(group, text, target, {});
}

Result<MessageRecord> Conversations::send(const Bytes& group, const std::string& text,
                                          const std::optional<storage::Id32>& target,
                                          const std::optional<std::int64_t>& scheduled) {
    VALISE_CHECK(mayWrite(group));
    VALISE_TRY(const storage::GroupRow stored, record(group));
    marmot::GroupEngine* found = session(group);
    const bool hold = holds(group);
    const marmot::GroupEngine before = *found;
    Effects effects;
    std::int64_t rowId = 0;
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        // In one step with the message it becomes: whatever happens, it is sent once.
        if (scheduled)
            VALISE_CHECK(stores.scheduled.remove(*scheduled));
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
        storage::MessageRow row;
        row.groupId = group;
        row.eventId = id;
        row.sender = m_profile.account.publicKey;
        row.kind = inner.kind;
        row.content = text;
        row.createdAt = static_cast<std::int64_t>(when);
        row.receivedMs = m_profile.clock.nowMs();
        row.epoch = found->epoch();
        VALISE_TRY(const std::int64_t ahead, stores.held.count(group));
        row.sequence =
            kHeldSequence + static_cast<std::uint32_t>(std::min<std::int64_t>(ahead, kHeldSequence - 1));
        row.direction = storage::MessageDirection::Outgoing;
        row.state = storage::MessageState::Queued;
        row.totalRelays = static_cast<std::uint32_t>(relaysOf(*found).size());
        row.replyTo = target;
        VALISE_TRY(rowId, stores.messages.insert(row));
        storage::HeldMessage queued;
        queued.groupId = group;
        queued.kind = inner.kind;
        queued.content = text;
        queued.tagsJson = target ? toHex(*target) : std::string();
        queued.createdMs = static_cast<std::int64_t>(when) * 1000;
        queued.messageId = id;
        VALISE_CHECK(stores.held.add(queued));
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
    marmot::GroupEngine* found = session(group);
    if (!found || found->standing() != marmot::GroupStanding::Active)
        return {};
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    VALISE_TRY(const auto waiting, stores.held.list(group));
    for (const storage::HeldMessage& listed : waiting) {
        // Read anew: what it speaks of may have got its final id just before.
        VALISE_TRY(const auto current, stores.held.get(listed.id));
        if (!current || !current->messageId)
            continue;
        const storage::HeldMessage& queued = *current;
        auto when = static_cast<std::uint64_t>(queued.createdMs / 1000);
        const auto present = static_cast<std::uint64_t>(now / 1000);
        // Or from a clock that was ahead and is right by now.
        const bool redate = present > when + kRedateSeconds || when > present + kRedateSeconds;
        if (redate)
            when = present;
        // What was written first stands first, also if the group moved on between the two and the clock of
        // one was ahead of the other's.
        VALISE_TRY(const auto own,
                   stores.messages.writtenAfter(group, m_profile.account.publicKey, found->epoch(),
                                                static_cast<std::int64_t>(when), kHeldSequence));
        if (own)
            when = std::max(when, std::min(static_cast<std::uint64_t>(*own), present + kMaxAheadSeconds));
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
        VALISE_CHECK(stores.messages.setSealed(group, *queued.messageId, out.epoch,
                                               static_cast<std::int64_t>(when), out.generation, id));
        if (id != *queued.messageId) {
            VALISE_CHECK(
                stores.changes.rename(group, *queued.messageId, id, static_cast<std::int64_t>(when)));
        }
        VALISE_CHECK(stores.messages.setOuter(group, id, out.event.id));
        VALISE_TRY(const auto placed, stores.messages.get(group, id));
        if (placed) {
            VALISE_CHECK(
                stores.groupStates.placeMessage(group, placed->row, found->history().membership().id));
            VALISE_CHECK(keepExpiry(placed->row, marmot::expiryOf(when, found->state().retentionSeconds)));
        }
        VALISE_CHECK(stores.seen.add(group, out.digest, now));
        VALISE_CHECK(stores.seen.add(group, out.event.id, now));
        storage::OutboxRow row;
        row.groupId = group;
        row.purpose = storage::OutboxPurpose::Message;
        row.eventJson = toBytes(viewOf(out.event.toJson()));
        row.eventId = out.event.id;
        row.targets = targets(found->state().routing.relays);
        row.createdMs = now;
        row.messageId = id;
        VALISE_CHECK(stores.outbox.add(row));
        VALISE_CHECK(stores.held.remove(queued.id));
        effects.touched.insert(group);
    }
    if (!waiting.empty()) {
        VALISE_CHECK(storeSession(*found));
    }
    return {};
}

void Conversations::flush(const Bytes& group) {
    const auto waiting = m_profile.stores().held.count(group);
    if (!waiting || *waiting == 0 || holds(group))
        return;
    marmot::GroupEngine* found = session(group);
    const marmot::GroupEngine before = *found;
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
        continueRepair(id);
        flush(id);
    }
    armReceipts(0);
    armDeadline();
    renewDue();
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

Result<void> Conversations::queueWelcome(const Bytes& group, const marmot::WelcomeDuty& welcome) {
    std::uint64_t backdate = nostr::kGiftWrapBackdate;
    for (const std::string& relay : welcome.inbox)
        if (const auto oldest = m_pool.status(relay).oldestAcceptedSeconds)
            backdate = std::min(
                backdate, static_cast<std::uint64_t>(std::max<std::int64_t>(0, *oldest - kOnTheWaySeconds)));
    VALISE_TRY(const nostr::Event wrap, nostr::giftWrap(welcome.rumor, m_profile.account, welcome.recipient,
                                                        static_cast<std::uint64_t>(m_profile.clock.now()),
                                                        m_profile.random, backdate));
    storage::OutboxRow row;
    row.groupId = group;
    row.purpose = storage::OutboxPurpose::Welcome;
    row.eventJson = toBytes(viewOf(wrap.toJson()));
    row.eventId = wrap.id;
    row.targets = targets(welcome.inbox);
    row.createdMs = m_profile.clock.nowMs();
    VALISE_CHECK(m_profile.stores().outbox.add(row));
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
        marmot::Founding founding;
        founding.profile.name = title;
        if (own)
            founding.relays = *own;
        for (Invitee& person : *people) {
            person.package.inbox = std::move(person.inbox);
            founding.invitees.push_back(std::move(person.package));
        }
        auto founded = marmot::GroupEngine::found(m_profile.account, founding, m_profile.clock.nowMs(),
                                                  m_profile.random);
        if (!founded) {
            done(founded.error());
            return;
        }
        marmot::GroupEngine& fresh = founded->engine;
        Effects effects;
        const auto written = m_profile.write([&]() -> Result<void> {
            storage::GroupRow stored;
            stored.status = storage::GroupStatus::Joined;
            stored.createdMs = m_profile.clock.nowMs();
            VALISE_CHECK(storeGroupRow(fresh, stored));
            VALISE_CHECK(storeSession(fresh));
            VALISE_CHECK(readFrom(fresh, m_profile.clock.now()));
            for (const marmot::WelcomeDuty& welcome : founded->welcomes) {
                VALISE_CHECK(queueWelcome(fresh.id(), welcome));
                // Who was invited is somebody one knows.
                VALISE_TRY(auto contact, m_profile.stores().contacts.get(welcome.recipient));
                storage::Contact known = contact ? *contact : storage::Contact{};
                known.publicKey = welcome.recipient;
                if (known.addedMs == 0)
                    known.addedMs = m_profile.clock.nowMs();
                known.known = true;
                if (known.relays.empty())
                    known.relays = welcome.inbox;
                VALISE_CHECK(m_profile.stores().contacts.put(known));
                effects.met.insert(welcome.recipient);
            }
            const StatePlace place{fresh.history().tip().id, fresh.epoch()};
            return systemRow(fresh.id(), place, m_profile.clock.now(),
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

Result<void> Conversations::storeAcceptance(const storage::OutboxRow& row,
                                            const storage::OutboxProgress& progress) {
    if (row.purpose != storage::OutboxPurpose::Message || !row.groupId || !row.messageId)
        return {};
    auto& messages = m_profile.stores().messages;
    // The message may be gone from this device, but not from the relay that took it.
    VALISE_TRY(const auto message, messages.get(*row.groupId, *row.messageId));
    if (message) {
        VALISE_CHECK(
            messages.setRelayCounts(*row.groupId, *row.messageId, progress.accepted, progress.total()));
        VALISE_CHECK(messages.advanceState(*row.groupId, *row.messageId, storage::MessageState::Sent));
    }
    return noteAcceptance(row);
}

void Conversations::onOutboxAccepted(const storage::OutboxRow& row, bool first) {
    auto& stores = m_profile.stores();
    if (row.purpose == storage::OutboxPurpose::Message && row.groupId && row.messageId) {
        if (const auto message = stores.messages.get(*row.groupId, *row.messageId);
            message && *message && (*message)->shown)
            emit messageChanged(m_mapper.message(**message));
        if (first)
            emitConversation(*row.groupId);
    } else if (row.purpose == storage::OutboxPurpose::Commit && first) {
        if (row.groupId)
            confirmPending(*row.groupId, row.eventId);
    }
}

void Conversations::onOutboxFailed(const storage::OutboxRow& row, const QString& reason) {
    if (row.purpose == storage::OutboxPurpose::Message && row.groupId && row.messageId) {
        Effects effects;
        if (const auto written = m_profile.write(
                [&] { return failMessage(*row.groupId, *row.messageId, toStd(reason), effects); });
            !written)
            log(LogLevel::Warning, "send", written.error().detail);
        tell(effects);
    } else if (row.purpose == storage::OutboxPurpose::Commit) {
        if (row.groupId)
            dropPending(*row.groupId, row.eventId, {ErrorCode::RelayRefused, toStd(reason)});
    } else if (row.purpose == storage::OutboxPurpose::Welcome && row.groupId) {
        if (const auto counted = count(toHex(*row.groupId), "welcome", "refused", toStd(reason)); !counted)
            log(LogLevel::Warning, "send", counted.error().detail);
    }
}

Result<void> Conversations::failHeld(const Bytes& group) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto held, stores.held.list(group));
    for (const storage::HeldMessage& message : held) {
        if (message.messageId) {
            Effects ended; // the conversation itself is told anew by the caller
            VALISE_CHECK(failMessage(group, *message.messageId, "the conversation has ended", ended));
        }
        VALISE_CHECK(stores.held.remove(message.id));
    }
    return {};
}

} // namespace valise::client
