// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 sections 12.1 to 12.3: validity of proposals, alone and together, and their effects.
#include "core/mls/external_proposal.h"
#include "core/mls/group_state.h"

#include <set>

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

namespace {

Error invalidProposal(const char* why) {
    return {ErrorCode::InvalidProposal, why};
}

bool allowedInExternalCommit(const CommittedProposal& c) {
    const ProposalType t = c.proposal.type();
    if (c.byReference)
        return t == ProposalType::SelfRemove;
    return t == ProposalType::ExternalInit || t == ProposalType::Remove || t == ProposalType::PreSharedKey ||
           t == ProposalType::AppDataUpdate;
}

//! True if every remaining member supports a proposal type beyond RFC 9420 (section 12.2). Types that the
//! group requires were checked when each member joined.
bool isSupportedByThoseWhoStay(const RatchetTree& tree, const std::set<LeafIndex>& gone,
                               const RequiredCapabilities& required, std::uint16_t type) {
    if (std::find(required.proposals.begin(), required.proposals.end(), type) != required.proposals.end())
        return true;
    for (LeafIndex l = 0; l < tree.leafCount(); ++l) {
        const auto& leaf = tree.leaf(l);
        if (leaf && !gone.contains(l) && !leaf->capabilities.hasProposal(type))
            return false;
    }
    return true;
}

} // namespace

bool Ops::allowedFromOutside(ProposalType type) {
    switch (type) {
    case ProposalType::Add:
    case ProposalType::Remove:
    case ProposalType::PreSharedKey:
    case ProposalType::ReInit:
    case ProposalType::GroupContextExtensions:
    case ProposalType::AppDataUpdate:
        return true;
    default:
        return false;
    }
}

