// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/key_package.h"

#include "core/base/encoding.h"
#include "core/mls/grease.h"

#include <map>
#include <set>

namespace valise::marmot {

namespace {

constexpr std::uint64_t kNotBeforeSlack = 3600;
constexpr std::uint64_t kNotAfter = 7'257'600;
constexpr std::int64_t kFutureSlack = 300;
constexpr std::size_t kMaxCandidates = 12;

std::string code(std::uint16_t value) {
    const ByteArray<2> octets{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
    return "0x" + toHex(octets);
}

nostr::Tag codesTag(std::string_view name, const std::vector<std::uint16_t>& values) {
    nostr::Tag tag{std::string(name)};
    for (const std::uint16_t v : values)
        tag.push_back(code(v));
    return tag;
}

std::vector<std::uint16_t> withoutGrease(const std::vector<std::uint16_t>& values) {
    std::vector<std::uint16_t> out;
    std::copy_if(values.begin(), values.end(), std::back_inserter(out),
                 [](std::uint16_t v) { return !mls::grease::isValue(v); });
    return out;
}

// The ids in Marmot's own range. The event's tag repeats only these.
std::vector<std::uint16_t> marmotIds(const ComponentsList& list) {
    std::vector<std::uint16_t> out;
    std::copy_if(list.ids.begin(), list.ids.end(), std::back_inserter(out),
                 [](std::uint16_t v) { return v >= 0x8000; });
    return out;
}

Error bad(const char* why) {
    return {ErrorCode::InvalidKeyPackage, why};
}

// The values of a tag that must occur exactly once.
Result<std::vector<std::string>> only(const nostr::Tags& tags, std::string_view name) {
    if (nostr::countTags(tags, name) != 1)
        return bad("a KeyPackage event with a missing or repeated tag");
    const nostr::Tag& tag = *nostr::findTag(tags, name);
    return std::vector<std::string>(tag.begin() + 1, tag.end());
}

Result<void> exactly(const nostr::Tags& tags, std::string_view name, std::string_view value) {
    VALISE_TRY(const std::vector<std::string> values, only(tags, name));
    if (values.size() != 1 || values[0] != value)
        return bad("a KeyPackage event whose tag does not say what the package says");
    return {};
}

Result<void> mirrors(const nostr::Tags& tags, std::string_view name,
                     const std::vector<std::uint16_t>& values) {
    VALISE_TRY(const std::vector<std::string> said, only(tags, name));
    std::set<std::string> wanted;
    for (const std::uint16_t v : values)
        wanted.insert(code(v));
    const std::set<std::string> given(said.begin(), said.end());
    if (given.size() != said.size() || given != wanted)
        return bad("a KeyPackage event whose tags do not mirror the package");
    return {};
}

} // namespace

OwnKeyPackage makeKeyPackage(const crypto::SchnorrKeyPair& account, std::string slot, std::int64_t now,
                             crypto::Random& random) {
    mls::KeyPackageInputs inputs;
    inputs.suite = mls::CipherSuite::X25519Aes128Gcm;
    inputs.credential = mls::Credential::basic(account.publicKey);
    inputs.signer = crypto::ed25519Generate(random);
    inputs.capabilities = leafCapabilities();
    inputs.leafExtensions = leafExtensions(account, inputs.signer.publicKey, now, random);
    inputs.lastResort = true;
    const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(now, kNotBeforeSlack));
    inputs.lifetime = {seconds - kNotBeforeSlack, seconds + kNotAfter};

    OwnKeyPackage own{
        mls::KeyPackageBundle::generate(inputs, random), {}, std::move(slot), {}, inputs.lifetime.notAfter};
    if (own.slot.empty())
        own.slot = toHex(random.bytes(32));
    const mls::KeyPackage& keyPackage = own.bundle.keyPackage;
    const Bytes reference = keyPackage.ref();
    own.reference = *fixedBytes<32>(reference);

