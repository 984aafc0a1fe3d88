// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/state_codec.h"

#include "core/base/encoding.h"

namespace valise::marmot {

namespace {

constexpr std::uint8_t kFormat = 1;
// Bound on the accounts or proposals of one commit or epoch. No group has as many members.
constexpr std::size_t kMaxNamed = 65'536;

std::string keyOf(const mls::Digest& state, std::string_view what) {
    return "state/" + toHex(state) + "/" + std::string(what);
}

Result<ByteView> part(const EngineParts& parts, const std::string& key) {
    const auto it = parts.find(key);
    if (it == parts.end())
        return {ErrorCode::NotFound, "a part of a retained state"};
    return ByteView(it->second);
}

Result<bool> readFlag(Reader& r) {
    return r.present();
}

Result<RetainedState> decodeRecord(ByteView bytes, bool& hasGroup, Lifecycle& lifecycle) {
    Reader r(bytes);
    VALISE_TRY(const std::uint8_t format, r.u8());
    if (format != kFormat)
        return {ErrorCode::Unsupported, "a retained state of another format"};
    RetainedState out;
    VALISE_TRY(out.epoch, r.u64());
    VALISE_TRY(const std::uint8_t standing, r.u8());
    if (standing > static_cast<std::uint8_t>(Standing::Dormant))
        return {ErrorCode::InvalidEncoding, "the standing of a state"};
    out.standing = static_cast<Standing>(standing);
    VALISE_TRY(out.parent, readOptionalDigest(r));
    VALISE_TRY(out.commit, r.fixed<32>());
    VALISE_TRY(const ByteView commit, r.opaque());
    out.commitBytes = toBytes(commit);
    VALISE_TRY(out.committer, r.fixed<32>());
    VALISE_TRY(const std::uint8_t commitClass, r.u8());
    if (commitClass > static_cast<std::uint8_t>(CommitClass::Ordinary))
        return {ErrorCode::InvalidEncoding, "the class of a commit"};
    out.commitClass = static_cast<CommitClass>(commitClass);
    VALISE_TRY(out.own, readFlag(r));
    VALISE_TRY(out.applied, readFlag(r));
    VALISE_TRY(out.createdAt, r.u64());
    VALISE_TRY(out.left, readDigests(r, kMaxNamed));
    VALISE_TRY(out.removed, readDigests(r, kMaxNamed));
    VALISE_TRY(out.consumed, readDigests(r, kMaxNamed));
    VALISE_TRY(const std::vector<Id32> witnesses, readDigests(r, kMaxNamed));
    out.witnesses.insert(witnesses.begin(), witnesses.end());
    VALISE_TRY(hasGroup, readFlag(r));
    VALISE_TRY(const std::uint8_t life, r.u8());
    const Bytes lifeBytes{life};
    VALISE_TRY(lifecycle, decodeLifecycle(lifeBytes));
    VALISE_CHECK(r.finish());
    out.epochChanged = out.ratchetsChanged = out.recordChanged = false;
    return out;
}

} // namespace

std::string recordKey(const mls::Digest& state) {
    return keyOf(state, "record");
}
std::string epochKey(const mls::Digest& state) {
    return keyOf(state, "epoch");
}
std::string ratchetsKey(const mls::Digest& state) {
    return keyOf(state, "ratchets");
}

void writeDigests(Writer& w, const std::vector<mls::Digest>& digests) {
    w.vector([&](Writer& in) {
        for (const mls::Digest& digest : digests)
            in.raw(digest);
    });
}

Result<std::vector<mls::Digest>> readDigests(Reader& r, std::size_t max) {
    VALISE_TRY(Reader list, r.vector(max * 32));
    std::vector<mls::Digest> out;
    while (!list.atEnd()) {
        VALISE_TRY(const mls::Digest digest, list.fixed<32>());
        out.push_back(digest);
    }
    return out;
}

Result<std::optional<mls::Digest>> readOptionalDigest(Reader& r) {
    VALISE_TRY(const bool present, r.present());
    if (!present)
        return std::optional<mls::Digest>();
    VALISE_TRY(const mls::Digest digest, r.fixed<32>());
    return std::optional<mls::Digest>(digest);
}

Bytes encodeRecord(const RetainedState& state) {
    Writer w;
    w.u8(kFormat);
    w.u64(state.epoch);
    w.u8(static_cast<std::uint8_t>(state.standing));
    w.optional(state.parent.has_value(), [&](Writer& in) { in.raw(*state.parent); });
    w.raw(state.commit);
    w.opaque(state.commitBytes);
    w.raw(state.committer);
    w.u8(static_cast<std::uint8_t>(state.commitClass));
    w.u8(state.own ? 1 : 0);
    w.u8(state.applied ? 1 : 0);
    w.u64(state.createdAt);
    writeDigests(w, state.left);
    writeDigests(w, state.removed);
    writeDigests(w, state.consumed);
    writeDigests(w, {state.witnesses.begin(), state.witnesses.end()});
    w.u8(state.group ? 1 : 0);
    w.u8(static_cast<std::uint8_t>(state.state.lifecycle));
    return w.take();
}

Result<RetainedState> readState(const EngineParts& parts, const mls::Digest& id,
                                const std::function<const RetainedState*(const mls::Digest&)>& find) {
    VALISE_TRY(const ByteView record, part(parts, recordKey(id)));
    bool hasGroup = false;
    Lifecycle lifecycle = Lifecycle::Active;
    VALISE_TRY(RetainedState out, decodeRecord(record, hasGroup, lifecycle));
    out.id = id;
    if (!hasGroup) {
        const RetainedState* parent = out.parent ? find(*out.parent) : nullptr;
        if (!parent)
            return {ErrorCode::InvalidEncoding, "a removal without the state before it"};
        out.state = parent->state;
        out.state.lifecycle = lifecycle;
        return out;
    }
    VALISE_TRY(const ByteView epoch, part(parts, epochKey(id)));
    VALISE_TRY(const ByteView ratchets, part(parts, ratchetsKey(id)));
    VALISE_TRY(mls::Group group, mls::Group::deserialize(epoch, ratchets));
    if (stateId(group) != id || group.epoch() != out.epoch)
        return {ErrorCode::InvalidEncoding, "a retained state under another's name"};
    // The leaves were verified when the state was added. This data comes from the encrypted database.
    VALISE_TRY(out.state, checkGroup(group, &group));
    out.group = std::move(group);
    return out;
}

} // namespace valise::marmot
