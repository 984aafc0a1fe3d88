// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/database.h"
#include "tests/support/catch.h"

#include <fstream>
#include <map>

namespace valise::storage::test {

//! A folder of its own, removed at the end.
class Folder {
public:
    Folder() {
        crypto::SystemRandom random;
        path = std::filesystem::temp_directory_path() /
               ("valise-storage-" + std::to_string(random.uniform(0x7fffffff)));
        std::filesystem::create_directories(path);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

inline OpenOptions cheap() {
    OpenOptions options;
    options.cost = {1, 8u << 10};
    return options;
}

inline const ByteView kPassphrase = viewOf("the seal of Kasara");

inline std::unique_ptr<Database> newProfile(const std::filesystem::path& folder) {
    crypto::SystemRandom random;
    return must(Database::create(folder, kPassphrase, random, cheap()));
}

//! A new profile with the groups 1 to `groups`, removed at the end.
class Profile {
public:
    explicit Profile(std::uint8_t groups = 0);
    Connection& connection() { return db->connection(); }

    Folder folder;
    std::unique_ptr<Database> db = newProfile(folder.path);
    Stores& stores = db->stores();
};

inline Id32 id(std::uint64_t n) {
    Id32 out{};
    for (int i = 0; i < 8; ++i)
        out[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(n >> (56 - 8 * i));
    return out;
}

inline Bytes groupId(std::uint8_t n) {
    return Bytes(16, n);
}

inline GroupRow group(std::uint8_t n) {
    GroupRow g;
    g.groupId = groupId(n);
    g.nostrGroupId = id(1000u + n);
    g.name = "Delegation of Nordvale " + std::to_string(n);
    g.createdMs = 1000;
    return g;
}

inline Profile::Profile(std::uint8_t groups) {
    for (std::uint8_t n = 1; n <= groups; ++n)
        must(stores.groups.add(group(n)));
}

inline MessageRow message(std::uint8_t g, std::uint64_t n, std::string content) {
    MessageRow m;
    m.groupId = groupId(g);
    m.eventId = id(n);
    m.sender = id(7);
    m.content = std::move(content);
    m.tagsJson = "[]";
    m.createdAt = static_cast<std::int64_t>(1'700'000'000 + n);
    m.receivedMs = m.createdAt * 1000 + 500;
    m.epoch = 1;
    return m;
}

//! How many messages a group's timeline shows, and how many of them are unread.
inline std::size_t shownIn(Stores& stores, std::uint8_t g) {
    return must(stores.messages.after(groupId(g), {}, 1'000'000)).size();
}
inline std::int64_t unreadIn(Stores& stores, std::uint8_t g) {
    return must(stores.groups.get(groupId(g)))->unread;
}

//! Every file of a folder with its content.
inline std::map<std::string, std::string> snapshot(const std::filesystem::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        out[entry.path().filename().string()] =
            std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return out;
}

inline void overwrite(const std::filesystem::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(at);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    REQUIRE(out.good());
}

template <typename T>
ErrorCode codeOf(const Result<T>& result) {
    REQUIRE_FALSE(result.ok());
    return result.error().code;
}

} // namespace valise::storage::test
