// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/profile_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>

namespace valise::storage {

Result<std::unique_ptr<ProfileLock>> ProfileLock::acquire(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        const int code = errno;
        const std::string detail = "the lock file cannot be opened (" + std::to_string(code) + ")";
        if (code == EACCES || code == EROFS || code == EPERM)
            return {ErrorCode::StorageReadOnly, detail};
        if (code == ENOSPC || code == EDQUOT)
            return {ErrorCode::StorageFull, detail};
        return {ErrorCode::StorageFailed, detail};
    }
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
        return std::unique_ptr<ProfileLock>(new ProfileLock(fd));
    const int code = errno;
    std::string holder;
    char text[24];
    const ssize_t n = ::pread(fd, text, sizeof text, 0);
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; ++i)
        holder.push_back(text[i]);
    ::close(fd);
    if (code == EWOULDBLOCK)
        return {ErrorCode::StorageBusy, holder.empty() ? "another process has the profile open"
                                                       : "process " + holder + " has the profile open"};
    return {ErrorCode::StorageFailed, "the lock cannot be taken (" + std::to_string(code) + ")"};
}

ProfileLock::~ProfileLock() {
    ::close(static_cast<int>(m_handle));
}

void ProfileLock::sign() {
    const int fd = static_cast<int>(m_handle);
    const std::string text = std::to_string(::getpid()) + "\n";
    if (::ftruncate(fd, 0) == 0)
        (void)!::pwrite(fd, text.data(), text.size(), 0);
}

} // namespace valise::storage
