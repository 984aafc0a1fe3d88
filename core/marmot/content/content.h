// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/deletion.h"
#include "core/marmot/content/edit.h"
#include "core/marmot/content/reaction.h"
#include "core/marmot/content/receipt.h"
#include "core/marmot/content/text.h"
#include "core/marmot/content/typing.h"
#include "core/marmot/content/unknown.h"

#include <variant>

namespace valise::marmot {

//! The contents that a message of a group may hold. A new kind is a file beside these and an entry here; each
//! has kKind, kTraits, check(), read(), write(), plainText() and targets(). Nothing outside of this folder
//! decides by the number of a kind.
using Content = std::variant<Text, Reaction, Edit, Deletion, Receipt, Typing, Unknown>;

//! Reads an event by its kind; Unknown for kinds that are not in the list. Errors: those of the kind's
//! read(), InvalidEvent and LimitExceeded.
Result<Content> readContent(const InnerEvent& event);
//! The event of a content that check() accepts.
InnerEvent makeInner(const Id32& author, const Content& content, std::uint64_t createdAt);

//! Checks the bounds of a content written here. Errors: InvalidArgument, LimitExceeded; Unsupported for
//! Unknown.
Result<void> checkContent(const Content& content);
const ContentTraits& traitsOf(const Content& content);
nostr::Kind kindOf(const Content& content);
//! The text to show where there is no room for more; empty for kinds without text.
std::string plainTextOf(const Content& content);
//! The inner events that the content refers to, without the message that a text answers.
std::vector<Id32> targetsOf(const Content& content);

//! The message that the content answers, if it is a reply.
std::optional<Id32> replyToOf(const Content& content);

//! The traits of a kind by its number, for rows of the database; those of Unknown if it is not in the list.
const ContentTraits& traitsOfKind(nostr::Kind kind);

//! The kinds that change messages.
std::vector<nostr::Kind> kindsThatChange();

//! A content as it is stored: kind, text and the tags as JSON.
struct StoredContent {
    nostr::Kind kind = 0;
    std::string content;
    std::string tagsJson; //!< an array of arrays of texts
};
StoredContent storeContent(const Content& content);
//! Errors: InvalidEncoding for tags that are not such an array, and those of readContent().
Result<Content> restoreContent(const StoredContent& stored);

} // namespace valise::marmot
