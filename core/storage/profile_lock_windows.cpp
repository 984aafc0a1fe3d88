// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/profile_lock.h"

#include <string>

#include <windows.h>

namespace valise::storage {
namespace {

// On Windows others cannot read a locked octet, so the lock lies far behind the process number.
constexpr DWORD kLockOffset = 0x40000000;

} // namespace

Result<std::unique_ptr<ProfileLock>> ProfileLock::acquire(const std::filesystem::path& file) {
    const HANDLE handle =
        CreateFileW(file.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                    OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        const DWORD code = GetLastError();
        const std::string detail = "the lock file cannot be opened (" + std::to_string(code) + ")";
        if (code == ERROR_ACCESS_DENIED || code == ERROR_WRITE_PROTECT)
            return {ErrorCode::StorageReadOnly, detail};
        if (code == ERROR_DISK_FULL)
            return {ErrorCode::StorageFull, detail};
        return {ErrorCode::StorageFailed, detail};
    }
    OVERLAPPED where{};
    where.Offset = kLockOffset;
    if (LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &where))
        return std::unique_ptr<ProfileLock>(new ProfileLock(reinterpret_cast<std::intptr_t>(handle)));
    const DWORD code = GetLastError();
    char text[24];
    DWORD n = 0;
    std::string holder;
    if (ReadFile(handle, text, sizeof text, &n, nullptr)) {
        for (DWORD i = 0; i < n && text[i] >= '0' && text[i] <= '9'; ++i)
            holder.push_back(text[i]);
    }
    CloseHandle(handle);
    if (code == ERROR_LOCK_VIOLATION || code == ERROR_IO_PENDING)
        return {ErrorCode::StorageBusy, holder.empty() ? "another process has the profile open"
                                                       : "process " + holder + " has the profile open"};
    return {ErrorCode::StorageFailed, "the lock cannot be taken (" + std::to_string(code) + ")"};
}

ProfileLock::~ProfileLock() {
    CloseHandle(reinterpret_cast<HANDLE>(m_handle));
}

void ProfileLock::sign() {
    const HANDLE handle = reinterpret_cast<HANDLE>(m_handle);
    const std::string text = std::to_string(GetCurrentProcessId()) + "\n";
    DWORD written = 0;
    if (SetFilePointer(handle, 0, nullptr, FILE_BEGIN) != INVALID_SET_FILE_POINTER && SetEndOfFile(handle))
        (void)WriteFile(handle, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
}

} // namespace valise::storage
