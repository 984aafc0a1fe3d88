// SPDX-License-Identifier: AGPL-3.0-or-later
// The stored form of the engine: parts with versions and bounds.
#include "core/base/encoding.h"
#include "core/marmot/change_codec.h"
#include "core/marmot/group_engine.h"
#include "core/marmot/state_codec.h"

namespace valise::marmot {

namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::string_view kMainKey = "main";
constexpr std::string_view kHandshakesKey = "handshakes";
constexpr std::size_t kMaxEventJson = std::size_t{1} << 21;
constexpr std::size_t kMaxWelcomes = 4096;

std::string parkedKey(std::uint64_t number) {
    ByteArray<8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    return "parked/" + toHex(bytes);
}

std::optional<std::uint64_t> parkedNumber(const std::string& key) {
    constexpr std::string_view kPrefix = "parked/";
    if (key.compare(0, kPrefix.size(), kPrefix) != 0)
        return std::nullopt;
    const auto bytes = fromHexFixed<8>(std::string_view(key).substr(kPrefix.size()));
    if (!bytes)
        return std::nullopt;
    std::uint64_t number = 0;
    for (const std::uint8_t b : *bytes)
        number = number << 8 | b;
    return number;
}

void writeTime(Writer& w, std::int64_t ms) {
    w.u64(static_cast<std::uint64_t>(ms));
}

Result<std::int64_t> readTime(Reader& r) {
    VALISE_TRY(const std::uint64_t value, r.u64());
    // A bound above any real time, and low enough that sums do not overflow.
    if (value > static_cast<std::uint64_t>(INT64_MAX / 4))
        return {ErrorCode::InvalidEncoding, "a time out of range"};
    return static_cast<std::int64_t>(value);
}

void writePass(Writer& w, const ConvergencePass& pass) {
    w.u64(pass.generation);
    w.u64(pass.baseEpoch);
    writeTime(w, pass.openedMs);
    writeTime(w, pass.lastRelevantMs);
}

Result<ConvergencePass> readPass(Reader& r) {
    ConvergencePass out;
    VALISE_TRY(out.generation, r.u64());
    VALISE_TRY(out.baseEpoch, r.u64());
    VALISE_TRY(out.openedMs, readTime(r));
    VALISE_TRY(out.lastRelevantMs, readTime(r));
    return out;
}

void writeDecision(Writer& w, const ConvergenceDecision& d) {
    w.u64(d.generation);
    writeTime(w, d.decidedMs);
    w.u64(d.previousTip);
    w.u64(d.forkEpoch);
    w.u64(d.tipEpoch);
    w.raw(d.tipDigest);
    w.raw(d.tipCommitter);
    w.u32(d.candidates);
    w.u8(static_cast<std::uint8_t>(d.decisive));
    w.u64(d.score.depth);
    w.u64(d.score.effectiveDepth);
    w.u8(d.score.quorum ? 1 : 0);
    w.u64(d.score.witnessScore);
    w.u8(d.switched ? 1 : 0);
}

Result<ConvergenceDecision> readDecision(Reader& r) {
    ConvergenceDecision d;
    VALISE_TRY(d.generation, r.u64());
    VALISE_TRY(d.decidedMs, readTime(r));
    VALISE_TRY(d.previousTip, r.u64());
    VALISE_TRY(d.forkEpoch, r.u64());
    VALISE_TRY(d.tipEpoch, r.u64());
    VALISE_TRY(d.tipDigest, r.fixed<32>());
    VALISE_TRY(d.tipCommitter, r.fixed<32>());
    VALISE_TRY(d.candidates, r.u32());
    VALISE_TRY(const std::uint8_t rule, r.u8());
    if (rule > static_cast<std::uint8_t>(BranchRule::TipDigest))
        return {ErrorCode::InvalidEncoding, "the rule of a decision"};
    d.decisive = static_cast<BranchRule>(rule);
    VALISE_TRY(d.score.depth, r.u64());
    VALISE_TRY(d.score.effectiveDepth, r.u64());
    VALISE_TRY(d.score.quorum, r.present());
    VALISE_TRY(const std::uint64_t witnesses, r.u64());
    d.score.witnessScore = static_cast<std::size_t>(witnesses);
    VALISE_TRY(d.switched, r.present());
    return d;
}

void writePending(Writer& w, const PendingPublish& pending) {
    w.opaque(viewOf(pending.outgoing.event.toJson()));
    w.raw(pending.outgoing.digest);
    w.u64(pending.outgoing.epoch);
    w.raw(pending.state);
    w.vector([&](Writer& in) {
        for (const WelcomeDuty& duty : pending.welcomes) {
            in.raw(duty.recipient);
            in.opaque(viewOf(duty.rumor.toJson()));
            writeTexts(in, duty.inbox);
        }
    });
    w.opaque(encodeChange(pending.change));
    w.u64(pending.changeId);
}

Result<PendingPublish> readPending(Reader& r) {
    PendingPublish out;
    VALISE_TRY(const ByteView event, r.opaque(kMaxEventJson));
    VALISE_TRY(out.outgoing.event, nostr::parseEvent(textOf(event)));
    VALISE_TRY(out.outgoing.digest, r.fixed<32>());
    VALISE_TRY(out.outgoing.epoch, r.u64());
    VALISE_TRY(out.state, r.fixed<32>());
    VALISE_TRY(Reader duties, r.vector());
    while (!duties.atEnd()) {
        if (out.welcomes.size() >= kMaxWelcomes)
            return {ErrorCode::LimitExceeded, "too many Welcomes of one commit"};
        WelcomeDuty duty;
        VALISE_TRY(duty.recipient, duties.fixed<32>());
        VALISE_TRY(const ByteView rumor, duties.opaque(kMaxEventJson));
        VALISE_TRY(duty.rumor, nostr::parseRumor(textOf(rumor)));
        VALISE_TRY(duty.inbox, readTexts(duties));
        out.welcomes.push_back(std::move(duty));
    }
    VALISE_TRY(const ByteView change, r.opaque());
    VALISE_TRY(out.change, decodeChange(change));
    VALISE_TRY(out.changeId, r.u64());
    return out;
}

} // namespace

