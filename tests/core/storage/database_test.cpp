// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

#include "core/base/log.h"
#include "core/storage/key_file.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;
namespace fs = std::filesystem;

namespace {

// Counts, while it lives, how often the log tells of a profile that was not closed the last time.
class UncleanStops {
public:
    UncleanStops() {
        setLogSink([this](LogLevel, std::string_view, std::string_view text) {
            if (text.starts_with("the profile was not closed"))
                ++m_count;
        });
    }
    ~UncleanStops() { setLogSink({}); }
    int count() const { return m_count; }

private:
    int m_count = 0;
};

} // namespace

TEST_CASE("a profile opens with its passphrase and keeps what was written") {
    Folder folder;
    REQUIRE_FALSE(Database::exists(folder.path));
    REQUIRE(codeOf(Database::open(folder.path, kPassphrase)) == ErrorCode::NotFound);
    {
        auto db = newProfile(folder.path);
        must(db->stores().settings.setText("name", "Tamir"));
        REQUIRE(fs::exists(folder.path / "valise.open"));
    }
    REQUIRE_FALSE(fs::exists(folder.path / "valise.open"));
    REQUIRE(Database::exists(folder.path));
    crypto::SystemRandom random;
    REQUIRE(codeOf(Database::create(folder.path, kPassphrase, random, cheap())) == ErrorCode::AlreadyExists);
    const UncleanStops stops;
    auto db = must(Database::open(folder.path, kPassphrase));
    REQUIRE(must(db->stores().settings.text("name")) == "Tamir");
    REQUIRE(stops.count() == 0);
    must(db->checkIntegrity());
}

TEST_CASE("a wrong passphrase is told apart and changes nothing on disk") {
    Folder folder;
    newProfile(folder.path);
    SECTION("after a clean stop") {}
    SECTION("after an unclean stop with a log waiting") {
        // A killed process leaves the files as they are while the profile is open.
        Folder copy;
        {
            auto db = must(Database::open(folder.path, kPassphrase));
            must(db->stores().settings.setText("k", "v"));
            fs::copy(folder.path, copy.path, fs::copy_options::recursive);
        }
        fs::remove_all(folder.path);
        fs::copy(copy.path, folder.path, fs::copy_options::recursive);
        REQUIRE(fs::exists(folder.path / "valise.db-wal"));
    }
    const auto before = snapshot(folder.path);
    REQUIRE(codeOf(Database::open(folder.path, viewOf("another"))) == ErrorCode::WrongPassphrase);
    REQUIRE(codeOf(Database::open(folder.path, {})) == ErrorCode::WrongPassphrase);
    REQUIRE(snapshot(folder.path) == before);
    must(Database::open(folder.path, kPassphrase));
}

TEST_CASE("what a killed process committed is there, and the stop is noticed") {
    Folder folder, copy;
    {
        auto db = newProfile(folder.path);
        must(db->stores().settings.setText("committed", "yes"));
        auto step = must(Transaction::begin(*db));
        must(db->stores().settings.setText("open", "no"));
        fs::copy(folder.path, copy.path, fs::copy_options::recursive);
    }
    const UncleanStops stops;
    auto db = must(Database::open(copy.path, kPassphrase));
    REQUIRE(stops.count() == 1);
    REQUIRE(must(db->stores().settings.text("committed")) == "yes");
    REQUIRE_FALSE(must(db->stores().settings.text("open")).has_value());
}

TEST_CASE("one process at a time") {
    Folder folder;
    auto db = newProfile(folder.path);
    auto second = Database::open(folder.path, kPassphrase);
    REQUIRE(codeOf(second) == ErrorCode::StorageBusy);
    REQUIRE(second.error().detail.find("process ") != std::string::npos);
    db.reset();
    must(Database::open(folder.path, kPassphrase));
}

TEST_CASE("a transaction happens whole or not at all") {
    Folder folder;
    auto db = newProfile(folder.path);
    Stores& s = db->stores();
    {
        auto step = must(Transaction::begin(*db));
        must(s.settings.setText("a", "1"));
        REQUIRE(codeOf(Transaction::begin(*db)) == ErrorCode::InvalidArgument);
    }
    REQUIRE_FALSE(must(s.settings.text("a")).has_value());
    auto step = must(Transaction::begin(*db));
    must(s.settings.setText("a", "1"));
    must(s.groups.add(group(1)));
    // A failing store function undoes only itself.
    must(s.messages.insert(message(1, 1, "first")));
    REQUIRE(codeOf(s.messages.insert(message(1, 1, "again"))) == ErrorCode::AlreadyExists);
    must(step.commit());
    REQUIRE(codeOf(step.commit()) == ErrorCode::InvalidArgument);
    REQUIRE(must(s.settings.text("a")) == "1");
    REQUIRE(shownIn(s, 1) == 1);
    REQUIRE(unreadIn(s, 1) == 1);
}

