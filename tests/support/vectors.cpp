// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/vectors.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace valise::test {

VectorFile::VectorFile(const std::string& path) {
    auto loaded = simdjson::padded_string::load(path);
    if (loaded.error())
        abortInvariant("a vector file cannot be read");
    m_text = std::move(loaded).value();
    auto parsed = m_parser.parse(m_text);
    if (parsed.error())
        abortInvariant("a vector file is not JSON");
    m_root = parsed.value();
}

std::unique_ptr<VectorFile> openVectors(const std::string& relative) {
    const char* root = std::getenv("VALISE_VECTORS");
    if (root) {
        const std::string path = std::string(root) + "/" + relative;
        if (std::filesystem::exists(path))
            return std::make_unique<VectorFile>(path);
    }
    std::cout << "skipped: published vectors not present: " << relative << "\n";
    return nullptr;
}

Bytes hexMember(simdjson::dom::element object, std::string_view key) {
    auto bytes = fromHex(textMember(object, key));
    if (!bytes)
        abortInvariant("a vector member is not hexadecimal");
    return *bytes;
}

std::uint64_t intMember(simdjson::dom::element object, std::string_view key) {
    std::uint64_t v = 0;
    if (object[key].get(v))
        abortInvariant("a vector member is not an integer");
    return v;
}

std::string textMember(simdjson::dom::element object, std::string_view key) {
    std::string_view v;
    if (object[key].get(v))
        abortInvariant("a vector member is not text");
    return std::string(v);
}

} // namespace valise::test
