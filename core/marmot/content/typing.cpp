// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/typing.h"

namespace valise::marmot {

namespace {

constexpr std::string_view kOn = "typing";
constexpr std::string_view kOff = "stopped";

} // namespace

Result<Typing> Typing::read(const InnerEvent& event) {
    if (event.content != kOn && event.content != kOff)
        return {ErrorCode::InvalidEvent, "a typing event that says neither typing nor stopped"};
    return Typing{event.content == kOn};
}

void Typing::write(InnerEvent& event) const {
    event.content = on ? kOn : kOff;
}

} // namespace valise::marmot
