// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/group.h"

namespace valise::mls {

//! One who may propose from outside the group (RFC 9420 section 12.1.8.1).
struct ExternalSender {
    Bytes signatureKey;
    Credential credential;
    friend bool operator==(const ExternalSender&, const ExternalSender&) = default;
};

//! The external_senders extension for a GroupContext.
Extension externalSendersExtension(const std::vector<ExternalSender>& senders);
//! Those of a GroupContext; empty if it has none. Error: InvalidEncoding.
Result<std::vector<ExternalSender>> externalSenders(const Extensions& groupExtensions);

//! The epoch of a group in which a proposal from outside is made.
struct ProposalPlace {
    CipherSuite suite = CipherSuite::X25519Aes128Gcm;
    Bytes groupId;
    std::uint64_t epoch = 0;
};

//! The MLSMessage by which the external sender at `index` proposes (section 12.1.8): Add, Remove,
//! PreSharedKey, ReInit, GroupContextExtensions or AppDataUpdate. Error: InvalidProposal for another type.
Result<Bytes> proposeFromOutside(const ProposalPlace& place, std::uint32_t index,
                                 const crypto::Ed25519KeyPair& signer, Proposal proposal);
//! The MLSMessage by which a client proposes its own Add (new_member_proposal). Error: InvalidKeyPackage.
Result<Bytes> proposeToJoin(const ProposalPlace& place, const KeyPackageBundle& bundle);

} // namespace valise::mls
