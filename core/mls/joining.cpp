// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 section 12.4.3: GroupInfo, Welcome and joining.
#include "core/mls/group_state.h"

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

Result<GroupInfo> Ops::makeGroupInfo(const Epoch& epoch, bool withTree, bool withExternalPub) {
    GroupInfo info;
    info.context = epoch.context;
    info.confirmationTag = epoch.confirmationTag;
    info.signer = epoch.own;
    if (withTree)
        info.extensions.push_back({extension_type::kRatchetTree, epoch.tree.encode()});
    if (withExternalPub) {
        Writer w;
        w.opaque(crypto::hpkeDeriveKeyPair(epoch.secrets.external).publicKey);
        info.extensions.push_back({extension_type::kExternalPub, w.take()});
    }
    info.sign(epoch.signer);
    return info;
}

Result<RatchetTree> Ops::openTree(const GroupInfo& info, const std::optional<Bytes>& ratchetTree) {
    const Extension* inside = findExtension(info.extensions, extension_type::kRatchetTree);
    if (!inside && !ratchetTree)
        return {ErrorCode::InvalidWelcome, "no ratchet tree"};
    VALISE_TRY(RatchetTree tree, RatchetTree::decode(inside ? inside->data : *ratchetTree));
    const auto& signer = tree.leaf(info.signer);
    if (!signer)
        return {ErrorCode::InvalidWelcome, "signer's leaf is blank"};
    if (!info.verify(signer->signatureKey))
        return {ErrorCode::InvalidSignature, "GroupInfo"};
    if (tree.treeHash() != info.context.treeHash)
        return {ErrorCode::InvalidTree, "tree hash"};
    VALISE_CHECK(tree.verifyParentHashes());
    VALISE_CHECK(tree.validate(info.context.groupId));
    for (LeafIndex l = 0; l < tree.leafCount(); ++l) {
        const auto& leaf = tree.leaf(l);
        if (!leaf)
            continue;
        if (auto checked = checkLeaf(*leaf, info.context.suite, info.context.extensions); !checked.ok())
            return {ErrorCode::InvalidTree, checked.error().detail};
    }
    return tree;
}

namespace {

//! The PSK by which a Welcome links its group to an older one that it continues or branches from. nullptr if
//! there is none. Error: InvalidWelcome for more than one.
Result<const PreSharedKeyId*> linkOf(const std::vector<PreSharedKeyId>& psks) {
    const PreSharedKeyId* link = nullptr;
    for (const PreSharedKeyId& id : psks) {
        if (id.type != PreSharedKeyId::Type::Resumption || id.usage == PreSharedKeyId::kApplication)
            continue;
        if (link)
            return {ErrorCode::InvalidWelcome, "two links to older groups"};
        link = &id;
    }
    return link;
}

//! The end of section 12.4.3.1: checks the new group against the older group that its link names.
Result<void> checkLink(const PreSharedKeyId& link, const GroupContext& context, const RatchetTree& tree,
                       const Group& parent, const SameClient& same) {
    if (context.epoch != 1)
        return {ErrorCode::InvalidWelcome, "a linked group does not begin at epoch 1"};
    if (link.usage == PreSharedKeyId::kReInit) {
        const ReInitProposal* reInit = parent.reInit();
        if (!reInit)
            return {ErrorCode::InvalidWelcome, "the older group did not end with a ReInit"};
        if (context.groupId != reInit->groupId || context.version != reInit->version ||
            codeOf(context.suite) != reInit->cipherSuite || context.extensions != reInit->extensions)
            return {ErrorCode::InvalidWelcome, "the group is not what the ReInit announced"};
    } else if (context.suite != parent.suite() || context.version != parent.context().version) {
        return {ErrorCode::InvalidWelcome, "a branch of another version or suite"};
    }
    std::vector<Credential> now;
    for (LeafIndex l = 0; l < tree.leafCount(); ++l) {
        if (const auto& leaf = tree.leaf(l))
            now.push_back(leaf->credential);
    }
    std::vector<Credential> before;
    for (const Member& m : parent.members())
        before.push_back(m.node->credential);
    // After a ReInit every former member must be present. A branch has no new members.
    const bool reInit = link.usage == PreSharedKeyId::kReInit;
    for (const Credential& wanted : reInit ? before : now) {
        const std::vector<Credential>& among = reInit ? now : before;
        if (std::none_of(among.begin(), among.end(), [&](const Credential& c) {
                return reInit ? isSameClient(same, wanted, c) : isSameClient(same, c, wanted);
            }))
            return {ErrorCode::InvalidWelcome, reInit ? "a member of the older group is missing"
                                                      : "a member is not one of the older group"};
    }
    return {};
}

} // namespace

Result<Group> Group::create(ByteView groupId, const KeyPackageBundle& creator, Extensions groupExtensions,
                            crypto::Random& random) {
    VALISE_CHECK(creator.keyPackage.validate(std::nullopt));
    Epoch e;
    VALISE_TRY(e.context.suite, cipherSuiteFrom(creator.keyPackage.cipherSuite));
    e.context.groupId = toBytes(groupId);
    e.context.extensions = std::move(groupExtensions);
    if (!Ops::checkLeaf(creator.keyPackage.leafNode, e.context.suite, e.context.extensions).ok())
        return {ErrorCode::InvalidArgument, "the creator does not support the group's extensions"};
    VALISE_TRY(e.dictionary, AppDataDictionary::of(e.context.extensions));
    e.tree.addLeaf(creator.keyPackage.leafNode);
    e.tree.rehash();
    e.keys.set(0, creator.encryptionPrivateKey, creator.keyPackage.leafNode.encryptionKey);
    e.signer = creator.signer;
    e.context.treeHash = e.tree.treeHash();
    e.contextBytes = e.context.encode();
    // The epoch secret of a new group is random (section 11).
    e.secrets = EpochSecrets::fromEpochSecret(random.key(kHashSize));
    e.confirmationTag = mac(e.secrets.confirmation, e.context.confirmedTranscriptHash);
    e.interimTranscriptHash =
        valise::mls::interimTranscriptHash(e.context.confirmedTranscriptHash, e.confirmationTag);
    return Ops::start(std::move(e));
}

