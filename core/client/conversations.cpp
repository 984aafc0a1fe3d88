// SPDX-License-Identifier: AGPL-3.0-or-later
// Groups as a whole: loading, subscribing, lists, members and what the window is told.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

// How far two clocks may be apart for what is said in a young group to be found.
constexpr std::int64_t kSkewSeconds = 900;
// Group ids of one filter; relays bound the size of a request.
constexpr std::size_t kGroupsPerSubscription = 100;
// What arrives in this time after the first message is acknowledged by the same event, and what is read in it
// only once.
constexpr int kDeliveredDelayMs = 3000;

} // namespace

Conversations::Conversations(Profile& profile, net::RelayPool& pool, OutboxPump& outbox, Directory& directory,
                             RecordMapper& mapper, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_outbox(outbox)
    , m_directory(directory)
    , m_mapper(mapper)
    , m_changes(profile.stores()) {
    m_inboundTimer.setSingleShot(true);
    m_untoldTimer.setSingleShot(true);
    m_scheduled.setSingleShot(true);
    connect(&m_scheduled, &QTimer::timeout, this, &Conversations::sendDue);
    connect(&m_untoldTimer, &QTimer::timeout, this, &Conversations::emitUntold);
    connect(&m_inboundTimer, &QTimer::timeout, this, &Conversations::processInbound);
    m_receiptTimer.setSingleShot(true);
    connect(&m_receiptTimer, &QTimer::timeout, this, &Conversations::sendReceipts);
    m_expiryTimer.setSingleShot(true);
    connect(&m_expiryTimer, &QTimer::timeout, this, &Conversations::expire);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Conversations::advanceDue);
    m_formersTimer.setSingleShot(true);
    connect(&m_formersTimer, &QTimer::timeout, this, &Conversations::forgetFormers);
    m_renewal.setSingleShot(true);
    connect(&m_renewal, &QTimer::timeout, this, &Conversations::renewDue);
}

Result<void> Conversations::readFrom(const marmot::GroupEngine& group, std::int64_t seconds) {
    for (const std::string& relay : relaysOf(group))
        VALISE_CHECK(m_profile.stores().cursors.set(relay, cursorName(group.id()),
                                                    seconds + kOverlapSeconds - kSkewSeconds));
    return {};
}

std::string Conversations::cursorName(const Bytes& group) {
    return "group:" + toHex(group);
}

Result<void> Conversations::load() {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto groups, stores.groups.list());
    for (const storage::GroupRow& group : groups) {
        VALISE_CHECK(loadFormers(group.groupId));
        const bool over = group.status == storage::GroupStatus::Left ||
                          group.status == storage::GroupStatus::Removed ||
                          group.status == storage::GroupStatus::Unrecoverable;
        if (!over) {
            auto restored = restore(group.groupId);
            if (restored) {
                m_sessions.emplace(group.groupId, std::move(restored).value());
            } else {
                VALISE_CHECK(
                    count(toHex(group.groupId), "group", "unreadable_state", restored.error().detail));
                VALISE_CHECK(stores.groups.setStatus(group.groupId, storage::GroupStatus::Unrecoverable,
                                                     m_profile.clock.nowMs()));
            }
        }
        if (!listens(group.groupId))
            continue;
        VALISE_TRY(const auto routes, stores.groupStates.routes(group.groupId));
        for (const storage::RouteRow& route : routes)
            m_routes[route.nostrGroupId] = group.groupId;
    }
    if (m_profile.database->restriction())
        return {};
    VALISE_CHECK(adoptKept());
    VALISE_CHECK(adoptExpiries());
    // Before anybody looks: what had its time while the program was closed is not shown once more.
    expire();
    subscribeAll();
    if (!m_formers.empty())
        forgetFormers();
    settlePending();
    std::vector<Bytes> ids;
    for (const storage::GroupRow& group : groups)
        if (listens(group.groupId))
            ids.push_back(group.groupId);
    for (const Bytes& id : ids) {
        retryDeferred(id); // what waited in memory when the program ended
        rearmDepartures(id);
    }
    flushAll();
    armDeadline();
    armScheduled();
    return {};
}

