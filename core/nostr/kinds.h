// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace valise::nostr {

//! An event kind, 0 to 65535 (NIP-01).
using Kind = std::uint16_t;

namespace kind {
inline constexpr Kind kMetadata = 0;        //!< profile (NIP-01)
inline constexpr Kind kShortNote = 1;       //!< text note (NIP-10)
inline constexpr Kind kContacts = 3;        //!< follow list (NIP-02)
inline constexpr Kind kDeletion = 5;        //!< deletion request (NIP-09)
inline constexpr Kind kReaction = 7;        //!< reaction (NIP-25)
inline constexpr Kind kChat = 9;            //!< chat message (NIP-C7), the inner text message of Marmot
inline constexpr Kind kSeal = 13;           //!< seal (NIP-59)
inline constexpr Kind kEdit = 1009;         //!< edit of a message (Marmot)
inline constexpr Kind kGiftWrap = 1059;     //!< gift wrap (NIP-59)
inline constexpr Kind kReceipt = 1211;      //!< receipts for messages (Valise, docs/protocol-extensions.md)
inline constexpr Kind kWelcome = 444;       //!< rumor with an MLS Welcome (Marmot)
inline constexpr Kind kGroup = 445;         //!< group message (Marmot)
inline constexpr Kind kPush = 446;          //!< push rumor (Marmot)
inline constexpr Kind kIdentityProof = 450; //!< never published; its id is signed in the leaf (Marmot)
inline constexpr Kind kPushProof = 451;     //!< never published (Marmot)
inline constexpr Kind kRelayList = 10002;   //!< read and write relays (NIP-65)
inline constexpr Kind kInboxRelays = 10050; //!< inbox relays (NIP-17)
inline constexpr Kind kTyping = 20211;      //!< somebody is writing (Valise, docs/protocol-extensions.md)
inline constexpr Kind kAuth = 22242;        //!< client authentication (NIP-42)
inline constexpr Kind kBlobAuth = 24242;    //!< Blossom authorization (BUD-01)
inline constexpr Kind kHttpAuth = 27235;    //!< HTTP authorization (NIP-98)
inline constexpr Kind kKeyPackage = 30443;  //!< MLS KeyPackage (Marmot)
} // namespace kind

//! True if a relay keeps only the newest event per author and kind (NIP-01).
constexpr bool isReplaceable(Kind k) {
    return k == 0 || k == 3 || (k >= 10000 && k < 20000);
}
//! True if a relay passes the event on without keeping it (NIP-01).
constexpr bool isEphemeral(Kind k) {
    return k >= 20000 && k < 30000;
}
//! True if a relay keeps only the newest event per author, kind and `d` tag (NIP-01).
constexpr bool isAddressable(Kind k) {
    return k >= 30000 && k < 40000;
}

} // namespace valise::nostr
