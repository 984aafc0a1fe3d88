// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 sections 12.4.1 and 12.4.2: making and processing commits.
#include "core/mls/grease.h"
#include "core/mls/group_state.h"

#include <set>

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

namespace {

Error invalidCommit(std::string why) {
    return {ErrorCode::InvalidCommit, std::move(why)};
}

bool has(const std::vector<LeafIndex>& list, LeafIndex leaf) {
    return std::find(list.begin(), list.end(), leaf) != list.end();
}

//! The start of the epoch after `e` when `p` is applied. Tree and keys stay in `p`.
GroupOperations::Epoch following(const GroupOperations::Epoch& e, Ops::Provisional& p) {
    GroupOperations::Epoch next;
    next.own = e.own;
    next.signer = e.signer;
    next.context = e.context;
    next.context.epoch = e.context.epoch + 1;
    next.context.extensions = p.extensions;
    next.dictionary = std::move(p.dictionary);
    next.reInit = p.reInit;
    return next;
}

} // namespace

void Ops::addStored(const Group& group, std::vector<Item>& items, const Judge& judge, const PskLookup& psk) {
    // The order follows section 12.2. Removals come first, because they win over an Update of the same leaf;
    // of several removals of one leaf the lowest digest wins. Of several Updates of a member the last one
    // counts. A ReInit comes last, because it must be the only proposal.
    std::vector<const VerifiedProposal*> candidates;
    for (const VerifiedProposal& p : group.m_proposals) {
        const bool there = std::any_of(items.begin(), items.end(), [&](const Item& i) {
            return i.committed.byReference && i.committed.ref == p.ref;
        });
        const bool superseded =
            p.proposal.as<UpdateProposal>() &&
            std::any_of(&p + 1, group.m_proposals.data() + group.m_proposals.size(), [&](const auto& later) {
                return later.proposal.template as<UpdateProposal>() && later.sender == p.sender;
            });
        const auto* key = p.proposal.as<PreSharedKeyProposal>();
        const bool held = !key || (psk && psk(key->psk));
        if (!there && !superseded && held)
            candidates.push_back(&p);
    }
    // The draft says that a SelfRemove wins over a Remove of the same leaf.
    const auto rank = [](const VerifiedProposal* p) {
        switch (p->proposal.type()) {
        case ProposalType::SelfRemove:
            return 0;
        case ProposalType::Remove:
            return 1;
        case ProposalType::ReInit:
            return 3;
        default:
            return 2;
        }
    };
    std::stable_sort(candidates.begin(), candidates.end(), [&](const auto* a, const auto* b) {
        if (rank(a) != rank(b))
            return rank(a) < rank(b);
        return rank(a) < 2 && a->messageDigest < b->messageDigest;
    });
    // All candidates are tried together. If they do not fit, each half is tried alone, so that a few bad
    // proposals among many cost little.
    const std::function<void(std::size_t, std::size_t)> take = [&](std::size_t from, std::size_t to) {
        if (from == to)
            return;
        const std::size_t before = items.size();
        for (std::size_t i = from; i < to; ++i) {
            const VerifiedProposal& p = *candidates[i];
            items.push_back({{p.proposal, p.senderType, p.sender, true, p.ref}, p.updatePrivateKey});
        }
        if (apply(*group.m_epoch, items, judge).ok())
            return;
        items.resize(before);
        if (to - from == 1)
            return;
        take(from, from + (to - from) / 2);
        take(from + (to - from) / 2, to);
    };
    take(0, candidates.size());
}

CommitSummary Ops::summarize(const std::vector<Item>& items, const Provisional& p) {
    CommitSummary s;
    for (const Item& item : items)
        s.proposals.push_back(item.committed);
    s.added = p.added;
    s.removed = p.removed;
    s.updated = p.updated;
    s.reInit = p.reInit.has_value();
    return s;
}

