// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/types.h"

namespace valise::mls {

namespace {

bool contains(const std::vector<std::uint16_t>& list, std::uint16_t value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

void writeU16List(Writer& w, const std::vector<std::uint16_t>& list) {
    w.vector([&](Writer& in) {
        for (const std::uint16_t v : list)
            in.u16(v);
    });
}

Result<std::vector<std::uint16_t>> readU16List(Reader& r) {
    VALISE_TRY(Reader in, r.vector(std::size_t{1} << 13));
    std::vector<std::uint16_t> out;
    out.reserve(in.remaining() / 2);
    while (!in.atEnd()) {
        VALISE_TRY(const std::uint16_t v, in.u16());
        out.push_back(v);
    }
    return out;
}

Result<Bytes> readOpaque(Reader& r) {
    VALISE_TRY(const ByteView v, r.opaque());
    return toBytes(v);
}

} // namespace

const Extension* findExtension(const Extensions& extensions, std::uint16_t type) {
    for (const Extension& e : extensions) {
        if (e.type == type)
            return &e;
    }
    return nullptr;
}

void setExtension(Extensions& extensions, std::uint16_t type, Bytes data) {
    for (Extension& e : extensions) {
        if (e.type == type) {
            e.data = std::move(data);
            return;
        }
    }
    extensions.push_back({type, std::move(data)});
}

void writeExtensions(Writer& w, const Extensions& extensions) {
    w.vector([&](Writer& in) {
        for (const Extension& e : extensions) {
            in.u16(e.type);
            in.opaque(e.data);
        }
    });
}

Result<Extensions> readExtensions(Reader& r) {
    VALISE_TRY(Reader in, r.vector());
    Extensions out;
    while (!in.atEnd()) {
        Extension e;
        VALISE_TRY(e.type, in.u16());
        VALISE_TRY(e.data, readOpaque(in));
        if (findExtension(out, e.type))
            return {ErrorCode::InvalidEncoding, "two extensions of one type"};
        if (out.size() >= 256)
            return {ErrorCode::LimitExceeded, "too many extensions"};
        out.push_back(std::move(e));
    }
    return out;
}

// AppDataDictionary

Result<AppDataDictionary> AppDataDictionary::decode(ByteView extensionData) {
    Reader r(extensionData);
    VALISE_TRY(Reader in, r.vector());
    VALISE_CHECK(r.finish());
    AppDataDictionary out;
    while (!in.atEnd()) {
        Entry e;
        VALISE_TRY(e.component, in.u16());
        VALISE_TRY(e.data, readOpaque(in));
        if (!out.m_entries.empty() && out.m_entries.back().component >= e.component)
            return {ErrorCode::InvalidEncoding, "component ids are not strictly ascending"};
        out.m_entries.push_back(std::move(e));
    }
    return out;
}

Result<AppDataDictionary> AppDataDictionary::of(const Extensions& extensions) {
    const Extension* e = findExtension(extensions, extension_type::kAppDataDictionary);
    if (!e)
        return AppDataDictionary{};
    return decode(e->data);
}

Bytes AppDataDictionary::encode() const {
    Writer w;
    w.vector([&](Writer& in) {
        for (const Entry& e : m_entries) {
            in.u16(e.component);
            in.opaque(e.data);
        }
    });
    return w.take();
}

const Bytes* AppDataDictionary::find(std::uint16_t component) const {
    for (const Entry& e : m_entries) {
        if (e.component == component)
            return &e.data;
    }
    return nullptr;
}

void AppDataDictionary::set(std::uint16_t component, Bytes data) {
    auto at = std::lower_bound(m_entries.begin(), m_entries.end(), component,
                               [](const Entry& e, std::uint16_t id) { return e.component < id; });
    if (at != m_entries.end() && at->component == component)
        at->data = std::move(data);
    else
        m_entries.insert(at, Entry{component, std::move(data)});
}

bool AppDataDictionary::erase(std::uint16_t component) {
    return std::erase_if(m_entries, [&](const Entry& e) { return e.component == component; }) > 0;
}

Bytes encodeComponentsList(const std::vector<std::uint16_t>& components) {
    Writer w;
    writeU16List(w, components);
    return w.take();
}

Result<std::vector<std::uint16_t>> decodeComponentsList(ByteView data) {
    Reader r(data);
    VALISE_TRY(auto list, readU16List(r));
    VALISE_CHECK(r.finish());
    for (std::size_t i = 1; i < list.size(); ++i) {
        if (list[i - 1] >= list[i])
            return {ErrorCode::InvalidEncoding, "component ids are not strictly ascending"};
    }
    return list;
}

// Credential, Capabilities

void Credential::write(Writer& w) const {
    w.u16(type);
    w.opaque(identity);
}

Result<Credential> Credential::read(Reader& r) {
    Credential c;
    VALISE_TRY(c.type, r.u16());
    if (c.type != credential_type::kBasic && c.type != credential_type::kX509)
        return {ErrorCode::Unsupported, "credential type"};
    VALISE_TRY(c.identity, readOpaque(r));
    if (c.type == credential_type::kX509) {
        Reader chain(c.identity);
        while (!chain.atEnd())
            VALISE_CHECK(chain.opaque());
    }
    return c;
}

bool Capabilities::hasExtension(std::uint16_t t) const {
    return (t >= 1 && t <= 5) || contains(extensions, t);
}

bool Capabilities::hasProposal(std::uint16_t t) const {
    return (t >= 1 && t <= 7) || contains(proposals, t);
}

bool Capabilities::hasCredential(std::uint16_t t) const {
    return contains(credentials, t);
}

void Capabilities::write(Writer& w) const {
    writeU16List(w, versions);
    writeU16List(w, cipherSuites);
    writeU16List(w, extensions);
    writeU16List(w, proposals);
    writeU16List(w, credentials);
}

Result<Capabilities> Capabilities::read(Reader& r) {
    Capabilities c;
    VALISE_TRY(c.versions, readU16List(r));
    VALISE_TRY(c.cipherSuites, readU16List(r));
    VALISE_TRY(c.extensions, readU16List(r));
    VALISE_TRY(c.proposals, readU16List(r));
    VALISE_TRY(c.credentials, readU16List(r));
    return c;
}

Bytes RequiredCapabilities::encode() const {
    Writer w;
    writeU16List(w, extensions);
    writeU16List(w, proposals);
    writeU16List(w, credentials);
    return w.take();
}

Result<RequiredCapabilities> RequiredCapabilities::decode(ByteView extensionData) {
    Reader r(extensionData);
    RequiredCapabilities out;
    VALISE_TRY(out.extensions, readU16List(r));
    VALISE_TRY(out.proposals, readU16List(r));
    VALISE_TRY(out.credentials, readU16List(r));
    VALISE_CHECK(r.finish());
    return out;
}

Result<RequiredCapabilities> RequiredCapabilities::of(const Extensions& groupExtensions) {
    const Extension* e = findExtension(groupExtensions, extension_type::kRequiredCapabilities);
    if (!e)
        return RequiredCapabilities{};
    return decode(e->data);
}

// LeafNode

namespace {

void writeLeafContent(Writer& w, const LeafNode& n) {
    w.opaque(n.encryptionKey);
    w.opaque(n.signatureKey);
    n.credential.write(w);
    n.capabilities.write(w);
    w.u8(static_cast<std::uint8_t>(n.source));
    if (n.source == LeafNodeSource::KeyPackage) {
        w.u64(n.lifetime.notBefore);
        w.u64(n.lifetime.notAfter);
    } else if (n.source == LeafNodeSource::Commit) {
        w.opaque(n.parentHash);
    }
    writeExtensions(w, n.extensions);
}

Bytes leafTbs(const LeafNode& n, ByteView groupId, LeafIndex leaf) {
    Writer w;
    w.raw(ByteView(n.raw).first(n.signedSize));
    if (n.source != LeafNodeSource::KeyPackage) {
        w.opaque(groupId);
        w.u32(leaf);
    }
    return w.take();
}

} // namespace

Result<LeafNode> LeafNode::read(Reader& r) {
    LeafNode n;
    const std::size_t start = r.position();
    VALISE_TRY(n.encryptionKey, readOpaque(r));
    VALISE_TRY(n.signatureKey, readOpaque(r));
    VALISE_TRY(n.credential, Credential::read(r));
    VALISE_TRY(n.capabilities, Capabilities::read(r));
    VALISE_TRY(const std::uint8_t source, r.u8());
    if (source < 1 || source > 3)
        return {ErrorCode::InvalidEncoding, "leaf node source"};
    n.source = static_cast<LeafNodeSource>(source);
    if (n.source == LeafNodeSource::KeyPackage) {
        VALISE_TRY(n.lifetime.notBefore, r.u64());
        VALISE_TRY(n.lifetime.notAfter, r.u64());
    } else if (n.source == LeafNodeSource::Commit) {
        VALISE_TRY(n.parentHash, readOpaque(r));
    }
    VALISE_TRY(n.extensions, readExtensions(r));
    n.signedSize = r.position() - start;
    VALISE_TRY(n.signature, readOpaque(r));
    n.raw = toBytes(r.slice(start, r.position()));
    return n;
}

void LeafNode::sign(const crypto::Ed25519KeyPair& signer, ByteView groupId, LeafIndex leaf) {
    signatureKey = signer.publicKey;
    Writer w;
    writeLeafContent(w, *this);
    signedSize = w.bytes().size();
    raw = w.bytes();
    signature = signWithLabel(signer, "LeafNodeTBS", leafTbs(*this, groupId, leaf));
    w.opaque(signature);
    raw = w.take();
}

bool LeafNode::verify(ByteView groupId, LeafIndex leaf) const {
    return verifyWithLabel(signatureKey, "LeafNodeTBS", leafTbs(*this, groupId, leaf), signature);
}

// KeyPackage

Result<KeyPackage> KeyPackage::read(Reader& r) {
    KeyPackage k;
    const std::size_t start = r.position();
    VALISE_TRY(k.version, r.u16());
    VALISE_TRY(k.cipherSuite, r.u16());
    VALISE_TRY(k.initKey, readOpaque(r));
    VALISE_TRY(k.leafNode, LeafNode::read(r));
    VALISE_TRY(k.extensions, readExtensions(r));
    k.signedSize = r.position() - start;
    VALISE_TRY(k.signature, readOpaque(r));
    k.raw = toBytes(r.slice(start, r.position()));
    return k;
}

Result<KeyPackage> KeyPackage::fromMessage(ByteView mlsMessage) {
    Reader r(mlsMessage);
    VALISE_TRY(const std::uint16_t version, r.u16());
    VALISE_TRY(const std::uint16_t format, r.u16());
    if (version != kMls10 || format != 5)
        return {ErrorCode::InvalidEncoding, "not an MLSMessage with a KeyPackage"};
    VALISE_TRY(KeyPackage k, read(r));
    VALISE_CHECK(r.finish());
    return k;
}

Bytes KeyPackage::toMessage() const {
    Writer w;
    w.u16(kMls10);
    w.u16(5);
    w.raw(raw);
    return w.take();
}

void KeyPackage::sign(const crypto::Ed25519KeyPair& signer) {
    Writer w;
    w.u16(version);
    w.u16(cipherSuite);
    w.opaque(initKey);
    w.raw(leafNode.raw);
    writeExtensions(w, extensions);
    signedSize = w.bytes().size();
    signature = signWithLabel(signer, "KeyPackageTBS", w.bytes());
    w.opaque(signature);
    raw = w.take();
}

Result<bool> KeyPackage::isLastResort() const {
    VALISE_TRY(const AppDataDictionary dictionary, AppDataDictionary::of(extensions));
    const Bytes* mark = dictionary.find(component_id::kLastResortKeyPackage);
    if (mark && !mark->empty())
        return {ErrorCode::InvalidKeyPackage, "a last-resort mark with content"};
    return mark != nullptr;
}

Bytes KeyPackage::ref() const {
    return refHash("MLS 1.0 KeyPackage Reference", raw);
}

Result<void> KeyPackage::checkLifetime(std::optional<std::int64_t> now) const {
    if (!now)
        return {};
    const auto t = static_cast<std::uint64_t>(std::max<std::int64_t>(*now, 0));
    if (t < leafNode.lifetime.notBefore || t > leafNode.lifetime.notAfter)
        return {ErrorCode::InvalidKeyPackage, "outside its lifetime"};
    return {};
}

Result<void> KeyPackage::validate(std::optional<std::int64_t> now) const {
    const auto bad = [](const char* why) { return Result<void>(ErrorCode::InvalidKeyPackage, why); };
    if (version != kMls10)
        return {ErrorCode::Unsupported, "protocol version of a KeyPackage"};
    VALISE_CHECK(cipherSuiteFrom(cipherSuite));
    if (leafNode.source != LeafNodeSource::KeyPackage)
        return bad("leaf node source");
    if (initKey.size() != 32 || leafNode.encryptionKey.size() != 32 || leafNode.signatureKey.size() != 32)
        return bad("key length");
    if (initKey == leafNode.encryptionKey)
        return bad("init_key equals encryption_key");
    if (!contains(leafNode.capabilities.versions, version) ||
        !contains(leafNode.capabilities.cipherSuites, cipherSuite))
        return bad("capabilities lack the KeyPackage's own version or suite");
    if (!leafNode.capabilities.hasCredential(leafNode.credential.type))
        return bad("capabilities lack the credential's type");
    for (const Extension& e : leafNode.extensions) {
        if (!leafNode.capabilities.hasExtension(e.type))
            return bad("capabilities lack an extension of the leaf");
    }
    VALISE_CHECK(checkLifetime(now));
    if (!leafNode.verify({}, 0))
        return bad("signature of the leaf node");
    if (!verifyWithLabel(leafNode.signatureKey, "KeyPackageTBS", ByteView(raw).first(signedSize), signature))
        return bad("signature");
    return {};
}

KeyPackageBundle KeyPackageBundle::generate(const KeyPackageInputs& inputs, crypto::Random& random) {
    KeyPackageBundle b;
    crypto::X25519KeyPair init = crypto::x25519Generate(random);
    crypto::X25519KeyPair encryption = crypto::x25519Generate(random);
    b.initPrivateKey = init.privateKey;
    b.encryptionPrivateKey = encryption.privateKey;
    b.signer = inputs.signer;
    KeyPackage& k = b.keyPackage;
    k.cipherSuite = codeOf(inputs.suite);
    k.initKey = std::move(init.publicKey);
    k.leafNode.encryptionKey = std::move(encryption.publicKey);
    k.leafNode.credential = inputs.credential;
    k.leafNode.capabilities = inputs.capabilities;
    if (k.leafNode.capabilities.cipherSuites.empty())
        k.leafNode.capabilities.cipherSuites = {codeOf(inputs.suite)};
    k.leafNode.source = LeafNodeSource::KeyPackage;
    k.leafNode.lifetime = inputs.lifetime;
    k.leafNode.extensions = inputs.leafExtensions;
    k.leafNode.sign(b.signer, {}, 0);
    k.extensions = inputs.keyPackageExtensions;
    if (inputs.lastResort) {
        auto own = AppDataDictionary::of(k.extensions);
        if (!own.ok())
            abortInvariant("an own KeyPackage extension that does not decode");
        AppDataDictionary dictionary = std::move(own).value();
        dictionary.set(component_id::kLastResortKeyPackage, {});
        setExtension(k.extensions, extension_type::kAppDataDictionary, dictionary.encode());
    }
    k.sign(b.signer);
    return b;
}

Bytes KeyPackageBundle::serialize() const {
    Writer w;
    w.u8(1);
    w.opaque(keyPackage.raw);
    w.opaque(initPrivateKey.view());
    w.opaque(encryptionPrivateKey.view());
    w.opaque(signer.privateKey.view());
    return w.take();
}

Result<KeyPackageBundle> KeyPackageBundle::deserialize(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(const std::uint8_t version, r.u8());
    if (version != 1)
        return {ErrorCode::Unsupported, "version of a stored KeyPackage"};
    KeyPackageBundle b;
    VALISE_TRY(Reader kp, r.vector());
    VALISE_TRY(b.keyPackage, KeyPackage::read(kp));
    VALISE_CHECK(kp.finish());
    VALISE_TRY(const auto initKey, r.opaque(32));
    VALISE_TRY(const auto encryptionKey, r.opaque(32));
    VALISE_TRY(const auto seed, r.opaque(32));
    VALISE_CHECK(r.finish());
    b.initPrivateKey = crypto::KeyBytes(initKey);
    b.encryptionPrivateKey = crypto::KeyBytes(encryptionKey);
    VALISE_TRY(b.signer, crypto::ed25519FromSeed(seed));
    VALISE_TRY(const Bytes initPublic, crypto::x25519PublicKey(initKey));
    VALISE_TRY(const Bytes encryptionPublic, crypto::x25519PublicKey(encryptionKey));
    if (initPublic != b.keyPackage.initKey || encryptionPublic != b.keyPackage.leafNode.encryptionKey ||
        b.signer.publicKey != b.keyPackage.leafNode.signatureKey)
        return {ErrorCode::InvalidKey, "private keys do not belong to the KeyPackage"};
    return b;
}

// PreSharedKeyId

PreSharedKeyId PreSharedKeyId::external(ByteView pskId, crypto::Random& random) {
    PreSharedKeyId id;
    id.pskId = toBytes(pskId);
    id.pskNonce = random.bytes(kHashSize);
    return id;
}

PreSharedKeyId PreSharedKeyId::resumption(std::uint8_t usage, ByteView groupId, std::uint64_t epoch,
                                          crypto::Random& random) {
    PreSharedKeyId id;
    id.type = Type::Resumption;
    id.usage = usage;
    id.pskGroupId = toBytes(groupId);
    id.pskEpoch = epoch;
    id.pskNonce = random.bytes(kHashSize);
    return id;
}

void PreSharedKeyId::write(Writer& w) const {
    w.u8(static_cast<std::uint8_t>(type));
    if (type == Type::External) {
        w.opaque(pskId);
    } else {
        w.u8(usage);
        w.opaque(pskGroupId);
        w.u64(pskEpoch);
    }
    w.opaque(pskNonce);
}

Result<PreSharedKeyId> PreSharedKeyId::read(Reader& r) {
    PreSharedKeyId id;
    VALISE_TRY(const std::uint8_t type, r.u8());
    if (type < 1 || type > 2)
        return {ErrorCode::InvalidEncoding, "PSK type"};
    id.type = static_cast<Type>(type);
    if (id.type == Type::External) {
        VALISE_TRY(id.pskId, readOpaque(r));
    } else {
        VALISE_TRY(id.usage, r.u8());
        if (id.usage < 1 || id.usage > 3)
            return {ErrorCode::InvalidEncoding, "resumption PSK usage"};
        VALISE_TRY(id.pskGroupId, readOpaque(r));
        VALISE_TRY(id.pskEpoch, r.u64());
    }
    VALISE_TRY(id.pskNonce, readOpaque(r));
    return id;
}

// Proposal

ProposalType Proposal::type() const {
    static constexpr ProposalType kTypes[] = {ProposalType::Add,
                                              ProposalType::Update,
                                              ProposalType::Remove,
                                              ProposalType::PreSharedKey,
                                              ProposalType::ReInit,
                                              ProposalType::ExternalInit,
                                              ProposalType::GroupContextExtensions,
                                              ProposalType::AppDataUpdate,
                                              ProposalType::SelfRemove};
    return kTypes[body.index()];
}

void Proposal::write(Writer& w) const {
    w.u16(static_cast<std::uint16_t>(type()));
    if (auto* add = as<AddProposal>()) {
        w.raw(add->keyPackage.raw);
    } else if (auto* update = as<UpdateProposal>()) {
        w.raw(update->leafNode.raw);
    } else if (auto* remove = as<RemoveProposal>()) {
        w.u32(remove->removed);
    } else if (auto* psk = as<PreSharedKeyProposal>()) {
        psk->psk.write(w);
    } else if (auto* reInit = as<ReInitProposal>()) {
        w.opaque(reInit->groupId);
        w.u16(reInit->version);
        w.u16(reInit->cipherSuite);
        writeExtensions(w, reInit->extensions);
    } else if (auto* init = as<ExternalInitProposal>()) {
        w.opaque(init->kemOutput);
    } else if (auto* gce = as<GroupContextExtensionsProposal>()) {
        writeExtensions(w, gce->extensions);
    } else if (auto* data = as<AppDataUpdateProposal>()) {
        w.u16(data->component);
        w.u8(data->data ? 1 : 2);
        if (data->data)
            w.opaque(*data->data);
    }
}

Result<Proposal> Proposal::read(Reader& r) {
    VALISE_TRY(const std::uint16_t code, r.u16());
    switch (static_cast<ProposalType>(code)) {
    case ProposalType::Add: {
        AddProposal p;
        VALISE_TRY(p.keyPackage, KeyPackage::read(r));
        return Proposal{std::move(p)};
    }
    case ProposalType::Update: {
        UpdateProposal p;
        VALISE_TRY(p.leafNode, LeafNode::read(r));
        return Proposal{std::move(p)};
    }
    case ProposalType::Remove: {
        RemoveProposal p;
        VALISE_TRY(p.removed, r.u32());
        return Proposal{p};
    }
    case ProposalType::PreSharedKey: {
        PreSharedKeyProposal p;
        VALISE_TRY(p.psk, PreSharedKeyId::read(r));
        return Proposal{std::move(p)};
    }
    case ProposalType::ReInit: {
        ReInitProposal p;
        VALISE_TRY(p.groupId, readOpaque(r));
        VALISE_TRY(p.version, r.u16());
        VALISE_TRY(p.cipherSuite, r.u16());
        VALISE_TRY(p.extensions, readExtensions(r));
        return Proposal{std::move(p)};
    }
    case ProposalType::ExternalInit: {
        ExternalInitProposal p;
        VALISE_TRY(p.kemOutput, readOpaque(r));
        return Proposal{std::move(p)};
    }
    case ProposalType::GroupContextExtensions: {
        GroupContextExtensionsProposal p;
        VALISE_TRY(p.extensions, readExtensions(r));
        return Proposal{std::move(p)};
    }
    case ProposalType::AppDataUpdate: {
        AppDataUpdateProposal p;
        VALISE_TRY(p.component, r.u16());
        VALISE_TRY(const std::uint8_t op, r.u8());
        if (op == 1) {
            VALISE_TRY(p.data, readOpaque(r));
        } else if (op != 2) {
            return {ErrorCode::InvalidEncoding, "AppDataUpdate operation"};
        }
        return Proposal{std::move(p)};
    }
    case ProposalType::SelfRemove:
        return Proposal{SelfRemoveProposal{}};
    }
    return {ErrorCode::Unsupported, "proposal type"};
}

Result<Proposal> Proposal::decode(ByteView bytes) {
    Reader r(bytes);
    VALISE_TRY(Proposal p, read(r));
    VALISE_CHECK(r.finish());
    return p;
}

// GroupContext

Bytes GroupContext::encode() const {
    Writer w;
    w.u16(version);
    w.u16(codeOf(suite));
    w.opaque(groupId);
    w.u64(epoch);
    w.opaque(treeHash);
    w.opaque(confirmedTranscriptHash);
    writeExtensions(w, extensions);
    return w.take();
}

Result<GroupContext> GroupContext::read(Reader& r) {
    GroupContext c;
    VALISE_TRY(c.version, r.u16());
    if (c.version != kMls10)
        return {ErrorCode::Unsupported, "protocol version"};
    // A suite that this build does not have is refused later, where it is used.
    VALISE_TRY(const std::uint16_t suite, r.u16());
    c.suite = static_cast<CipherSuite>(suite);
    VALISE_TRY(c.groupId, readOpaque(r));
    VALISE_TRY(c.epoch, r.u64());
    VALISE_TRY(c.treeHash, readOpaque(r));
    VALISE_TRY(c.confirmedTranscriptHash, readOpaque(r));
    VALISE_TRY(c.extensions, readExtensions(r));
    return c;
}

} // namespace valise::mls
