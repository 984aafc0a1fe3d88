// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/suite.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace valise::mls {

using LeafIndex = std::uint32_t;

//! The longest list of proposals, ciphertexts or pre-shared keys in a message. A group has at most this many
//! members. The bound also prevents a few octets of a message from reserving gigabytes of memory.
inline constexpr std::size_t kMaxListed = std::size_t{1} << 16;

//! Extension types (RFC 9420 section 17.3 and draft-ietf-mls-extensions).
namespace extension_type {
inline constexpr std::uint16_t kApplicationId = 0x0001;
inline constexpr std::uint16_t kRatchetTree = 0x0002;
inline constexpr std::uint16_t kRequiredCapabilities = 0x0003;
inline constexpr std::uint16_t kExternalPub = 0x0004;
inline constexpr std::uint16_t kExternalSenders = 0x0005;
inline constexpr std::uint16_t kAppDataDictionary = 0x0006;
} // namespace extension_type

//! Credential types (section 17.5).
namespace credential_type {
inline constexpr std::uint16_t kBasic = 0x0001;
inline constexpr std::uint16_t kX509 = 0x0002;
} // namespace credential_type

//! Extension (section 13): a type and its opaque data, kept as received.
struct Extension {
    std::uint16_t type = 0;
    Bytes data;
    friend bool operator==(const Extension&, const Extension&) = default;
};
using Extensions = std::vector<Extension>;

//! The extension of that type, or nullptr.
const Extension* findExtension(const Extensions& extensions, std::uint16_t type);
//! Replaces the extension of that type in place, or appends it.
void setExtension(Extensions& extensions, std::uint16_t type, Bytes data);
void writeExtensions(Writer& w, const Extensions& extensions);
//! Error: InvalidEncoding, also for two extensions of one type.
Result<Extensions> readExtensions(Reader& r);

//! The app_data_dictionary of draft-ietf-mls-extensions: component states by strictly ascending component id.
class AppDataDictionary {
public:
    struct Entry {
        std::uint16_t component = 0;
        Bytes data;
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    //! Decodes strictly. Error: InvalidEncoding.
    static Result<AppDataDictionary> decode(ByteView extensionData);
    //! The dictionary in `extensions`. Empty if there is none.
    static Result<AppDataDictionary> of(const Extensions& extensions);
    Bytes encode() const;
    //! The state of a component, or nullptr.
    const Bytes* find(std::uint16_t component) const;
    void set(std::uint16_t component, Bytes data);
    //! Returns false if there was no such entry.
    bool erase(std::uint16_t component);
    const std::vector<Entry>& entries() const { return m_entries; }
    bool empty() const { return m_entries.empty(); }
    friend bool operator==(const AppDataDictionary&, const AppDataDictionary&) = default;

private:
    std::vector<Entry> m_entries;
};

//! The components that draft-ietf-mls-extensions itself defines.
namespace component_id {
inline constexpr std::uint16_t kAppComponents = 0x0001;
inline constexpr std::uint16_t kSafeAad = 0x0002;
inline constexpr std::uint16_t kLastResortKeyPackage = 0x0004;
} // namespace component_id

//! ComponentsList: `<V>` of strictly ascending u16.
Bytes encodeComponentsList(const std::vector<std::uint16_t>& components);
Result<std::vector<std::uint16_t>> decodeComponentsList(ByteView data);

//! Credential (section 5.3). `identity` is the identity of a Basic credential, or the encoded certificate
//! chain of X.509. Decoding fails for an unknown type.
struct Credential {
    std::uint16_t type = credential_type::kBasic;
    Bytes identity;

    static Credential basic(ByteView identity) { return {credential_type::kBasic, toBytes(identity)}; }
    void write(Writer& w) const;
    static Result<Credential> read(Reader& r);
    friend bool operator==(const Credential&, const Credential&) = default;
};

//! Capabilities (section 7.2), in the order of the leaf.
struct Capabilities {
    std::vector<std::uint16_t> versions{kMls10};
    std::vector<std::uint16_t> cipherSuites;
    std::vector<std::uint16_t> extensions;
    std::vector<std::uint16_t> proposals;
    std::vector<std::uint16_t> credentials{credential_type::kBasic};

