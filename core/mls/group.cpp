// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"

#include "core/mls/group_state.h"

#include <set>

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

namespace {

Error invalidProposal(const char* why) {
    return {ErrorCode::InvalidProposal, why};
}

Error invalidCommit(const char* why) {
    return {ErrorCode::InvalidCommit, why};
}

bool has(const std::vector<LeafIndex>& list, LeafIndex leaf) {
    return std::find(list.begin(), list.end(), leaf) != list.end();
}

struct ExternalSender {
    Bytes signatureKey;
    Credential credential;
};

Result<std::vector<ExternalSender>> externalSenders(const Extensions& extensions) {
    std::vector<ExternalSender> out;
    const Extension* e = findExtension(extensions, extension_type::kExternalSenders);
    if (!e)
        return out;
    Reader outer(e->data);
    VALISE_TRY(Reader r, outer.vector());
    VALISE_CHECK(outer.finish());
    while (!r.atEnd()) {
        ExternalSender s;
        VALISE_TRY(const ByteView key, r.opaque());
        s.signatureKey = toBytes(key);
        VALISE_TRY(s.credential, Credential::read(r));
        out.push_back(std::move(s));
    }
    return out;
}

constexpr std::string_view kExternalInitLabel = "MLS 1.0 external init secret";

} // namespace

// Checks and application of proposals

Group Ops::make(std::shared_ptr<const Epoch> epoch, SecretTree secrets) {
    Group g;
    g.m_epoch = std::move(epoch);
    g.m_ratchets = std::make_shared<Group::Ratchets>(Group::Ratchets{std::move(secrets)});
    return g;
}

Group Ops::start(Epoch epoch) {
    SecretTree secrets(epoch.context.suite, epoch.tree.leafCount(), std::move(epoch.secrets.encryption));
    return make(std::make_shared<const Epoch>(std::move(epoch)), std::move(secrets));
}

Result<void> Ops::checkLeaf(const LeafNode& leaf, const Extensions& groupExtensions) {
    const auto bad = [](const char* why) { return Result<void>(invalidProposal(why)); };
    if (leaf.encryptionKey.size() != 32 || leaf.signatureKey.size() != 32)
        return bad("key length of a leaf node");
    if (!leaf.capabilities.hasCredential(leaf.credential.type))
        return bad("leaf does not list its credential's type");
    for (const Extension& e : leaf.extensions) {
        if (!leaf.capabilities.hasExtension(e.type))
            return bad("leaf does not list its own extension");
    }
    VALISE_CHECK(leaf.dictionary());
    VALISE_TRY(const RequiredCapabilities required, RequiredCapabilities::of(groupExtensions));
    for (const std::uint16_t t : required.extensions) {
        if (!leaf.capabilities.hasExtension(t))
            return bad("leaf lacks a required extension");
    }
    for (const std::uint16_t t : required.proposals) {
        if (!leaf.capabilities.hasProposal(t))
            return bad("leaf lacks a required proposal type");
    }
    for (const std::uint16_t t : required.credentials) {
        if (!leaf.capabilities.hasCredential(t))
            return bad("leaf lacks a required credential type");
    }
    for (const Extension& e : groupExtensions) {
        if (!leaf.capabilities.hasExtension(e.type))
            return bad("leaf lacks an extension of the group");
    }
    return {};
}

Result<void> Ops::checkTree(const RatchetTree& tree) {
    std::vector<ByteView> keys;
    std::vector<ByteView> signatureKeys;
    std::set<std::uint16_t> credentials;
    for (LeafIndex l = 0; l < tree.leafCount(); ++l) {
        if (const auto& leaf = tree.leaf(l)) {
            signatureKeys.push_back(leaf->signatureKey);
            credentials.insert(leaf->credential.type);
        }
    }
    for (NodeIndex n = 0; n < tree_math::nodeWidth(tree.leafCount()); ++n) {
        if (const Bytes* key = tree.encryptionKey(n))
            keys.push_back(*key);
    }
    const auto less = [](ByteView a, ByteView b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    };
    for (auto* list : {&keys, &signatureKeys}) {
        std::sort(list->begin(), list->end(), less);
        if (std::adjacent_find(list->begin(), list->end(), sameBytes) != list->end())
            return invalidProposal("one key stands twice in the tree");
    }
    for (LeafIndex l = 0; l < tree.leafCount(); ++l) {
        if (const auto& leaf = tree.leaf(l)) {
            for (const std::uint16_t t : credentials) {
                if (!leaf->capabilities.hasCredential(t))
                    return invalidProposal("a member does not support a credential type in use");
            }
        }
    }
    return {};
}

