// SPDX-License-Identifier: AGPL-3.0-or-later
// Any event that a relay can send as a group event or a KeyPackage.
#include "core/marmot/envelope.h"
#include "core/marmot/key_package.h"

using namespace valise;
using namespace valise::marmot;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto event = nostr::parseEvent(textOf(ByteView(data, size)));
    if (!event)
        return 0;
    const auto envelope = readEnvelope(*event);
    if (envelope)
        (void)openEnvelope(*envelope, Bytes(32, 1)).ok();
    (void)readKeyPackageEvent(*event, static_cast<std::int64_t>(event->createdAt)).ok();
    return 0;
}
