// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secp256k1.h"
#include "core/marmot/components.h"
#include "core/mls/group.h"

//! The MLS profile of Marmot's Current groups: the contents of our leaves, and the requirements for every
//! leaf.
namespace valise::marmot {

//! Exporter label and contexts (RFC 9420 section 8.5).
inline constexpr std::string_view kExporterLabel = "marmot";
inline constexpr std::string_view kGroupEventContext = "group-event";
inline constexpr std::string_view kConformanceContext = "convergence-conformance-v1";
//! MLS extension type of a client that can receive agent text streams.
inline constexpr std::uint16_t kStreamReceiveExtension = 0xf2d1;
//! The leaf extension of the July draft. It marks a Legacy leaf, which is refused.
inline constexpr std::uint16_t kLegacyProofExtension = 0xf2f1;
//! The number of past epochs whose keys are kept.
inline constexpr std::size_t kRetainedEpochs = 5;
//! Longest lifetime of a KeyPackage, seconds.
inline constexpr std::uint64_t kMaxLifetime = 7'261'200;

//! The capabilities our leaves advertise, in the order in which they are written.
mls::Capabilities leafCapabilities();
//! The app_data_dictionary extension of our leaves, with the proof for `mlsSignatureKey`.
mls::Extensions leafExtensions(const crypto::SchnorrKeyPair& account, ByteView mlsSignatureKey,
                               std::int64_t now, crypto::Random& random);

//! The account of a leaf: the 32 octets of its Basic credential, a point on the curve. Error:
//! InvalidKeyPackage.
Result<Id32> accountOf(const mls::LeafNode& leaf);
//! The components that a leaf lists as supported. Error: InvalidKeyPackage.
Result<ComponentsList> componentsOf(const mls::LeafNode& leaf);
//! Checks for a Current leaf: account, dictionary, 0x8009 listed with a valid proof, no Legacy mark. Errors:
//! InvalidKeyPackage, InvalidSignature.
Result<void> checkLeaf(const mls::LeafNode& leaf);

} // namespace valise::marmot
