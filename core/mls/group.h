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

//! The fields of an MLSMessage that are readable without keys. None of them is authenticated.
struct Inspected {
    WireFormat wireFormat = WireFormat::PublicMessage;
    Bytes groupId;                            //!< PublicMessage, PrivateMessage, GroupInfo
    std::uint64_t epoch = 0;                  //!< PublicMessage, PrivateMessage, GroupInfo
    std::optional<ContentType> contentType;   //!< PublicMessage, PrivateMessage
    std::optional<SenderType> senderType;     //!< PublicMessage
    std::optional<LeafIndex> senderLeaf;      //!< PublicMessage of a member
    std::vector<Bytes> welcomeKeyPackageRefs; //!< Welcome: the KeyPackages that it is for
};
//! Errors: InvalidEncoding, Unsupported.
Result<Inspected> inspect(ByteView mlsMessage);

//! Finds the pre-shared key of an id: an external key, or the resumption secret of an earlier epoch. nullopt
//! if it is not known.
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

    //! The approximate memory size.
    std::size_t octets() const;
};

//! Returns whether two credentials belong to the same client. RFC 9420 leaves this to the application.
//! Without such a function the credentials must be equal.
using SameClient = std::function<bool(const Credential&, const Credential&)>;

//! One proposal of a commit, in the order in which the commit lists it.
struct CommittedProposal {
    Proposal proposal;
    SenderType senderType = SenderType::Member;
    LeafIndex sender = 0; //!< by value: the committer
    bool byReference = false;
    Bytes ref; //!< by reference: the ProposalRef
};

//! The effects of a commit.
struct CommitSummary {
    bool external = false;   //!< an external commit: the committer is a new member
    Bytes authenticatedData; //!< of the message
    LeafIndex committer = 0; //!< leaf (in the new tree for an external commit)
    bool hasPath = false;
    std::vector<CommittedProposal> proposals;
    std::vector<LeafIndex> added;   //!< leaves in the new tree
    std::vector<LeafIndex> removed; //!< leaves in the old tree, by Remove and SelfRemove
    std::vector<LeafIndex> updated; //!< leaves replaced by Update, and the committer's if there was a path
    bool reInit = false;            //!< the commit ended the group (section 11.2)
    //! This client is not in the next epoch, so it cannot check the confirmation tag. Only the committer's
    //! signature shows that the commit is valid for the others.
    bool selfRemoved = false;
};

//! A member for display and policy.
struct Member {
    LeafIndex leaf = 0;
    std::shared_ptr<const LeafNode> node;
};

//! The framing of an outgoing handshake message.
struct Framing {
    WireFormat wireFormat = WireFormat::PublicMessage;
    Bytes authenticatedData;
    std::size_t padding = 0; //!< zero octets added inside a PrivateMessage
};

class Group;

struct CommitOptions {
    //! Proposals committed by value. Remove names a leaf. Update and SelfRemove are not allowed here.
    std::vector<Proposal> proposals;
    //! ProposalRefs of stored proposals to commit by reference, in this order.
    std::vector<Bytes> references;
    //! Also commits every stored proposal that is valid together with the others.
    bool allStored = false;
    //! Adds a path even if none is required.
    bool forcePath = false;
    //! New content for the committer's leaf. Each of these requires a path.
    std::optional<Extensions> leafExtensions;
    std::optional<Capabilities> leafCapabilities;
    std::optional<Credential> leafCredential;
    std::optional<crypto::Ed25519KeyPair> leafSigner;
    Framing framing;
    //! Whether the Welcome's GroupInfo has the extensions ratchet_tree and external_pub.
    bool ratchetTreeInWelcome = true;
    bool externalPubInWelcome = false;
    //! Whether the Welcome's GroupInfo has an extension of a GREASE type (section 13.5).
    bool greaseInWelcome = false;
    PskLookup psk;
    //! The time for checking lifetimes of added KeyPackages, in seconds since 1970. nullopt: no check.
    std::optional<std::int64_t> now;
};

struct ProcessOptions {
    PskLookup psk;
    std::optional<std::int64_t> now; //!< as in CommitOptions
    //! For an external commit that replaces a member (section 12.2).
    SameClient sameClient;
    //! The application's own rules (section 12.2). This is called for an authentic commit before its
    //! proposals are applied. If it returns an error, processCommit returns that error.
    std::function<Result<void>(const CommitSummary&)> policy;
};

struct JoinOptions {
    std::optional<Bytes>
        ratchetTree; //!< if the GroupInfo has none: `<V>` of optional<Node>, as the extension's data
    PskLookup psk;
    std::optional<std::int64_t> now;
    //! The group that this one continues (section 11.2; in the epoch after the ReInit) or branches from
    //! (section 11.3). A Welcome that names another group or none is refused. If this is nullptr, a Welcome
    //! that names a group is refused.
    const Group* parent = nullptr;
    SameClient sameClient; //!< for the members of the parent and of the new group
};

