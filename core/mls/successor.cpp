// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 sections 11.2 and 11.3: groups that continue or branch from another group.
#include "core/mls/group_state.h"

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

namespace {

//! Makes a new group and its first commit. Only the Welcome is sent; the commit is not needed.
Result<CommitResult> found(const Group& parent, Link link, ByteView groupId, Extensions extensions,
                           const KeyPackageBundle& creator, const SuccessorOptions& options,
                           crypto::Random& random) {
    if (Ops::epochOf(parent).readingOnly)
        return {ErrorCode::InvalidArgument, "this copy of the group is for reading only"};
    VALISE_TRY(const Group group, Group::create(groupId, creator, std::move(extensions), random));
    CommitOptions first;
    first.forcePath = true;
    first.ratchetTreeInWelcome = options.ratchetTreeInWelcome;
    first.now = options.now;
    const PreSharedKeyId id =
        PreSharedKeyId::resumption(static_cast<std::uint8_t>(link), parent.groupId(), parent.epoch(), random);
    first.proposals.push_back({PreSharedKeyProposal{id}});
    for (const KeyPackage& member : options.members)
        first.proposals.push_back({AddProposal{member}});
    first.psk = [&](const PreSharedKeyId& wanted) -> std::optional<KeyBytes> {
        return wanted == id ? std::optional(parent.resumptionPsk()) : std::nullopt;
    };
    SecretTree unused; // the commit is not sent
    return Ops::commit(group, first, link, unused, random);
}

} // namespace

Result<CommitResult> Group::reinitialize(const KeyPackageBundle& creator, const SuccessorOptions& options,
                                         crypto::Random& random) const {
    const ReInitProposal* reInit = this->reInit();
    if (!reInit)
        return {ErrorCode::InvalidArgument, "no ReInit was committed"};
    if (reInit->version != kMls10)
        return {ErrorCode::Unsupported, "protocol version of the ReInit"};
    if (creator.keyPackage.cipherSuite != reInit->cipherSuite)
        return {ErrorCode::InvalidArgument, "the KeyPackage is not of the suite of the ReInit"};
    for (const Member& m : members()) {
        const Credential& before = m.node->credential;
        const auto same = [&](const KeyPackage& k) {
            return isSameClient(options.sameClient, before, k.leafNode.credential);
        };
        if (!same(creator.keyPackage) && std::none_of(options.members.begin(), options.members.end(), same))
            return {ErrorCode::InvalidArgument, "a member has no place in the new group"};
    }
    return found(*this, Link::ReInit, reInit->groupId, reInit->extensions, creator, options, random);
}

Result<CommitResult> Group::branch(ByteView groupId, const KeyPackageBundle& creator,
                                   Extensions groupExtensions, const SuccessorOptions& options,
                                   crypto::Random& random) const {
    if (creator.keyPackage.cipherSuite != codeOf(suite()))
        return {ErrorCode::InvalidArgument, "a branch has the suite of its group"};
    const std::vector<Member> known = members();
    const auto isKnown = [&](const Credential& c) {
        return std::any_of(known.begin(), known.end(), [&](const Member& m) {
            return isSameClient(options.sameClient, m.node->credential, c);
        });
    };
    if (!isKnown(creator.keyPackage.leafNode.credential) ||
        !std::all_of(options.members.begin(), options.members.end(),
                     [&](const KeyPackage& k) { return isKnown(k.leafNode.credential); }))
        return {ErrorCode::InvalidArgument, "a branch has only members of its group"};
    return found(*this, Link::Branch, groupId, std::move(groupExtensions), creator, options, random);
}

} // namespace valise::mls
