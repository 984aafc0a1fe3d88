// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/types.h"

#include <functional>

namespace valise::mls {

enum class WireFormat : std::uint16_t {
    PublicMessage = 1,
    PrivateMessage = 2,
    Welcome = 3,
    GroupInfo = 4,
    KeyPackage = 5
};
enum class ContentType : std::uint8_t { Application = 1, Proposal = 2, Commit = 3 };
enum class SenderType : std::uint8_t { Member = 1, External = 2, NewMemberProposal = 3, NewMemberCommit = 4 };

//! What can be read from an MLSMessage without keys. Nothing of it is authenticated.
struct Inspected {
    WireFormat wireFormat = WireFormat::PublicMessage;
    Bytes groupId;                            //!< PublicMessage, PrivateMessage, GroupInfo
    std::uint64_t epoch = 0;                  //!< likewise
    std::optional<ContentType> contentType;   //!< PublicMessage, PrivateMessage
    std::optional<SenderType> senderType;     //!< PublicMessage
    std::optional<LeafIndex> senderLeaf;      //!< PublicMessage of a member
    std::vector<Bytes> welcomeKeyPackageRefs; //!< Welcome: whom it addresses
};
//! Errors: InvalidEncoding, Unsupported.
Result<Inspected> inspect(ByteView mlsMessage);

//! Finds the pre-shared key of an id (external ones, and resumption secrets of earlier epochs); nullopt if
//! not held.
using PskLookup = std::function<std::optional<crypto::KeyBytes>(const PreSharedKeyId&)>;

//! A proposal whose origin was verified in the group's epoch.
struct VerifiedProposal {
    Bytes ref;              //!< ProposalRef (RFC 9420 section 5.2), 32 octets
    Digest messageDigest{}; //!< SHA-256 of the MLSMessage (zero for own PrivateMessages built in memory)
    SenderType senderType = SenderType::Member;
    LeafIndex sender = 0;    //!< leaf for Member, index into external_senders for External
    Bytes authenticatedData; //!< of the message; empty for a proposal that was stored and read again
    Proposal proposal;
    //! The private key for an own Update proposal; empty otherwise.
    crypto::KeyBytes updatePrivateKey;

