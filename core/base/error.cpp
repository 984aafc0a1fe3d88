// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace valise {

namespace {

struct Named {
    ErrorCode code;
    std::string_view name;
};

// In the order of the enum, so that a code is its row's index.
constexpr std::array kNames{
    Named{ErrorCode::InvalidArgument, "invalid_argument"},
    Named{ErrorCode::InvalidEncoding, "invalid_encoding"},
    Named{ErrorCode::LimitExceeded, "limit_exceeded"},
    Named{ErrorCode::NotFound, "not_found"},
    Named{ErrorCode::AlreadyExists, "already_exists"},
    Named{ErrorCode::Unsupported, "unsupported"},
    Named{ErrorCode::Internal, "internal"},
    Named{ErrorCode::Cancelled, "cancelled"},
    Named{ErrorCode::InvalidKey, "invalid_key"},
    Named{ErrorCode::InvalidSignature, "invalid_signature"},
    Named{ErrorCode::DecryptionFailed, "decryption_failed"},
    Named{ErrorCode::InvalidProposal, "invalid_proposal"},
    Named{ErrorCode::InvalidCommit, "invalid_commit"},
    Named{ErrorCode::InvalidTree, "invalid_tree"},
    Named{ErrorCode::InvalidKeyPackage, "invalid_key_package"},
    Named{ErrorCode::InvalidWelcome, "invalid_welcome"},
    Named{ErrorCode::WrongEpoch, "wrong_epoch"},
    Named{ErrorCode::WrongGroup, "wrong_group"},
    Named{ErrorCode::KeyUsed, "key_used"},
    Named{ErrorCode::NotMember, "not_member"},
    Named{ErrorCode::NotAuthorized, "not_authorized"},
    Named{ErrorCode::UnknownComponent, "unknown_component"},
    Named{ErrorCode::PendingChange, "pending_change"},
    Named{ErrorCode::GroupDisbanded, "group_disbanded"},
    Named{ErrorCode::MissingProposal, "missing_proposal"},
    Named{ErrorCode::InvalidEvent, "invalid_event"},
    Named{ErrorCode::WrongRecipient, "wrong_recipient"},
    Named{ErrorCode::WrongPassphrase, "wrong_passphrase"},
    Named{ErrorCode::StorageDamaged, "storage_damaged"},
    Named{ErrorCode::StorageFull, "storage_full"},
    Named{ErrorCode::StorageReadOnly, "storage_read_only"},
    Named{ErrorCode::StorageBusy, "storage_busy"},
    Named{ErrorCode::StorageVersion, "storage_version"},
    Named{ErrorCode::StorageFailed, "storage_failed"},
    Named{ErrorCode::Offline, "offline"},
    Named{ErrorCode::RelayRefused, "relay_refused"},
    Named{ErrorCode::InsecureUrl, "insecure_url"},
    Named{ErrorCode::InvalidUrl, "invalid_url"},
    Named{ErrorCode::Timeout, "timeout"},
    Named{ErrorCode::TlsFailed, "tls_failed"},
    Named{ErrorCode::NoInvitation, "no_invitation"},
    Named{ErrorCode::NameNotFound, "name_not_found"},
    Named{ErrorCode::NoNetwork, "no_network"},
    Named{ErrorCode::ConnectionRefused, "connection_refused"},
    Named{ErrorCode::ConnectionLost, "connection_lost"},
    Named{ErrorCode::CertificateExpired, "certificate_expired"},
    Named{ErrorCode::CertificateWrongHost, "certificate_wrong_host"},
    Named{ErrorCode::CertificateUnknownIssuer, "certificate_unknown_issuer"},
    Named{ErrorCode::CaptivePortal, "captive_portal"},
    Named{ErrorCode::ProxyFailed, "proxy_failed"},
    Named{ErrorCode::ProxyNeedsPassword, "proxy_needs_password"},
    Named{ErrorCode::NotARelay, "not_a_relay"},
    Named{ErrorCode::RelayBusy, "relay_busy"},
};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (static_cast<std::size_t>(kNames[i].code) != i)
            return false;
    return true;
}
static_assert(inOrder(), "every code has its row, in the order of the enum");

} // namespace

std::string_view errorName(ErrorCode code) {
    const auto at = static_cast<std::size_t>(code);
    return at < kNames.size() ? kNames[at].name : "unknown";
}

std::optional<ErrorCode> errorNamed(std::string_view name) {
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Named& n) { return n.name == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->code);
}

} // namespace valise