    //! True if listed, or one of the defaults that every client supports (sections 7.2 and 17).
    bool hasExtension(std::uint16_t type) const;
    bool hasProposal(std::uint16_t type) const;
    bool hasCredential(std::uint16_t type) const;
    void write(Writer& w) const;
    static Result<Capabilities> read(Reader& r);
    friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

//! RequiredCapabilities (section 11.1).
struct RequiredCapabilities {
    std::vector<std::uint16_t> extensions;
    std::vector<std::uint16_t> proposals;
    std::vector<std::uint16_t> credentials;

    Bytes encode() const;
    static Result<RequiredCapabilities> decode(ByteView extensionData);
    //! The requirements of a GroupContext. Empty lists if it has none.
    static Result<RequiredCapabilities> of(const Extensions& extensions);
    friend bool operator==(const RequiredCapabilities&, const RequiredCapabilities&) = default;
};

//! Lifetime (section 7.2), seconds since 1970.
struct Lifetime {
    std::uint64_t notBefore = 0;
    std::uint64_t notAfter = 0;
    friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

enum class LeafNodeSource : std::uint8_t { KeyPackage = 1, Update = 2, Commit = 3 };

//! LeafNode (section 7.2). `raw` holds the octets as received or signed, and encoding writes these. Signed
//! content is never encoded again.
struct LeafNode {
    Bytes encryptionKey;
    Bytes signatureKey;
    Credential credential;
    Capabilities capabilities;
    LeafNodeSource source = LeafNodeSource::KeyPackage;
    Lifetime lifetime; //!< only for KeyPackage
    Bytes parentHash;  //!< only for Commit
    Extensions extensions;
    Bytes signature;
    Bytes raw;
    std::size_t signedSize = 0; //!< octets of `raw` before the signature

    static Result<LeafNode> read(Reader& r);
    //! Signs (section 7.2, LeafNodeTBS) and sets `signature` and `raw`. Group id and leaf index are used only
    //! for Update and Commit.
    void sign(const crypto::Ed25519KeyPair& signer, ByteView groupId, LeafIndex leaf);
    //! Verifies the signature over the octets as received.
    bool verify(ByteView groupId, LeafIndex leaf) const;
    //! The app_data_dictionary of this leaf. Error: InvalidEncoding.
    Result<AppDataDictionary> dictionary() const { return AppDataDictionary::of(extensions); }
};

//! KeyPackage (section 10), without the MLSMessage header. `raw` as in LeafNode.
struct KeyPackage {
    std::uint16_t version = kMls10;
    std::uint16_t cipherSuite = 0;
    Bytes initKey;
    LeafNode leafNode;
    Extensions extensions;
    Bytes signature;
    Bytes raw;
    std::size_t signedSize = 0;

    static Result<KeyPackage> read(Reader& r);
    //! Reads the octets of an MLSMessage. Error: InvalidEncoding, also if it is not a KeyPackage.
    static Result<KeyPackage> fromMessage(ByteView mlsMessage);
    //! The octets of an MLSMessage with this KeyPackage.
    Bytes toMessage() const;
    void sign(const crypto::Ed25519KeyPair& signer);
    //! True if marked as last resort (draft-ietf-mls-extensions), that is reusable. Errors: InvalidKeyPackage
    //! for a mark that is not empty, InvalidEncoding.
    Result<bool> isLastResort() const;
    //! KeyPackageRef (section 5.2), 32 octets.
    Bytes ref() const;
    //! Checks the lifetime at `now` (seconds since 1970; section 7.3). Without a time it always succeeds.
    //! Error: InvalidKeyPackage.
    Result<void> checkLifetime(std::optional<std::int64_t> now) const;
    //! Makes the checks of sections 10.1 and 7.3 that need no group: version, suite, signatures, source,
    //! distinct keys, capabilities, and the lifetime if `now` (seconds since 1970) is given. Errors:
    //! InvalidKeyPackage, Unsupported.
    Result<void> validate(std::optional<std::int64_t> now) const;
};

//! The data for making a KeyPackage.
struct KeyPackageInputs {
    CipherSuite suite = CipherSuite::X25519Aes128Gcm;
    Credential credential;
    crypto::Ed25519KeyPair signer;
    //! If `cipherSuites` is empty, it is set to `suite`.
    Capabilities capabilities;
    Extensions leafExtensions;
    Extensions keyPackageExtensions;
    Lifetime lifetime;
    //! Marks the KeyPackage as last resort.
    bool lastResort = false;
};

//! A KeyPackage with its private keys.
struct KeyPackageBundle {
    KeyPackage keyPackage;
    crypto::KeyBytes initPrivateKey;       //!< 32 octets
    crypto::KeyBytes encryptionPrivateKey; //!< 32 octets
    crypto::Ed25519KeyPair signer;