//! Options of a client that adds itself (section 12.4.3.2).
struct ExternalCommitOptions {
    std::optional<Bytes> ratchetTree; //!< as for JoinOptions
    //! The client's own former leaf, which the commit removes.
    std::optional<LeafIndex> removes;
    //! PreSharedKey proposals to commit.
    std::vector<Proposal> psks;
    PskLookup psk;
    Bytes authenticatedData;
    std::optional<std::int64_t> now;
    SameClient sameClient; //!< for `removes`
};

//! Options for the first commit of a group that continues or branches from another (sections 11.2 and 11.3).
struct SuccessorOptions {
    std::vector<KeyPackage> members; //!< all except the creator
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

//! Limits for messages out of order in a sender's ratchet (section 9.2): the number of keys kept for messages
//! that have not arrived, and the largest step forward. The limits are large because relays sort stored
//! events by whole seconds, so the messages of one second may arrive in any order.
inline constexpr std::uint32_t kRatchetBack = 1000;
inline constexpr std::uint32_t kRatchetForward = 1000;

//! The proposals kept of one sender in an epoch, and the octets of all proposals together. The bounds protect
//! against a member that floods the group. Proposals that a commit refers to are kept even above them
//! (expectProposals).
inline constexpr std::size_t kMaxStoredOfSender = 1024;
inline constexpr std::size_t kMaxStoredOctets = std::size_t{1} << 23;

struct CommitResult;
struct ProcessedCommit;
struct ProposalMessage;

//! One client's view of one epoch of one group, with the keys to send and receive in it (RFC 9420). It is a
//! value: copies are independent, and cheap because they share unchanged parts. An operation that leads to
//! another epoch returns another Group. The old value can still read late messages of its epoch. Two threads
//! must not use a group or copies of it at the same time.
class Group {
public:
    //! A group with one member at epoch 0. The creator's leaf is that of its KeyPackage. Errors:
    //! InvalidArgument, InvalidKeyPackage.
    static Result<Group> create(ByteView groupId, const KeyPackageBundle& creator, Extensions groupExtensions,
                                crypto::Random& random);
    //! Joins by the octets of an MLSMessage with a Welcome (section 12.4.3.1). Errors: InvalidWelcome,
    //! InvalidTree, InvalidSignature, DecryptionFailed, NotFound (no entry for this KeyPackage, or an unknown
    //! PSK), Unsupported.
    static Result<Group> join(ByteView welcomeMessage, const KeyPackageBundle& bundle,
                              const JoinOptions& options = {});
    //! Joins by the octets of an MLSMessage with a GroupInfo that has external_pub (section 12.4.3.2). The
    //! result is a commit that makes the owner of `bundle` a member; the init_key of `bundle` is not used.
    //! Errors: InvalidEncoding, InvalidArgument, InvalidTree, InvalidSignature, InvalidKeyPackage,
    //! InvalidProposal, InvalidCommit, NotFound (a PSK), Unsupported.
    static Result<CommitResult> joinByExternalCommit(ByteView groupInfoMessage,
                                                     const KeyPackageBundle& bundle,
                                                     const ExternalCommitOptions& options,
                                                     crypto::Random& random);
    //! Creates the group that a committed ReInit announced, with its Welcome (section 11.2). The KeyPackages
    //! of the creator and all members are of the new suite. Errors: InvalidArgument (no ReInit was committed,
    //! or a member is missing), InvalidKeyPackage.
    Result<CommitResult> reinitialize(const KeyPackageBundle& creator, const SuccessorOptions& options,
                                      crypto::Random& random) const;
    //! Creates a group of some of this group's members, with its Welcome (section 11.3). Errors:
    //! InvalidArgument (a member is not in this group, or another suite), InvalidKeyPackage.
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
    //! The number of leaves in the tree, blank ones included.
    std::uint32_t leafCount() const;
    //! The number of occupied leaves.
    std::uint32_t memberCount() const;
    //! The occupied leaf, or nullptr.
    std::shared_ptr<const LeafNode> member(LeafIndex leaf) const;
    //! All occupied leaves in ascending order.
    std::vector<Member> members() const;
    //! The leaf that signed the GroupInfo by which this client joined. nullopt if this client created the
    //! group, or after the first processed commit.
    std::optional<LeafIndex> groupInfoSigner() const;

    //! The ReInit that ended this group (section 11.2). nullptr if the group has not ended. An ended group
    //! can read messages and create its successor. Sending gives GroupDisbanded.
    const ReInitProposal* reInit() const;

    //! A copy that can only read messages of this epoch and export secrets. It lacks the keys from which
    //! later epochs are derived (section 9.2). Everything else gives InvalidArgument.
    Group forReading() const;

    //! MLS-Exporter (section 8.5), at most KeyBytes::kCapacity octets. Error: LimitExceeded.
    Result<crypto::KeyBytes> exportSecret(std::string_view label, ByteView context, std::size_t length) const;
    //! The ratchet tree as the ratchet_tree extension's data.
    Bytes exportTree() const;
    //! A signed GroupInfo as MLSMessage (section 12.4.3), for tests and for peers that hold keys already.
    Result<Bytes> groupInfo(bool withTree, bool withExternalPub) const;

