// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! Own words that are not sealed yet: the group is being joined or changed, or was not reached.
struct HeldMessage {
    std::int64_t id = 0;
    Bytes groupId;
    std::uint32_t kind = 9;
    std::string content;
    std::string tagsJson;
    std::int64_t createdMs = 0;
    std::int64_t order = 0;        //!< set by add()
    std::optional<Id32> messageId; //!< timeline row that stands for it, if there is one
};

class HeldStore {
public:
    explicit HeldStore(Connection& connection)
        : m_db(connection) {}
    //! Returns the id. The message comes after all others of its group.
    Result<std::int64_t> add(const HeldMessage& message);
    Result<std::optional<HeldMessage>> get(std::int64_t id);
    //! In order, of one group or of all.
    Result<std::vector<HeldMessage>> list(const std::optional<Bytes>& groupId = {});
    //! The groups that have any.
    Result<std::vector<Bytes>> groups();
    //! NotFound if it has left already.
    Result<void> edit(std::int64_t id, std::string_view content, std::string_view tagsJson);
    Result<void> remove(std::int64_t id);
    Result<std::int64_t> count(const std::optional<Bytes>& groupId = {});

private:
    Connection& m_db;
};

} // namespace valise::storage
