// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/inbound.h"

namespace valise::marmot {

std::string_view dispositionName(Disposition disposition) {
    constexpr std::string_view kNames[] = {"accepted", "deferred", "stale", "invalidated"};
    return kNames[static_cast<std::size_t>(disposition)];
}

std::string_view categoryName(Category category) {
    constexpr std::string_view kNames[] = {"none",
                                           "duplicate",
                                           "own_echo",
                                           "wrong_recipient",
                                           "unknown_group",
                                           "stale_epoch",
                                           "invalid_encoding",
                                           "invalid_signature",
                                           "unsupported_required_feature",
                                           "authorization_failed",
                                           "missing_history",
                                           "transport_deferred",
                                           "resource_refused"};
    return kNames[static_cast<std::size_t>(category)];
}

std::string_view kindName(InputKind kind) {
    constexpr std::string_view kNames[] = {"unknown", "application", "proposal", "commit"};
    return kNames[static_cast<std::size_t>(kind)];
}

Category categoryOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidSignature:
        return Category::InvalidSignature;
    case ErrorCode::NotAuthorized:
    case ErrorCode::GroupDisbanded:
        return Category::AuthorizationFailed;
    case ErrorCode::UnknownComponent:
    case ErrorCode::Unsupported:
        return Category::UnsupportedRequiredFeature;
    case ErrorCode::WrongEpoch:
        return Category::StaleEpoch;
    case ErrorCode::WrongGroup:
        return Category::UnknownGroup;
    case ErrorCode::NotFound:
    case ErrorCode::MissingProposal:
        return Category::MissingHistory;
    case ErrorCode::LimitExceeded:
        return Category::ResourceRefused;
    case ErrorCode::KeyUsed:
        return Category::Duplicate;
    default:
        return Category::InvalidEncoding;
    }
}

} // namespace valise::marmot
