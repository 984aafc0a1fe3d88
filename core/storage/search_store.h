// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/message_store.h"

namespace valise::storage {

//! A part of a text, in octets of its UTF-8 form.
struct TextRange {
    std::size_t offset = 0;
    std::size_t length = 0;
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

struct SearchHit {
    MessageRow message;
    std::string snippet; //!< a part of the content around the first match, cut at character borders
    std::vector<TextRange> matches; //!< in `snippet`
    bool cutBefore = false;         //!< the snippet does not begin where the content begins
    bool cutAfter = false;
};

//! The messages that are searched. A member that is not set leaves nothing out.
struct SearchFilter {
    std::optional<Bytes> groupId;
    std::optional<Id32> sender;
    std::optional<std::int64_t> from;   //!< sent at this second since 1970 or later
    std::optional<std::int64_t> before; //!< sent before this second
    bool withLinks = false;             //!< only messages in which an address stands
};

//! Full-text search over shown, not deleted messages. Finds parts of words in any script. The query is a
//! person's text: words separated by blanks, all of which must occur; "a phrase in quotes" must occur as it
//! stands; no operators. Case is ignored. Words of one or two characters have no index and are looked for by
//! reading.
class SearchStore {
public:
    explicit SearchStore(Connection& connection)
        : m_db(connection) {}
    //! Messages that pass the filter, newest first. `beforeRow` continues from the last hit's row of the page
    //! before. Empty for a blank query.
    Result<std::vector<SearchHit>> find(std::string_view query, const SearchFilter& filter, std::size_t limit,
                                        std::optional<std::int64_t> beforeRow = {});

    //! Merges old segments of the (encrypted) index, in which parts of deleted and edited text stay, though a
    //! search does not find them any more. One call does a slice of that work, some milliseconds for the
    //! default number of pages. Call it in moments of rest until it returns true: nothing is left. It is
    //! cheap when there is nothing to do. (The index's own "secure-delete" would do it at once, but damages
    //! the index in the SQLite 3.42 that SQLCipher 4.5.5 holds.)
    Result<bool> forgetDeleted(int pages = 64);

private:
    Connection& m_db;
};

} // namespace valise::storage
