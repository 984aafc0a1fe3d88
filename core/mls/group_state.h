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
};

struct Group::Ratchets {
    SecretTree secrets;
};

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
        bool pathRequired = false;
        bool reInit = false;
    };

    struct Judge {
        bool external = false;
        LeafIndex committer = 0; //!< not for an external commit
        std::optional<std::int64_t> now;
    };

    static Group make(std::shared_ptr<const Epoch> epoch, SecretTree secrets);
    //! Finishes an epoch whose tree, context and secrets are set; takes the encryption secret.
    static Group start(Epoch epoch);
    static const Epoch& epochOf(const Group& group) { return *group.m_epoch; }

    //! Section 12.1 for one proposal alone.
    static Result<void> checkProposal(const Epoch& epoch, SenderType senderType, LeafIndex sender,
                                      const Proposal& proposal, std::optional<std::int64_t> now);
    //! Section 12.2 for the list.
    static Result<void> checkList(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge);
    //! Section 12.3, with the checks of 12.1, 12.2 and of the resulting tree.
    static Result<Provisional> apply(const Epoch& epoch, const std::vector<Item>& items, const Judge& judge);
    //! Section 7.3 for a leaf in a group with these extensions, without signature, source and keys.
    static Result<void> checkLeaf(const LeafNode& leaf, const Extensions& groupExtensions);
    //! Every leaf knows every credential type in use, and no key stands twice.
    static Result<void> checkTree(const RatchetTree& tree);
    //! Verifies group, epoch, membership tag or decryption, and signature of a handshake message.
    static Result<AuthenticatedContent> open(const Epoch& epoch, SecretTree& secrets, ByteView mlsMessage,
                                             ContentType expected, bool consume);
    static Result<std::vector<Psk>> lookup(const std::vector<PreSharedKeyId>& ids, const PskLookup& psk);
    static Result<VerifiedProposal> makeProposal(Group& group, Proposal proposal, const Framing& framing,
                                                 crypto::KeyBytes updatePrivateKey, crypto::Random& random,
                                                 Bytes& message);
    static Result<GroupInfo> makeGroupInfo(const Epoch& epoch, bool withTree, bool withExternalPub);
    //! Of the stored proposals those that can be committed together with `items`.
    static void addStored(const Group& group, std::vector<Item>& items, const Judge& judge);
};

} // namespace valise::mls
