// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"
#include "core/mls/group_state.h"

namespace valise::mls {

using crypto::KeyBytes;

namespace {

// Version 2 added the ReInit that ended a group and the flag for reading only.
constexpr std::uint8_t kFormat = 2;
constexpr std::uint8_t kOldestFormat = 1;

Result<KeyBytes> readSecret(Reader& r, bool mayBeEmpty = false) {
    VALISE_TRY(const ByteView v, r.opaque(kHashSize));
    if (v.size() != kHashSize && !(mayBeEmpty && v.empty()))
        return {ErrorCode::InvalidEncoding, "stored secret"};
    return KeyBytes(v);
}

Result<Bytes> readOpaque(Reader& r) {
    VALISE_TRY(const ByteView v, r.opaque(Reader::kLongestVector));
    return toBytes(v);
}

Result<std::uint8_t> readFormat(Reader& r) {
    VALISE_TRY(const std::uint8_t format, r.u8());
    if (format < kOldestFormat || format > kFormat)
        return {ErrorCode::Unsupported, "version of a stored group"};
    return format;
}

} // namespace

Bytes Group::serializeEpoch() const {
    const Epoch& e = *m_epoch;
    Writer w;
    w.u8(kFormat);
    w.opaque(e.contextBytes);
    w.raw(e.tree.encode());
    w.u32(e.own);
    w.opaque(e.signer.privateKey.view());
    w.vector([&](Writer& in) {
        for (const auto& [node, key] : e.keys.keys()) {
            in.u32(node);
            in.opaque(key.privateKey.view());
        }
    });
    const EpochSecrets& s = e.secrets;
    for (const KeyBytes* k : {&s.senderData, &s.exporter, &s.external, &s.confirmation, &s.membership,
                              &s.resumption, &s.authenticator, &s.init})
        w.opaque(k->view());
    w.opaque(e.interimTranscriptHash);
    w.opaque(e.confirmationTag);
    w.optional(e.groupInfoSigner.has_value(), [&](Writer& in) { in.u32(*e.groupInfoSigner); });
    w.optional(e.reInit.has_value(), [&](Writer& in) { Proposal{*e.reInit}.write(in); });
    w.u8(e.readingOnly ? 1 : 0);
    return w.take();
}

Bytes Group::serializeRatchets() const {
    Writer w;
    w.u8(kFormat);
    w.u64(m_epoch->context.epoch);
    // The epoch number is not enough, because two branches can have the same number.
    w.opaque(m_epoch->confirmationTag);
    m_ratchets->secrets.write(w);
    w.vector([&](Writer& in) {
        for (const VerifiedProposal& p : m_proposals) {
            in.opaque(p.ref);
            in.raw(p.messageDigest);
            in.u8(static_cast<std::uint8_t>(p.senderType));
            in.u32(p.sender);
            p.proposal.write(in);
            in.opaque(p.updatePrivateKey.view());
        }
    });
    return w.take();
}

Bytes Group::serialize() const {
    Writer w;
    w.u8(kFormat);
    Bytes epoch = serializeEpoch();
    Bytes ratchets = serializeRatchets();
    const crypto::WipeGuard epochGuard(epoch);
    const crypto::WipeGuard ratchetGuard(ratchets);
    w.opaque(epoch);
    w.opaque(ratchets);
    return w.take();
}

Result<Group> Group::deserialize(ByteView bytes) {
    Reader r(bytes);
    VALISE_CHECK(readFormat(r));
    VALISE_TRY(const ByteView epoch, r.opaque(Reader::kLongestVector));
    VALISE_TRY(const ByteView ratchets, r.opaque(Reader::kLongestVector));
    VALISE_CHECK(r.finish());
    return deserialize(epoch, ratchets);
}

Result<Group> Group::deserialize(ByteView epochBytes, ByteView ratchetBytes) {
    auto epoch = std::make_shared<Epoch>();
    Epoch& e = *epoch;
    Reader r(epochBytes);
    VALISE_TRY(const std::uint8_t format, readFormat(r));
    VALISE_TRY(e.contextBytes, readOpaque(r));
    Reader context(e.contextBytes);
    VALISE_TRY(e.context, GroupContext::read(context));
    VALISE_CHECK(context.finish());
    VALISE_CHECK(cipherSuiteFrom(codeOf(e.context.suite)));
    VALISE_TRY(e.dictionary, AppDataDictionary::of(e.context.extensions));
    const std::size_t treeStart = r.position();
    VALISE_CHECK(r.opaque(Reader::kLongestVector));
    VALISE_TRY(e.tree, RatchetTree::decode(r.slice(treeStart, r.position()), Reader::kLongestVector));
    VALISE_TRY(e.own, r.u32());
    VALISE_TRY(const KeyBytes seed, readSecret(r, true));
    if (e.tree.treeHash() != e.context.treeHash || !e.tree.leaf(e.own))
        return {ErrorCode::InvalidEncoding, "stored tree does not fit the stored group"};
    e.signer.publicKey = e.tree.leaf(e.own)->signatureKey;
    if (!seed.empty()) {
        VALISE_TRY(e.signer, crypto::ed25519FromSeed(seed));
        if (e.signer.publicKey != e.tree.leaf(e.own)->signatureKey)
            return {ErrorCode::InvalidEncoding, "stored signature key is not the leaf's"};
    }
    VALISE_TRY(Reader keys, r.vector());
    while (!keys.atEnd()) {
        VALISE_TRY(const std::uint32_t node, keys.u32());
        VALISE_TRY(KeyBytes key, readSecret(keys));
        const Bytes* publicKey = e.tree.encryptionKey(node);
        if (!publicKey)
            return {ErrorCode::InvalidEncoding, "stored key of a blank node"};
        e.keys.set(node, std::move(key), *publicKey);
    }
    EpochSecrets& s = e.secrets;
    for (KeyBytes* k : {&s.senderData, &s.exporter, &s.external, &s.confirmation, &s.membership,
                        &s.resumption, &s.authenticator, &s.init}) {
        VALISE_TRY(*k, readSecret(r, true));
    }
    VALISE_TRY(e.interimTranscriptHash, readOpaque(r));
    VALISE_TRY(e.confirmationTag, readOpaque(r));
    VALISE_TRY(const bool hasSigner, r.present());
    if (hasSigner) {
        VALISE_TRY(e.groupInfoSigner, r.u32());
    }
    if (format >= 2) {
        VALISE_TRY(const bool ended, r.present());
        if (ended) {
            VALISE_TRY(const Proposal proposal, Proposal::read(r));
            const auto* reInit = proposal.as<ReInitProposal>();
            if (!reInit)
                return {ErrorCode::InvalidEncoding, "stored end of a group"};
            e.reInit = *reInit;
        }
        VALISE_TRY(e.readingOnly, r.present());
    }
    VALISE_CHECK(r.finish());
    // A reading-only copy lacks these secrets. Every other copy has all of them.
    for (const KeyBytes* k : {&e.signer.privateKey, &s.external, &s.confirmation, &s.membership, &s.init}) {
        if (k->empty() != e.readingOnly)
            return {ErrorCode::InvalidEncoding, "stored secrets are not complete"};
    }
    for (const KeyBytes* k : {&s.senderData, &s.exporter, &s.resumption, &s.authenticator}) {
        if (k->empty())
            return {ErrorCode::InvalidEncoding, "stored secrets are not complete"};
    }

    Reader q(ratchetBytes);
    VALISE_TRY(const std::uint8_t ratchetFormat, readFormat(q));
    VALISE_TRY(const std::uint64_t ratchetEpoch, q.u64());
    if (ratchetFormat >= 2) {
        VALISE_TRY(const Bytes tag, readOpaque(q));
        if (tag != e.confirmationTag)
            return {ErrorCode::InvalidEncoding, "stored ratchets belong to another branch"};
    }
    VALISE_TRY(SecretTree secrets, SecretTree::read(q));
    if (ratchetEpoch != e.context.epoch || secrets.leafCount() != e.tree.leafCount() ||
        secrets.suite() != e.context.suite)
        return {ErrorCode::InvalidEncoding, "stored ratchets belong to another epoch"};
    std::vector<VerifiedProposal> proposals;
    VALISE_TRY(Reader list, q.vector(Reader::kLongestVector));
    while (!list.atEnd()) {
        VerifiedProposal p;
        VALISE_TRY(p.ref, readOpaque(list));
        VALISE_TRY(p.messageDigest, list.fixed<32>());
        VALISE_TRY(const std::uint8_t type, list.u8());
        if (type < 1 || type > 4)
            return {ErrorCode::InvalidEncoding, "stored proposal"};
        p.senderType = static_cast<SenderType>(type);
        VALISE_TRY(p.sender, list.u32());
        VALISE_TRY(p.proposal, Proposal::read(list));
        VALISE_TRY(p.updatePrivateKey, readSecret(list, true));
        // Stored proposals are checked again, because commits refer to them without a check. A proposal that
        // a newer version of the program refuses is dropped; the group must not be lost because of it.
        const bool stray = p.senderType == SenderType::NewMemberCommit ||
                           (p.senderType == SenderType::NewMemberProposal && !p.proposal.as<AddProposal>());
        if (!stray &&
            GroupOperations::checkProposal(e, p.senderType, p.sender, p.proposal, std::nullopt).ok())
            proposals.push_back(std::move(p));
    }
    VALISE_CHECK(q.finish());
    Group g = GroupOperations::make(std::move(epoch), std::move(secrets));
    g.m_proposals = std::move(proposals);
    return g;
}

} // namespace valise::mls