    static KeyPackageBundle generate(const KeyPackageInputs& inputs, crypto::Random& random);
    //! The result is secret, so the caller wipes or encrypts it.
    Bytes serialize() const;
    //! Errors: InvalidEncoding; InvalidKey if the private keys do not match the KeyPackage.
    static Result<KeyPackageBundle> deserialize(ByteView bytes);
};

//! PreSharedKeyID (section 8.4).
struct PreSharedKeyId {
    enum class Type : std::uint8_t { External = 1, Resumption = 2 };
    static constexpr std::uint8_t kApplication = 1;
    static constexpr std::uint8_t kReInit = 2;
    static constexpr std::uint8_t kBranch = 3;
    Type type = Type::External;
    Bytes pskId;                //!< External
    std::uint8_t usage = 0;     //!< Resumption: one of the constants below
    Bytes pskGroupId;           //!< Resumption
    std::uint64_t pskEpoch = 0; //!< Resumption
    Bytes pskNonce;

    //! An id with a fresh nonce.
    static PreSharedKeyId external(ByteView pskId, crypto::Random& random);
    static PreSharedKeyId resumption(std::uint8_t usage, ByteView groupId, std::uint64_t epoch,
                                     crypto::Random& random);
    void write(Writer& w) const;
    static Result<PreSharedKeyId> read(Reader& r);
    friend bool operator==(const PreSharedKeyId&, const PreSharedKeyId&) = default;
};

//! Proposal types (section 17.4 and draft-ietf-mls-extensions).
enum class ProposalType : std::uint16_t {
    Add = 1,
    Update = 2,
    Remove = 3,
    PreSharedKey = 4,
    ReInit = 5,
    ExternalInit = 6,
    GroupContextExtensions = 7,
    AppDataUpdate = 8,
    SelfRemove = 10,
};

struct AddProposal {
    KeyPackage keyPackage;
};
struct UpdateProposal {
    LeafNode leafNode;
};
struct RemoveProposal {
    LeafIndex removed = 0;
};
struct PreSharedKeyProposal {
    PreSharedKeyId psk;
};
struct ReInitProposal {
    Bytes groupId;
    std::uint16_t version = kMls10;
    std::uint16_t cipherSuite = 0;
    Extensions extensions;
};
struct ExternalInitProposal {
    Bytes kemOutput;
};
struct GroupContextExtensionsProposal {
    Extensions extensions;
};
//! Replaces (data) or removes (nullopt) the state of a component in the GroupContext's dictionary.
struct AppDataUpdateProposal {
    std::uint16_t component = 0;
    std::optional<Bytes> data;
};
//! The sender leaves the group.
struct SelfRemoveProposal {};

//! Proposal (section 12.1).
struct Proposal {
    std::variant<AddProposal, UpdateProposal, RemoveProposal, PreSharedKeyProposal, ReInitProposal,
                 ExternalInitProposal, GroupContextExtensionsProposal, AppDataUpdateProposal,
                 SelfRemoveProposal>
        body;

    ProposalType type() const;
    //! The body if it is a T, otherwise nullptr. Example: `if (auto* add = proposal.as<AddProposal>())`.
    template <typename T>
    const T* as() const {
        return std::get_if<T>(&body);
    }
    void write(Writer& w) const;
    //! Errors: InvalidEncoding; Unsupported for an unknown type.
    static Result<Proposal> read(Reader& r);
    //! Decodes exactly one proposal.
    static Result<Proposal> decode(ByteView bytes);
};

//! GroupContext (section 8.1).
struct GroupContext {
    std::uint16_t version = kMls10;
    CipherSuite suite = CipherSuite::X25519Aes128Gcm;
    Bytes groupId;
    std::uint64_t epoch = 0;
    Bytes treeHash;
    Bytes confirmedTranscriptHash;
    Extensions extensions;

    Bytes encode() const;
    static Result<GroupContext> read(Reader& r);
};

} // namespace valise::mls
