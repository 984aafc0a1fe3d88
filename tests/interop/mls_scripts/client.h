// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/external_proposal.h"

#include <string>

namespace valise::interop {

//! A private extension type that every client of a script supports.
inline constexpr std::uint16_t kPrivateExtension = 0xf0a1;

//! A member's view of its epoch. Members of one epoch must agree on everything except `ownLeaf`.
struct View {
    struct Entry {
        mls::LeafIndex leaf = 0;
        Bytes identity;
        Bytes signatureKey;
        Bytes encryptionKey;
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    mls::LeafIndex ownLeaf = 0;
    std::uint64_t epoch = 0;
    Bytes treeHash;
    Bytes confirmedTranscriptHash;
    Bytes context; //!< the encoded GroupContext
    Bytes authenticator;
    Bytes resumptionPsk;
    Bytes exported;
    std::vector<Entry> members; //!< by leaf

    //! A text for a report. It shows keys, but only those of a test.
    std::string describe() const;
    //! The name of the first field that differs, or nullptr.
    const char* differenceTo(const View& other) const;
};

//! The parameters for View::exported.
struct ExportRequest {
    std::string label;
    Bytes context;
    std::uint16_t length = 32;
};

struct Proposed {
    Bytes message;
    Bytes ref;
};

//! The changes of a member's leaf other than its encryption key.
struct LeafChange {
    bool rotateKey = false; //!< a new signature key
    std::optional<mls::Extensions> extensions;
};

struct CommitPlan {
    std::vector<mls::Proposal> byValue;
    std::vector<Bytes> references;
    bool forcePath = false;
    LeafChange leaf; //!< the committer's leaf
    mls::Framing framing;
    bool treeInWelcome = true;
};

struct Committed {
    Bytes commit;
    std::optional<Bytes> welcome;
};

struct ExternalJoin {
    Bytes groupInfo;
    std::optional<Bytes> tree;
    std::optional<mls::LeafIndex> formerLeaf; //!< this client's former leaf; the commit removes it
    std::vector<mls::PreSharedKeyId> psks;
    std::vector<mls::AppDataUpdateProposal> appData; //!< only if canCommitMoreFromOutside()
    std::vector<Bytes> selfRemoves;                  //!< as appData; PublicMessages to commit by reference
    Bytes aad;
};

//! The result of processing a message.
struct Received {
    mls::ContentType type = mls::ContentType::Application;
    std::optional<mls::LeafIndex> sender; //!< absent for a sender outside the group
    bool selfRemoved = false;             //!< Commit
    Bytes ref;                            //!< Proposal
    Bytes plaintext;                      //!< Application
    Bytes aad;
};

//! One client of a script, of either implementation. It is in at most one group.
class Client {
public:
    virtual ~Client() = default;
    virtual bool isOurs() const = 0;

    //! Makes a new KeyPackage, as MLSMessage.
    virtual Result<Bytes> keyPackage() = 0;
    virtual Result<void> create(ByteView groupId, const mls::Extensions& extensions) = 0;
    //! `tree` is given if the Welcome contains none.
    virtual Result<void> join(ByteView welcome, const std::optional<Bytes>& tree) = 0;
    //! Joins and enters the new epoch at once.
    virtual Result<Bytes> joinFromOutside(const ExternalJoin& how) = 0;
    //! Whether the implementation can commit more than PSKs and the removal of the former leaf.
    virtual bool canCommitMoreFromOutside() const = 0;

    virtual Result<Proposed> propose(const mls::Proposal& proposal, const mls::Framing& framing) = 0;
    //! `rotateKey` is allowed only if canRotateInUpdate().
    virtual Result<Proposed> proposeUpdate(const LeafChange& change, const mls::Framing& framing) = 0;
    virtual bool canRotateInUpdate() const = 0;
    //! This client's message, from outside the group, that asks to be added with that KeyPackage.
    virtual Result<Bytes> proposeToJoin(ByteView keyPackage, ByteView groupId, std::uint64_t epoch) = 0;
    //! This client as an external sender.
    virtual Result<mls::ExternalSender> asExternalSender() = 0;
    //! This client's proposal as the external sender at `index`.
    virtual Result<Bytes> proposeFromOutside(const mls::Proposal& proposal, ByteView groupId,
                                             std::uint64_t epoch, std::uint32_t index) = 0;
    //! Makes a commit. It is pending until merge(), discard(), or until another member's commit is processed.
    virtual Result<Committed> commit(const CommitPlan& plan) = 0;
    virtual Result<void> merge() = 0;
    virtual Result<void> discard() = 0;
    //! Processes a message: stores a proposal, applies a commit, or decrypts an application message.
    virtual Result<Received> process(ByteView message) = 0;

    virtual Result<Bytes> protect(ByteView plaintext, ByteView aad) = 0;
    virtual Result<View> view(const ExportRequest& request) = 0;
    //! The data of the ratchet_tree extension.
    virtual Result<Bytes> tree() = 0;
    //! The GroupInfo with external_pub, as MLSMessage.
    virtual Result<Bytes> groupInfo(bool withTree) = 0;
    virtual Result<void> storePsk(ByteView id, ByteView secret) = 0;
    //! Drops everything except the stored state, and continues from that.
    virtual Result<void> restart() = 0;
};

} // namespace valise::interop
