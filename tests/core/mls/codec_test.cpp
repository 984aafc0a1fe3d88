// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"
#include "core/mls/welcome.h"
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

template <typename T>
Bytes again(const T& value) {
    Writer w;
    value.write(w);
    return w.take();
}

} // namespace

TEST_CASE("the draft's proposals and dictionary have one encoding", "[mls]") {
    const Proposal update{AppDataUpdateProposal{0x8001, Bytes{1, 2}}};
    CHECK(again(update) == Bytes{0, 8, 0x80, 1, 1, 2, 1, 2});
    const Proposal removal{AppDataUpdateProposal{0x8001, std::nullopt}};
    CHECK(again(removal) == Bytes{0, 8, 0x80, 1, 2});
    const Proposal leave{SelfRemoveProposal{}};
    CHECK(again(leave) == Bytes{0, 10});
    for (const Proposal& p : {update, removal, leave})
        CHECK(again(must(Proposal::decode(again(p)))) == again(p));
    CHECK_FALSE(Proposal::decode(Bytes{0, 8, 0x80, 1, 3}).ok());
    CHECK_FALSE(Proposal::decode(Bytes{0, 10, 0}).ok());
    CHECK(Proposal::decode(Bytes{0, 9}).error().code == ErrorCode::Unsupported);

    AppDataDictionary d;
    d.set(0x8003, {9});
    d.set(0x0001, {});
    d.set(0x8003, {7});
    CHECK(d.encode() == Bytes{7, 0, 1, 0, 0x80, 3, 1, 7});
    CHECK(must(AppDataDictionary::decode(d.encode())) == d);
    CHECK_FALSE(AppDataDictionary::decode(Bytes{6, 0, 1, 0, 0, 1, 0}).ok());
    CHECK_FALSE(AppDataDictionary::decode(Bytes{6, 0, 2, 0, 0, 1, 0}).ok());
    CHECK_FALSE(AppDataDictionary::decode(Bytes{3, 0, 1, 0, 0}).ok());
    CHECK(d.erase(0x0001));
    CHECK_FALSE(d.erase(0x0001));
    CHECK(must(decodeComponentsList(encodeComponentsList({1, 0x8001}))) ==
          std::vector<std::uint16_t>{1, 0x8001});
    CHECK_FALSE(decodeComponentsList(Bytes{4, 0, 2, 0, 1}).ok());
}

TEST_CASE("cut messages are refused", "[mls]") {
    const auto file = openVectors("mls/messages.json");
    if (!file)
        return;
    const auto v = file->root().at(0).value();
    for (const char* name : {"mls_welcome", "mls_key_package", "public_message_commit", "private_message"}) {
        const Bytes message = hexMember(v, name);
        for (std::size_t cut = 0; cut < message.size(); ++cut)
            CHECK_FALSE(inspect(ByteView(message).first(cut)).ok());
        Bytes longer = message;
        longer.push_back(0);
        CHECK_FALSE(inspect(longer).ok());
    }
}