KeyBytes Ops::conclude(const Bytes& interimTranscriptHash, Draft& draft) {
    Epoch& next = draft.next;
    next.context.treeHash = next.tree.treeHash();
    next.context.confirmedTranscriptHash =
        valise::mls::confirmedTranscriptHash(interimTranscriptHash, draft.content.confirmedTranscriptInput());
    next.contextBytes = next.context.encode();
    KeyBytes joiner = joinerSecret(draft.initSecret, draft.commitSecret, next.contextBytes);
    next.secrets = EpochSecrets::fromEpochSecret(epochSecret(joiner, draft.pskSecret, next.contextBytes));
    next.confirmationTag = mac(next.secrets.confirmation, next.context.confirmedTranscriptHash);
    next.interimTranscriptHash =
        valise::mls::interimTranscriptHash(next.context.confirmedTranscriptHash, next.confirmationTag);
    return joiner;
}

namespace {

//! The Welcome for the members that a commit added (section 12.4.3.1).
Result<Bytes> makeWelcome(const Ops::Draft& draft, const std::vector<Ops::Item>& items,
                          const Ops::Provisional& p, const std::optional<NewPath>& path,
                          const CommitOptions& options, const KeyBytes& joiner, crypto::Random& random) {
    const Ops::Epoch& next = draft.next;
    const CipherSuite suite = next.context.suite;
    VALISE_TRY(GroupInfo info,
               Ops::makeGroupInfo(next, options.ratchetTreeInWelcome, options.externalPubInWelcome));
    if (options.greaseInWelcome) {
        info.extensions.push_back({grease::value(random), random.bytes(random.uniform(16))});
        info.sign(next.signer);
    }
    const AeadKeyNonce key = welcomeKeyNonce(suite, welcomeSecret(joiner, draft.pskSecret));
    Welcome welcome;
    welcome.cipherSuite = codeOf(suite);
    welcome.encryptedGroupInfo = crypto::aeadSeal(aeadOf(suite), key.key, key.nonce, {}, info.raw);
    const crypto::HpkeInfo secretsInfo = hpkeInfo(suite, "Welcome", welcome.encryptedGroupInfo);
    auto added = p.added.begin();
    for (const Ops::Item& item : items) {
        const auto* add = item.committed.proposal.as<AddProposal>();
        if (!add)
            continue;
        GroupSecrets secrets;
        secrets.joinerSecret = joiner;
        if (path)
            secrets.pathSecret = path->pathSecrets.at(tree_math::commonAncestor(next.own, *added));
        ++added;
        secrets.psks = p.psks;
        Bytes plain = secrets.encode();
        crypto::WipeGuard guard(plain);
        VALISE_TRY(auto sealed, encryptTo(secretsInfo, add->keyPackage.initKey, plain, random));
        welcome.secrets.push_back({add->keyPackage.ref(), std::move(sealed)});
    }
    return welcome.toMessage();
}

} // namespace

Result<CommitResult> Group::commit(const CommitOptions& options, crypto::Random& random) {
    return Ops::commit(*this, options, Link::None, ratchets().secrets, random);
}

Result<CommitResult> Group::commit(const CommitOptions& options, crypto::Random& random) const {
    if (options.framing.wireFormat != WireFormat::PublicMessage)
        return {ErrorCode::InvalidArgument, "a PrivateMessage takes a key of this value"};
    SecretTree unused;
    return Ops::commit(*this, options, Link::None, unused, random);
}