Result<marmot::GroupEngine> Conversations::restore(const Bytes& group) {
    auto& stores = m_profile.stores();
    VALISE_TRY(marmot::EngineParts parts, stores.groupStates.parts(group));
    if (!parts.empty()) {
        auto restored = marmot::GroupEngine::load(parts);
        for (auto& [name, value] : parts)
            const crypto::WipeGuard guard(value);
        if (restored && restored->standing() == marmot::GroupStanding::Unrecoverable)
            return {ErrorCode::StorageDamaged, "states of the group were lost"};
        return restored;
    }
    // Written by a version that kept the tip only.
    VALISE_TRY(auto earlier, stores.groupStates.earlierState(group));
    if (!earlier)
        return {ErrorCode::NotFound, "a group without a state"};
    const crypto::WipeGuard tipGuard(earlier->tip);
    const crypto::WipeGuard nextGuard(earlier->pendingNext);
    bool accepted = false;
    std::optional<std::int64_t> unsent;
    if (earlier->pendingEvent) {
        // A row that is gone was accepted.
        VALISE_TRY(const auto row, stores.outbox.byEvent(*earlier->pendingEvent));
        accepted = !row.has_value();
        if (row) {
            VALISE_TRY(const auto progress, stores.outbox.progress(row->id));
            accepted = progress.accepted > 0;
            if (!accepted)
                unsent = row->id;
        }
    }
    VALISE_TRY(mls::Group tip, mls::Group::deserialize(accepted ? earlier->pendingNext : earlier->tip));
    VALISE_TRY(marmot::GroupEngine engine, marmot::GroupEngine::fromTip(std::move(tip)));
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        if (unsent) {
            VALISE_CHECK(stores.outbox.cancel(*unsent));
        }
        VALISE_CHECK(storeSession(engine));
        return stores.groupStates.eraseEarlierState(group);
    }));
    return engine;
}

const marmot::GroupEngine* Conversations::engine(const Bytes& group) const {
    const auto found = m_sessions.find(group);
    return found == m_sessions.end() ? nullptr : &found->second;
}

marmot::GroupEngine* Conversations::session(const Bytes& group) {
    const auto found = m_sessions.find(group);
    return found == m_sessions.end() ? nullptr : &found->second;
}

Result<storage::GroupRow> Conversations::record(const Bytes& group) {
    VALISE_TRY(auto found, m_profile.stores().groups.get(group));
    if (!found)
        return {ErrorCode::NotFound, "no such conversation"};
    return std::move(*found);
}

std::vector<std::string> Conversations::relaysOf(const marmot::GroupEngine& group) const {
    return normalisedRelays(group.state().routing.relays, m_profile.options.allowInsecureRelays);
}

std::vector<std::string> Conversations::listeningRelays(const Bytes& group) const {
    std::vector<std::string> all;
    const auto add = [&](const marmot::GroupEngine& engine) {
        for (const marmot::NostrRouting& route : engine.routes())
            all.insert(all.end(), route.relays.begin(), route.relays.end());
    };
    if (const marmot::GroupEngine* followed = engine(group))
        add(*followed);
    if (const auto formers = m_formers.find(group); formers != m_formers.end())
        for (const Former& former : formers->second)
            add(former.engine);
    return normalisedRelays(all, m_profile.options.allowInsecureRelays);
}

bool Conversations::writable(const marmot::GroupEngine& group) const {
    const std::vector<std::string> relays = relaysOf(group);
    return std::any_of(relays.begin(), relays.end(), [&](const std::string& relay) {
        return m_pool.status(relay).state == net::RelayState::Connected;
    });
}

bool Conversations::current(const Bytes& group) const {
    if (crowded())
        return false;
    return std::any_of(m_subscriptions.begin(), m_subscriptions.end(), [&](const auto& entry) {
        return std::find(entry.second.begin(), entry.second.end(), group) != entry.second.end() &&
               m_pool.hasAnswered(entry.first);
    });
}