    //! Roughly what it takes to keep it.
    std::size_t octets() const;
};

//! Whether two credentials are those of one client. RFC 9420 leaves this to the application; where no such
//! function is given, the credentials must be equal.
using SameClient = std::function<bool(const Credential&, const Credential&)>;

//! One proposal of a commit, in the order in which the commit lists it.
struct CommittedProposal {
    Proposal proposal;
    SenderType senderType = SenderType::Member;
    LeafIndex sender = 0; //!< by value: the committer
    bool byReference = false;
    Bytes ref; //!< by reference: the ProposalRef
};

//! What a commit did.
struct CommitSummary {
    bool external = false;   //!< an external commit: the committer is a new member
    Bytes authenticatedData; //!< of the message
    LeafIndex committer = 0; //!< leaf (in the new tree for an external commit)
    bool hasPath = false;
    std::vector<CommittedProposal> proposals;
    std::vector<LeafIndex> added;   //!< leaves in the new tree
    std::vector<LeafIndex> removed; //!< leaves in the old tree, by Remove and SelfRemove
    std::vector<LeafIndex> updated; //!< leaves replaced by Update, and the committer's if there was a path
    bool reInit = false;            //!< the group ends here (section 11.2)
    //! This client is not in the next epoch, and so cannot check the confirmation tag: that the commit is
    //! valid for the others stands only on the committer's signature.
    bool selfRemoved = false;
};

//! A member for display and policy.
struct Member {
    LeafIndex leaf = 0;
    std::shared_ptr<const LeafNode> node;
};

//! How an outgoing handshake message is framed.
struct Framing {
    WireFormat wireFormat = WireFormat::PublicMessage;
    Bytes authenticatedData;
    std::size_t padding = 0; //!< zero octets added inside a PrivateMessage
};

class Group;

struct CommitOptions {
    //! By value. Remove names a leaf; Update and SelfRemove must not stand here.
    std::vector<Proposal> proposals;
    //! ProposalRefs of stored proposals to commit by reference, in this order.
    std::vector<Bytes> references;
    //! Commit every stored proposal that stays valid together with the rest (in addition to `references`).
    bool allStored = false;
    //! Adds a path where none is required.
    bool forcePath = false;
    //! New content for the committer's leaf; any of them forces a path.
    std::optional<Extensions> leafExtensions;
    std::optional<Capabilities> leafCapabilities;
    std::optional<Credential> leafCredential;
    std::optional<crypto::Ed25519KeyPair> leafSigner;
    Framing framing;
    //! Whether the Welcome's GroupInfo carries the ratchet_tree extension, and external_pub.
    bool ratchetTreeInWelcome = true;
    bool externalPubInWelcome = false;
    //! Whether the Welcome's GroupInfo carries an extension of a GREASE type (section 13.5).
    bool greaseInWelcome = false;
    PskLookup psk;
    //! Seconds since 1970 against which lifetimes of added KeyPackages are checked; nullopt: not checked.
    std::optional<std::int64_t> now;
};

struct ProcessOptions {
    PskLookup psk;
    std::optional<std::int64_t> now; //!< as above
    //! For an external commit that replaces a member (section 12.2).
    SameClient sameClient;
    //! The application's own rules (section 12.2), asked about an authentic commit before its proposals are
    //! applied. What it returns as error is the result of processCommit.
    std::function<Result<void>(const CommitSummary&)> policy;
};

struct JoinOptions {
    std::optional<Bytes>
        ratchetTree; //!< if the GroupInfo has none: `<V>` of optional<Node>, as the extension's data
    PskLookup psk;
    std::optional<std::int64_t> now;
    //! The group that this one continues (section 11.2; in the epoch after the ReInit) or branches from
    //! (section 11.3). A Welcome that names another one, or none, is refused, as is one that names one where
    //! this is nullptr.
    const Group* parent = nullptr;
    SameClient sameClient; //!< for the members of the parent and of the new group
};

//! How a client adds itself (section 12.4.3.2).
struct ExternalCommitOptions {
    std::optional<Bytes> ratchetTree; //!< as for JoinOptions
    //! One's own former leaf, which the commit removes.
    std::optional<LeafIndex> removes;
    //! PreSharedKey proposals to commit.
    std::vector<Proposal> psks;
    PskLookup psk;
    Bytes authenticatedData;
    std::optional<std::int64_t> now;
    SameClient sameClient; //!< for `removes`
};

//! For the first commit of a group that continues or branches from another (sections 11.2 and 11.3).
struct SuccessorOptions {
    std::vector<KeyPackage> members; //!< all but the creator
    bool ratchetTreeInWelcome = true;
    std::optional<std::int64_t> now;
    SameClient sameClient;
};

//! An application message after decryption. The caller wipes the plaintext when done.
struct ApplicationMessage {
    LeafIndex sender = 0;
    std::uint32_t generation = 0;
    Bytes plaintext;
    Bytes authenticatedData;
};

//! The out-of-order tolerance of a sender's ratchet: keys kept of messages that did not come yet, however far
//! back, and steps allowed forward (section 9.2). Relays order what they stored by whole seconds, so a burst
//! of one second may arrive in any order.
inline constexpr std::uint32_t kRatchetBack = 1000;
inline constexpr std::uint32_t kRatchetForward = 1000;

//! So many proposals of one sender are kept in an epoch, and so many octets of all: bounds for a member who
//! floods the group. What a commit refers to is kept beyond them (expectProposals).
inline constexpr std::size_t kMaxStoredOfSender = 1024;
inline constexpr std::size_t kMaxStoredOctets = std::size_t{1} << 23;

struct CommitResult;
struct ProcessedCommit;
struct ProposalMessage;

//! One client's view of one epoch of one group, with the keys to send and receive in it (RFC 9420). A value:
//! copies are cheap (they share what did not change) and independent. Operations that lead to another epoch
//! return another Group; keep the old value to go on reading late messages of its epoch. Not for use from two
//! threads at once, not even through copies.
class Group {
public:
    //! A group of one at epoch 0. The creator's leaf is that of its KeyPackage. Errors: InvalidArgument,
    //! InvalidKeyPackage.
    static Result<Group> create(ByteView groupId, const KeyPackageBundle& creator, Extensions groupExtensions,
                                crypto::Random& random);
    //! Section 12.4.3.1, from the octets of an MLSMessage with a Welcome. Errors: InvalidWelcome,
    //! InvalidTree, InvalidSignature, DecryptionFailed, NotFound (no entry for this KeyPackage, or a PSK is
    //! not held), Unsupported.
    static Result<Group> join(ByteView welcomeMessage, const KeyPackageBundle& bundle,
                              const JoinOptions& options = {});
    //! Section 12.4.3.2, from the octets of an MLSMessage with a GroupInfo that has external_pub: a commit by
    //! which the holder of `bundle` (whose init_key plays no part) becomes a member. Errors: InvalidEncoding,
    //! InvalidArgument, InvalidTree, InvalidSignature, InvalidKeyPackage, InvalidProposal, InvalidCommit,
    //! NotFound (a PSK), Unsupported.
    static Result<CommitResult> joinByExternalCommit(ByteView groupInfoMessage,
                                                     const KeyPackageBundle& bundle,
                                                     const ExternalCommitOptions& options,
                                                     crypto::Random& random);
    //! Section 11.2: the group that a committed ReInit announced, with its Welcome; the creator's and all
    //! members' KeyPackages are of the new suite. Errors: InvalidArgument (no ReInit was committed, or a
    //! member is missing), InvalidKeyPackage.
    Result<CommitResult> reinitialize(const KeyPackageBundle& creator, const SuccessorOptions& options,
                                      crypto::Random& random) const;
    //! Section 11.3: a group of some of this one's members, with its Welcome. Errors: InvalidArgument (a
    //! member is not one of this group, or another suite), InvalidKeyPackage.
    Result<CommitResult> branch(ByteView groupId, const KeyPackageBundle& creator, Extensions groupExtensions,
                                const SuccessorOptions& options, crypto::Random& random) const;

