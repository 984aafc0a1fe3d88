// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

#include "core/marmot/components.h"

using namespace valise;
using namespace valise::marmot;

namespace {

Bytes hex(std::string_view text) {
    return must(fromHex(text));
}

} // namespace

TEST_CASE("component states come back and refuse trailing bytes") {
    const GroupProfile profile{"Harbour talks", "annex B"};
    CHECK(must(GroupProfile::decode(profile.encode())) == profile);
    AdminPolicy admins;
    admins.admins = {Id32{1}, Id32{2}};
    CHECK(must(AdminPolicy::decode(admins.encode())) == admins);
    NostrRouting routing;
    routing.nostrGroupId.fill(7);
    routing.relays = {"ws://127.0.0.1:7777", "wss://relay.example.org"};
    CHECK(must(NostrRouting::decode(routing.encode())) == routing);
    CHECK(must(MessageRetention::decode(MessageRetention{86400}.encode())).seconds == 86400);
    CHECK(toHex(AgentTextStream{}.encode()) == "010300001000000000000000");
    CHECK(must(AgentTextStream::decode(AgentTextStream{}.encode())) == AgentTextStream{});
    CHECK(must(decodeLifecycle(encodeLifecycle(Lifecycle::Disbanded))) == Lifecycle::Disbanded);

    for (const auto& [id, state] : {std::pair<std::uint16_t, Bytes>{0x8001, profile.encode()},
                                    {0x8003, admins.encode()},
                                    {0x8004, routing.encode()},
                                    {0x8005, MessageRetention{1}.encode()},
                                    {0x8006, AgentTextStream{}.encode()},
                                    {0x800c, Bytes{0}}}) {
        CHECK(checkComponentState(id, state).ok());
        Bytes longer = state;
        longer.push_back(0);
        CHECK_FALSE(checkComponentState(id, longer).ok());
        for (std::size_t cut = 0; cut < state.size(); ++cut)
            CHECK_FALSE(checkComponentState(id, ByteView(state).first(cut)).ok());
    }
}

TEST_CASE("non-canonical component states are refused") {
    CHECK_FALSE(ComponentsList::decode(hex("048001"
                                           "8001"))
                    .ok());
    CHECK_FALSE(ComponentsList::decode(hex("0480028001")).ok());
    CHECK_FALSE(ComponentsList::decode(hex("03800180")).ok());
    CHECK_FALSE(AdminPolicy::decode(hex("00")).ok());
    AdminPolicy unsorted;
    unsorted.admins = {Id32{2}, Id32{1}};
    CHECK_FALSE(AdminPolicy::decode(unsorted.encode()).ok());
    for (const char* url : {"http://relay.example.org", "wss://", "wss://user@relay.example.org",
                            "wss://a/#b", "wss://a b", "wss://:80", ""}) {
        NostrRouting routing;
        routing.relays = {url};
        INFO(url);
        CHECK_FALSE(NostrRouting::decode(routing.encode()).ok());
    }
    NostrRouting doubled;
    doubled.relays = {"wss://a", "wss://a"};
    CHECK_FALSE(NostrRouting::decode(doubled.encode()).ok());
    CHECK_FALSE(decodeLifecycle(hex("02")).ok());
    CHECK_FALSE(AgentTextStream::decode(hex("040300001000000000000000")).ok());
    CHECK_FALSE(GroupProfile::decode(hex("01ff00")).ok());
}

TEST_CASE("the published routing fixtures decide as stated") {
    for (const char* name : {"valid-state", "valid-update", "invalid-duplicate-relay"}) {
        const auto file =
            test::openVectors("marmot/mdk/byte-fixtures/nostr-routing-v1-" + std::string(name) + ".v1.json");
        if (!file)
            return;
        const Bytes state = test::hexMember(file->root()["bytes"], "hex");
        bool valid = false;
        REQUIRE_FALSE(file->root()["expected"]["valid"].get(valid));
        INFO(name);
        const auto decoded = NostrRouting::decode(state);
        CHECK(decoded.ok() == valid);
        if (valid)
            CHECK(decoded->encode() == state);
    }
}

TEST_CASE("the published media policy has these bytes") {
    const auto file = test::openVectors("marmot/extracted/pinned-values.json");
    if (!file)
        return;
    bool found = false;
    for (simdjson::dom::element entry : file->root()["cases"].get_array()) {
        if (test::textMember(entry, "name") != "component-0x800b-state")
            continue;
        found = true;
        const EncryptedMediaPolicy policy{{"blossom-v1"}, {{"blossom-v1", "https://blossom.primal.net/"}}};
        CHECK(policy.encode() == test::hexMember(entry, "state"));
        CHECK(must(EncryptedMediaPolicy::decode(policy.encode())) == policy);
    }
    CHECK(found);
}