void Conversations::subscribeAll() {
    if (!m_profile.options.online)
        return;
    // One subscription for all groups that share their relays: relays allow few subscriptions, but many ids
    // in one.
    std::map<std::vector<std::string>, std::vector<Bytes>> byRelays;
    for (const auto& [id, followed] : m_sessions)
        byRelays[listeningRelays(id)].push_back(id);
    for (const auto& [id, formers] : m_formers)
        if (!m_sessions.count(id))
            byRelays[listeningRelays(id)].push_back(id);
    std::map<std::string, std::vector<Bytes>> wanted;
    for (const auto& [relays, all] : byRelays) {
        for (std::size_t from = 0; from < all.size(); from += kGroupsPerSubscription) {
            const std::size_t to = std::min(all.size(), from + kGroupsPerSubscription);
            const std::vector<Bytes> groups(all.begin() + static_cast<std::ptrdiff_t>(from),
                                            all.begin() + static_cast<std::ptrdiff_t>(to));
            Bytes name;
            for (const std::string& relay : relays)
                append(name, crypto::sha256(viewOf(relay)));
            net::Subscription subscription;
            subscription.relays = relays;
            subscription.overlapSeconds = kOverlapSeconds;
            nostr::Filter filter;
            filter.kinds = {nostr::kind::kGroup};
            for (const Bytes& group : groups)
                for (const auto& [route, owner] : m_routes)
                    if (owner == group) {
                        filter.tags['h'].push_back(toHex(route));
                        append(name, route);
                    }
            subscription.filters = {filter};
            subscription.id = "g" + toHex(crypto::sha256(name)).substr(0, 24);
            for (const std::string& relay : relays) {
                // The group that is furthest behind decides.
                std::optional<std::int64_t> least;
                for (const Bytes& group : groups) {
                    const auto cursor = m_profile.stores().cursors.get(relay, cursorName(group));
                    const std::int64_t at = cursor && *cursor ? **cursor : 0;
                    least = least ? std::min(*least, at) : at;
                }
                if (least && *least > 0)
                    subscription.cursors[relay] = *least;
            }
            wanted[subscription.id] = groups;
            if (!m_subscriptions.count(subscription.id))
                m_pool.subscribe(subscription);
        }
    }
    for (const auto& [id, groups] : m_subscriptions)
        if (!wanted.count(id))
            m_pool.unsubscribe(id);
    m_subscriptions = std::move(wanted);
}

bool Conversations::caughtUp() const {
    return std::all_of(m_subscriptions.begin(), m_subscriptions.end(),
                       [&](const auto& entry) { return m_pool.isCaughtUp(entry.first); });
}

bool Conversations::idle() {
    if (!m_inbound.empty())
        return false;
    for (const auto& [id, engine] : m_sessions)
        if (engine.pass() || (!engine.queue().empty() && writable(engine)))
            return false;
    const auto groups = m_profile.stores().held.groups();
    if (!groups)
        return true;
    for (const Bytes& group : *groups) {
        const marmot::GroupEngine* found = session(group);
        if (!found || m_pool.clockAheadMs() != 0)
            continue;
        for (const std::string& relay : relaysOf(*found)) {
            const net::RelayState state = m_pool.status(relay).state;
            if (state == net::RelayState::Connected || state == net::RelayState::Connecting ||
                state == net::RelayState::Authenticating)
                return false;
        }
    }
    return true;
}

