// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/mls/vectors/vector_check.h"
#include "tests/support/catch.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

using namespace valise;
using namespace valise::test;

TEST_CASE("the published vectors of every kind hold for suites 0x0001 and 0x0003", "[mls]") {
    const char* root = std::getenv("VALISE_VECTORS");
    const std::filesystem::path folder = std::filesystem::path(root ? root : "") / "mls";
    if (!root || !std::filesystem::is_directory(folder)) {
        std::cout << "skipped: published vectors not present: mls\n";
        return;
    }
    std::map<std::string, std::size_t> checkedOfKind;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".json")
            continue;
        for (const vectors::Count& c : must(vectors::checkFile(file.path().string()))) {
            INFO(file.path().filename().string() << ", suite " << c.suite);
            for (const std::string& failure : c.failures)
                FAIL_CHECK(failure);
            // Only suites that this build lacks may be skipped.
            CHECK((c.skipped == 0 || (c.suite != 1 && c.suite != 3)));
            checkedOfKind[c.kind] += c.checked;
        }
    }
    for (const vectors::Kind& kind : vectors::kinds()) {
        INFO(kind.name);
        CHECK(checkedOfKind[std::string(kind.name)] > 0);
    }
}

TEST_CASE("a vector that does not hold is found, and an unknown file is named", "[mls]") {
    const auto folder =
        std::filesystem::temp_directory_path() / ("valise-vectors-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder);
    const auto check = [&](const std::string& text) {
        const auto path = folder / "vectors.json";
        std::ofstream(path) << text;
        return vectors::checkFile(path.string());
    };
    const auto good = must(check(R"([{"vlbytes_header":"4040","length":64}])"));
    REQUIRE(good.size() == 1);
    CHECK(good[0].kind == "deserialization");
    CHECK(good[0].checked == 1);
    const auto wrong =
        must(check(R"([{"vlbytes_header":"4040","length":65},{"length":1,"vlbytes_header":"01"}])"));
    CHECK(wrong[0].failed == 1);
    CHECK(wrong[0].checked == 1);
    CHECK(must(check(R"([{"something":"else"}])"))[0].failed == 1);
    CHECK(must(check(R"([{"psks":[],"psk_secret":7,"cipher_suite":1}])"))[0].failed == 1);
    CHECK(must(check(R"([{"psks":[],"psk_secret":"00","cipher_suite":9}])"))[0].skipped == 1);
    CHECK_FALSE(check("{}").ok());
    CHECK_FALSE(check("[").ok());
    CHECK_FALSE(vectors::checkFile((folder / "absent").string()).ok());
    std::filesystem::remove_all(folder);
}
