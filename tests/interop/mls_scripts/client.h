// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/external_proposal.h"

#include <string>

namespace valise::interop {

//! An extension type for private use that every client of a script supports.
inline constexpr std::uint16_t kPrivateExtension = 0xf0a1;

//! What a member sees of its epoch. Members of one epoch must agree on all of it but `ownLeaf`.
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

    //! For a report; the keys are those of a test.
    std::string describe() const;
    //! The first thing in which the two differ, or nullptr.
    const char* differenceTo(const View& other) const;
};

//! What View::exported is asked for.
struct ExportRequest {
    std::string label;
    Bytes context;
    std::uint16_t length = 32;
};

struct Proposed {
    Bytes message;
    Bytes ref;
};

//! How a member's leaf changes beside its encryption key.
struct LeafChange {
    bool rotateKey = false; //!< a new signature key
    std::optional<mls::Extensions> extensions;
};

struct CommitPlan {
    std::vector<mls::Proposal> byValue;
    std::vector<Bytes> references;
    bool forcePath = false;
    LeafChange leaf; //!< of the committer
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
    std::optional<mls::LeafIndex> formerLeaf; //!< of this client; the commit removes it
    std::vector<mls::PreSharedKeyId> psks;
    std::vector<mls::AppDataUpdateProposal> appData; //!< only where canCommitMoreFromOutside()
    std::vector<Bytes> selfRemoves;                  //!< likewise; PublicMessages to commit by reference
    Bytes aad;
};

//! What came of a message.
struct Received {
    mls::ContentType type = mls::ContentType::Application;
    std::optional<mls::LeafIndex> sender; //!< absent for one from outside the group
    bool selfRemoved = false;             //!< Commit
    Bytes ref;                            //!< Proposal
    Bytes plaintext;                      //!< Application
    Bytes aad;
};

//! One client of a script, of either implementation. It is in one group at most.
class Client {
public:
    virtual ~Client() = default;
    virtual bool isOurs() const = 0;

    //! A new KeyPackage, as MLSMessage.
    virtual Result<Bytes> keyPackage() = 0;
    virtual Result<void> create(ByteView groupId, const mls::Extensions& extensions) = 0;
    //! `tree` is given if the Welcome has none.
    virtual Result<void> join(ByteView welcome, const std::optional<Bytes>& tree) = 0;
    //! Joins, and moves into the new epoch at once.
    virtual Result<Bytes> joinFromOutside(const ExternalJoin& how) = 0;
    //! More than PSKs and the removal of the former leaf.
    virtual bool canCommitMoreFromOutside() const = 0;

    virtual Result<Proposed> propose(const mls::Proposal& proposal, const mls::Framing& framing) = 0;
    //! `rotateKey` only where canRotateInUpdate().
    virtual Result<Proposed> proposeUpdate(const LeafChange& change, const mls::Framing& framing) = 0;
    virtual bool canRotateInUpdate() const = 0;
    //! The message by which this client, outside the group, asks to be added with that KeyPackage.
    virtual Result<Bytes> proposeToJoin(ByteView keyPackage, ByteView groupId, std::uint64_t epoch) = 0;
    //! This client as one who may propose to a group from outside.
    virtual Result<mls::ExternalSender> asExternalSender() = 0;
    //! The message by which this client proposes as the external sender at `index`.
    virtual Result<Bytes> proposeFromOutside(const mls::Proposal& proposal, ByteView groupId,
                                             std::uint64_t epoch, std::uint32_t index) = 0;
    //! Makes a commit, which is pending until merge(), discard() or until another's is processed.
    virtual Result<Committed> commit(const CommitPlan& plan) = 0;
    virtual Result<void> merge() = 0;
    virtual Result<void> discard() = 0;
    //! Takes in a message: stores a proposal, follows a commit, opens an application message.
    virtual Result<Received> process(ByteView message) = 0;

    virtual Result<Bytes> protect(ByteView plaintext, ByteView aad) = 0;
    virtual Result<View> view(const ExportRequest& request) = 0;
    //! The ratchet_tree extension's data.
    virtual Result<Bytes> tree() = 0;
    //! With external_pub, as MLSMessage.
    virtual Result<Bytes> groupInfo(bool withTree) = 0;
    virtual Result<void> storePsk(ByteView id, ByteView secret) = 0;
    //! Forgets everything but what was stored, and goes on from that.
    virtual Result<void> restart() = 0;
};

} // namespace valise::interop
