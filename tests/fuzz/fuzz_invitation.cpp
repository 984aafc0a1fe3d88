// SPDX-License-Identifier: AGPL-3.0-or-later
// Any text that a person can paste as an address or invitation link.
#include "core/client/people/directory.h"

using namespace valise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parsed = client::Directory::parseAddress(
        QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    if (parsed)
        (void)client::Directory::invitationLink(parsed->first.pubkey, parsed->first.relays, parsed->second);
    return 0;
}
