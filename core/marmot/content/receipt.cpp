// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/receipt.h"

#include "core/marmot/content/targets.h"

namespace valise::marmot {

namespace {

constexpr std::string_view kDelivered = "delivered";
constexpr std::string_view kRead = "read";

} // namespace

Result<void> Receipt::check() const {
    if (messages.empty())
        return {ErrorCode::InvalidArgument, "a receipt for nothing"};
    if (messages.size() > kMaxReceipts)
        return {ErrorCode::LimitExceeded, "a receipt for too many messages"};
    return {};
}

Result<Receipt> Receipt::read(const InnerEvent& event) {
    if (event.content != kRead && event.content != kDelivered)
        return {ErrorCode::InvalidEvent, "a receipt that says neither delivered nor read"};
    VALISE_TRY(std::vector<Id32> targets, readTargets(event, kMaxReceipts));
    return Receipt{event.content == kRead, std::move(targets)};
}

void Receipt::write(InnerEvent& event) const {
    event.content = seen ? kRead : kDelivered;
    writeTargets(event, messages);
}

} // namespace valise::marmot
