// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/counter_store.h"

namespace valise::storage {
namespace {

constexpr const char* kColumns =
    "SELECT scope, category, reason, count, first_ms, last_ms, last_detail FROM counters ";
constexpr std::size_t kDetailMax = 256;

Counter read(const Statement& row) {
    return {row.text(0),    row.text(1),    row.text(2), row.integer(3),
            row.integer(4), row.integer(5), row.text(6)};
}

// At most kDetailMax octets, not ending within a character.
std::string_view cut(std::string_view text) {
    if (text.size() <= kDetailMax)
        return text;
    std::size_t end = kDetailMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return text.substr(0, end);
}

} // namespace

Result<void> CounterStore::add(std::string_view scope, std::string_view category, std::string_view reason,
                               std::int64_t nowMs, std::string_view detail, std::int64_t by) {
    VALISE_CHECK(
        m_db.run("INSERT INTO counters(scope, category, reason, count, first_ms, last_ms, last_detail)"
                 " VALUES(?1, ?2, ?3, ?4, ?5, ?5, ?6) ON CONFLICT(scope, category, reason) DO UPDATE SET"
                 " count = count + excluded.count, last_ms = excluded.last_ms,"
                 " last_detail = excluded.last_detail",
                 scope, category, reason, by, nowMs, cut(detail)));
    return {};
}

Result<std::vector<Counter>> CounterStore::list() {
    std::vector<Counter> out;
    VALISE_CHECK(m_db.query(std::string(kColumns) + "ORDER BY last_ms DESC, scope, category, reason",
                            [&](const Statement& row) { out.push_back(read(row)); }));
    return out;
}

} // namespace valise::storage