Bytes GroupEngine::encodeMain() const {
    Writer w;
    w.u8(kFormat);
    w.raw(m_history.tip().id);
    std::vector<mls::Digest> ids;
    for (const auto& [id, state] : m_history.states())
        ids.push_back(id);
    // Parents come first, because the state after a removal of this client is completed from its parent.
    std::stable_sort(ids.begin(), ids.end(), [&](const mls::Digest& a, const mls::Digest& b) {
        return m_history.find(a)->epoch < m_history.find(b)->epoch;
    });
    writeDigests(w, ids);
    w.raw(m_history.membership().id);
    w.u8(m_leaving ? 1 : 0);
    w.u8(m_unrecoverable ? 1 : 0);
    w.u64(m_generation);
    w.u64(m_nextChange);
    w.u64(m_nextParked);
    w.optional(m_proposedIn.has_value(), [&](Writer& in) { in.raw(*m_proposedIn); });
    w.optional(m_pass.has_value(), [&](Writer& in) { writePass(in, *m_pass); });
    w.optional(m_decision.has_value(), [&](Writer& in) { writeDecision(in, *m_decision); });
    w.optional(m_pending.has_value(), [&](Writer& in) { writePending(in, *m_pending); });
    w.vector([&](Writer& in) {
        for (const QueuedChange& queued : m_queue) {
            in.u64(queued.id);
            in.opaque(encodeChange(queued.change));
        }
    });
    return w.take();
}

Result<std::vector<mls::Digest>> GroupEngine::decodeMain(ByteView bytes, mls::Digest& tip,
                                                         mls::Digest& membership) {
    Reader r(bytes);
    VALISE_TRY(const std::uint8_t format, r.u8());
    if (format != kFormat)
        return {ErrorCode::Unsupported, "a group stored by another version"};
    VALISE_TRY(tip, r.fixed<32>());
    VALISE_TRY(std::vector<mls::Digest> ids, readDigests(r, RetainedHistory::kMaxStates));
    VALISE_TRY(membership, r.fixed<32>());
    VALISE_TRY(m_leaving, r.present());
    VALISE_TRY(m_unrecoverable, r.present());
    VALISE_TRY(m_generation, r.u64());
    VALISE_TRY(m_nextChange, r.u64());
    VALISE_TRY(m_nextParked, r.u64());
    VALISE_TRY(m_proposedIn, readOptionalDigest(r));
    VALISE_TRY(const bool hasPass, r.present());
    if (hasPass) {
        VALISE_TRY(m_pass, readPass(r));
    }
    VALISE_TRY(const bool hasDecision, r.present());
    if (hasDecision) {
        VALISE_TRY(m_decision, readDecision(r));
    }
    VALISE_TRY(const bool hasPending, r.present());
    if (hasPending) {
        VALISE_TRY(m_pending, readPending(r));
    }
    VALISE_TRY(Reader queue, r.vector());
    while (!queue.atEnd()) {
        if (m_queue.size() >= kMaxQueued)
            return {ErrorCode::LimitExceeded, "too many queued changes"};
        QueuedChange queued;
        VALISE_TRY(queued.id, queue.u64());
        VALISE_TRY(const ByteView change, queue.opaque());
        VALISE_TRY(queued.change, decodeChange(change));
        m_queue.push_back(std::move(queued));
    }
    VALISE_CHECK(r.finish());
    return ids;
}