QVector<DiagnosticRecord> Conversations::diagnostics() const {
    QVector<DiagnosticRecord> out;
    const qint64 now = m_profile.clock.now();
    for (const auto& [id, engine] : m_sessions) {
        const QString scope = toQString(toHex(id));
        QString standing = QStringLiteral("epoch %1").arg(engine.epoch());
        if (engine.pass())
            standing += QStringLiteral(", choosing between branches");
        if (!engine.queue().empty())
            standing += QStringLiteral(", %1 changes wait").arg(engine.queue().size());
        out.append({scope, QStringLiteral("group"), standing, 1, now});
        if (engine.pendingPublish())
            out.append({scope, QStringLiteral("pending_commit"),
                        QStringLiteral("epoch %1").arg(engine.pendingPublish()->outgoing.epoch), 1, now});
        if (const auto& d = engine.lastDecision())
            out.append({scope, QStringLiteral("convergence"),
                        QStringLiteral("%1 the branch to epoch %2 from %3 candidates since epoch %4, by %5 "
                                       "(depth %6, witnesses %7%8)")
                            .arg(d->switched ? QStringLiteral("changed to") : QStringLiteral("followed"))
                            .arg(d->tipEpoch)
                            .arg(d->candidates)
                            .arg(d->forkEpoch)
                            .arg(toQString(marmot::ruleName(d->decisive)))
                            .arg(d->score.depth)
                            .arg(d->score.witnessScore)
                            .arg(d->score.quorum ? QStringLiteral(", quorum") : QString()),
                        static_cast<qint64>(d->generation) + 1, d->decidedMs / 1000});
    }
    for (const auto& [id, formers] : m_formers)
        for (const Former& former : formers)
            out.append({toQString(toHex(id)), QStringLiteral("former"),
                        QStringLiteral("out since epoch %1, what was sent before is read for %2 minutes more")
                            .arg(former.engine.epoch())
                            .arg(std::max<std::int64_t>(0, former.untilMs / 1000 - now) / 60),
                        1, now});
    return out;
}

int Conversations::queuedCount() {
    const auto sending = m_profile.stores().messages.countQueued();
    return sending ? static_cast<int>(*sending) : 0;
}

Result<void> Conversations::count(std::string_view scope, std::string_view category, std::string_view reason,
                                  std::string_view detail) {
    return m_profile.stores().counters.add(scope, category, reason, m_profile.clock.nowMs(),
                                           detail.substr(0, 200));
}

Result<void> Conversations::storeGroupRow(const marmot::GroupEngine& group, storage::GroupRow& stored) {
    const std::vector<marmot::GroupMember> members = group.members();
    const marmot::Id32 self = group.self();
    stored.groupId = group.id();
    stored.nostrGroupId = group.state().routing.nostrGroupId;
    stored.name = group.state().profile.name;
    stored.description = group.state().profile.description;
    stored.epoch = group.epoch();
    stored.updatedMs = m_profile.clock.nowMs();
    if (members.size() == 2)
        stored.peer = members[0].account == self ? members[1].account : members[0].account;
    else if (members.size() > 2)
        stored.peer.reset();
    GroupExtra extra = GroupExtra::decode(stored.extra);
    extra.members = static_cast<int>(members.size());
    extra.admin = group.isAdmin();
    extra.retentionSeconds = group.state().retentionSeconds;
    extra.relays = toQStrings(group.state().routing.relays);
    stored.extra = extra.encode();

    auto& stores = m_profile.stores();
    VALISE_TRY(const auto existing, stores.groups.get(group.id()));
    if (existing) {
        VALISE_CHECK(stores.groups.update(stored));
    } else {
        VALISE_CHECK(stores.groups.add(stored));
    }
    const auto owner = m_routes.find(stored.nostrGroupId);
    if (owner != m_routes.end() && owner->second != group.id() && listens(owner->second))
        return count(toHex(group.id()), "rejected", "route_taken", "a route that another conversation uses");
    return stores.groupStates.putRoute(
        {stored.nostrGroupId, group.id(), group.epoch(), group.state().routing.relays, true});
}

void Conversations::emitConversation(const Bytes& group) {
    m_untold.insert(group);
    if (!m_untoldTimer.isActive())
        m_untoldTimer.start(0);
}

void Conversations::emitUntold() {
    for (const Bytes& group : std::exchange(m_untold, {})) {
        const auto row = m_profile.stores().groups.conversation(group);
        if (row && *row)
            emit conversationChanged(m_mapper.conversation(**row));
    }
}

void Conversations::emitAll() {
    m_mapper.forgetNames();
    const auto rows = m_profile.stores().groups.conversations();
    if (rows)
        for (const storage::ConversationRow& row : *rows)
            emit conversationChanged(m_mapper.conversation(row));
}

