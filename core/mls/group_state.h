// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/framing.h"
#include "core/mls/group.h"
#include "core/mls/key_schedule.h"
#include "core/mls/secret_tree.h"
#include "core/mls/treekem.h"
#include "core/mls/welcome.h"

namespace valise::mls {

struct Group::Epoch {
    GroupContext context;
    Bytes contextBytes;
    AppDataDictionary dictionary;
    RatchetTree tree;
    PrivateTree keys;
    LeafIndex own = 0;
    crypto::Ed25519KeyPair signer;
    EpochSecrets secrets; //!< without `encryption`, which the secret tree used up
    Bytes interimTranscriptHash;
    Bytes confirmationTag;
    std::optional<LeafIndex> groupInfoSigner;
    std::optional<ReInitProposal> reInit; //!< set if this ReInit ended the group
    bool readingOnly = false;             //!< see Group::forReading
};

struct Group::Ratchets {
    SecretTree secrets;
};

//! The relation of a new group to an older one (RFC 9420 sections 11.2 and 11.3). The values are those of
//! ResumptionPSKUsage.
enum class Link : std::uint8_t { None = 0, ReInit = 2, Branch = 3 };

//! The steps shared by making and processing commits. A friend of Group, internal to this room.
struct GroupOperations {
    using Epoch = Group::Epoch;

    //! A proposal of a commit, with the private key for an own Update.
    struct Item {
        CommittedProposal committed;
        crypto::KeyBytes updatePrivateKey;
    };

    //! The group after the proposals, before the path (RFC 9420 section 12.3).
    struct Provisional {
        RatchetTree tree;
        PrivateTree keys;
        Extensions extensions;
        AppDataDictionary dictionary;
        std::vector<LeafIndex> added;
        std::vector<LeafIndex> removed;
        std::vector<LeafIndex> updated;
        std::vector<PreSharedKeyId> psks;
        std::optional<Bytes> externalInit;
        std::optional<ReInitProposal> reInit;
        bool pathRequired = false;
    };

    //! The commit for which a list of proposals is checked.
    struct Judge {
        bool external = false;
        LeafIndex committer = 0; //!< not for an external commit
        std::optional<std::int64_t> now;
        Link link = Link::None; //!< for the first commit of a group with a link
    };

    //! A commit that is being made, between its content and the next epoch.
    struct Draft {
        Epoch next; //!< tree, keys, context without transcript and dictionary are set
        AuthenticatedContent content;
        crypto::KeyBytes initSecret;
        crypto::KeyBytes commitSecret;
        crypto::KeyBytes pskSecret;
    };

    static Group make(std::shared_ptr<const Epoch> epoch, SecretTree secrets);
    //! Completes an epoch whose tree, context and secrets are set. It uses up the encryption secret.
    static Group start(Epoch epoch);
    static const Epoch& epochOf(const Group& group) { return *group.m_epoch; }
    static const SecretTree& secretsOf(const Group& group) { return group.m_ratchets->secrets; }
    //! Checks that the group can still send. Errors: GroupDisbanded, InvalidArgument.
    static Result<void> checkAlive(const Epoch& epoch);

    // proposal_rules.cpp

    //! Section 12.1.8: the types that an external sender may propose.
    static bool allowedFromOutside(ProposalType type);
    //! Checks one proposal alone (section 12.1).
    static Result<void> checkProposal(const Epoch& epoch, SenderType senderType, LeafIndex sender,
                                      const Proposal& proposal, std::optional<std::int64_t> now,
                                      Link link = Link::None);
    //! Checks the list of proposals (section 12.2).
    static Result<void> checkList(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge);
    //! Applies the proposals (section 12.3), with the checks of 12.1, 12.2 and of the resulting tree.
    static Result<Provisional> apply(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge);
    //! Checks a leaf for a group with these parameters (section 7.3), without the signature, the source, and
    //! comparisons with other leaves' keys and contents.
    static Result<void> checkLeaf(const LeafNode& leaf, CipherSuite suite, const Extensions& groupExtensions);
    static Result<std::vector<Psk>> lookup(const std::vector<PreSharedKeyId>& ids, const PskLookup& psk);

    // handshake.cpp

    //! Verifies a handshake message: group, epoch, membership tag or decryption, and signature. Deletes the
    //! key of an accepted PrivateMessage.
    static Result<AuthenticatedContent> open(const Epoch& epoch, SecretTree& secrets, ByteView mlsMessage,
                                             ContentType expected);
    //! Signs the content as a member of this epoch.
    static AuthenticatedContent sign(const Epoch& epoch, WireFormat format, Bytes authenticatedData,
                                     FramedContent content);
    //! The MLSMessage of a member's signed content. A PrivateMessage uses up a key of `secrets`.
    static Result<Bytes> frame(const Epoch& epoch, AuthenticatedContent content, const Framing& framing,
                               SecretTree& secrets, crypto::Random& random);

    // joining.cpp

    static Result<GroupInfo> makeGroupInfo(const Epoch& epoch, bool withTree, bool withExternalPub);
    //! The ratchet tree for a GroupInfo. It makes the checks of sections 7.3 and 12.4.3.1, and verifies the
    //! GroupInfo's signature. Errors: InvalidWelcome, InvalidSignature, InvalidTree.
    static Result<RatchetTree> openTree(const GroupInfo& info, const std::optional<Bytes>& ratchetTree);

    // commit.cpp

    static Result<CommitResult> commit(const Group& group, const CommitOptions& options, Link link,
                                       SecretTree& secrets, crypto::Random& random);
    static Result<ProcessedCommit> process(const Group& group, SecretTree& secrets, ByteView mlsMessage,
                                           const ProcessOptions& options);
    //! Computes the next epoch's transcript, context, secrets and confirmation tag (sections 8.1 and 8.2).
    //! The tag is put into the content. Returns the joiner secret.
    static crypto::KeyBytes conclude(const Bytes& interimTranscriptHash, Draft& draft);
    //! Adds the stored proposals that can be committed together with `items`.
    static void addStored(const Group& group, std::vector<Item>& items, const Judge& judge,
                          const PskLookup& psk);
    static CommitSummary summarize(const std::vector<Item>& items, const Provisional& provisional);
};

//! True if the credentials belong to the same client.
inline bool isSameClient(const SameClient& same, const Credential& a, const Credential& b) {
    return same ? same(a, b) : a == b;
}

} // namespace valise::mls
