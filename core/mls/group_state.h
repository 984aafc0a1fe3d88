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
    EpochSecrets secrets; //!< without `encryption`, which the secret tree consumed
    Bytes interimTranscriptHash;
    Bytes confirmationTag;
    std::optional<LeafIndex> groupInfoSigner;
    std::optional<ReInitProposal> reInit; //!< the group ended with this
    bool readingOnly = false;             //!< see Group::forReading
};

struct Group::Ratchets {
    SecretTree secrets;
};

//! How a commit relates a new group to an older one (RFC 9420 sections 11.2 and 11.3); the values are those
//! of ResumptionPSKUsage.
enum class Link : std::uint8_t { None = 0, ReInit = 2, Branch = 3 };

//! The steps that building and processing of commits share; a friend of Group, internal to this room.
struct GroupOperations {
    using Epoch = Group::Epoch;

    //! A commit's proposal with the private key if it is an own Update.
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

    //! By whose eyes a list of proposals is judged.
    struct Judge {
        bool external = false;
        LeafIndex committer = 0; //!< not for an external commit
        std::optional<std::int64_t> now;
        Link link = Link::None; //!< for the first commit of a group that follows another
    };

    //! A commit on its way from its content to the next epoch.
    struct Draft {
        Epoch next; //!< tree, keys, context without transcript and dictionary are set
        AuthenticatedContent content;
        crypto::KeyBytes initSecret;
        crypto::KeyBytes commitSecret;
        crypto::KeyBytes pskSecret;
    };

    static Group make(std::shared_ptr<const Epoch> epoch, SecretTree secrets);
    //! Finishes an epoch whose tree, context and secrets are set; takes the encryption secret.
    static Group start(Epoch epoch);
    static const Epoch& epochOf(const Group& group) { return *group.m_epoch; }
    static const SecretTree& secretsOf(const Group& group) { return group.m_ratchets->secrets; }
    //! Whether the group can still send: errors GroupDisbanded, InvalidArgument.
    static Result<void> checkAlive(const Epoch& epoch);

    // proposal_rules.cpp

    //! Section 12.1.8: the types that an external sender may propose.
    static bool allowedFromOutside(ProposalType type);
    //! Section 12.1 for one proposal alone.
    static Result<void> checkProposal(const Epoch& epoch, SenderType senderType, LeafIndex sender,
                                      const Proposal& proposal, std::optional<std::int64_t> now,
                                      Link link = Link::None);
    //! Section 12.2 for the list.
    static Result<void> checkList(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge);
    //! Section 12.3, with the checks of 12.1, 12.2 and of the resulting tree.
    static Result<Provisional> apply(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge);
    //! Section 7.3 for a leaf in a group of these parameters, without signature, source, keys and what other
    //! leaves have.
    static Result<void> checkLeaf(const LeafNode& leaf, CipherSuite suite, const Extensions& groupExtensions);
    static Result<std::vector<Psk>> lookup(const std::vector<PreSharedKeyId>& ids, const PskLookup& psk);

    // handshake.cpp

    //! Verifies group, epoch, membership tag or decryption, and signature of a handshake message; deletes the
    //! key of a PrivateMessage that passed.
    static Result<AuthenticatedContent> open(const Epoch& epoch, SecretTree& secrets, ByteView mlsMessage,
                                             ContentType expected);
    //! Signs what a member of this epoch says.
    static AuthenticatedContent sign(const Epoch& epoch, WireFormat format, Bytes authenticatedData,
                                     FramedContent content);
    //! The MLSMessage of a member's signed content; uses up a key of `secrets` for a PrivateMessage.
    static Result<Bytes> frame(const Epoch& epoch, AuthenticatedContent content, const Framing& framing,
                               SecretTree& secrets, crypto::Random& random);

    // joining.cpp

    static Result<GroupInfo> makeGroupInfo(const Epoch& epoch, bool withTree, bool withExternalPub);
    //! The tree that belongs to a GroupInfo, with the checks of sections 7.3 and 12.4.3.1, and the
    //! GroupInfo's signature. Errors: InvalidWelcome, InvalidSignature, InvalidTree.
    static Result<RatchetTree> openTree(const GroupInfo& info, const std::optional<Bytes>& ratchetTree);

    // commit.cpp

    static Result<CommitResult> commit(const Group& group, const CommitOptions& options, Link link,
                                       SecretTree& secrets, crypto::Random& random);
    static Result<ProcessedCommit> process(const Group& group, SecretTree& secrets, ByteView mlsMessage,
                                           const ProcessOptions& options);
    //! Sections 8.1 and 8.2: the next epoch's transcript, context, secrets and confirmation tag, which is put
    //! into the content. Returns the joiner secret.
    static crypto::KeyBytes conclude(const Bytes& interimTranscriptHash, Draft& draft);
    //! Of the stored proposals those that can be committed together with `items`.
    static void addStored(const Group& group, std::vector<Item>& items, const Judge& judge,
                          const PskLookup& psk);
    static CommitSummary summarize(const std::vector<Item>& items, const Provisional& provisional);
};

//! Credentials are those of one client.
inline bool isSameClient(const SameClient& same, const Credential& a, const Credential& b) {
    return same ? same(a, b) : a == b;
}

} // namespace valise::mls