Result<void> Ops::checkLeaf(const LeafNode& leaf, CipherSuite suite, const Extensions& groupExtensions) {
    const auto bad = [](const char* why) { return Result<void>(invalidProposal(why)); };
    if (leaf.encryptionKey.size() != 32 || leaf.signatureKey.size() != 32)
        return bad("key length of a leaf node");
    const Capabilities& c = leaf.capabilities;
    if (std::find(c.versions.begin(), c.versions.end(), kMls10) == c.versions.end() ||
        std::find(c.cipherSuites.begin(), c.cipherSuites.end(), codeOf(suite)) == c.cipherSuites.end())
        return bad("leaf does not list the group's version or suite");
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

Result<void> Ops::checkProposal(const Epoch& epoch, SenderType senderType, LeafIndex sender,
                                const Proposal& proposal, std::optional<std::int64_t> now, Link link) {
    if (senderType == SenderType::External && !allowedFromOutside(proposal.type()))
        return invalidProposal("type not allowed from an external sender");
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
        const PreSharedKeyId& id = psk->psk;
        if (id.type == PreSharedKeyId::Type::Resumption && id.usage != PreSharedKeyId::kApplication &&
            (link == Link::None || id.usage != static_cast<std::uint8_t>(link)))
            return invalidProposal("resumption PSK for another use");
    } else if (auto* reInit = proposal.as<ReInitProposal>()) {
        if (reInit->version < epoch.context.version)
            return invalidProposal("ReInit to an older version");
    } else if (auto* gce = proposal.as<GroupContextExtensionsProposal>()) {
        // If the group requires AppDataUpdate, the draft allows no other proposal to change the dictionary.
        VALISE_TRY(const RequiredCapabilities required, RequiredCapabilities::of(epoch.context.extensions));
        const bool byUpdateOnly =
            std::find(required.proposals.begin(), required.proposals.end(),
                      static_cast<std::uint16_t>(ProposalType::AppDataUpdate)) != required.proposals.end();
        const Extension* before = findExtension(epoch.context.extensions, extension_type::kAppDataDictionary);
        const Extension* after = findExtension(gce->extensions, extension_type::kAppDataDictionary);
        if (byUpdateOnly &&
            ((before == nullptr) != (after == nullptr) || (before && before->data != after->data)))
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
    std::set<std::uint16_t> newTypes; // beyond RFC 9420
    std::set<Bytes> psks;             // encoded
    std::size_t gce = 0;
    std::size_t reInit = 0;
    std::size_t externalInit = 0;
    std::size_t removes = 0;
    for (const Item& item : items) {
        const CommittedProposal& c = item.committed;
        const Proposal& p = c.proposal;
        if (judge.external && !allowedInExternalCommit(c))
            return invalidProposal("type not allowed in an external commit");
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
            Writer w;
            psk->psk.write(w);
            if (!psks.insert(w.take()).second)
                return invalidProposal("one PSK twice");
            // PSKLabel has 16 bits for the number of PSKs (section 8.4).
            if (psks.size() > UINT16_MAX)
                return {ErrorCode::LimitExceeded, "too many pre-shared keys"};
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
        if (const auto type = static_cast<std::uint16_t>(p.type()); type > 7)
            newTypes.insert(type);
    }
    VALISE_TRY(const RequiredCapabilities required, RequiredCapabilities::of(epoch.context.extensions));
    for (const std::uint16_t type : newTypes) {
        if (!isSupportedByThoseWhoStay(epoch.tree, gone, required, type))
            return invalidProposal("a member does not support the proposal type");
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
    // The cheap checks come before the checks of signatures.
    VALISE_CHECK(checkList(epoch, items, judge));
    for (const Item& item : items) {
        // A proposal by reference was checked when it was stored in this epoch. Only a lifetime may have
        // ended since.
        if (const auto* add = item.committed.proposal.as<AddProposal>(); add && item.committed.byReference)
            VALISE_CHECK(add->keyPackage.checkLifetime(judge.now));
        if (!item.committed.byReference)
            VALISE_CHECK(checkProposal(epoch, item.committed.senderType, item.committed.sender,
                                       item.committed.proposal, judge.now, judge.link));
    }

    Provisional p;
    p.tree = epoch.tree;
    p.keys = epoch.keys;
    p.extensions = epoch.context.extensions;
    p.dictionary = epoch.dictionary;
    p.pathRequired = items.empty();

    bool extensionsChanged = false;
    // The path replaces the committer's leaf, which is checked then.
    bool committerRenewed = false;
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
        // An earlier removal truncates only blank leaves, so this leaf is still in the tree.
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
            committerRenewed = true;
            VALISE_TRY(p.dictionary, AppDataDictionary::of(gce->extensions));
        } else if (auto* data = proposal.as<AppDataUpdateProposal>()) {
            updates.emplace(data->component, data);
        } else if (auto* init = proposal.as<ExternalInitProposal>()) {
            p.externalInit = init->kemOutput;
            p.pathRequired = true;
        } else if (auto* reInit = proposal.as<ReInitProposal>()) {
            p.reInit = *reInit;
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

    const CipherSuite suite = epoch.context.suite;
    std::vector<LeafIndex> changed = p.added;
    changed.insert(changed.end(), p.updated.begin(), p.updated.end());
    if (extensionsChanged) {
        for (LeafIndex l = 0; l < p.tree.leafCount(); ++l) {
            const auto& leaf = p.tree.leaf(l);
            if (leaf && !(committerRenewed && !judge.external && l == judge.committer))
                VALISE_CHECK(checkLeaf(*leaf, suite, p.extensions));
        }
    } else {
        // If the extensions are the same, only new and changed leaves need the check.
        for (const LeafIndex l : changed)
            VALISE_CHECK(checkLeaf(*p.tree.leaf(l), suite, p.extensions));
    }
    std::vector<NodeIndex> nodes;
    for (const LeafIndex l : changed)
        nodes.push_back(tree_math::leafNode(l));
    const Result<void> distinct = nodes.empty() ? Result<void>() : p.tree.checkDistinctKeys(nodes);
    for (const Result<void>& checked : {distinct, p.tree.checkCredentialTypes()}) {
        if (!checked.ok())
            return {ErrorCode::InvalidProposal, checked.error().detail};
    }
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

} // namespace valise::mls