Result<void> Ops::checkProposal(const Epoch& epoch, SenderType senderType, LeafIndex sender,
                                const Proposal& proposal, std::optional<std::int64_t> now) {
    if (senderType == SenderType::External) {
        switch (proposal.type()) {
        case ProposalType::Add:
        case ProposalType::Remove:
        case ProposalType::PreSharedKey:
        case ProposalType::ReInit:
        case ProposalType::GroupContextExtensions:
        case ProposalType::AppDataUpdate:
            break;
        default:
            return invalidProposal("type not allowed from an external sender");
        }
    }
    if (auto* add = proposal.as<AddProposal>()) {
        const KeyPackage& k = add->keyPackage;
        if (k.cipherSuite != codeOf(epoch.context.suite))
            return {ErrorCode::InvalidKeyPackage, "cipher suite differs from the group's"};
        VALISE_CHECK(k.validate(now));
    } else if (auto* update = proposal.as<UpdateProposal>()) {
        const LeafNode& n = update->leafNode;
        if (senderType != SenderType::Member)
            return invalidProposal("Update from outside the group");
        const auto& old = epoch.tree.leaf(sender);
        if (!old)
            return {ErrorCode::NotMember, "sender of an Update"};
        if (n.source != LeafNodeSource::Update)
            return invalidProposal("leaf node source of an Update");
        if (n.encryptionKey == old->encryptionKey)
            return invalidProposal("Update keeps the encryption key");
        if (!n.verify(epoch.context.groupId, sender))
            return {ErrorCode::InvalidSignature, "leaf node of an Update"};
    } else if (auto* remove = proposal.as<RemoveProposal>()) {
        if (!epoch.tree.leaf(remove->removed))
            return invalidProposal("Remove of a blank leaf");
    } else if (auto* psk = proposal.as<PreSharedKeyProposal>()) {
        if (psk->psk.pskNonce.size() != kHashSize)
            return invalidProposal("length of a PSK nonce");
        if (psk->psk.type == PreSharedKeyId::Type::Resumption && psk->psk.usage != 1)
            return invalidProposal("resumption PSK for another use");
    } else if (auto* reInit = proposal.as<ReInitProposal>()) {
        if (reInit->version < epoch.context.version)
            return invalidProposal("ReInit to an older version");
    } else if (auto* gce = proposal.as<GroupContextExtensionsProposal>()) {
        const Extension* before = findExtension(epoch.context.extensions, extension_type::kAppDataDictionary);
        const Extension* after = findExtension(gce->extensions, extension_type::kAppDataDictionary);
        if ((before == nullptr) != (after == nullptr) || (before && before->data != after->data))
            return invalidProposal("GroupContextExtensions changes the app_data_dictionary");
        VALISE_CHECK(RequiredCapabilities::of(gce->extensions));
        VALISE_CHECK(externalSenders(gce->extensions));
    } else if (proposal.as<SelfRemoveProposal>()) {
        if (senderType != SenderType::Member || !epoch.tree.leaf(sender))
            return invalidProposal("SelfRemove from outside the group");
    }
    return {};
}

Result<void> Ops::checkList(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge) {
    std::set<LeafIndex> gone;     // by Remove or SelfRemove
    std::set<LeafIndex> replaced; // by Update
    std::set<std::uint16_t> components;
    std::vector<const PreSharedKeyId*> psks;
    std::size_t gce = 0;
    std::size_t reInit = 0;
    std::size_t externalInit = 0;
    std::size_t removes = 0;
    for (const Item& item : items) {
        const CommittedProposal& c = item.committed;
        const Proposal& p = c.proposal;
        if (judge.external) {
            const ProposalType t = p.type();
            const bool allowed =
                (!c.byReference && (t == ProposalType::ExternalInit || t == ProposalType::Remove ||
                                    t == ProposalType::PreSharedKey)) ||
                (c.byReference && t == ProposalType::SelfRemove);
            if (!allowed)
                return invalidProposal("type not allowed in an external commit");
        }
        const auto& fromCommitter =
            !judge.external && c.senderType == SenderType::Member && c.sender == judge.committer;
        if (p.as<UpdateProposal>()) {
            if (fromCommitter)
                return invalidProposal("committer's own Update");
            if (!replaced.insert(c.sender).second)
                return invalidProposal("two proposals for one leaf");
        } else if (auto* remove = p.as<RemoveProposal>()) {
            if (!judge.external && remove->removed == judge.committer)
                return invalidProposal("committer removes itself");
            if (!gone.insert(remove->removed).second)
                return invalidProposal("two proposals for one leaf");
            ++removes;
        } else if (p.as<SelfRemoveProposal>()) {
            if (fromCommitter || !c.byReference)
                return invalidProposal("committer's own SelfRemove");
            if (!gone.insert(c.sender).second)
                return invalidProposal("two proposals for one leaf");
        } else if (auto* psk = p.as<PreSharedKeyProposal>()) {
            for (const PreSharedKeyId* other : psks) {
                if (*other == psk->psk)
                    return invalidProposal("one PSK twice");
            }
            psks.push_back(&psk->psk);
        } else if (auto* data = p.as<AppDataUpdateProposal>()) {
            if (!components.insert(data->component).second)
                return invalidProposal("two AppDataUpdates for one component");
            if (!data->data && !epoch.dictionary.find(data->component))
                return invalidProposal("AppDataUpdate removes what is not there");
        } else if (p.as<GroupContextExtensionsProposal>()) {
            ++gce;
        } else if (p.as<ReInitProposal>()) {
            ++reInit;
        } else if (p.as<ExternalInitProposal>()) {
            ++externalInit;
        }
        const auto type = static_cast<std::uint16_t>(p.type());
        if (type > 7) {
            for (LeafIndex l = 0; l < epoch.tree.leafCount(); ++l) {
                if (const auto& leaf = epoch.tree.leaf(l); leaf && !leaf->capabilities.hasProposal(type))
                    return invalidProposal("a member does not support the proposal type");
            }
        }
    }
    for (const LeafIndex l : replaced) {
        if (gone.contains(l))
            return invalidProposal("two proposals for one leaf");
    }
    if (gce > 1)
        return invalidProposal("two GroupContextExtensions");
    if (reInit > 0 && items.size() > 1)
        return invalidProposal("ReInit with other proposals");
    if (judge.external ? (externalInit != 1 || removes > 1) : externalInit != 0)
        return invalidProposal("ExternalInit");
    return {};
}