    const GroupContext& context() const;
    const Bytes& contextBytes() const;
    CipherSuite suite() const { return context().suite; }
    const Bytes& groupId() const { return context().groupId; }
    std::uint64_t epoch() const { return context().epoch; }
    const Extensions& extensions() const { return context().extensions; }
    //! The GroupContext's app_data_dictionary; empty if there is none.
    const AppDataDictionary& dictionary() const;
    const Bytes& treeHash() const { return context().treeHash; }
    const Bytes& confirmedTranscriptHash() const { return context().confirmedTranscriptHash; }
    crypto::KeyBytes epochAuthenticator() const;
    //! resumption_psk of this epoch (section 8.6).
    crypto::KeyBytes resumptionPsk() const;

    LeafIndex ownLeaf() const;
    //! The signature key pair of this client's leaf.
    const crypto::Ed25519KeyPair& signer() const;
    //! Leaves of the tree, blank ones included.
    std::uint32_t leafCount() const;
    //! Occupied leaves.
    std::uint32_t memberCount() const;
    //! The occupied leaf, or nullptr.
    std::shared_ptr<const LeafNode> member(LeafIndex leaf) const;
    //! Every occupied leaf in ascending order.
    std::vector<Member> members() const;
    //! The leaf that signed the GroupInfo by which this client joined; nullopt if it created the group, or
    //! once a commit was processed.
    std::optional<LeafIndex> groupInfoSigner() const;

    //! The ReInit that ended this group (section 11.2); nullptr while it lives. An ended group still reads,
    //! and founds its successor, but sends nothing: GroupDisbanded.
    const ReInitProposal* reInit() const;

    //! A copy that can do nothing but read messages of this epoch and export secrets: the keys from which
    //! later epochs follow are gone (section 9.2). Everything else answers InvalidArgument.
    Group forReading() const;

    //! MLS-Exporter (section 8.5), at most KeyBytes::kCapacity octets. Error: LimitExceeded.
    Result<crypto::KeyBytes> exportSecret(std::string_view label, ByteView context, std::size_t length) const;
    //! The ratchet tree as the ratchet_tree extension's data.
    Bytes exportTree() const;
    //! A signed GroupInfo as MLSMessage (section 12.4.3), for peers who already hold keys or tests.
    Result<Bytes> groupInfo(bool withTree, bool withExternalPub) const;

    //! Proposes in this epoch; the message is stored as well, for committing it by reference. Update: give a
    //! LeafNode whose content (credential, capabilities, extensions) is wanted; keys and signature are made
    //! here. Mutates only the store (and the own ratchet for PrivateMessage). Errors: InvalidProposal,
    //! GroupDisbanded.
    //! For an Add, `now` (seconds since 1970) checks the KeyPackage's lifetime.
    Result<ProposalMessage> propose(Proposal proposal, const Framing& framing, crypto::Random& random,
                                    std::optional<std::int64_t> now = std::nullopt);
    //! An Update proposal that keeps the leaf's content.
    Result<ProposalMessage> proposeUpdate(const Framing& framing, crypto::Random& random);
    //! Verifies a received proposal message without storing it (mutates only ratchets). Errors:
    //! InvalidEncoding, WrongGroup, WrongEpoch, NotMember, InvalidSignature, InvalidProposal,
    //! DecryptionFailed, KeyUsed.
    Result<VerifiedProposal> verifyProposal(ByteView mlsMessage, const ProcessOptions& options = {});
    //! Keeps a verified proposal of this epoch, so that commits can refer to it. No effect if it is there
    //! already. Error: LimitExceeded above the bounds.
    Result<void> storeProposal(VerifiedProposal proposal);
    //! The refs of proposals that an authentic commit of this epoch refers to and that are not stored. Errors
    //! as processCommit.
    Result<std::vector<Bytes>> missingProposals(ByteView commitMessage) const;
    //! storeProposal keeps these, whatever else was kept before, until the next epoch.
    void expectProposals(std::vector<Bytes> refs);
    //! verifyProposal, then storeProposal.
    Result<VerifiedProposal> processProposal(ByteView mlsMessage, const ProcessOptions& options = {});
    const std::vector<VerifiedProposal>& storedProposals() const { return m_proposals; }
    void clearProposals() { m_proposals.clear(); }