Result<CommitResult> Ops::commit(const Group& group, const CommitOptions& options, Link link,
                                 SecretTree& secrets, crypto::Random& random) {
    const Epoch& e = *group.m_epoch;
    VALISE_CHECK(checkAlive(e));
    const Judge judge{false, e.own, options.now, link};
    std::vector<Item> items;
    for (const Bytes& ref : options.references) {
        const auto it = std::find_if(group.m_proposals.begin(), group.m_proposals.end(),
                                     [&](const VerifiedProposal& p) { return p.ref == ref; });
        if (it == group.m_proposals.end())
            return {ErrorCode::MissingProposal, "proposal is not stored"};
        items.push_back({{it->proposal, it->senderType, it->sender, true, it->ref}, it->updatePrivateKey});
    }
    for (const Proposal& p : options.proposals) {
        if (p.as<UpdateProposal>() || p.as<SelfRemoveProposal>() || p.as<ExternalInitProposal>())
            return {ErrorCode::InvalidArgument, "proposal that cannot be committed by value"};
        items.push_back({{p, SenderType::Member, e.own, false, {}}, {}});
    }
    if (options.allStored)
        addStored(group, items, judge, options.psk);

    VALISE_TRY(Provisional p, apply(e, items, judge));
    VALISE_TRY(const auto psks, lookup(p.psks, options.psk));
    const bool newLeaf =
        options.leafExtensions || options.leafCapabilities || options.leafCredential || options.leafSigner;
    const bool withPath = p.pathRequired || options.forcePath || newLeaf;

    Draft draft;
    draft.next = following(e, p);
    draft.initSecret = e.secrets.init;
    draft.commitSecret = KeyBytes(kHashSize);
    draft.pskSecret = pskSecret(psks);
    Epoch& next = draft.next;
    if (options.leafSigner)
        next.signer = *options.leafSigner;

    Commit commit;
    for (const Item& item : items) {
        if (item.committed.byReference)
            commit.proposals.emplace_back(item.committed.ref);
        else
            commit.proposals.emplace_back(item.committed.proposal);
    }
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
        VALISE_CHECK(checkLeaf(*p.tree.leaf(e.own), e.context.suite, p.extensions));
        VALISE_CHECK(p.tree.checkDistinctKeys({tree_math::leafNode(e.own)}));
        VALISE_CHECK(p.tree.checkCredentialTypes());
        draft.commitSecret = path->commitSecret;
        next.context.treeHash = p.tree.treeHash();
        VALISE_CHECK(
            encryptPath(*path, e.context.suite, p.tree, e.own, p.added, next.context.encode(), random));
        commit.path = std::move(path->path);
        p.updated.push_back(e.own);
    }
    next.tree = std::move(p.tree);
    next.keys = std::move(p.keys);

    FramedContent content;
    content.setContent(std::move(commit));
    draft.content =
        sign(e, options.framing.wireFormat, options.framing.authenticatedData, std::move(content));
    const KeyBytes joiner = conclude(e.interimTranscriptHash, draft);
    draft.content.confirmationTag = next.confirmationTag;
    VALISE_TRY(Bytes message, frame(e, std::move(draft.content), options.framing, secrets, random));
    std::optional<Bytes> welcome;
    if (!p.added.empty()) {
        VALISE_TRY(welcome, makeWelcome(draft, items, p, path, options, joiner, random));
    }
    CommitSummary summary = summarize(items, p);
    summary.committer = e.own;
    summary.hasPath = withPath;
    summary.authenticatedData = options.framing.authenticatedData;
    return CommitResult{std::move(message), std::move(welcome), std::move(summary),
                        start(std::move(draft.next))};
}