TEST_CASE("a reader sees what is committed, never waits and cannot write") {
    Folder folder;
    auto db = newProfile(folder.path);
    auto reader = must(db->openReader());
    {
        auto step = must(Transaction::begin(*db));
        must(db->stores().settings.setText("a", "1"));
        REQUIRE_FALSE(must(reader->stores().settings.text("a")).has_value());
        must(step.commit());
    }
    REQUIRE(must(reader->stores().settings.text("a")) == "1");
    REQUIRE(codeOf(reader->stores().settings.setText("a", "2")) == ErrorCode::StorageReadOnly);
}

TEST_CASE("a damaged database is copied aside and reported") {
    Folder folder;
    {
        auto db = newProfile(folder.path);
        must(db->stores().groups.add(group(1)));
        for (std::uint64_t n = 1; n <= 500; ++n)
            must(db->stores().messages.insert(message(1, n, "text of the agreement " + std::to_string(n))));
    }
    const fs::path file = folder.path / "valise.db";
    const auto size = fs::file_size(file);
    REQUIRE(size > 20u * 4096u);
    SECTION("a page in the middle, found after an unclean stop") {
        // A data page: the index and table of messages lie towards the end.
        overwrite(file, static_cast<std::streamoff>(size / 4096 - 5) * 4096 + 100, std::string(64, 'x'));
        std::ofstream(folder.path / "valise.open") << "open\n";
    }
    SECTION("the first page") {
        overwrite(file, 64, std::string(64, 'x'));
    }
    SECTION("random bytes in its place") {
        crypto::SystemRandom random;
        const Bytes noise = random.bytes(64 * 1024);
        std::ofstream(file, std::ios::binary | std::ios::trunc)
            .write(reinterpret_cast<const char*>(noise.data()), static_cast<std::streamsize>(noise.size()));
    }
    const std::string content = snapshot(folder.path)["valise.db"];
    REQUIRE(codeOf(Database::open(folder.path, kPassphrase)) == ErrorCode::StorageDamaged);
    bool copied = false;
    for (const auto& [name, bytes] : snapshot(folder.path))
        copied = copied || (name.rfind("valise.db.damaged-", 0) == 0 && bytes == content);
    REQUIRE(copied);
    REQUIRE(fs::exists(file));
}

TEST_CASE("an intact database passes the check after an unclean stop") {
    Folder folder;
    newProfile(folder.path);
    std::ofstream(folder.path / "valise.open") << "open\n";
    const UncleanStops stops;
    must(Database::open(folder.path, kPassphrase));
    REQUIRE(stops.count() == 1);
    must(Database::open(folder.path, kPassphrase));
    REQUIRE(stops.count() == 1);
}

TEST_CASE("a later version's profile is left alone") {
    Folder folder;
    must(newProfile(folder.path)->connection().execute("PRAGMA user_version = 999"));
    REQUIRE(codeOf(Database::open(folder.path, kPassphrase)) == ErrorCode::StorageVersion);
}

TEST_CASE("failures of the file system have their own codes") {
    Folder folder;
    crypto::SystemRandom random;
    OpenOptions options = cheap();
    const std::string operation =
        GENERATE(as<std::string>(), "make_folder", "lock", "create_db", "write_kdf", "open_db");
    const ErrorCode code = GENERATE(ErrorCode::StorageReadOnly, ErrorCode::StorageFull);
    options.fault = [&](std::string_view at) { return at == operation ? std::optional(code) : std::nullopt; };
    REQUIRE(codeOf(Database::create(folder.path, kPassphrase, random, options)) == code);
    if (operation != "open_db") {
        REQUIRE_FALSE(Database::exists(folder.path));
        newProfile(folder.path);
    }
    must(Database::open(folder.path, kPassphrase));
    REQUIRE((codeOf(Database::open(folder.path / "valise.db", kPassphrase)) == ErrorCode::NotFound));
}

