// SPDX-License-Identifier: AGPL-3.0-or-later
// Any octets as the state of any component. Accepted octets must be in canonical form.
#include "core/marmot/components.h"
#include "core/marmot/identity_proof.h"

#include <cstdlib>

using namespace valise;
using namespace valise::marmot;

namespace {

template <typename T>
void check(ByteView state) {
    const auto decoded = T::decode(state);
    if (decoded && decoded->encode() != toBytes(state))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const auto id = static_cast<std::uint16_t>(data[0] << 8 | data[1]);
    const ByteView state(data + 2, size - 2);
    (void)checkComponentState(id, state).ok();
    check<ComponentsList>(state);
    check<GroupProfile>(state);
    check<AdminPolicy>(state);
    check<NostrRouting>(state);
    check<MessageRetention>(state);
    check<AgentTextStream>(state);
    check<EncryptedMediaPolicy>(state);
    check<IdentityProof>(state);
    return 0;
}