namespace {

//! Checks the committer's leaf and puts an external committer into the tree (section 12.4.2). Returns the
//! committer's leaf index.
Result<LeafIndex> placeCommitter(const Ops::Epoch& e, const Commit& commit, const Sender& sender,
                                 Ops::Provisional& p, const ProcessOptions& options) {
    const LeafNode& leaf = commit.path->leafNode;
    if (leaf.source != LeafNodeSource::Commit)
        return invalidCommit("leaf node source of the committer");
    LeafIndex committer = sender.index;
    if (sender.type == SenderType::NewMemberCommit) {
        for (const LeafIndex l : p.removed) {
            // The rules for a resync apply only to a leaf that the committer removes. A member that left by
            // SelfRemove is not replaced.
            const auto& former = e.tree.leaf(l);
            const bool leftByItself = std::none_of(
                commit.proposals.begin(), commit.proposals.end(), [&](const ProposalOrRef& proposal) {
                    const auto* byValue = std::get_if<Proposal>(&proposal);
                    const auto* remove = byValue ? byValue->as<RemoveProposal>() : nullptr;
                    return remove && remove->removed == l;
                });
            if (leftByItself)
                continue;
            if (!isSameClient(options.sameClient, former->credential, leaf.credential))
                return invalidCommit("external commit removes another client");
            if (former->encryptionKey == leaf.encryptionKey)
                return invalidCommit("committer keeps its encryption key");
        }
        // This leaf occupies the place in the tree. The path replaces it afterwards.
        if (p.tree.memberCount() >= tree_math::kMaxLeaves)
            return {ErrorCode::LimitExceeded, "group is full"};
        committer = p.tree.addLeaf(leaf);
        p.tree.rehash();
    } else if (leaf.encryptionKey == e.tree.leaf(committer)->encryptionKey) {
        return invalidCommit("committer keeps its encryption key");
    }
    if (auto checked = Ops::checkLeaf(leaf, e.context.suite, p.extensions); !checked.ok())
        return invalidCommit(checked.error().detail);
    if (!leaf.verify(e.context.groupId, committer))
        return {ErrorCode::InvalidSignature, "leaf node of the committer"};
    return committer;
}

} // namespace

Result<ProcessedCommit> Group::processCommit(ByteView mlsMessage, const ProcessOptions& options) {
    SecretTree secrets = m_ratchets->secrets;
    auto processed = Ops::process(*this, secrets, mlsMessage, options);
    if (processed.ok())
        ratchets().secrets = std::move(secrets);
    return processed;
}

Result<ProcessedCommit> Group::processCommit(ByteView mlsMessage, const ProcessOptions& options) const {
    SecretTree secrets = m_ratchets->secrets;
    return Ops::process(*this, secrets, mlsMessage, options);
}

Result<std::vector<Bytes>> Group::missingProposals(ByteView commitMessage) const {
    SecretTree secrets = m_ratchets->secrets;
    VALISE_TRY(const AuthenticatedContent content,
               Ops::open(*m_epoch, secrets, commitMessage, ContentType::Commit));
    std::vector<Bytes> out;
    for (const ProposalOrRef& p : std::get<Commit>(content.content.content).proposals) {
        const auto* ref = std::get_if<Bytes>(&p);
        if (ref && std::none_of(m_proposals.begin(), m_proposals.end(),
                                [&](const VerifiedProposal& v) { return v.ref == *ref; }))
            out.push_back(*ref);
    }
    return out;
}

