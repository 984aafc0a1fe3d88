// SPDX-License-Identifier: AGPL-3.0-or-later
// Decodes every MLS structure that may arrive. An accepted one must encode to the same octets.
#include "core/mls/external_proposal.h"
#include "core/mls/framing.h"
#include "core/mls/group.h"
#include "core/mls/welcome.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace valise;
using namespace valise::mls;

template <typename T>
void decodeWhole(ByteView bytes) {
    Reader r(bytes);
    const auto value = T::read(r);
    if (!value.ok() || !r.finish().ok())
        return;
    Writer w;
    value->write(w);
    fuzz::require(sameBytes(w.bytes(), bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const ByteView bytes(data, size);
    const auto seen = inspect(bytes);
    if (seen.ok() && seen->wireFormat == WireFormat::KeyPackage) {
        const auto keyPackage = KeyPackage::fromMessage(bytes);
        if (keyPackage.ok()) {
            (void)keyPackage->validate(0);
            fuzz::require(sameBytes(keyPackage->toMessage(), bytes));
        }
    }
    decodeWhole<AuthenticatedContent>(bytes);
    decodeWhole<Capabilities>(bytes);
    decodeWhole<Commit>(bytes);
    decodeWhole<Credential>(bytes);
    decodeWhole<ParentNode>(bytes);
    decodeWhole<PreSharedKeyId>(bytes);
    decodeWhole<Proposal>(bytes);
    decodeWhole<Sender>(bytes);
    decodeWhole<UpdatePath>(bytes);
    if (const auto dictionary = AppDataDictionary::decode(bytes); dictionary.ok())
        fuzz::require(sameBytes(dictionary->encode(), bytes));
    if (const auto list = decodeComponentsList(bytes); list.ok())
        fuzz::require(sameBytes(encodeComponentsList(*list), bytes));
    if (const auto required = RequiredCapabilities::decode(bytes); required.ok())
        fuzz::require(sameBytes(required->encode(), bytes));
    if (const auto secrets = GroupSecrets::decode(bytes); secrets.ok())
        fuzz::require(sameBytes(secrets->encode(), bytes));
    if (const auto senders = externalSenders({{extension_type::kExternalSenders, toBytes(bytes)}});
        senders.ok())
        fuzz::require(sameBytes(externalSendersExtension(*senders).data, bytes));
    if (const auto tree = RatchetTree::decode(bytes); tree.ok()) {
        fuzz::require(sameBytes(tree->encode(), bytes));
        (void)tree->verifyParentHashes();
        (void)tree->validate(viewOf("group"));
    }
    return 0;
}
