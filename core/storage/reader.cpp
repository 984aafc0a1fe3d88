// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/reader.h"

namespace valise::storage {

Reader::Reader(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
    , m_stores(std::make_unique<Stores>(*m_connection)) {}

Reader::~Reader() = default;

} // namespace valise::storage