Result<ProcessedCommit> Ops::process(const Group& group, SecretTree& secrets, ByteView mlsMessage,
                                     const ProcessOptions& options) {
    const Epoch& e = *group.m_epoch;
    VALISE_CHECK(checkAlive(e));
    VALISE_TRY(AuthenticatedContent content, open(e, secrets, mlsMessage, ContentType::Commit));
    const Sender sender = content.content.sender;
    const Commit& commit = std::get<Commit>(content.content.content);
    const bool external = sender.type == SenderType::NewMemberCommit;
    if (!external && sender.type != SenderType::Member)
        return invalidCommit("sender type");
    if (!external && sender.index == e.own)
        return {ErrorCode::InvalidArgument, "own commit"};

    const Judge judge{external, sender.index, options.now, Link::None};
    std::vector<Item> items;
    std::set<Bytes> refs;
    for (const ProposalOrRef& p : commit.proposals) {
        if (const auto* byValue = std::get_if<Proposal>(&p)) {
            if (byValue->as<UpdateProposal>())
                return invalidCommit("Update by value");
            items.push_back({{*byValue, sender.type, sender.index, false, {}}, {}});
            continue;
        }
        const Bytes& ref = std::get<Bytes>(p);
        if (!refs.insert(ref).second)
            return invalidCommit("one proposal twice");
        const auto it = std::find_if(group.m_proposals.begin(), group.m_proposals.end(),
                                     [&](const VerifiedProposal& v) { return v.ref == ref; });
        if (it == group.m_proposals.end())
            return {ErrorCode::MissingProposal, "a proposal that the commit refers to"};
        items.push_back({{it->proposal, it->senderType, it->sender, true, it->ref}, it->updatePrivateKey});
    }
    if (options.policy) {
        CommitSummary asked;
        asked.external = external;
        asked.committer = sender.index;
        asked.hasPath = commit.path.has_value();
        asked.authenticatedData = content.content.authenticatedData;
        for (const Item& item : items)
            asked.proposals.push_back(item.committed);
        VALISE_CHECK(options.policy(asked));
    }
    VALISE_TRY(Ops::Provisional p, Ops::apply(e, items, judge));
    if (p.pathRequired && !commit.path)
        return invalidCommit("path is missing");

    ProcessedCommit out;
    out.summary = Ops::summarize(items, p);
    out.summary.external = external;
    out.summary.hasPath = commit.path.has_value();
    out.summary.committer = sender.index;
    out.summary.authenticatedData = content.content.authenticatedData;
    out.summary.selfRemoved = has(p.removed, e.own);

    Ops::Draft draft;
    draft.next = following(e, p);
    draft.commitSecret = KeyBytes(kHashSize);
    if (commit.path) {
        VALISE_TRY(const LeafIndex committer, placeCommitter(e, commit, sender, p, options));
        out.summary.committer = committer;
        (external ? out.summary.added : out.summary.updated).push_back(committer);
        std::vector<ByteView> pathKeys;
        for (const UpdatePathNode& n : commit.path->nodes)
            pathKeys.emplace_back(n.encryptionKey);
        if (p.tree.holdsAnyKey(pathKeys))
            return invalidCommit("update path repeats a key of the tree");
        VALISE_CHECK(mergePath(p.tree, committer, *commit.path));
        std::vector<NodeIndex> changed{tree_math::leafNode(committer)};
        for (const auto& step : p.tree.filteredDirectPath(committer))
            changed.push_back(step.node);
        for (const Result<void>& checked :
             {p.tree.checkDistinctKeys(changed), p.tree.checkCredentialTypes()}) {
            if (!checked.ok())
                return invalidCommit(checked.error().detail);
        }
        if (!out.summary.selfRemoved) {
            draft.next.context.treeHash = p.tree.treeHash();
            std::vector<LeafIndex> added = p.added;
            if (external)
                added.push_back(committer);
            VALISE_TRY(draft.commitSecret, openPath(*commit.path, e.context.suite, p.tree, p.keys, committer,
                                                    e.own, added, draft.next.context.encode()));
        }
    }
    // A removed member has no keys for the confirmation tag. It can check only the signature.
    if (out.summary.selfRemoved)
        return out;

    draft.initSecret = e.secrets.init;
    if (p.externalInit) {
        VALISE_TRY(draft.initSecret,
                   receiveExternalInit(e.context.suite, e.secrets.external, *p.externalInit));
    }
    VALISE_TRY(const auto psks, Ops::lookup(p.psks, options.psk));
    draft.pskSecret = pskSecret(psks);
    draft.next.tree = std::move(p.tree);
    draft.next.keys = std::move(p.keys);
    draft.content = std::move(content);
    Ops::conclude(e.interimTranscriptHash, draft);
    if (!crypto::equalSecret(draft.next.confirmationTag, draft.content.confirmationTag))
        return invalidCommit("confirmation tag");
    out.next = Ops::start(std::move(draft.next));
    return out;
}

} // namespace valise::mls
