// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/targets.h"

#include "core/base/encoding.h"

#include <set>

namespace valise::marmot {

Result<std::vector<Id32>> readTargets(const InnerEvent& event, std::size_t most) {
    std::vector<Id32> out;
    std::set<Id32> seen;
    for (const nostr::Tag& tag : event.tags) {
        if (tag.empty() || tag.front() != "e")
            continue;
        if (tag.size() < 2)
            return {ErrorCode::InvalidEvent, "a target without an id"};
        const auto id = fromHexFixed<32>(tag[1]);
        if (!id)
            return {ErrorCode::InvalidEvent, "a target that is not an event id"};
        if (!seen.insert(*id).second)
            continue;
        if (out.size() == most)
            return {ErrorCode::LimitExceeded, "too many targets"};
        out.push_back(*id);
    }
    if (out.empty())
        return {ErrorCode::InvalidEvent, "no target"};
    return out;
}

Result<Id32> readTarget(const InnerEvent& event) {
    const auto targets = readTargets(event, 1);
    if (!targets && targets.error().code == ErrorCode::LimitExceeded)
        return {ErrorCode::InvalidEvent, "several targets"};
    if (!targets)
        return targets.error();
    return targets->front();
}

void writeTargets(InnerEvent& event, const std::vector<Id32>& targets) {
    for (const Id32& target : targets)
        event.tags.push_back({"e", toHex(target)});
}

} // namespace valise::marmot
