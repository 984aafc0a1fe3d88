// SPDX-License-Identifier: AGPL-3.0-or-later
// The input as the text in a wrap, and as the rumor in a well-formed seal. An attacker has the keys for both.
#include "core/base/encoding.h"
#include "core/nostr/nip44.h"
#include "core/nostr/nip59.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::nostr;

namespace {

struct Actors {
    Actors()
        : random(1)
        , sender(crypto::schnorrGenerate(random))
        , recipient(crypto::schnorrGenerate(random))
        , conversation(*nip44ConversationKey(sender.privateKey, recipient.publicKey)) {}
    crypto::SeededRandom random;
    crypto::SchnorrKeyPair sender;
    crypto::SchnorrKeyPair recipient;
    crypto::KeyBytes conversation;
};

Event layer(Actors& actors, Kind kind, std::string_view inside) {
    UnsignedEvent draft;
    draft.kind = kind;
    if (kind == kind::kGiftWrap)
        draft.tags = {{"p", toHex(actors.recipient.publicKey)}};
    draft.content = *nip44EncryptWithNonce(actors.conversation, inside, ByteArray<32>{9});
    return sign(std::move(draft), actors.sender, actors.random);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Actors actors;
    if (size == 0 || size > 20000)
        return 0;
    const std::string_view text = textOf({data, size});
    (void)giftUnwrap(layer(actors, kind::kGiftWrap, text), actors.recipient);
    const Event seal = layer(actors, kind::kSeal, text);
    const auto out = giftUnwrap(layer(actors, kind::kGiftWrap, seal.toJson()), actors.recipient);
    if (out)
        fuzz::require(out->rumor.pubkey == actors.sender.publicKey && out->sender == actors.sender.publicKey);
    return 0;
}