Result<Ops::Provisional> Ops::apply(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge) {
    for (const Item& item : items)
        VALISE_CHECK(checkProposal(epoch, item.committed.senderType, item.committed.sender,
                                   item.committed.proposal, judge.now));
    VALISE_CHECK(checkList(epoch, items, judge));

    Provisional p;
    p.tree = epoch.tree;
    p.keys = epoch.keys;
    p.extensions = epoch.context.extensions;
    p.dictionary = epoch.dictionary;
    p.pathRequired = items.empty();

    bool extensionsChanged = false;
    for (const Item& item : items) {
        if (auto* update = item.committed.proposal.as<UpdateProposal>()) {
            const LeafIndex l = item.committed.sender;
            p.tree.updateLeaf(l, update->leafNode);
            p.updated.push_back(l);
            p.pathRequired = true;
            if (l == epoch.own) {
                if (item.updatePrivateKey.empty())
                    return {ErrorCode::NotFound, "private key of the own Update"};
                p.keys.set(tree_math::leafNode(l), item.updatePrivateKey, update->leafNode.encryptionKey);
            }
        }
    }
    for (const Item& item : items) {
        if (auto* remove = item.committed.proposal.as<RemoveProposal>())
            p.removed.push_back(remove->removed);
    }
    for (const Item& item : items) {
        if (item.committed.proposal.as<SelfRemoveProposal>())
            p.removed.push_back(item.committed.sender);
    }
    for (const LeafIndex l : p.removed) {
        // An earlier removal may have cut this leaf off, but only if it was blank.
        p.tree.removeLeaf(l);
        p.pathRequired = true;
    }
    for (const Item& item : items) {
        if (auto* add = item.committed.proposal.as<AddProposal>()) {
            if (p.tree.memberCount() >= tree_math::kMaxLeaves)
                return {ErrorCode::LimitExceeded, "group is full"};
            p.added.push_back(p.tree.addLeaf(add->keyPackage.leafNode));
        }
    }
    std::map<std::uint16_t, const AppDataUpdateProposal*> updates;
    for (const Item& item : items) {
        const Proposal& proposal = item.committed.proposal;
        if (auto* psk = proposal.as<PreSharedKeyProposal>()) {
            p.psks.push_back(psk->psk);
        } else if (auto* gce = proposal.as<GroupContextExtensionsProposal>()) {
            p.extensions = gce->extensions;
            p.pathRequired = true;
            extensionsChanged = true;
        } else if (auto* data = proposal.as<AppDataUpdateProposal>()) {
            updates.emplace(data->component, data);
        } else if (auto* init = proposal.as<ExternalInitProposal>()) {
            p.externalInit = init->kemOutput;
            p.pathRequired = true;
        } else if (proposal.as<ReInitProposal>()) {
            p.reInit = true;
        }
    }
    for (const auto& [component, update] : updates) {
        if (update->data)
            p.dictionary.set(component, *update->data);
        else
            p.dictionary.erase(component);
    }
    if (!updates.empty()) {
        extensionsChanged =
            extensionsChanged || !findExtension(p.extensions, extension_type::kAppDataDictionary);
        setExtension(p.extensions, extension_type::kAppDataDictionary, p.dictionary.encode());
    }

    // Leaves that did not change fit extensions that did not change.
    for (LeafIndex l = 0; l < p.tree.leafCount(); ++l) {
        const auto& leaf = p.tree.leaf(l);
        if (leaf && (extensionsChanged || has(p.added, l) || has(p.updated, l)))
            VALISE_CHECK(checkLeaf(*leaf, p.extensions));
    }
    if (!p.added.empty() || !p.updated.empty())
        VALISE_CHECK(checkTree(p.tree));
    p.tree.rehash();
    p.keys.prune(p.tree);
    return p;
}

Result<std::vector<Psk>> Ops::lookup(const std::vector<PreSharedKeyId>& ids, const PskLookup& psk) {
    std::vector<Psk> out;
    for (const PreSharedKeyId& id : ids) {
        std::optional<KeyBytes> secret;
        if (psk)
            secret = psk(id);
        if (!secret)
            return {ErrorCode::NotFound, "pre-shared key is not held"};
        out.push_back({id, std::move(*secret)});
    }
    return out;
}