void Conversations::tell(const Effects& effects) {
    for (const auto& [group, rows] : effects.added) {
        QVector<MessageRecord> records;
        for (const std::int64_t row : rows)
            if (const auto message = m_profile.stores().messages.byRow(row);
                message && *message && (*message)->shown)
                records.append(m_mapper.message(**message));
        if (!records.isEmpty())
            emit messagesAdded(toQt(group), records);
    }
    tellChanges(effects);
    std::set<Bytes> touched = effects.touched;
    for (const auto& [group, rows] : effects.added)
        touched.insert(group);
    for (const auto& [group, ids] : effects.changed)
        touched.insert(group);
    for (const auto& [group, rows] : effects.removed)
        touched.insert(group);
    for (const Bytes& group : touched)
        emitConversation(group);
    for (const Bytes& group : effects.routesChanged)
        if (const marmot::GroupEngine* moved = session(group))
            m_routes.try_emplace(moved->state().routing.nostrGroupId, group);
    if (!effects.routesChanged.empty())
        subscribeAll();
    if (!effects.met.empty())
        m_directory.refreshNames({effects.met.begin(), effects.met.end()});
    for (const std::int64_t row : effects.changedRows)
        if (const auto message = m_profile.stores().messages.byRow(row);
            message && *message && (*message)->shown)
            emit messageChanged(m_mapper.message(**message));
    if (effects.outbox)
        m_outbox.wake();
    if (!effects.added.empty() || !effects.touched.empty())
        armExpiry();
    if (!effects.receiptsOwed.empty())
        armReceipts(kDeliveredDelayMs);
    for (const Effects::Typing& typing : effects.typing)
        emit typingChanged(toQt(typing.group), toQt(typing.member), m_mapper.nameOf(typing.member),
                           typing.on);
    for (const Bytes& group : effects.retry)
        retryDeferred(group);
    for (const Bytes& group : effects.epochMoved)
        fetchMissed(group);
    std::set<Bytes> ready = effects.epochMoved;
    ready.insert(effects.settled.begin(), effects.settled.end());
    ready.insert(effects.departures.begin(), effects.departures.end());
    for (const Bytes& group : ready) {
        rearmDepartures(group);
        continueLeaving(group);
        continueRepair(group);
        flush(group);
    }
    for (const auto& [change, result] : effects.finished) {
        const auto waiting = m_waiting.find(change);
        if (waiting == m_waiting.end())
            continue;
        const Done done = std::move(waiting->second);
        m_waiting.erase(waiting);
        done(result);
    }
    armDeadline();
    emit changed();
    if (!effects.epochMoved.empty() || !effects.ended.empty())
        emit groupsMoved();
}

Result<QVector<MemberRecord>> Conversations::members(const Bytes& group) {
    const marmot::GroupEngine* found = session(group);
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

Result<void> Conversations::accept(const Bytes& group) {
    VALISE_TRY(const storage::GroupRow stored, record(group));
    if (stored.status != storage::GroupStatus::Request)
        return {};
    VALISE_CHECK(m_profile.write([&] {
        return m_profile.stores().groups.setStatus(group, storage::GroupStatus::Joined,
                                                   m_profile.clock.nowMs());
    }));
    emitConversation(group);
    return {};
}

Result<void> Conversations::saveDraft(const Bytes& group, const std::string& text) {
    VALISE_CHECK(m_profile.write([&] { return m_profile.stores().groups.setDraft(group, text); }));
    emitConversation(group);
    return {};
}

Result<void> Conversations::markRead(const Bytes& group, std::int64_t row) {
    VALISE_TRY(const auto message, m_profile.stores().messages.byRow(row));
    if (!message || message->groupId != group)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const storage::GroupRow before, record(group));
        VALISE_CHECK(oweRead(group, before.lastRead, message->orderKey()));
        VALISE_CHECK(m_profile.stores().groups.markRead(group, message->orderKey()));
        return {};
    }));
    emitConversation(group);
    return {};
}

} // namespace valise::client
