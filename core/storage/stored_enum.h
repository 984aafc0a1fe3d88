// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace valise::storage {

//! The form of an enum in the database is the number written beside each enumerator. A number never gets
//! another meaning; a new enumerator gets the next number. Each such enum has a specialization that names its
//! last enumerator (kLast), and the enumerator as which an unknown number is read (kUnknown).
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