Bytes GroupEngine::encodeHandshakes() const {
    Writer w;
    w.u8(kFormat);
    w.vector([&](Writer& in) {
        for (const auto& [digest, orphan] : m_orphans) {
            in.raw(digest);
            in.u64(orphan.epoch);
            in.u64(orphan.createdAt);
            in.opaque(orphan.message);
        }
    });
    w.vector([&](Writer& in) {
        for (const auto& [digest, known] : m_known) {
            in.raw(digest);
            in.u64(known.epoch);
            in.u8(static_cast<std::uint8_t>(known.kind));
            in.u8(known.own ? 1 : 0);
        }
    });
    return w.take();
}

Result<void> GroupEngine::decodeHandshakes(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(const std::uint8_t format, r.u8());
    if (format != kFormat)
        return {ErrorCode::Unsupported, "handshakes stored by another version"};
    VALISE_TRY(Reader orphans, r.vector());
    while (!orphans.atEnd()) {
        if (m_orphans.size() >= kMaxOrphans)
            return {ErrorCode::LimitExceeded, "too many commits without a parent"};
        Orphan orphan;
        VALISE_TRY(const mls::Digest digest, orphans.fixed<32>());
        VALISE_TRY(orphan.epoch, orphans.u64());
        VALISE_TRY(orphan.createdAt, orphans.u64());
        VALISE_TRY(const ByteView message, orphans.opaque());
        orphan.message = toBytes(message);
        m_orphans.emplace(digest, std::move(orphan));
    }
    VALISE_TRY(Reader list, r.vector());
    while (!list.atEnd()) {
        if (m_known.size() >= kMaxKnown)
            return {ErrorCode::LimitExceeded, "too many known handshakes"};
        Known known;
        VALISE_TRY(const mls::Digest digest, list.fixed<32>());
        VALISE_TRY(known.epoch, list.u64());
        VALISE_TRY(const std::uint8_t kind, list.u8());
        if (kind > static_cast<std::uint8_t>(InputKind::Commit))
            return {ErrorCode::InvalidEncoding, "the kind of a handshake"};
        known.kind = static_cast<InputKind>(kind);
        VALISE_TRY(known.own, list.present());
        m_known.emplace(digest, known);
    }
    return r.finish();
}

Bytes GroupEngine::encodeParked(const Parked& parked) {
    Writer w;
    w.u8(kFormat);
    w.raw(parked.digest);
    w.raw(parked.state);
    w.opaque(viewOf(parked.message.inner.toJson()));
    w.raw(parked.message.outerId);
    w.u64(parked.message.epoch);
    w.u32(parked.message.generation);
    w.optional(parked.message.expiresAt.has_value(), [&](Writer& in) { in.u64(*parked.message.expiresAt); });
    return w.take();
}

Result<GroupEngine::Parked> GroupEngine::decodeParked(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(const std::uint8_t format, r.u8());
    if (format != kFormat)
        return {ErrorCode::Unsupported, "a message stored by another version"};
    Parked out;
    VALISE_TRY(out.digest, r.fixed<32>());
    VALISE_TRY(out.state, r.fixed<32>());
    VALISE_TRY(const ByteView inner, r.opaque(kMaxInnerEvent * 2));
    VALISE_TRY(out.message.inner, nostr::parseRumor(textOf(inner)));
    out.message.id = out.message.inner.canonicalId();
    out.message.sender = out.message.inner.pubkey;
    VALISE_TRY(out.message.outerId, r.fixed<32>());
    VALISE_TRY(out.message.epoch, r.u64());
    VALISE_TRY(out.message.generation, r.u32());
    VALISE_TRY(const bool expires, r.present());
    if (expires) {
        VALISE_TRY(out.message.expiresAt, r.u64());
    }
    VALISE_CHECK(r.finish());
    return out;
}

