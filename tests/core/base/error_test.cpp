// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/error.h"
#include "tests/support/catch.h"

#include <array>
#include <set>
#include <utility>

using namespace valise;

namespace {

constexpr std::size_t kMostCodes = 200;

// The compiler prints a number of the enum by the enumerator's name, or as a cast where it has none.
template <ErrorCode code>
constexpr std::string_view printed() {
#ifdef _MSC_VER
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}

// The enumerator's own name, or nothing.
std::string_view enumerator(std::string_view printed) {
    constexpr std::string_view kScope = "ErrorCode::";
    const std::size_t at = printed.rfind(kScope);
    if (at == std::string_view::npos)
        return {};
    printed.remove_prefix(at + kScope.size());
    return printed.substr(0, printed.find_first_of(";]>"));
}

template <std::size_t... n>
constexpr std::array<std::string_view, sizeof...(n)> allPrinted(std::index_sequence<n...>) {
    return {printed<static_cast<ErrorCode>(n)>()...};
}

std::string snakeCase(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && !out.empty())
            out += '_';
        out += capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

} // namespace

TEST_CASE("every error code has one name of its own, and the name leads back to it") {
    const auto all = allPrinted(std::make_index_sequence<kMostCodes>());
    std::set<std::string_view> names;
    std::size_t codes = 0;
    for (std::size_t n = 0; n < all.size(); ++n) {
        const auto code = static_cast<ErrorCode>(n);
        const std::string_view own = enumerator(all[n]);
        INFO(n << " " << own);
        if (own.empty()) {
            CHECK(errorName(code) == "unknown");
            continue;
        }
        ++codes;
        CHECK(errorName(code) == snakeCase(own));
        CHECK(names.insert(errorName(code)).second);
        CHECK(errorNamed(errorName(code)) == code);
    }
    CHECK(codes == 53);
    CHECK(names.size() == codes);
}

TEST_CASE("a text that names no error is none") {
    for (const char* none : {"", "unknown", "Offline", "offline ", "off"})
        CHECK_FALSE(errorNamed(none).has_value());
}
