// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace valise::storage {

//! Holds a profile for one process. The operating system releases it when the process ends, however it ends.
class ProfileLock {
public:
    //! Error: StorageBusy if another holds it, with the process number in the detail where it is known;
    //! StorageReadOnly; StorageFailed.
    static Result<std::unique_ptr<ProfileLock>> acquire(const std::filesystem::path& file);
    ~ProfileLock();
    ProfileLock(const ProfileLock&) = delete;
    ProfileLock& operator=(const ProfileLock&) = delete;
    //! Writes this process's number into the file, for the message of the next one.
    void sign();

private:
    explicit ProfileLock(std::intptr_t handle)
        : m_handle(handle) {}
    std::intptr_t m_handle;
};

} // namespace valise::storage