EngineChanges GroupEngine::takeChanges() {
    EngineChanges out;
    std::map<std::string, mls::Digest> now;
    // Small parts are compared with their stored digest. Large parts have a flag for changes.
    const auto put = [&](std::string key, Bytes bytes) {
        const mls::Digest digest = crypto::sha256(bytes);
        const auto before = m_stored.find(key);
        if (before == m_stored.end() || before->second != digest)
            out.emplace(key, std::move(bytes));
        now.emplace(std::move(key), digest);
    };
    const auto putLarge = [&](std::string key, bool changed, const auto& make) {
        if (changed || m_stored.count(key) == 0)
            out.emplace(key, make());
        now.emplace(std::move(key), mls::Digest{});
    };
    put(std::string(kMainKey), encodeMain());
    put(std::string(kHandshakesKey), encodeHandshakes());
    for (const auto& entry : m_parked)
        putLarge(parkedKey(entry.first), false, [&] { return encodeParked(entry.second); });
    for (const auto& [id, held] : m_history.states()) {
        RetainedState& state = *m_history.find(id);
        putLarge(recordKey(id), state.recordChanged, [&] { return encodeRecord(state); });
        if (state.group) {
            putLarge(epochKey(id), state.epochChanged, [&] { return state.group->serializeEpoch(); });
            putLarge(ratchetsKey(id), state.ratchetsChanged,
                     [&] { return state.group->serializeRatchets(); });
        }
        state.recordChanged = state.epochChanged = state.ratchetsChanged = false;
    }
    for (const auto& [key, digest] : m_stored)
        if (now.count(key) == 0)
            out.emplace(key, std::nullopt);
    m_stored = std::move(now);
    return out;
}

EngineParts GroupEngine::parts() const {
    GroupEngine copy = *this;
    copy.m_stored.clear();
    EngineParts out;
    for (auto& [key, value] : copy.takeChanges())
        out.emplace(key, std::move(*value));
    return out;
}

Result<GroupEngine> GroupEngine::load(const EngineParts& parts) {
    const auto main = parts.find(std::string(kMainKey));
    if (main == parts.end())
        return {ErrorCode::StorageDamaged, "a group without its main part"};
    GroupEngine engine;
    mls::Digest tip{};
    mls::Digest membership{};
    VALISE_TRY(const std::vector<mls::Digest> ids, engine.decodeMain(main->second, tip, membership));
    std::map<mls::Digest, RetainedState> states;
    bool lost = false;
    for (const mls::Digest& id : ids) {
        auto state = readState(parts, id, [&](const mls::Digest& wanted) -> const RetainedState* {
            const auto it = states.find(wanted);
            return it == states.end() ? nullptr : &it->second;
        });
        if (state)
            states.insert_or_assign(id, std::move(state).value());
        else
            lost = true;
    }
    const auto current = states.find(membership);
    if (current == states.end() || !current->second.group)
        return {ErrorCode::StorageDamaged, "a group whose newest state cannot be read"};
    const RetainedState last = current->second;
    std::vector<RetainedState> list;
    for (auto& [id, state] : states)
        list.push_back(std::move(state));
    auto history = lost ? Result<RetainedHistory>(ErrorCode::StorageDamaged, "retained states")
                        : RetainedHistory::restore(std::move(list), tip);
    const auto handshakes = parts.find(std::string(kHandshakesKey));
    if (handshakes == parts.end() || !engine.decodeHandshakes(handshakes->second))
        lost = true;
    if (history && !lost) {
        engine.m_history = std::move(history).value();
    } else {
        // The newest state can still be shown. But nothing may be decided when part of the evidence is lost.
        engine.m_history = RetainedHistory(*last.group, last.state);
        engine.m_unrecoverable = true;
        engine.m_pass.reset();
        engine.m_pending.reset();
        engine.m_queue.clear();
    }
    for (const auto& [key, bytes] : parts) {
        const auto number = parkedNumber(key);
        if (!number)
            continue;
        auto parked = decodeParked(bytes);
        if (parked && engine.m_history.find(parked->state) && *number < engine.m_nextParked &&
            engine.m_parked.size() < kMaxParked)
            engine.m_parked.emplace(*number, std::move(parked).value());
    }
    if (engine.m_pending && !engine.m_history.find(engine.m_pending->state))
        return {ErrorCode::StorageDamaged, "a pending change without the state it leads to"};
    engine.markStored(parts);
    return engine;
}

void GroupEngine::markStored(const EngineParts& parts) {
    for (const auto& [key, bytes] : parts)
        m_stored[key] = key == kMainKey || key == kHandshakesKey ? crypto::sha256(bytes) : mls::Digest{};
}

} // namespace valise::marmot