TEST_CASE("a full disk is reported and nothing is half written") {
    Folder folder;
    auto db = newProfile(folder.path);
    Stores& s = db->stores();
    must(s.groups.add(group(1)));
    auto pages = must(db->connection().integer("PRAGMA page_count"));
    must(db->connection().execute("PRAGMA max_page_count = " + std::to_string(*pages + 10)));
    std::optional<ErrorCode> code;
    {
        auto step = must(Transaction::begin(*db));
        for (std::uint64_t n = 1; n < 1000 && !code; ++n) {
            auto r = s.messages.insert(message(1, n, std::string(500, 'a') + std::to_string(n)));
            if (!r.ok())
                code = r.error().code;
        }
        REQUIRE(code == ErrorCode::StorageFull);
    }
    REQUIRE(shownIn(s, 1) == 0);
    REQUIRE(unreadIn(s, 1) == 0);
    must(db->connection().execute("PRAGMA max_page_count = 1000000"));
    must(s.messages.insert(message(1, 1, "room again")));
}

TEST_CASE("nothing readable reaches the disk") {
    Folder folder;
    const std::string marker = "MARKER-of-the-Nordvale-accord";
    auto db = newProfile(folder.path);
    must(db->stores().groups.add(group(1)));
    must(db->stores().messages.insert(message(1, 1, marker)));
    must(db->stores().settings.setText("k", marker));
    const auto check = [&] {
        const auto files = snapshot(folder.path);
        REQUIRE(files.count("valise.db") == 1);
        for (const auto& [name, content] : files) {
            INFO(name);
            REQUIRE(content.find(marker) == std::string::npos);
            REQUIRE(content.find("Nordvale") == std::string::npos);
            REQUIRE(content.find("SQLite format") == std::string::npos);
        }
    };
    REQUIRE(fs::file_size(folder.path / "valise.db-wal") > 0);
    check();
    must(db->connection().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    check();
    db.reset();
    check();
}

TEST_CASE("the passphrase can be changed") {
    Folder folder;
    crypto::SystemRandom random;
    auto db = newProfile(folder.path);
    must(db->stores().settings.setText("a", "1"));
    REQUIRE(codeOf(db->changePassphrase(viewOf("no"), viewOf("new"), random, cheap())) ==
            ErrorCode::WrongPassphrase);
    OpenOptions options = cheap();
    std::string old = "the seal of Kasara", current = "new";
    SECTION("to the end") {}
    SECTION("with a failure before the encryption") {
        options.fault = [](std::string_view at) {
            return at == "rekey" ? std::optional(ErrorCode::StorageFull) : std::nullopt;
        };
        std::swap(old, current);
    }
    SECTION("with a stop before the new key file is in place") {
        options.fault = [](std::string_view at) {
            return at == "rename_kdf" ? std::optional(ErrorCode::Internal) : std::nullopt;
        };
    }
    const bool done = db->changePassphrase(kPassphrase, viewOf("new"), random, options).ok();
    REQUIRE(done == !options.fault);
    if (done)
        REQUIRE(must(db->stores().settings.text("a")) == "1");
    db.reset();
    REQUIRE(codeOf(Database::open(folder.path, viewOf(old))) == ErrorCode::WrongPassphrase);
    db = must(Database::open(folder.path, viewOf(current)));
    REQUIRE(must(db->stores().settings.text("a")) == "1");
    REQUIRE_FALSE(fs::exists(folder.path / "valise.kdf.next"));
    db.reset();
    must(Database::open(folder.path, viewOf(current)));
}

TEST_CASE("the key file is strict") {
    crypto::SystemRandom random;
    const NewKey key = must(makeKey(kPassphrase, cheap().cost, random));
    const std::string text = encodeKeyFile(key.file);
    const KeyFile back = must(decodeKeyFile(text));
    REQUIRE(encodeKeyFile(back) == text);
    REQUIRE(sameBytes(must(unlockKey(back, kPassphrase)).view(), key.key.view()));
    for (std::size_t cut = 0; cut < text.size(); ++cut)
        REQUIRE_FALSE(decodeKeyFile(text.substr(0, cut)).ok());
    REQUIRE_FALSE(decodeKeyFile(text + "x").ok());
    std::string later = text;
    later.replace(later.find(" 1\n"), 2, " 2");
    REQUIRE(codeOf(decodeKeyFile(later)) == ErrorCode::Unsupported);
    std::string costly = text;
    costly.replace(costly.find("8192"), 4, "99999999999999");
    REQUIRE(codeOf(decodeKeyFile(costly)) == ErrorCode::InvalidEncoding);

    Folder folder;
    newProfile(folder.path);
    std::ofstream(folder.path / "valise.kdf", std::ios::trunc) << "noise";
    REQUIRE(codeOf(Database::open(folder.path, kPassphrase)) == ErrorCode::StorageDamaged);
}
