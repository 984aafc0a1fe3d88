// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/group.h"

namespace valise::mls {

//! A party outside the group that may send proposals (RFC 9420 section 12.1.8.1).
struct ExternalSender {
    Bytes signatureKey;
    Credential credential;
    friend bool operator==(const ExternalSender&, const ExternalSender&) = default;
};

//! The external_senders extension for a GroupContext.
Extension externalSendersExtension(const std::vector<ExternalSender>& senders);
//! The external senders of a GroupContext. Empty if it has none. Error: InvalidEncoding.
Result<std::vector<ExternalSender>> externalSenders(const Extensions& groupExtensions);

//! The group and epoch to which a proposal from outside belongs.
struct ProposalPlace {
    CipherSuite suite = CipherSuite::X25519Aes128Gcm;
    Bytes groupId;
    std::uint64_t epoch = 0;
};

//! The MLSMessage of a proposal by the external sender at `index` (section 12.1.8): Add, Remove,
//! PreSharedKey, ReInit, GroupContextExtensions or AppDataUpdate. Error: InvalidProposal for another type.
Result<Bytes> proposeFromOutside(const ProposalPlace& place, std::uint32_t index,
                                 const crypto::Ed25519KeyPair& signer, Proposal proposal);
//! The MLSMessage of a client's proposal to add itself (new_member_proposal). Error: InvalidKeyPackage.
Result<Bytes> proposeToJoin(const ProposalPlace& place, const KeyPackageBundle& bundle);

} // namespace valise::mls
