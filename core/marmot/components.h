// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <map>
#include <optional>

//! The component states that Marmot keeps in an MLS app_data_dictionary, with their canonical bytes. Decoding
//! accepts only the canonical form. Trailing bytes and unsorted or repeated entries are errors and are never
//! repaired.
namespace valise::marmot {

using Id32 = ByteArray<32>;

//! Component ids (draft-ietf-mls-extensions and Marmot's registry).
enum class ComponentId : std::uint16_t {
    AppComponents = 0x0001,
    SafeAad = 0x0002,
    LastResortKeyPackage = 0x0004,
    GroupProfile = 0x8001,
    GroupImage = 0x8002,
    AdminPolicy = 0x8003,
    NostrRouting = 0x8004,
    MessageRetention = 0x8005,
    AgentTextStream = 0x8006,
    GroupAvatarUrl = 0x8007,
    EncryptedMediaV1 = 0x8008,
    AccountIdentityProof = 0x8009,
    EncryptedMedia = 0x800b,
    GroupLifecycle = 0x800c,
};

constexpr std::uint16_t idOf(ComponentId id) {
    return static_cast<std::uint16_t>(id);
}

//! An app_data_dictionary: states by ascending component id.
using Dictionary = std::map<std::uint16_t, Bytes>;

//! The component ids that a leaf or group lists (0x0001), strictly ascending.
struct ComponentsList {
    std::vector<std::uint16_t> ids;
    bool contains(ComponentId id) const;
    Bytes encode() const;
    static Result<ComponentsList> decode(ByteView bytes);
    friend bool operator==(const ComponentsList&, const ComponentsList&) = default;
};

//! Name (at most 256 octets) and description (at most 4096 octets), UTF-8.
struct GroupProfile {
    std::string name;
    std::string description;
    Bytes encode() const;
    static Result<GroupProfile> decode(ByteView bytes);
    static constexpr std::size_t kMaxName = 256;
    static constexpr std::size_t kMaxDescription = 4096;
    friend bool operator==(const GroupProfile&, const GroupProfile&) = default;
};

//! The accounts that may change the group: at least one, sorted, unique.
struct AdminPolicy {
    std::vector<Id32> admins;
    bool contains(const Id32& account) const;
    Bytes encode() const;
    static Result<AdminPolicy> decode(ByteView bytes);
    friend bool operator==(const AdminPolicy&, const AdminPolicy&) = default;
};

//! The group's public id and the relays for its events: 1 to 16 URLs, sorted by octets, unique, compared
//! exactly.
struct NostrRouting {
    Id32 nostrGroupId{};
    std::vector<std::string> relays;
    Bytes encode() const;
    static Result<NostrRouting> decode(ByteView bytes);
    friend bool operator==(const NostrRouting&, const NostrRouting&) = default;
};

//! Messages expire this many seconds after their created_at; 0: they are kept.
struct MessageRetention {
    std::uint64_t seconds = 0;
    Bytes encode() const;
    static Result<MessageRetention> decode(ByteView bytes);
    friend bool operator==(const MessageRetention&, const MessageRetention&) = default;
};

//! Live text streams of agents. This program only carries the default state.
struct AgentTextStream {
    std::uint8_t requiredRoles = 0x01;
    std::uint8_t allowedRoles = 0x03;
    std::uint32_t maxFrame = 0x1000;
    std::uint32_t ttl = 0;
    std::uint16_t padding = 0;
    Bytes encode() const;
    static Result<AgentTextStream> decode(ByteView bytes);
    friend bool operator==(const AgentTextStream&, const AgentTextStream&) = default;
};

//! The encryption of media and the servers that store them.
struct EncryptedMediaPolicy {
    struct Endpoint {
        std::string kind;
        std::string baseUrl;
        friend bool operator==(const Endpoint&, const Endpoint&) = default;
    };
    std::vector<std::string> kinds;
    std::vector<Endpoint> endpoints;
    Bytes encode() const;
    static Result<EncryptedMediaPolicy> decode(ByteView bytes);
    static constexpr std::string_view kFormat = "encrypted-media-v2";
    friend bool operator==(const EncryptedMediaPolicy&, const EncryptedMediaPolicy&) = default;
};

//! Whether the group is active or has ended.
enum class Lifecycle : std::uint8_t { Active = 0x00, Disbanded = 0x01 };
Bytes encodeLifecycle(Lifecycle state);
Result<Lifecycle> decodeLifecycle(ByteView bytes);

//! Checks that the state of a known component is canonical. Unknown ids are accepted. Error: InvalidEncoding
//! or LimitExceeded.
Result<void> checkComponentState(std::uint16_t id, ByteView state);

//! The component ids that this program understands, as its leaves list them.
ComponentsList supportedComponents();
//! The component ids that groups founded here require.
ComponentsList requiredComponents();

} // namespace valise::marmot
