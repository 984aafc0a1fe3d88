// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 section 12.4.3.2: external commits, by which a client adds itself.
#include "core/mls/group_state.h"

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

namespace {

Result<GroupInfo> readGroupInfo(ByteView mlsMessage) {
    Reader r(mlsMessage);
    VALISE_TRY(const WireFormat format, readMessageHeader(r));
    if (format != WireFormat::GroupInfo)
        return {ErrorCode::InvalidArgument, "not a GroupInfo"};
    VALISE_TRY(GroupInfo info, GroupInfo::read(r));
    VALISE_CHECK(r.finish());
    return info;
}

Result<Bytes> externalPubOf(const GroupInfo& info) {
    const Extension* e = findExtension(info.extensions, extension_type::kExternalPub);
    if (!e)
        return {ErrorCode::InvalidArgument, "the GroupInfo has no external_pub"};
    Reader r(e->data);
    VALISE_TRY(const ByteView key, r.opaque());
    VALISE_CHECK(r.finish());
    return toBytes(key);
}

} // namespace

Result<CommitResult> Group::joinByExternalCommit(ByteView groupInfoMessage, const KeyPackageBundle& bundle,
                                                 const ExternalCommitOptions& options,
                                                 crypto::Random& random) {
    VALISE_TRY(const GroupInfo info, readGroupInfo(groupInfoMessage));
    VALISE_TRY(const CipherSuite suite, cipherSuiteFrom(codeOf(info.context.suite)));
    if (bundle.keyPackage.cipherSuite != codeOf(suite))
        return {ErrorCode::InvalidArgument, "the KeyPackage is of another suite than the group"};
    VALISE_CHECK(bundle.keyPackage.validate(options.now));
    VALISE_TRY(const Bytes externalPub, externalPubOf(info));

    // An outsider's view of the epoch has no secrets.
    Epoch e;
    e.context = info.context;
    e.contextBytes = info.context.encode();
    VALISE_TRY(e.dictionary, AppDataDictionary::of(info.context.extensions));
    VALISE_TRY(e.tree, Ops::openTree(info, options.ratchetTree));
    e.interimTranscriptHash =
        valise::mls::interimTranscriptHash(info.context.confirmedTranscriptHash, info.confirmationTag);

    VALISE_TRY(ExternalInit init, sendExternalInit(suite, externalPub, random));
    std::vector<Proposal> proposals{{ExternalInitProposal{std::move(init.kemOutput)}}};
    if (options.removes) {
        const auto& former = e.tree.leaf(*options.removes);
        if (!former ||
            !isSameClient(options.sameClient, former->credential, bundle.keyPackage.leafNode.credential))
            return {ErrorCode::InvalidArgument, "the leaf to be removed is not one's own"};
        proposals.push_back({RemoveProposal{*options.removes}});
    }
    for (const Proposal& p : options.psks) {
        if (!p.as<PreSharedKeyProposal>())
            return {ErrorCode::InvalidArgument, "a joiner commits no proposals but pre-shared keys"};
        proposals.push_back(p);
    }
    std::vector<Ops::Item> items;
    Commit commit;
    for (Proposal& p : proposals) {
        items.push_back({{p, SenderType::NewMemberCommit, 0, false, {}}, {}});
        commit.proposals.emplace_back(std::move(p));
    }
    VALISE_TRY(Ops::Provisional p, Ops::apply(e, items, {true, 0, options.now, Link::None}));
    VALISE_TRY(const auto psks, Ops::lookup(p.psks, options.psk));

    Ops::Draft draft;
    Epoch& next = draft.next;
    next.signer = bundle.signer;
    next.context = e.context;
    next.context.epoch = e.context.epoch + 1;
    next.dictionary = e.dictionary;
    draft.initSecret = std::move(init.initSecret);
    draft.pskSecret = pskSecret(psks);

    const LeafNode& wanted = bundle.keyPackage.leafNode;
    if (p.tree.memberCount() >= tree_math::kMaxLeaves)
        return {ErrorCode::LimitExceeded, "group is full"};
    next.own = p.tree.addLeaf(wanted);
    p.tree.rehash();
    NewPath path = makePath(p.tree, p.keys, next.own, wanted, bundle.signer, e.context.groupId, random);
    VALISE_CHECK(Ops::checkLeaf(wanted, suite, p.extensions));
    VALISE_CHECK(p.tree.checkDistinctKeys({tree_math::leafNode(next.own)}));
    VALISE_CHECK(p.tree.checkCredentialTypes());
    draft.commitSecret = path.commitSecret;
    next.context.treeHash = p.tree.treeHash();
    VALISE_CHECK(encryptPath(path, suite, p.tree, next.own, {}, next.context.encode(), random));
    commit.path = std::move(path.path);
    next.tree = std::move(p.tree);
    next.keys = std::move(p.keys);

    AuthenticatedContent& content = draft.content;
    content.wireFormat = WireFormat::PublicMessage;
    content.content.groupId = e.context.groupId;
    content.content.epoch = e.context.epoch;
    content.content.sender = {SenderType::NewMemberCommit, 0};
    content.content.authenticatedData = options.authenticatedData;
    content.content.setContent(std::move(commit));
    content.sign(bundle.signer, e.contextBytes);
    Ops::conclude(e.interimTranscriptHash, draft);
    content.confirmationTag = next.confirmationTag;

    CommitSummary summary = Ops::summarize(items, p);
    summary.external = true;
    summary.committer = next.own;
    summary.hasPath = true;
    summary.added.push_back(next.own);
    Bytes message = PublicMessage{std::move(content), {}}.toMessage();
    return CommitResult{std::move(message), std::nullopt, std::move(summary), Ops::start(std::move(next))};
}

} // namespace valise::mls