    //! Section 12.4.1. Adopt `next` when the commit was accepted by the network. A commit framed as
    //! PrivateMessage uses up a key of this value's handshake ratchet: store the group before sending, and
    //! never let two copies send. Framed as PublicMessage it changes nothing. Errors: InvalidProposal,
    //! InvalidCommit, MissingProposal (a reference), NotFound (a PSK), InvalidKeyPackage, GroupDisbanded.
    Result<CommitResult> commit(const CommitOptions& options, crypto::Random& random);
    //! The same for a PublicMessage. Error also InvalidArgument for a PrivateMessage.
    Result<CommitResult> commit(const CommitOptions& options, crypto::Random& random) const;
    //! Section 12.4.2. Of this value it changes nothing but that the key of a PrivateMessage is deleted when
    //! it was accepted. Errors: as verifyProposal, and InvalidCommit, InvalidTree, MissingProposal (see
    //! missingProposals), NotFound (a PSK is not held), InvalidArgument for an own commit (only `next` of
    //! commit() can follow it).
    Result<ProcessedCommit> processCommit(ByteView mlsMessage, const ProcessOptions& options = {});
    //! The same without deleting anything, for trying a commit on a state that is kept.
    Result<ProcessedCommit> processCommit(ByteView mlsMessage, const ProcessOptions& options = {}) const;

    //! An application message as MLSMessage with a PrivateMessage; advances the own ratchet, so never let two
    //! copies send, and store the group before sending. `padding` zero octets are added inside. Errors:
    //! LimitExceeded, GroupDisbanded, and PendingChange while proposals of this epoch wait for their commit
    //! (section 12.4: application data must not go to a member whose removal was proposed).
    Result<Bytes> protect(ByteView plaintext, ByteView authenticatedData, crypto::Random& random,
                          std::size_t padding = 0);
    //! The generation the next protect() will use: the place of a message in this client's ratchet.
    std::uint32_t nextGeneration() const;
    //! Decrypts an application message of this epoch and deletes its key. A failed message changes nothing.
    //! Errors: InvalidEncoding, WrongGroup, WrongEpoch, DecryptionFailed, KeyUsed, LimitExceeded, NotMember,
    //! InvalidSignature.
    Result<ApplicationMessage> unprotect(ByteView mlsMessage);

    //! Everything, secrets included: the caller encrypts what it stores. Versioned. The same as
    //! serializeEpoch() and serializeRatchets() in one.
    Bytes serialize() const;
    //! What never changes within an epoch (tree, key schedule, private keys): large, to be stored once an
    //! epoch.
    Bytes serializeEpoch() const;
    //! What messages change (ratchets, stored proposals): small, to be stored with every message.
    Bytes serializeRatchets() const;
    static Result<Group> deserialize(ByteView epochBytes, ByteView ratchetBytes);
    //! Errors: InvalidEncoding, Unsupported (a newer version).
    static Result<Group> deserialize(ByteView bytes);

    //! Of one epoch what does not change within it; internal.
    struct Epoch;
    //! The ratchets of one epoch; internal.
    struct Ratchets;

private:
    friend struct GroupOperations;
    Group() = default;
    Ratchets& ratchets();

    std::shared_ptr<const Epoch> m_epoch;
    std::shared_ptr<Ratchets> m_ratchets; // shared by copies until one of them writes
    std::vector<VerifiedProposal> m_proposals;
    std::vector<Bytes> m_expected; // refs of proposals to keep beyond the bounds
};

struct ProposalMessage {
    Bytes message; //!< MLSMessage
    Bytes ref;     //!< ProposalRef
};

struct CommitResult {
    Bytes message;                //!< MLSMessage with the commit
    std::optional<Bytes> welcome; //!< MLSMessage with the Welcome, if members were added
    CommitSummary summary;
    Group next;
};

struct ProcessedCommit {
    CommitSummary summary;
    //! Absent if this client was removed.
    std::optional<Group> next;
};

} // namespace valise::mls
