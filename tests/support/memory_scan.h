// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <string>
#include <vector>

namespace valise::test {

//! Looks for secrets in all memory that this process can write: heap, freed heap, stack, globals. The secrets
//! are kept disguised here, so that the search does not find itself.
class MemoryScan {
public:
    //! False where the process's memory cannot be searched: not Linux, or a sanitizer keeps freed memory on
    //! purpose.
    static bool isPossible();

    //! Remembers a secret of at least 12 octets under a name.
    void watch(std::string name, ByteView secret);
    //! The names of those that stand somewhere in memory now, in the order of watch().
    std::vector<std::string> found() const;

private:
    struct Needle {
        std::string name;
        std::uint64_t start = 0; //!< the first eight octets, disguised
        Bytes disguised;
    };
    std::vector<Needle> m_needles;
};

} // namespace valise::test