    //! Makes a proposal in this epoch. It is also stored, so that a commit can refer to it. For an Update,
    //! give a LeafNode with the wanted content (credential, capabilities, extensions); keys and signature are
    //! made here. For an Add, `now` (seconds since 1970) checks the KeyPackage's lifetime. Only the store
    //! changes, and for a PrivateMessage the own ratchet. Errors: InvalidProposal, GroupDisbanded.
    Result<ProposalMessage> propose(Proposal proposal, const Framing& framing, crypto::Random& random,
                                    std::optional<std::int64_t> now = std::nullopt);
    //! An Update proposal that keeps the leaf's content.
    Result<ProposalMessage> proposeUpdate(const Framing& framing, crypto::Random& random);
    //! Verifies a received proposal message without storing it. Only ratchets change. Errors:
    //! InvalidEncoding, WrongGroup, WrongEpoch, NotMember, InvalidSignature, InvalidProposal,
    //! DecryptionFailed, KeyUsed.
    Result<VerifiedProposal> verifyProposal(ByteView mlsMessage, const ProcessOptions& options = {});
    //! Stores a verified proposal of this epoch, so that commits can refer to it. No effect if it is stored
    //! already. Error: LimitExceeded above the bounds.
    Result<void> storeProposal(VerifiedProposal proposal);
    //! The refs of the proposals that an authentic commit of this epoch refers to and that are not stored.
    //! Errors as processCommit.
    Result<std::vector<Bytes>> missingProposals(ByteView commitMessage) const;
    //! Makes storeProposal accept these refs even above the bounds, until the next epoch.
    void expectProposals(std::vector<Bytes> refs);
    //! Calls verifyProposal, then storeProposal.
    Result<VerifiedProposal> processProposal(ByteView mlsMessage, const ProcessOptions& options = {});
    const std::vector<VerifiedProposal>& storedProposals() const { return m_proposals; }
    void clearProposals() { m_proposals.clear(); }

    //! Makes a commit (section 12.4.1). Replace this group with `next` when the network has accepted the
    //! commit. A commit framed as PrivateMessage uses up a key of this value's handshake ratchet: store the
    //! group before sending, and send from one copy only. A commit framed as PublicMessage changes nothing.
    //! Errors: InvalidProposal, InvalidCommit, MissingProposal (a reference), NotFound (a PSK),
    //! InvalidKeyPackage, GroupDisbanded.
    Result<CommitResult> commit(const CommitOptions& options, crypto::Random& random);
    //! The same for a PublicMessage. A PrivateMessage gives InvalidArgument.
    Result<CommitResult> commit(const CommitOptions& options, crypto::Random& random) const;
    //! Processes a commit (section 12.4.2). It changes nothing in this value, except that it deletes the key
    //! of an accepted PrivateMessage. Errors: those of verifyProposal, and InvalidCommit, InvalidTree,
    //! MissingProposal (see missingProposals), NotFound (an unknown PSK), InvalidArgument for an own commit
    //! (use `next` of commit() instead).
    Result<ProcessedCommit> processCommit(ByteView mlsMessage, const ProcessOptions& options = {});
    //! The same without deleting a key, to try a commit on a state that is kept.
    Result<ProcessedCommit> processCommit(ByteView mlsMessage, const ProcessOptions& options = {}) const;

    //! Encrypts an application message as MLSMessage with a PrivateMessage. The own ratchet moves forward:
    //! store the group before sending, and send from one copy only. `padding` is the number of zero octets
    //! added inside. Errors: LimitExceeded, GroupDisbanded, and PendingChange while proposals of this epoch
    //! are not committed (section 12.4: application data must not go to a member whose removal was proposed).
    Result<Bytes> protect(ByteView plaintext, ByteView authenticatedData, crypto::Random& random,
                          std::size_t padding = 0);
    //! The generation of the next protect(), that is the message's place in this client's ratchet.
    std::uint32_t nextGeneration() const;
    //! Decrypts an application message of this epoch and deletes its key. A message that fails changes
    //! nothing. Errors: InvalidEncoding, WrongGroup, WrongEpoch, DecryptionFailed, KeyUsed, LimitExceeded,
    //! NotMember, InvalidSignature.
    Result<ApplicationMessage> unprotect(ByteView mlsMessage);

    //! The whole state with its secrets, in a versioned format. The caller encrypts it for storing. It
    //! contains both serializeEpoch() and serializeRatchets().
    Bytes serialize() const;
    //! The part that is constant within an epoch (tree, key schedule, private keys). It is large, so store it
    //! once per epoch.
    Bytes serializeEpoch() const;
    //! The part that messages change (ratchets, stored proposals). It is small, so store it with every
    //! message.
    Bytes serializeRatchets() const;
    static Result<Group> deserialize(ByteView epochBytes, ByteView ratchetBytes);
    //! Errors: InvalidEncoding, Unsupported (a newer version).
    static Result<Group> deserialize(ByteView bytes);

    //! The constant part of one epoch; internal.
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
