// SPDX-License-Identifier: AGPL-3.0-or-later
// Decodes anything that may arrive as an MLSMessage, a stored group or a stored KeyPackage.
#include "core/mls/group.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace valise;
    using namespace valise::mls;
    const ByteView bytes(data, size);
    const auto seen = inspect(bytes);
    if (seen.ok() && seen->wireFormat == WireFormat::KeyPackage) {
        const auto keyPackage = KeyPackage::fromMessage(bytes);
        if (keyPackage.ok()) {
            (void)keyPackage->validate(0);
            if (!sameBytes(keyPackage->toMessage(), bytes))
                abortInvariant("a decoded KeyPackage encodes differently");
        }
    }
    const auto proposal = Proposal::decode(bytes);
    if (proposal.ok()) {
        Writer w;
        proposal->write(w);
        if (!sameBytes(w.bytes(), bytes))
            abortInvariant("a decoded proposal encodes differently");
    }
    const auto dictionary = AppDataDictionary::decode(bytes);
    if (dictionary.ok() && !sameBytes(dictionary->encode(), bytes))
        abortInvariant("a decoded dictionary encodes differently");
    (void)Group::deserialize(bytes);
    (void)KeyPackageBundle::deserialize(bytes);
    return 0;
}