Result<AuthenticatedContent> Ops::open(const Epoch& epoch, SecretTree& secrets, ByteView mlsMessage,
                                       ContentType expected, bool consume) {
    Reader r(mlsMessage);
    VALISE_TRY(const WireFormat format, readMessageHeader(r));
    const auto checkPlace = [&](const Bytes& groupId, std::uint64_t messageEpoch,
                                ContentType type) -> Result<void> {
        if (groupId != epoch.context.groupId)
            return {ErrorCode::WrongGroup, "group id"};
        if (messageEpoch != epoch.context.epoch)
            return {ErrorCode::WrongEpoch, "epoch"};
        if (type != expected)
            return {ErrorCode::InvalidArgument, "message of another content type"};
        return {};
    };
    const auto memberKey = [&](LeafIndex leaf) -> Result<Bytes> {
        const auto& node = epoch.tree.leaf(leaf);
        if (!node)
            return {ErrorCode::NotMember, "sender's leaf is blank"};
        return node->signatureKey;
    };
    if (format == WireFormat::PrivateMessage) {
        VALISE_TRY(const PrivateMessage m, PrivateMessage::read(r));
        VALISE_CHECK(r.finish());
        VALISE_CHECK(checkPlace(m.groupId, m.epoch, m.contentType));
        VALISE_TRY(OpenedPrivate opened,
                   openPrivate(m, epoch.context.suite, epoch.secrets.senderData, secrets));
        VALISE_TRY(const Bytes key, memberKey(opened.content.content.sender.index));
        if (!opened.content.verify(key, epoch.contextBytes))
            return {ErrorCode::InvalidSignature, "PrivateMessage"};
        if (consume)
            secrets.take(opened.found);
        return std::move(opened.content);
    }
    if (format != WireFormat::PublicMessage)
        return {ErrorCode::InvalidArgument, "neither PublicMessage nor PrivateMessage"};
    VALISE_TRY(PublicMessage m, PublicMessage::read(r));
    VALISE_CHECK(r.finish());
    const FramedContent& c = m.content.content;
    VALISE_CHECK(checkPlace(c.groupId, c.epoch, c.contentType));
    if (c.contentType == ContentType::Application)
        return {ErrorCode::InvalidEncoding, "application data in a PublicMessage"};
    Bytes key;
    switch (c.sender.type) {
    case SenderType::Member: {
        VALISE_TRY(key, memberKey(c.sender.index));
        if (!m.checkMembershipTag(epoch.secrets.membership, epoch.contextBytes))
            return {ErrorCode::InvalidSignature, "membership tag"};
        break;
    }
    case SenderType::External: {
        VALISE_TRY(const auto senders, externalSenders(epoch.context.extensions));
        if (c.contentType != ContentType::Proposal || c.sender.index >= senders.size())
            return {ErrorCode::NotMember, "external sender"};
        key = senders[c.sender.index].signatureKey;
        break;
    }
    case SenderType::NewMemberProposal: {
        const auto* proposal = std::get_if<Proposal>(&c.content);
        const AddProposal* add = proposal ? proposal->as<AddProposal>() : nullptr;
        if (!add)
            return invalidProposal("a new member may propose nothing but its own Add");
        key = add->keyPackage.leafNode.signatureKey;
        break;
    }
    case SenderType::NewMemberCommit: {
        const auto* commit = std::get_if<Commit>(&c.content);
        if (!commit || !commit->path)
            return invalidCommit("external commit without a path");
        key = commit->path->leafNode.signatureKey;
        break;
    }
    }
    if (!m.content.verify(key, epoch.contextBytes))
        return {ErrorCode::InvalidSignature, "PublicMessage"};
    return std::move(m.content);
}

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

// Creation and joining

