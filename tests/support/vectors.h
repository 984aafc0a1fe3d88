// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>

namespace valise::test {

//! A JSON file of the published vectors, kept with its parser.
class VectorFile {
public:
    explicit VectorFile(const std::string& path);
    simdjson::dom::element root() const { return m_root; }

private:
    simdjson::padded_string m_text;
    simdjson::dom::parser m_parser;
    simdjson::dom::element m_root;
};

//! Opens `relative` below the vectors folder, or prints "skipped: ..." and returns nothing where the folder
//! is absent.
std::unique_ptr<VectorFile> openVectors(const std::string& relative);

//! The octets of a hexadecimal member; aborts the test program on malformed vectors.
Bytes hexMember(simdjson::dom::element object, std::string_view key);
std::uint64_t intMember(simdjson::dom::element object, std::string_view key);
std::string textMember(simdjson::dom::element object, std::string_view key);

} // namespace valise::test
