// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/welcome.h"

#include "core/mls/framing.h"

namespace valise::mls {

namespace {

Result<Bytes> readOpaque(Reader& r) {
    VALISE_TRY(const ByteView v, r.opaque());
    return toBytes(v);
}

} // namespace

Result<GroupInfo> GroupInfo::read(Reader& r) {
    GroupInfo g;
    const std::size_t start = r.position();
    VALISE_TRY(g.context, GroupContext::read(r));
    VALISE_TRY(g.extensions, readExtensions(r));
    VALISE_TRY(g.confirmationTag, readOpaque(r));
    VALISE_TRY(g.signer, r.u32());
    g.signedSize = r.position() - start;
    VALISE_TRY(g.signature, readOpaque(r));
    g.raw = toBytes(r.slice(start, r.position()));
    return g;
}

void GroupInfo::sign(const crypto::Ed25519KeyPair& key) {
    Writer w;
    w.raw(context.encode());
    writeExtensions(w, extensions);
    w.opaque(confirmationTag);
    w.u32(signer);
    signedSize = w.bytes().size();
    signature = signWithLabel(key, "GroupInfoTBS", w.bytes());
    w.opaque(signature);
    raw = w.take();
}

bool GroupInfo::verify(ByteView signatureKey) const {
    return verifyWithLabel(signatureKey, "GroupInfoTBS", ByteView(raw).first(signedSize), signature);
}

Bytes GroupSecrets::encode() const {
    Writer w;
    w.opaque(joinerSecret.view());
    w.optional(pathSecret.has_value(), [&](Writer& in) { in.opaque(pathSecret->view()); });
    w.vector([&](Writer& in) {
        for (const PreSharedKeyId& id : psks)
            id.write(in);
    });
    return w.take();
}

Result<GroupSecrets> GroupSecrets::decode(ByteView bytes) {
    Reader r(bytes);
    GroupSecrets g;
    VALISE_TRY(const ByteView joiner, r.opaque(crypto::KeyBytes::kCapacity));
    g.joinerSecret = crypto::KeyBytes(joiner);
    VALISE_TRY(const bool hasPath, r.present());
    if (hasPath) {
        VALISE_TRY(const ByteView path, r.opaque(crypto::KeyBytes::kCapacity));
        g.pathSecret = crypto::KeyBytes(path);
    }
    VALISE_TRY(Reader in, r.vector());
    while (!in.atEnd()) {
        if (g.psks.size() >= kMaxListed)
            return {ErrorCode::LimitExceeded, "too many pre-shared keys in a Welcome"};
        VALISE_TRY(auto id, PreSharedKeyId::read(in));
        g.psks.push_back(std::move(id));
    }
    VALISE_CHECK(r.finish());
    return g;
}

Bytes Welcome::toMessage() const {
    Writer w;
    writeMessageHeader(w, WireFormat::Welcome);
    w.u16(cipherSuite);
    w.vector([&](Writer& in) {
        for (const EncryptedGroupSecrets& s : secrets) {
            in.opaque(s.newMember);
            writeHpkeCiphertext(in, s.secrets);
        }
    });
    w.opaque(encryptedGroupInfo);
    return w.take();
}

Result<Welcome> Welcome::read(Reader& r) {
    Welcome out;
    VALISE_TRY(out.cipherSuite, r.u16());
    VALISE_TRY(Reader in, r.vector());
    while (!in.atEnd()) {
        if (out.secrets.size() >= kMaxListed)
            return {ErrorCode::LimitExceeded, "too many new members in a Welcome"};
        EncryptedGroupSecrets s;
        VALISE_TRY(s.newMember, readOpaque(in));
        VALISE_TRY(s.secrets, readHpkeCiphertext(in));
        out.secrets.push_back(std::move(s));
    }
    VALISE_TRY(out.encryptedGroupInfo, readOpaque(r));
    return out;
}

} // namespace valise::mls
