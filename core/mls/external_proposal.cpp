// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/external_proposal.h"

#include "core/mls/group_state.h"

namespace valise::mls {

Extension externalSendersExtension(const std::vector<ExternalSender>& senders) {
    Writer w;
    w.vector([&](Writer& in) {
        for (const ExternalSender& s : senders) {
            in.opaque(s.signatureKey);
            s.credential.write(in);
        }
    });
    return {extension_type::kExternalSenders, w.take()};
}

Result<std::vector<ExternalSender>> externalSenders(const Extensions& groupExtensions) {
    std::vector<ExternalSender> out;
    const Extension* e = findExtension(groupExtensions, extension_type::kExternalSenders);
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

namespace {

Bytes publicMessage(const ProposalPlace& place, Sender sender, const crypto::Ed25519KeyPair& signer,
                    Proposal proposal) {
    PublicMessage m;
    m.content.wireFormat = WireFormat::PublicMessage;
    m.content.content.groupId = place.groupId;
    m.content.content.epoch = place.epoch;
    m.content.content.sender = sender;
    m.content.content.setContent(std::move(proposal));
    // The signature of an external sender does not cover the GroupContext (section 6.1).
    m.content.sign(signer, {});
    return m.toMessage();
}

} // namespace

Result<Bytes> proposeFromOutside(const ProposalPlace& place, std::uint32_t index,
                                 const crypto::Ed25519KeyPair& signer, Proposal proposal) {
    if (!GroupOperations::allowedFromOutside(proposal.type()))
        return {ErrorCode::InvalidProposal, "type not allowed from an external sender"};
    return publicMessage(place, {SenderType::External, index}, signer, std::move(proposal));
}

Result<Bytes> proposeToJoin(const ProposalPlace& place, const KeyPackageBundle& bundle) {
    VALISE_CHECK(bundle.keyPackage.validate(std::nullopt));
    if (bundle.keyPackage.cipherSuite != codeOf(place.suite))
        return {ErrorCode::InvalidKeyPackage, "cipher suite differs from the group's"};
    return publicMessage(place, {SenderType::NewMemberProposal, 0}, bundle.signer,
                         {AddProposal{bundle.keyPackage}});
}

} // namespace valise::mls
