// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/past_epochs.h"
#include "tests/interop/mls_scripts/client.h"

#include <map>

namespace valise::interop {

//! A client on core/mls.
class OurClient final : public Client {
public:
    //! `random` must outlive the client. `grease` adds values without meaning (RFC 9420 section 13.5).
    OurClient(mls::CipherSuite suite, std::string_view identity, const mls::Extensions& leafExtensions,
              bool grease, crypto::Random& random);

    bool isOurs() const override { return true; }
    Result<Bytes> keyPackage() override;
    Result<void> create(ByteView groupId, const mls::Extensions& extensions) override;
    Result<void> join(ByteView welcome, const std::optional<Bytes>& tree) override;
    Result<Bytes> joinFromOutside(const ExternalJoin& how) override;
    bool canCommitMoreFromOutside() const override { return false; }
    Result<Proposed> propose(const mls::Proposal& proposal, const mls::Framing& framing) override;
    Result<Proposed> proposeUpdate(const LeafChange& change, const mls::Framing& framing) override;
    bool canRotateInUpdate() const override { return false; }
    Result<Bytes> proposeToJoin(ByteView keyPackage, ByteView groupId, std::uint64_t epoch) override;
    Result<mls::ExternalSender> asExternalSender() override;
    Result<Bytes> proposeFromOutside(const mls::Proposal& proposal, ByteView groupId, std::uint64_t epoch,
                                     std::uint32_t index) override;
    Result<Committed> commit(const CommitPlan& plan) override;
    Result<void> merge() override;
    Result<void> discard() override;
    Result<Received> process(ByteView message) override;
    Result<Bytes> protect(ByteView plaintext, ByteView aad) override;
    Result<View> view(const ExportRequest& request) override;
    Result<Bytes> tree() override;
    Result<Bytes> groupInfo(bool withTree) override;
    Result<void> storePsk(ByteView id, ByteView secret) override;
    Result<void> restart() override;

private:
    Result<mls::Group*> group();
    mls::KeyPackageBundle makeBundle();
    //! Enters an epoch by joining, without a previous one.
    void enter(mls::Group group);
    //! Enters the next epoch, and keeps the current one for late messages.
    void follow(mls::Group next);
    void begin();
    mls::PskLookup psks() const;

    mls::KeyPackageInputs m_inputs;
    crypto::Random& m_random;
    std::vector<mls::KeyPackageBundle> m_bundles;
    std::optional<mls::Group> m_group;
    std::optional<mls::Group> m_pending;
    mls::PastEpochs m_past;
    std::map<Bytes, crypto::KeyBytes> m_externalPsks;
    std::map<std::uint64_t, crypto::KeyBytes> m_resumptionPsks; // by epoch
};

} // namespace valise::interop
