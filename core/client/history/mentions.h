// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

//! Mentions stand in texts as `nostr:npub1...` (NIP-27), and are read and written as `@Name`.
namespace valise::client {

//! The length of a mention in a text: "nostr:" and an npub.
inline constexpr qsizetype kMentionLength = 69;

//! The text with names in the place of the addresses that `mentions` knows.
QString withMentionNames(const QString& text, const QVector<MentionRecord>& mentions);

//! A member's name behind the @. If another member has the same name, the beginning of the address follows
//! it.
QString mentionLabel(const MemberRecord& member, const QVector<MemberRecord>& members);

//! The text as it is sent: every `@Name` of a member, at the beginning of a word, becomes the address.
QString withMentionAddresses(const QString& text, const QVector<MemberRecord>& members);

} // namespace valise::client