Result<Group> Group::join(ByteView welcomeMessage, const KeyPackageBundle& bundle,
                          const JoinOptions& options) {
    Reader r(welcomeMessage);
    VALISE_TRY(const WireFormat format, readMessageHeader(r));
    if (format != WireFormat::Welcome)
        return {ErrorCode::InvalidWelcome, "not a Welcome"};
    VALISE_TRY(const Welcome welcome, Welcome::read(r));
    VALISE_CHECK(r.finish());
    if (welcome.cipherSuite != bundle.keyPackage.cipherSuite)
        return {ErrorCode::InvalidWelcome, "cipher suite differs from the KeyPackage's"};
    VALISE_TRY(const CipherSuite suite, cipherSuiteFrom(welcome.cipherSuite));

    const Bytes ref = bundle.keyPackage.ref();
    const auto entry = std::find_if(welcome.secrets.begin(), welcome.secrets.end(),
                                    [&](const EncryptedGroupSecrets& s) { return s.newMember == ref; });
    if (entry == welcome.secrets.end())
        return {ErrorCode::NotFound, "the Welcome is not for this KeyPackage"};
    VALISE_TRY(Bytes secretBytes,
               decryptWithLabel(suite, bundle.initPrivateKey, bundle.keyPackage.initKey, "Welcome",
                                welcome.encryptedGroupInfo, entry->secrets.enc, entry->secrets.ciphertext));
    crypto::WipeGuard guard(secretBytes);
    VALISE_TRY(const GroupSecrets secrets, GroupSecrets::decode(secretBytes));
    if (secrets.joinerSecret.size() != kHashSize ||
        (secrets.pathSecret && secrets.pathSecret->size() != kHashSize))
        return {ErrorCode::InvalidWelcome, "length of a secret"};
    VALISE_TRY(const PreSharedKeyId* link, linkOf(secrets.psks));
    if ((link != nullptr) != (options.parent != nullptr) ||
        (link &&
         (link->pskGroupId != options.parent->groupId() || link->pskEpoch != options.parent->epoch())))
        return {ErrorCode::InvalidWelcome, "linked to another group than the one given"};
    const PskLookup find = [&](const PreSharedKeyId& id) -> std::optional<KeyBytes> {
        if (link && id == *link)
            return options.parent->resumptionPsk();
        return options.psk ? options.psk(id) : std::nullopt;
    };
    VALISE_TRY(const auto psks, Ops::lookup(secrets.psks, find));
    const KeyBytes psk = pskSecret(psks);
    const AeadKeyNonce infoKey = welcomeKeyNonce(suite, welcomeSecret(secrets.joinerSecret, psk));
    VALISE_TRY(const Bytes infoBytes,
               crypto::aeadOpen(aeadOf(suite), infoKey.key, infoKey.nonce, {}, welcome.encryptedGroupInfo));
    Reader infoReader(infoBytes);
    VALISE_TRY(const GroupInfo info, GroupInfo::read(infoReader));
    VALISE_CHECK(infoReader.finish());
    if (info.context.suite != suite)
        return {ErrorCode::InvalidWelcome, "cipher suite of the group"};

    Epoch e;
    VALISE_TRY(e.tree, Ops::openTree(info, options.ratchetTree));
    // Only the own lifetime is checked. Those of others may have ended since they joined (section 7.3
    // recommends no more).
    if (options.now)
        VALISE_CHECK(bundle.keyPackage.validate(options.now));
    bool found = false;
    for (LeafIndex l = 0; l < e.tree.leafCount() && !found; ++l) {
        const auto& leaf = e.tree.leaf(l);
        if (leaf && leaf->raw == bundle.keyPackage.leafNode.raw) {
            e.own = l;
            found = true;
        }
    }
    if (!found)
        return {ErrorCode::InvalidWelcome, "the KeyPackage's leaf is not in the tree"};
    if (link)
        VALISE_CHECK(checkLink(*link, info.context, e.tree, *options.parent, options.sameClient));
    e.signer = bundle.signer;
    e.keys.set(tree_math::leafNode(e.own), bundle.encryptionPrivateKey,
               bundle.keyPackage.leafNode.encryptionKey);
    e.context = info.context;
    VALISE_TRY(e.dictionary, AppDataDictionary::of(e.context.extensions));
    e.contextBytes = e.context.encode();
    if (secrets.pathSecret) {
        if (info.signer == e.own)
            return {ErrorCode::InvalidWelcome, "signed by the joiner"};
        KeyBytes commitSecret;
        VALISE_CHECK(e.keys.deriveFrom(e.tree, info.signer, tree_math::commonAncestor(e.own, info.signer),
                                       *secrets.pathSecret, commitSecret));
    }
    e.secrets = EpochSecrets::fromEpochSecret(epochSecret(secrets.joinerSecret, psk, e.contextBytes));
    if (!crypto::equalSecret(mac(e.secrets.confirmation, e.context.confirmedTranscriptHash),
                             info.confirmationTag))
        return {ErrorCode::InvalidWelcome, "confirmation tag"};
    e.confirmationTag = info.confirmationTag;
    e.interimTranscriptHash =
        valise::mls::interimTranscriptHash(e.context.confirmedTranscriptHash, e.confirmationTag);
    e.groupInfoSigner = info.signer;
    return Ops::start(std::move(e));
}

} // namespace valise::mls