Result<Group> Group::create(ByteView groupId, const KeyPackageBundle& creator, Extensions groupExtensions,
                            crypto::Random& random) {
    VALISE_CHECK(creator.keyPackage.validate(std::nullopt));
    Epoch e;
    VALISE_TRY(e.context.suite, cipherSuiteFrom(creator.keyPackage.cipherSuite));
    e.context.groupId = toBytes(groupId);
    e.context.extensions = std::move(groupExtensions);
    if (!Ops::checkLeaf(creator.keyPackage.leafNode, e.context.extensions).ok())
        return {ErrorCode::InvalidArgument, "the creator does not support the group's extensions"};
    VALISE_TRY(e.dictionary, AppDataDictionary::of(e.context.extensions));
    e.tree.addLeaf(creator.keyPackage.leafNode);
    e.tree.rehash();
    e.keys.set(0, creator.encryptionPrivateKey, creator.keyPackage.leafNode.encryptionKey);
    e.signer = creator.signer;
    e.context.treeHash = e.tree.treeHash();
    e.contextBytes = e.context.encode();
    // Section 11: the epoch secret of a new group is fresh randomness.
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
    VALISE_TRY(const auto psks, Ops::lookup(secrets.psks, options.psk));
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
    const Extension* treeExtension = findExtension(info.extensions, extension_type::kRatchetTree);
    if (!treeExtension && !options.ratchetTree)
        return {ErrorCode::InvalidWelcome, "no ratchet tree"};
    VALISE_TRY(e.tree, RatchetTree::decode(treeExtension ? treeExtension->data : *options.ratchetTree));
    const auto& signer = e.tree.leaf(info.signer);
    if (!signer)
        return {ErrorCode::InvalidWelcome, "signer's leaf is blank"};
    if (!info.verify(signer->signatureKey))
        return {ErrorCode::InvalidSignature, "GroupInfo"};
    if (e.tree.treeHash() != info.context.treeHash)
        return {ErrorCode::InvalidTree, "tree hash"};
    VALISE_CHECK(e.tree.verifyParentHashes());
    VALISE_CHECK(e.tree.validate(info.context.groupId));
    if (auto checked = Ops::checkTree(e.tree); !checked.ok())
        return {ErrorCode::InvalidTree, checked.error().detail};

    bool found = false;
    for (LeafIndex l = 0; l < e.tree.leafCount(); ++l) {
        const auto& leaf = e.tree.leaf(l);
        if (!leaf)
            continue;
        if (auto checked = Ops::checkLeaf(*leaf, info.context.extensions); !checked.ok())
            return {ErrorCode::InvalidTree, checked.error().detail};
        if (options.now && leaf->source == LeafNodeSource::KeyPackage &&
            leaf->raw == bundle.keyPackage.leafNode.raw) {
            // Only the own lifetime: others' may have ended since they joined (section 7.3 recommends no
            // more).
            VALISE_CHECK(bundle.keyPackage.validate(options.now));
        }
        if (leaf->raw == bundle.keyPackage.leafNode.raw) {
            e.own = l;
            found = true;
        }
    }
    if (!found)
        return {ErrorCode::InvalidWelcome, "the KeyPackage's leaf is not in the tree"};
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

// Getters

const GroupContext& Group::context() const {
    return m_epoch->context;
}

const Bytes& Group::contextBytes() const {
    return m_epoch->contextBytes;
}

const AppDataDictionary& Group::dictionary() const {
    return m_epoch->dictionary;
}

KeyBytes Group::epochAuthenticator() const {
    return m_epoch->secrets.authenticator;
}

KeyBytes Group::resumptionPsk() const {
    return m_epoch->secrets.resumption;
}

LeafIndex Group::ownLeaf() const {
    return m_epoch->own;
}

const crypto::Ed25519KeyPair& Group::signer() const {
    return m_epoch->signer;
}

std::uint32_t Group::leafCount() const {
    return m_epoch->tree.leafCount();
}

std::uint32_t Group::memberCount() const {
    return m_epoch->tree.memberCount();
}

std::shared_ptr<const LeafNode> Group::member(LeafIndex leaf) const {
    return m_epoch->tree.leaf(leaf);
}

std::vector<Member> Group::members() const {
    std::vector<Member> out;
    out.reserve(memberCount());
    for (LeafIndex l = 0; l < leafCount(); ++l) {
        if (const auto& node = m_epoch->tree.leaf(l))
            out.push_back({l, node});
    }
    return out;
}

std::optional<LeafIndex> Group::groupInfoSigner() const {
    return m_epoch->groupInfoSigner;
}

Result<KeyBytes> Group::exportSecret(std::string_view label, ByteView context, std::size_t length) const {
    if (length > KeyBytes::kCapacity)
        return {ErrorCode::LimitExceeded, "exported secret too long"};
    return mlsExport(m_epoch->secrets.exporter, label, context, length);
}

Bytes Group::exportTree() const {
    return m_epoch->tree.encode();
}

Result<Bytes> Group::groupInfo(bool withTree, bool withExternalPub) const {
    VALISE_TRY(const GroupInfo info, Ops::makeGroupInfo(*m_epoch, withTree, withExternalPub));
    Writer w;
    writeMessageHeader(w, WireFormat::GroupInfo);
    w.raw(info.raw);
    return w.take();
}

Group::Ratchets& Group::ratchets() {
    if (m_ratchets.use_count() > 1)
        m_ratchets = std::make_shared<Ratchets>(*m_ratchets);
    return *m_ratchets;
}

// Proposals

Result<VerifiedProposal> Ops::makeProposal(Group& group, Proposal proposal, const Framing& framing,
                                           KeyBytes updatePrivateKey, crypto::Random& random,
                                           Bytes& message) {
    const Epoch& e = *group.m_epoch;
    if (proposal.as<SelfRemoveProposal>() && framing.wireFormat != WireFormat::PublicMessage)
        return {ErrorCode::InvalidArgument, "SelfRemove is sent as a PublicMessage"};
    VALISE_CHECK(checkProposal(e, SenderType::Member, e.own, proposal, std::nullopt));
    VerifiedProposal out;
    out.sender = e.own;
    out.proposal = proposal;
    out.updatePrivateKey = std::move(updatePrivateKey);
    AuthenticatedContent content;
    content.wireFormat = framing.wireFormat;
    content.content.groupId = e.context.groupId;
    content.content.epoch = e.context.epoch;
    content.content.sender = {SenderType::Member, e.own};
    content.content.authenticatedData = framing.authenticatedData;
    content.content.setContent(std::move(proposal));
    content.sign(e.signer, e.contextBytes);
    out.ref = content.proposalRef();
    if (framing.wireFormat == WireFormat::PrivateMessage) {
        VALISE_TRY(const PrivateMessage m, sealPrivate(content, e.context.suite, e.secrets.senderData,
                                                       group.ratchets().secrets, 0, random));
        message = m.toMessage();
    } else {
        PublicMessage m{std::move(content), {}};
        m.setMembershipTag(e.secrets.membership, e.contextBytes);
        message = m.toMessage();
    }
    out.messageDigest = crypto::sha256(message);
    return out;
}

Result<ProposalMessage> Group::propose(Proposal proposal, const Framing& framing, crypto::Random& random) {
    KeyBytes updatePrivateKey;
    if (auto* update = std::get_if<UpdateProposal>(&proposal.body)) {
        crypto::X25519KeyPair pair = crypto::x25519Generate(random);
        update->leafNode.encryptionKey = std::move(pair.publicKey);
        update->leafNode.source = LeafNodeSource::Update;
        update->leafNode.sign(m_epoch->signer, groupId(), ownLeaf());
        updatePrivateKey = std::move(pair.privateKey);
    }
    ProposalMessage out;
    VALISE_TRY(VerifiedProposal stored, Ops::makeProposal(*this, std::move(proposal), framing,
                                                          std::move(updatePrivateKey), random, out.message));
    out.ref = stored.ref;
    storeProposal(std::move(stored));
    return out;
}

Result<ProposalMessage> Group::proposeUpdate(const Framing& framing, crypto::Random& random) {
    return propose(Proposal{UpdateProposal{*m_epoch->tree.leaf(ownLeaf())}}, framing, random);
}

Result<VerifiedProposal> Group::verifyProposal(ByteView mlsMessage, const ProcessOptions& options) {
    VALISE_TRY(AuthenticatedContent content,
               Ops::open(*m_epoch, ratchets().secrets, mlsMessage, ContentType::Proposal, true));
    VerifiedProposal out;
    out.ref = content.proposalRef();
    out.messageDigest = crypto::sha256(mlsMessage);
    out.senderType = content.content.sender.type;
    out.sender = content.content.sender.index;
    out.proposal = std::move(std::get<Proposal>(content.content.content));
    if (out.proposal.as<SelfRemoveProposal>() && content.wireFormat != WireFormat::PublicMessage)
        return invalidProposal("SelfRemove in a PrivateMessage");
    VALISE_CHECK(Ops::checkProposal(*m_epoch, out.senderType, out.sender, out.proposal, options.now));
    return out;
}

void Group::storeProposal(VerifiedProposal proposal) {
    for (const VerifiedProposal& p : m_proposals) {
        if (p.ref == proposal.ref)
            return;
    }
    m_proposals.push_back(std::move(proposal));
}

Result<VerifiedProposal> Group::processProposal(ByteView mlsMessage, const ProcessOptions& options) {
    VALISE_TRY(VerifiedProposal p, verifyProposal(mlsMessage, options));
    storeProposal(p);
    return p;
}

// Commits

void Ops::addStored(const Group& group, std::vector<Item>& items, const Judge& judge) {
    // Departures come first, since they win over a change of the same leaf; among several of one kind the
    // lowest digest.
    std::vector<const VerifiedProposal*> candidates;
    for (const VerifiedProposal& p : group.m_proposals)
        candidates.push_back(&p);
    const auto rank = [](const VerifiedProposal* p) {
        return p->proposal.as<RemoveProposal>() || p->proposal.as<SelfRemoveProposal>() ? 0 : 1;
    };
    std::stable_sort(candidates.begin(), candidates.end(), [&](const auto* a, const auto* b) {
        return std::pair(rank(a), a->messageDigest) < std::pair(rank(b), b->messageDigest);
    });
    for (const VerifiedProposal* p : candidates) {
        const bool there = std::any_of(items.begin(), items.end(), [&](const Item& i) {
            return i.committed.byReference && i.committed.ref == p->ref;
        });
        if (there)
            continue;
        items.push_back({{p->proposal, p->senderType, p->sender, true, p->ref}, p->updatePrivateKey});
        if (!apply(*group.m_epoch, items, judge).ok())
            items.pop_back();
    }
}

namespace {

CommitSummary summarize(const std::vector<Ops::Item>& items, const Ops::Provisional& p) {
    CommitSummary s;
    for (const Ops::Item& item : items)
        s.proposals.push_back(item.committed);
    s.added = p.added;
    s.removed = p.removed;
    s.updated = p.updated;
    s.reInit = p.reInit;
    return s;
}

} // namespace

Result<CommitResult> Group::commit(const CommitOptions& options, crypto::Random& random) const {
    const Epoch& e = *m_epoch;
    const Ops::Judge judge{false, e.own, options.now};
    std::vector<Ops::Item> items;
    for (const Bytes& ref : options.references) {
        const auto it = std::find_if(m_proposals.begin(), m_proposals.end(),
                                     [&](const VerifiedProposal& p) { return p.ref == ref; });
        if (it == m_proposals.end())
            return {ErrorCode::NotFound, "proposal is not stored"};
        items.push_back({{it->proposal, it->senderType, it->sender, true, it->ref}, it->updatePrivateKey});
    }
    for (const Proposal& p : options.proposals) {
        if (p.as<UpdateProposal>() || p.as<SelfRemoveProposal>() || p.as<ExternalInitProposal>())
            return {ErrorCode::InvalidArgument, "proposal that cannot be committed by value"};
        items.push_back({{p, SenderType::Member, e.own, false, {}}, {}});
    }
    if (options.allStored)
        Ops::addStored(*this, items, judge);

    VALISE_TRY(Ops::Provisional p, Ops::apply(e, items, judge));
    VALISE_TRY(const auto psks, Ops::lookup(p.psks, options.psk));
    const bool newLeaf =
        options.leafExtensions || options.leafCapabilities || options.leafCredential || options.leafSigner;
    const bool withPath = p.pathRequired || options.forcePath || newLeaf;

    Epoch next;
    next.own = e.own;
    next.signer = options.leafSigner ? *options.leafSigner : e.signer;
    next.context = e.context;
    next.context.epoch = e.context.epoch + 1;
    next.context.extensions = p.extensions;
    next.dictionary = std::move(p.dictionary);

    Commit commit;
    for (const Ops::Item& item : items) {
        if (item.committed.byReference)
            commit.proposals.emplace_back(item.committed.ref);
        else
            commit.proposals.emplace_back(item.committed.proposal);
    }
    KeyBytes commitSecret(kHashSize);
    std::optional<NewPath> path;
    if (withPath) {
        LeafNode leaf = *e.tree.leaf(e.own);
        if (options.leafExtensions)
            leaf.extensions = *options.leafExtensions;
        if (options.leafCapabilities)
            leaf.capabilities = *options.leafCapabilities;
        if (options.leafCredential)
            leaf.credential = *options.leafCredential;
        path = makePath(p.tree, p.keys, e.own, std::move(leaf), next.signer, e.context.groupId, random);
        VALISE_CHECK(Ops::checkLeaf(*p.tree.leaf(e.own), p.extensions));
        VALISE_CHECK(Ops::checkTree(p.tree));
        commitSecret = path->commitSecret;
        next.context.treeHash = p.tree.treeHash();
        VALISE_CHECK(
            encryptPath(*path, e.context.suite, p.tree, e.own, p.added, next.context.encode(), random));
        commit.path = path->path;
        p.updated.push_back(e.own);
    }
    next.context.treeHash = p.tree.treeHash();

    AuthenticatedContent content;
    content.wireFormat = options.framing.wireFormat;
    content.content.groupId = e.context.groupId;
    content.content.epoch = e.context.epoch;
    content.content.sender = {SenderType::Member, e.own};
    content.content.authenticatedData = options.framing.authenticatedData;
    content.content.setContent(std::move(commit));
    content.sign(e.signer, e.contextBytes);

    next.context.confirmedTranscriptHash =
        valise::mls::confirmedTranscriptHash(e.interimTranscriptHash, content.confirmedTranscriptInput());
    next.contextBytes = next.context.encode();
    const KeyBytes joiner = joinerSecret(e.secrets.init, commitSecret, next.contextBytes);
    const KeyBytes psk = pskSecret(psks);
    next.secrets = EpochSecrets::fromEpochSecret(epochSecret(joiner, psk, next.contextBytes));
    next.confirmationTag = mac(next.secrets.confirmation, next.context.confirmedTranscriptHash);
    next.interimTranscriptHash =
        valise::mls::interimTranscriptHash(next.context.confirmedTranscriptHash, next.confirmationTag);
    content.confirmationTag = next.confirmationTag;

    Bytes message;
    if (options.framing.wireFormat == WireFormat::PrivateMessage) {
        // In place, so that no copy of this value uses the same key again.
        VALISE_TRY(const PrivateMessage m, sealPrivate(content, e.context.suite, e.secrets.senderData,
                                                       m_ratchets->secrets, 0, random));
        message = m.toMessage();
    } else {
        PublicMessage m{std::move(content), {}};
        m.setMembershipTag(e.secrets.membership, e.contextBytes);
        message = m.toMessage();
    }

    CommitSummary summary = summarize(items, p);
    summary.committer = e.own;
    summary.hasPath = withPath;
    next.tree = std::move(p.tree);
    next.keys = std::move(p.keys);

    std::optional<Bytes> welcomeMessage;
    if (!p.added.empty()) {
        VALISE_TRY(const GroupInfo info,
                   Ops::makeGroupInfo(next, options.ratchetTreeInWelcome, options.externalPubInWelcome));
        const CipherSuite suite = e.context.suite;
        const AeadKeyNonce infoKey = welcomeKeyNonce(suite, welcomeSecret(joiner, psk));
        Welcome welcome;
        welcome.cipherSuite = codeOf(suite);
        welcome.encryptedGroupInfo =
            crypto::aeadSeal(aeadOf(suite), infoKey.key, infoKey.nonce, {}, info.raw);
        std::size_t i = 0;
        for (const Ops::Item& item : items) {
            const auto* add = item.committed.proposal.as<AddProposal>();
            if (!add)
                continue;
            GroupSecrets secrets;
            secrets.joinerSecret = joiner;
            if (path)
                secrets.pathSecret = path->pathSecrets.at(tree_math::commonAncestor(e.own, p.added[i]));
            secrets.psks = p.psks;
            Bytes plain = secrets.encode();
            crypto::WipeGuard guard(plain);
            VALISE_TRY(auto sealed, encryptWithLabel(suite, add->keyPackage.initKey, "Welcome",
                                                     welcome.encryptedGroupInfo, plain, random));
            welcome.secrets.push_back({add->keyPackage.ref(), std::move(sealed)});
            ++i;
        }
        welcomeMessage = welcome.toMessage();
    }
    return CommitResult{std::move(message), std::move(welcomeMessage), std::move(summary),
                        Ops::start(std::move(next))};
}

Result<ProcessedCommit> Group::processCommit(ByteView mlsMessage, const ProcessOptions& options) const {
    const Epoch& e = *m_epoch;
    // The shared ratchets only derive what they would derive anyway; nothing is consumed.
    VALISE_TRY(AuthenticatedContent content,
               Ops::open(e, m_ratchets->secrets, mlsMessage, ContentType::Commit, false));
    const Sender sender = content.content.sender;
    const Commit& commit = std::get<Commit>(content.content.content);
    const bool external = sender.type == SenderType::NewMemberCommit;
    if (!external && sender.type != SenderType::Member)
        return invalidCommit("sender type");
    if (!external && sender.index == e.own)
        return {ErrorCode::InvalidArgument, "own commit"};

    const Ops::Judge judge{external, sender.index, options.now};
    std::vector<Ops::Item> items;
    for (const ProposalOrRef& p : commit.proposals) {
        if (const auto* byValue = std::get_if<Proposal>(&p)) {
            if (byValue->as<UpdateProposal>())
                return invalidCommit("Update by value");
            items.push_back({{*byValue, sender.type, sender.index, false, {}}, {}});
            continue;
        }
        const Bytes& ref = std::get<Bytes>(p);
        const auto it = std::find_if(m_proposals.begin(), m_proposals.end(),
                                     [&](const VerifiedProposal& v) { return v.ref == ref; });
        if (it == m_proposals.end())
            return {ErrorCode::NotFound, "a proposal that the commit refers to"};
        items.push_back({{it->proposal, it->senderType, it->sender, true, it->ref}, it->updatePrivateKey});
    }
    VALISE_TRY(Ops::Provisional p, Ops::apply(e, items, judge));
    if (p.pathRequired && !commit.path)
        return invalidCommit("path is missing");

    ProcessedCommit out;
    out.summary = summarize(items, p);
    out.summary.external = external;
    out.summary.hasPath = commit.path.has_value();
    out.summary.committer = sender.index;
    out.summary.selfRemoved = has(p.removed, e.own);

    Epoch next;
    next.own = e.own;
    next.signer = e.signer;
    next.context = e.context;
    next.context.epoch = e.context.epoch + 1;
    next.context.extensions = p.extensions;
    next.dictionary = std::move(p.dictionary);

    KeyBytes commitSecret(kHashSize);
    if (commit.path) {
        const LeafNode& leaf = commit.path->leafNode;
        if (leaf.source != LeafNodeSource::Commit)
            return invalidCommit("leaf node source of the committer");
        LeafIndex committer = sender.index;
        if (external) {
            // The placeholder makes room; the path then replaces it.
            committer = p.tree.addLeaf(leaf);
            p.tree.rehash();
            out.summary.committer = committer;
            out.summary.added.push_back(committer);
        } else {
            if (leaf.encryptionKey == e.tree.leaf(committer)->encryptionKey)
                return invalidCommit("committer keeps its encryption key");
            out.summary.updated.push_back(committer);
        }
        if (auto checked = Ops::checkLeaf(leaf, p.extensions); !checked.ok())
            return invalidCommit(checked.error().detail.c_str());
        if (!leaf.verify(e.context.groupId, committer))
            return {ErrorCode::InvalidSignature, "leaf node of the committer"};
        for (const UpdatePathNode& n : commit.path->nodes) {
            for (NodeIndex i = 0; i < tree_math::nodeWidth(p.tree.leafCount()); ++i) {
                if (const Bytes* key = p.tree.encryptionKey(i); key && *key == n.encryptionKey)
                    return invalidCommit("update path repeats a key of the tree");
            }
        }
        VALISE_CHECK(mergePath(p.tree, committer, *commit.path));
        if (auto checked = Ops::checkTree(p.tree); !checked.ok())
            return invalidCommit(checked.error().detail.c_str());
        if (!out.summary.selfRemoved) {
            next.context.treeHash = p.tree.treeHash();
            std::vector<LeafIndex> added = p.added;
            if (external)
                added.push_back(committer);
            VALISE_TRY(commitSecret, openPath(*commit.path, e.context.suite, p.tree, p.keys, committer, e.own,
                                              added, next.context.encode()));
        }
    }
    // A removed member has no keys to check the confirmation tag with; the signature has to do.
    if (out.summary.selfRemoved)
        return out;

    KeyBytes initSecret = e.secrets.init;
    if (p.externalInit) {
        const crypto::X25519KeyPair pair = crypto::hpkeDeriveKeyPair(e.secrets.external);
        VALISE_TRY(initSecret,
                   crypto::hpkeReceiveExport(aeadOf(e.context.suite), pair.privateKey, pair.publicKey,
                                             *p.externalInit, {}, viewOf(kExternalInitLabel), kHashSize));
    }
    VALISE_TRY(const auto psks, Ops::lookup(p.psks, options.psk));
    next.context.treeHash = p.tree.treeHash();
    next.context.confirmedTranscriptHash =
        valise::mls::confirmedTranscriptHash(e.interimTranscriptHash, content.confirmedTranscriptInput());
    next.contextBytes = next.context.encode();
    const KeyBytes joiner = joinerSecret(initSecret, commitSecret, next.contextBytes);
    next.secrets = EpochSecrets::fromEpochSecret(epochSecret(joiner, pskSecret(psks), next.contextBytes));
    next.confirmationTag = mac(next.secrets.confirmation, next.context.confirmedTranscriptHash);
    if (!crypto::equalSecret(next.confirmationTag, content.confirmationTag))
        return invalidCommit("confirmation tag");
    next.interimTranscriptHash =
        valise::mls::interimTranscriptHash(next.context.confirmedTranscriptHash, next.confirmationTag);
    next.tree = std::move(p.tree);
    next.keys = std::move(p.keys);
    out.next = Ops::start(std::move(next));
    return out;
}

// Application messages

Result<Bytes> Group::protect(ByteView plaintext, ByteView authenticatedData, crypto::Random& random,
                             std::size_t padding) {
    const Epoch& e = *m_epoch;
    if (plaintext.size() + padding > Reader::kMaxVector / 2)
        return {ErrorCode::LimitExceeded, "application message too long"};
    AuthenticatedContent content;
    content.wireFormat = WireFormat::PrivateMessage;
    content.content.groupId = e.context.groupId;
    content.content.epoch = e.context.epoch;
    content.content.sender = {SenderType::Member, e.own};
    content.content.authenticatedData = toBytes(authenticatedData);
    content.content.setContent(ApplicationData{toBytes(plaintext)});
    content.sign(e.signer, e.contextBytes);
    VALISE_TRY(const PrivateMessage m, sealPrivate(content, e.context.suite, e.secrets.senderData,
                                                   ratchets().secrets, padding, random));
    return m.toMessage();
}

std::uint32_t Group::nextGeneration() const {
    return m_ratchets->secrets.nextGeneration(m_epoch->own, RatchetType::Application);
}

Result<ApplicationMessage> Group::unprotect(ByteView mlsMessage) {
    const Epoch& e = *m_epoch;
    Reader r(mlsMessage);
    VALISE_TRY(const WireFormat format, readMessageHeader(r));
    if (format != WireFormat::PrivateMessage)
        return {ErrorCode::InvalidArgument, "not a PrivateMessage"};
    VALISE_TRY(const PrivateMessage m, PrivateMessage::read(r));
    VALISE_CHECK(r.finish());
    if (m.groupId != e.context.groupId)
        return {ErrorCode::WrongGroup, "group id"};
    if (m.epoch != e.context.epoch)
        return {ErrorCode::WrongEpoch, "epoch"};
    if (m.contentType != ContentType::Application)
        return {ErrorCode::InvalidArgument, "message of another content type"};
    SecretTree& secrets = ratchets().secrets;
    VALISE_TRY(OpenedPrivate opened, openPrivate(m, e.context.suite, e.secrets.senderData, secrets));
    const auto& leaf = e.tree.leaf(opened.content.content.sender.index);
    if (!leaf)
        return {ErrorCode::NotMember, "sender's leaf is blank"};
    if (!opened.content.verify(leaf->signatureKey, e.contextBytes))
        return {ErrorCode::InvalidSignature, "application message"};
    secrets.take(opened.found);
    ApplicationMessage out;
    out.sender = opened.found.leaf;
    out.generation = opened.found.generation;
    out.plaintext = std::move(std::get<ApplicationData>(opened.content.content.content).data);
    out.authenticatedData = m.authenticatedData;
    return out;
}

} // namespace valise::mls
