// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/founding.h"

namespace valise::marmot {

Result<FoundedGroup> foundGroup(const crypto::SchnorrKeyPair& account, const Founding& founding,
                                std::int64_t now, crypto::Random& random) {
    if (founding.relays.empty() || founding.relays.size() > 16)
        return {ErrorCode::InvalidArgument, "a group needs 1 to 16 relays"};
    if (founding.profile.name.size() > GroupProfile::kMaxName ||
        founding.profile.description.size() > GroupProfile::kMaxDescription)
        return {ErrorCode::LimitExceeded, "a name or description that is too long"};

    NostrRouting routing;
    routing.nostrGroupId = random.array<32>();
    routing.relays = founding.relays;
    std::sort(routing.relays.begin(), routing.relays.end());
    routing.relays.erase(std::unique(routing.relays.begin(), routing.relays.end()), routing.relays.end());

    ComponentsList required = requiredComponents();
    if (founding.retentionSeconds != 0) {
        required.ids.push_back(idOf(ComponentId::MessageRetention));
        std::sort(required.ids.begin(), required.ids.end());
    }
    EncryptedMediaPolicy media;
    media.kinds = {"blossom-v1"};
    media.endpoints = {{"blossom-v1", "https://blossom.primal.net/"}};

    mls::AppDataDictionary dictionary;
    dictionary.set(idOf(ComponentId::AppComponents), required.encode());
    dictionary.set(idOf(ComponentId::GroupProfile), founding.profile.encode());
    dictionary.set(idOf(ComponentId::AdminPolicy), AdminPolicy{{account.publicKey}}.encode());
    dictionary.set(idOf(ComponentId::NostrRouting), routing.encode());
    if (founding.retentionSeconds != 0)
        dictionary.set(idOf(ComponentId::MessageRetention),
                       MessageRetention{founding.retentionSeconds}.encode());
    dictionary.set(idOf(ComponentId::AgentTextStream), AgentTextStream{}.encode());
    dictionary.set(idOf(ComponentId::EncryptedMedia), media.encode());
    dictionary.set(idOf(ComponentId::GroupLifecycle), encodeLifecycle(Lifecycle::Active));
    for (const auto& entry : dictionary.entries())
        VALISE_CHECK(checkComponentState(entry.component, entry.data));

    const mls::RequiredCapabilities capabilities{
        {mls::extension_type::kAppDataDictionary}, {0x0008, 0x000a}, {}};
    mls::Extensions extensions{{mls::extension_type::kRequiredCapabilities, capabilities.encode()},
                               {mls::extension_type::kAppDataDictionary, dictionary.encode()}};

    // The founder's leaf comes from a KeyPackage like any other, but this KeyPackage is not published.
    const OwnKeyPackage own = makeKeyPackage(account, {}, now, random);
    VALISE_TRY(mls::Group group,
               mls::Group::create(random.bytes(16), own.bundle, std::move(extensions), random));
    VALISE_TRY(GroupState state, checkGroup(group));
    FoundedGroup out{std::move(group), std::move(state), {}};
    if (!founding.invitees.empty()) {
        // The founder is alone in epoch 0, so its keys and history are not needed.
        const AddMembers add{founding.invitees, founding.admins};
        VALISE_TRY(PreparedCommit first, buildCommit(out.group, out.state, add, now, random));
        out.group = std::move(first.next);
        out.state = std::move(first.after);
        out.welcomes = std::move(first.welcomes);
    }
    return out;
}

Result<FoundedGroup> joinGroup(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                               std::optional<std::int64_t> now) {
    mls::JoinOptions options;
    options.now = now;
    VALISE_TRY(mls::Group group, mls::Group::join(welcome.mlsMessage, bundle, options));
    VALISE_TRY(GroupState state, checkGroup(group));
    if (state.lifecycle == Lifecycle::Disbanded)
        return {ErrorCode::GroupDisbanded, "an invitation to a group that has ended"};
    const auto signer = group.groupInfoSigner();
    const auto leaf = signer ? group.member(*signer) : nullptr;
    if (!leaf)
        return {ErrorCode::InvalidWelcome, "an invitation signed by nobody in the group"};
    VALISE_TRY(const Id32 inviter, accountOf(*leaf));
    if (!state.admins.contains(inviter))
        return {ErrorCode::NotAuthorized, "an invitation by somebody who is not an admin"};
    if (inviter != welcome.inviter)
        return {ErrorCode::InvalidWelcome, "an invitation passed on under another name"};
    return FoundedGroup{std::move(group), std::move(state), {}};
}

} // namespace valise::marmot
