// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/search_store.h"

#include "core/storage/message_rows.h"
#include "core/storage/savepoint.h"
#include "core/storage/text_fold.h"

#include <sqlite3.h>

#include <algorithm>

namespace valise::storage {
namespace {

constexpr std::size_t kTermsMax = 16;
constexpr std::size_t kQueryMax = 512;
constexpr std::size_t kSnippetBefore = 40; // characters
constexpr std::size_t kSnippetAfter = 100;

using Folded = std::vector<FoldedChar>;

std::size_t offsetAt(const Folded& text, std::size_t at, std::size_t size) {
    return at < text.size() ? text[at].offset : size;
}

struct CharRange {
    std::size_t begin;
    std::size_t end;
};

std::vector<CharRange> findFolded(const Folded& text, const std::vector<Folded>& terms) {
    std::vector<CharRange> out;
    const auto same = [](const FoldedChar& a, const FoldedChar& b) { return a.folded == b.folded; };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t longest = 0;
        for (const Folded& term : terms) {
            if (term.size() > longest && term.size() <= text.size() - at &&
                std::equal(term.begin(), term.end(), text.begin() + static_cast<std::ptrdiff_t>(at), same))
                longest = term.size();
        }
        if (longest > 0)
            out.push_back({at, at + longest});
        at += std::max<std::size_t>(longest, 1);
    }
    return out;
}

bool containsFolded(const Folded& text, const Folded& term) {
    return std::search(text.begin(), text.end(), term.begin(), term.end(),
                       [](const FoldedChar& a, const FoldedChar& b) { return a.folded == b.folded; }) !=
           text.end();
}

SearchHit makeHit(MessageRow message, const Folded& text, const std::vector<Folded>& terms) {
    SearchHit hit;
    const std::vector<CharRange> found = findFolded(text, terms);
    const std::size_t first = found.empty() ? 0 : found.front().begin;
    const std::size_t begin = first > kSnippetBefore ? first - kSnippetBefore : 0;
    const std::size_t end = std::min(text.size(), first + kSnippetAfter);
    const std::size_t size = message.content.size();
    const std::size_t from = offsetAt(text, begin, size);
    hit.snippet = message.content.substr(from, offsetAt(text, end, size) - from);
    hit.cutBefore = begin > 0;
    hit.cutAfter = end < text.size();
    for (const CharRange& range : found) {
        if (range.begin >= end)
            break;
        const std::size_t a = offsetAt(text, range.begin, size);
        const std::size_t b = offsetAt(text, std::min(range.end, end), size);
        hit.matches.push_back({a - from, b - a});
    }
    hit.message = std::move(message);
    return hit;
}

// An FTS5 string contains no operators. Only its quotes are doubled.
std::string quoted(const std::string& term) {
    std::string out = "\"";
    for (char c : term) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + "\"";
}

// The words and phrases a query consists of, at most kTermsMax, without their quotes.
std::vector<std::string> queryTerms(std::string_view query) {
    std::vector<std::string> out;
    std::string term;
    bool inQuotes = false;
    const auto finish = [&] {
        const std::size_t begin = term.find_first_not_of(" \t\r\n");
        if (begin != std::string::npos && out.size() < kTermsMax)
            out.push_back(term.substr(begin, term.find_last_not_of(" \t\r\n") - begin + 1));
        term.clear();
    };
    for (char c : query.substr(0, kQueryMax)) {
        // A NUL would end the text of an FTS5 query early.
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
        if (c == '"') {
            finish();
            inQuotes = !inQuotes;
        } else if (blank && !inQuotes) {
            finish();
        } else {
            term += c == '\0' ? ' ' : c;
        }
    }
    finish();
    return out;
}

} // namespace

