// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/error.h"

namespace valise {

std::string_view errorName(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "invalid_argument";
    case ErrorCode::InvalidEncoding:
        return "invalid_encoding";
    case ErrorCode::LimitExceeded:
        return "limit_exceeded";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::AlreadyExists:
        return "already_exists";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Internal:
        return "internal";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::InvalidKey:
        return "invalid_key";
    case ErrorCode::InvalidSignature:
        return "invalid_signature";
    case ErrorCode::DecryptionFailed:
        return "decryption_failed";
    case ErrorCode::InvalidProposal:
        return "invalid_proposal";
    case ErrorCode::InvalidCommit:
        return "invalid_commit";
    case ErrorCode::InvalidTree:
        return "invalid_tree";
    case ErrorCode::InvalidKeyPackage:
        return "invalid_key_package";
    case ErrorCode::InvalidWelcome:
        return "invalid_welcome";
    case ErrorCode::WrongEpoch:
        return "wrong_epoch";
    case ErrorCode::WrongGroup:
        return "wrong_group";
    case ErrorCode::KeyUsed:
        return "key_used";
    case ErrorCode::NotMember:
        return "not_member";
    case ErrorCode::NotAuthorized:
        return "not_authorized";
    case ErrorCode::UnknownComponent:
        return "unknown_component";
    case ErrorCode::PendingChange:
        return "pending_change";
    case ErrorCode::MissingProposal:
        return "missing_proposal";
    case ErrorCode::GroupDisbanded:
        return "group_disbanded";
    case ErrorCode::InvalidEvent:
        return "invalid_event";
    case ErrorCode::WrongRecipient:
        return "wrong_recipient";
    case ErrorCode::WrongPassphrase:
        return "wrong_passphrase";
    case ErrorCode::StorageDamaged:
        return "storage_damaged";
    case ErrorCode::StorageFull:
        return "storage_full";
    case ErrorCode::StorageReadOnly:
        return "storage_read_only";
    case ErrorCode::StorageBusy:
        return "storage_busy";
    case ErrorCode::StorageVersion:
        return "storage_version";
    case ErrorCode::StorageFailed:
        return "storage_failed";
    case ErrorCode::Offline:
        return "offline";
    case ErrorCode::RelayRefused:
        return "relay_refused";
    case ErrorCode::InsecureUrl:
        return "insecure_url";
    case ErrorCode::InvalidUrl:
        return "invalid_url";
    case ErrorCode::Timeout:
        return "timeout";
    case ErrorCode::TlsFailed:
        return "tls_failed";
    case ErrorCode::NoInvitation:
        return "no_invitation";
    }
    return "unknown";
}

} // namespace valise
