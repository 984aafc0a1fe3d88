// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/interop/mls_scripts/client.h"

#include "core/base/encoding.h"

namespace valise::interop {

std::string View::describe() const {
    std::string out = "epoch " + std::to_string(epoch) + ", own leaf " + std::to_string(ownLeaf) +
                      "\n      GroupContext " + toHex(context) + "\n      tree hash " + toHex(treeHash) +
                      "\n      confirmed transcript hash " + toHex(confirmedTranscriptHash) +
                      "\n      epoch authenticator " + toHex(authenticator) + "\n      resumption PSK " +
                      toHex(resumptionPsk) + "\n      exported " + toHex(exported) + "\n      members";
    for (const Entry& e : members)
        out += " " + std::to_string(e.leaf) + "=" + std::string(textOf(e.identity));
    return out;
}

const char* View::differenceTo(const View& other) const {
    if (epoch != other.epoch)
        return "the epoch";
    if (treeHash != other.treeHash)
        return "the tree hash";
    if (confirmedTranscriptHash != other.confirmedTranscriptHash)
        return "the confirmed transcript hash";
    if (context != other.context)
        return "the GroupContext";
    if (members != other.members)
        return "the members";
    if (authenticator != other.authenticator)
        return "the epoch authenticator";
    if (resumptionPsk != other.resumptionPsk)
        return "the resumption PSK";
    if (exported != other.exported)
        return "an exported secret";
    return nullptr;
}

} // namespace valise::interop