Result<std::vector<SearchHit>> SearchStore::find(std::string_view query, const SearchFilter& filter,
                                                 std::size_t limit, std::optional<std::int64_t> beforeRow) {
    std::vector<SearchHit> hits;
    const std::vector<std::string> terms = queryTerms(query);
    if (terms.empty() || limit == 0)
        return hits;
    std::vector<Folded> folded;
    std::vector<Folded> unindexed;
    std::string match;
    for (const std::string& term : terms) {
        folded.push_back(foldText(term));
        if (folded.back().size() < 3)
            unindexed.push_back(folded.back());
        else
            match += (match.empty() ? "" : " AND ") + quoted(term);
    }
    std::optional<std::int64_t> group;
    if (filter.groupId) {
        VALISE_TRY(group, m_db.integer("SELECT id FROM groups WHERE group_id = ?1", *filter.groupId));
        if (!group)
            return {ErrorCode::NotFound, "no such group"};
    }

    // Hits are in the order of arrival, by row, which the index follows without sorting.
    std::string rest = " AND m.shown = 1 AND m.deleted = 0 AND (?2 IS NULL OR m.group_row = ?2)";
    if (filter.sender)
        rest += " AND m.sender = ?4";
    if (filter.from)
        rest += " AND m.position >= ?5";
    if (filter.before)
        rest += " AND m.position < ?6";
    if (filter.withLinks)
        rest += " AND m.body LIKE '%://%'";
    const std::string sql =
        match.empty()
            ? std::string("SELECT " VALISE_MESSAGE_COLUMNS
                          " FROM messages m JOIN groups g ON g.id = m.group_row"
                          " WHERE m.id < ?1") +
                  rest + " ORDER BY m.id DESC"
            : std::string("SELECT " VALISE_MESSAGE_COLUMNS " FROM message_search s CROSS JOIN messages m ON"
                          " m.id = s.rowid CROSS JOIN groups g ON g.id = m.group_row WHERE s.rowid < ?1") +
                  rest + " AND message_search MATCH ?3 ORDER BY s.rowid DESC";
    VALISE_TRY(Statement statement, m_db.prepare(sql));
    statement.bind(1, beforeRow.value_or(INT64_MAX));
    statement.bind(2, group);
    if (!match.empty())
        statement.bind(3, match);
    if (filter.sender)
        statement.bind(4, *filter.sender);
    if (filter.from)
        statement.bind(5, positionOf(*filter.from, 0));
    if (filter.before)
        statement.bind(6, positionOf(*filter.before, 0));
    while (hits.size() < limit) {
        VALISE_TRY(bool more, statement.step());
        if (!more)
            break;
        const std::string body = statement.text(5);
        const Folded text = foldText(body);
        if (std::all_of(unindexed.begin(), unindexed.end(),
                        [&](const Folded& term) { return containsFolded(text, term); }))
            hits.push_back(makeHit(readMessage(statement), text, folded));
    }
    return hits;
}

Result<bool> SearchStore::forgetDeleted(int pages) {
    VALISE_TRY(auto stage, m_db.integer("SELECT value FROM settings WHERE key = 'search.forget'"));
    if (!stage)
        return true;
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    // A negative number marks every segment for merging. Positive numbers then go on with that.
    const int amount = *stage == 1 ? -pages : pages;
    const int before = sqlite3_total_changes(m_db.handle());
    VALISE_CHECK(m_db.run("INSERT INTO message_search(message_search, rank) VALUES('merge', ?1)", amount));
    // FTS5 changes fewer than two rows when it had nothing to merge.
    const bool idle = sqlite3_total_changes(m_db.handle()) - before < 2;
    bool done = false;
    if (*stage == 1) {
        VALISE_CHECK(m_db.run("UPDATE settings SET value = 2 WHERE key = 'search.forget'"));
    } else if (idle && *stage == 3) {
        VALISE_CHECK(m_db.run("UPDATE settings SET value = 1 WHERE key = 'search.forget'"));
    } else if (idle) {
        VALISE_CHECK(m_db.run("DELETE FROM settings WHERE key = 'search.forget'"));
        done = true;
    }
    VALISE_CHECK(step.release());
    return done;
}

} // namespace valise::storage
