// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/error_text.h"

#include <QCoreApplication>

namespace valise::ui {
namespace {

struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

} // namespace

QString errorText(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidArgument:
        return ErrorText::tr("Something in what was entered cannot be used. Please check it and try again.");
    case ErrorCode::InvalidEncoding:
        return ErrorText::tr(
            "This text is damaged or incomplete. Please copy it again, from its beginning to its end.");
    case ErrorCode::LimitExceeded:
        return ErrorText::tr("This is larger than Valise can send. Please shorten it or send it in parts.");
    case ErrorCode::NotFound:
        return ErrorText::tr("This is not here any more. It may have been removed; please look again.");
    case ErrorCode::AlreadyExists:
        return ErrorText::tr("This exists already, so nothing was changed.");
    case ErrorCode::Unsupported:
        return ErrorText::tr(
            "This needs a newer version of Valise. Please update the program and try again.");
    case ErrorCode::Internal:
        return ErrorText::tr(
            "Valise could not finish this because of a fault of its own. Nothing was lost; please try "
            "again, and tell your help desk if it happens twice.");
    case ErrorCode::Cancelled:
        return ErrorText::tr("This was stopped before it was finished. Nothing was changed.");
    case ErrorCode::InvalidKey:
        return ErrorText::tr(
            "The person's address does not belong to a valid key. Please ask for the invitation again.");
    case ErrorCode::InvalidSignature:
        return ErrorText::tr(
            "Something arrived whose author could not be confirmed. It was set aside and is not shown.");
    case ErrorCode::DecryptionFailed:
        return ErrorText::tr(
            "Something arrived that this device cannot open. If a message is missing, ask its author to "
            "send it again.");
    case ErrorCode::InvalidProposal:
        return ErrorText::tr(
            "A change that somebody proposed for this conversation is not allowed. It was ignored.");
    case ErrorCode::InvalidCommit:
        return ErrorText::tr(
            "A change of this conversation did not pass the checks. It was ignored; the conversation "
            "goes on as before.");
    case ErrorCode::InvalidTree:
        return ErrorText::tr(
            "The list of members that arrived does not hold together. You were not added; please ask "
            "for a new invitation.");
    case ErrorCode::InvalidKeyPackage:
        return ErrorText::tr(
            "What this person published for invitations cannot be used. Please ask them to open Valise "
            "once and then try again.");
    case ErrorCode::InvalidWelcome:
        return ErrorText::tr("An invitation arrived that cannot be opened. Please ask to be invited again.");
    case ErrorCode::WrongEpoch:
        return ErrorText::tr(
            "A message was sealed for a moment of the conversation that this device does not know. It "
            "waits until the missing part arrives.");
    case ErrorCode::WrongGroup:
        return ErrorText::tr("A message belongs to another conversation than it claims. It was set aside.");
    case ErrorCode::KeyUsed:
        return ErrorText::tr(
            "A message came a second time, or far too late to be opened. What you have already read is "
            "not affected.");
    case ErrorCode::NotMember:
        return ErrorText::tr(
            "You are not a member of this conversation any more, so nothing can be sent to it. A member "
            "can invite you again.");
    case ErrorCode::NotAuthorized:
        return ErrorText::tr("Only those who manage this conversation may do that. Please ask one of them.");
    case ErrorCode::UnknownComponent:
        return ErrorText::tr(
            "This conversation uses a feature that your version of Valise does not know. Please update "
            "the program, then ask to be invited again.");
    case ErrorCode::PendingChange:
        return ErrorText::tr(
            "Another change of this conversation is still on its way. Please try again in a moment.");
    case ErrorCode::MissingProposal:
        return ErrorText::tr(
            "A change of this conversation builds on something that has not arrived yet. It takes effect as "
            "soon as that arrives.");
    case ErrorCode::GroupDisbanded:
        return ErrorText::tr(
            "This conversation was ended for everybody. You can still read it, and you can start a new "
            "one.");
    case ErrorCode::InvalidEvent:
        return ErrorText::tr(
            "Something arrived that does not follow the rules. It was set aside and is not shown.");
    case ErrorCode::WrongRecipient:
        return ErrorText::tr("Something arrived that was meant for somebody else. It was not opened.");
    case ErrorCode::WrongPassphrase:
        return ErrorText::tr(
            "This passphrase does not open the valise. Please try again; capital letters and spaces "
            "matter.");
    case ErrorCode::StorageDamaged:
        return ErrorText::tr(
            "The file with your history is damaged. A copy was put aside unchanged; please ask your help "
            "desk before you go on.");
    case ErrorCode::StorageFull:
        return ErrorText::tr(
            "The disk is full, so nothing more can be kept. Please make room and try again.");
    case ErrorCode::StorageReadOnly:
        return ErrorText::tr(
            "The folder of your profile cannot be written. Please check its permissions, or choose "
            "another folder.");
    case ErrorCode::StorageBusy:
        return ErrorText::tr(
            "This profile is already open in another window or program. Please close it there first.");
    case ErrorCode::StorageVersion:
        return ErrorText::tr(
            "This profile was written by a newer version of Valise. Please update the program to open "
            "it.");
    case ErrorCode::StorageFailed:
        return ErrorText::tr(
            "Your history could not be read or written. Please close Valise, check the disk, and try "
            "again.");
    case ErrorCode::Offline:
        return ErrorText::tr(
            "No server can be reached now. Please check the network; this needs a connection.");
    case ErrorCode::RelayRefused:
        return ErrorText::tr(
            "The server did not accept this. Please try again later, or choose another server in the "
            "settings.");
    case ErrorCode::InsecureUrl:
        return ErrorText::tr(
            "This server's address is not protected. Outside of your own network it has to begin with "
            "wss://.");
    case ErrorCode::InvalidUrl:
        return ErrorText::tr(
            "This is not the address of a server. It looks like wss://server.example, without spaces.");
    case ErrorCode::Timeout:
        return ErrorText::tr("The server did not answer in time. Please try again; what you wrote is kept.");
    case ErrorCode::TlsFailed:
        return ErrorText::tr(
            "The server could not prove that it is the right one, so nothing was sent to it. Please tell "
            "your help desk, above all on a foreign network.");
    case ErrorCode::NoInvitation:
        return ErrorText::tr(
            "This person cannot be invited yet: Valise found nothing from them on the servers. Please ask "
            "them to open Valise while connected, or to send you their invitation link.");
    case ErrorCode::NameNotFound:
        return ErrorText::tr("This network does not know the name of the server. Please check the server's "
                             "address, or try again on another network.");
    case ErrorCode::NoNetwork:
        return ErrorText::tr("This computer is not connected to any network. What you write is kept and goes "
                             "out by itself as soon as it is.");
    case ErrorCode::ConnectionRefused:
        return ErrorText::tr("Nothing answers at the address of this server; it may be switched off. Valise "
                             "tries again by itself.");
    case ErrorCode::ConnectionLost:
        return ErrorText::tr(
            "The connection to this server was interrupted. Valise connects again by itself.");
    case ErrorCode::CertificateExpired:
        return ErrorText::tr("The certificate of this server is not valid at this time, so nothing was sent "
                             "to it. Please check the clock of this computer, then tell your help desk.");
    case ErrorCode::CertificateWrongHost:
        return ErrorText::tr(
            "What answered is not this server: its certificate belongs to another one. Nothing was sent to "
            "it. Please tell your help desk, above all on a foreign network.");
    case ErrorCode::CertificateUnknownIssuer:
        return ErrorText::tr(
            "Nobody whom this computer trusts vouches for the server that answered, so nothing was sent to "
            "it. Please tell your help desk; on a foreign network somebody may be trying to listen.");
    case ErrorCode::CaptivePortal:
        return ErrorText::tr("This network lets nothing through before you sign in. Please open a page in "
                             "your browser, sign in there, and try again.");
    case ErrorCode::ProxyFailed:
        return ErrorText::tr("The proxy through which Valise connects does not answer, and nothing goes "
                             "round it. Please check it in the settings, or ask your help desk.");
    case ErrorCode::ProxyNeedsPassword:
        return ErrorText::tr("The proxy wants a name and a password, or others than those that were entered. "
                             "Please enter them in the settings.");
    case ErrorCode::NotARelay:
        return ErrorText::tr("Something answers at this address, but it is not a server for messages. Please "
                             "check the address.");
    case ErrorCode::RelayBusy:
        return ErrorText::tr("This server is overloaded or asks to come back later. Valise tries again by "
                             "itself; what you write is kept.");
    }
    return ErrorText::tr("Something unexpected happened. Please try again.");
}

} // namespace valise::ui