    nostr::UnsignedEvent draft;
    draft.createdAt = seconds;
    draft.kind = nostr::kind::kKeyPackage;
    draft.tags = {{"d", own.slot},
                  {"mls_protocol_version", "1.0"},
                  {"i", toHex(reference)},
                  {"mls_ciphersuite", "0x0001"},
                  codesTag("mls_extensions", inputs.capabilities.extensions),
                  codesTag("mls_proposals", inputs.capabilities.proposals),
                  codesTag("app_components", marmotIds(supportedComponents()))};
    draft.content = toBase64(keyPackage.toMessage());
    own.event = nostr::sign(std::move(draft), account, random);
    return own;
}

Result<InvitePackage> readKeyPackageEvent(const nostr::Event& event, std::int64_t now) {
    if (event.kind != nostr::kind::kKeyPackage)
        return {ErrorCode::InvalidEvent, "not a KeyPackage event"};
    VALISE_TRY(const std::vector<std::string> slot, only(event.tags, "d"));
    if (slot.size() != 1 || !fromHexFixed<32>(slot[0]).ok())
        return bad("a KeyPackage event with a malformed slot");
    if (nostr::countTags(event.tags, "encoding") != 0 || nostr::countTags(event.tags, "relays") != 0)
        return bad("a KeyPackage event of the Legacy profile");
    VALISE_CHECK(exactly(event.tags, "mls_protocol_version", "1.0"));
    VALISE_CHECK(exactly(event.tags, "mls_ciphersuite", "0x0001"));

    VALISE_TRY(const Bytes message, fromBase64(event.content));
    InvitePackage out;
    VALISE_TRY(out.keyPackage, mls::KeyPackage::fromMessage(message));
    VALISE_CHECK(out.keyPackage.validate(now));
    const mls::LeafNode& leaf = out.keyPackage.leafNode;
    if (out.keyPackage.cipherSuite != 0x0001)
        return {ErrorCode::Unsupported, "another cipher suite"};
    if (leaf.lifetime.notAfter < leaf.lifetime.notBefore ||
        leaf.lifetime.notAfter - leaf.lifetime.notBefore > kMaxLifetime)
        return bad("a KeyPackage that lives too long");
    VALISE_CHECK(exactly(event.tags, "i", toHex(out.keyPackage.ref())));
    VALISE_CHECK(mirrors(event.tags, "mls_extensions", withoutGrease(leaf.capabilities.extensions)));
    VALISE_CHECK(mirrors(event.tags, "mls_proposals", withoutGrease(leaf.capabilities.proposals)));
    VALISE_TRY(const ComponentsList components, componentsOf(leaf));
    VALISE_CHECK(mirrors(event.tags, "app_components", marmotIds(components)));

    VALISE_CHECK(checkLeaf(leaf));
    VALISE_TRY(out.account, accountOf(leaf));
    if (out.account != event.pubkey)
        return bad("a KeyPackage of another account than its event");
    VALISE_CHECK(out.keyPackage.isLastResort());
    for (const std::uint16_t id : requiredComponents().ids)
        if (!std::binary_search(components.ids.begin(), components.ids.end(), id))
            return {ErrorCode::Unsupported, "the other program lacks something our groups require"};
    const mls::Capabilities& c = leaf.capabilities;
    if (!c.hasExtension(mls::extension_type::kAppDataDictionary) || !c.hasProposal(0x0008) ||
        !c.hasProposal(0x000a) || !c.hasExtension(kStreamReceiveExtension))
        return {ErrorCode::Unsupported, "the other program lacks something our groups require"};
    out.eventId = event.id;
    out.createdAt = event.createdAt;
    return out;
}

Result<InvitePackage> selectKeyPackage(const Id32& account, const std::vector<nostr::Event>& events,
                                       std::int64_t now) {
    // In each slot only the event that replaces the others counts.
    std::map<std::string, const nostr::Event*> slots;
    for (const nostr::Event& event : events) {
        if (event.kind != nostr::kind::kKeyPackage || event.pubkey != account)
            continue;
        const auto slot = nostr::tagValue(event.tags, "d");
        if (!slot)
            continue;
        const nostr::Event*& best = slots[std::string(*slot)];
        if (!best || nostr::replaces(event, *best))
            best = &event;
    }
    std::vector<const nostr::Event*> order;
    for (const auto& [slot, event] : slots)
        if (static_cast<std::int64_t>(event->createdAt) <= now + kFutureSlack)
            order.push_back(event);
    std::sort(order.begin(), order.end(),
              [](const nostr::Event* a, const nostr::Event* b) { return nostr::replaces(*a, *b); });
    if (order.size() > kMaxCandidates)
        order.resize(kMaxCandidates);
    std::string why = "no KeyPackage was found";
    for (const nostr::Event* event : order) {
        auto package = readKeyPackageEvent(*event, now);
        if (package)
            return package;
        why = package.error().detail;
    }
    return {ErrorCode::NoInvitation, why};
}

} // namespace valise::marmot
