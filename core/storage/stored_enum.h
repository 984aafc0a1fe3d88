// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace valise::storage {

//! How an enum is kept in the database: by the number written beside each enumerator. Such a number never
//! gets another meaning; a new enumerator gets the next one. Each of these enums says by a specialization
//! what its last number is (kLast), and as what a number is read that no enumerator has (kUnknown).
template <typename E>
struct StoredEnum;

//! The enumerator with this number, or else the enum's kUnknown.
template <typename E>
constexpr E storedEnum(std::int64_t number) {
    if (number < 0 || number > static_cast<std::int64_t>(StoredEnum<E>::kLast))
        return StoredEnum<E>::kUnknown;
    return static_cast<E>(number);
}

} // namespace valise::storage
