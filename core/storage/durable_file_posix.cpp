// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/durable_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace valise::storage {
namespace {

Error failed(std::string_view what, int code) {
    const std::string detail = std::string(what) + " failed (" + std::to_string(code) + ")";
    if (code == ENOSPC || code == EDQUOT)
        return {ErrorCode::StorageFull, detail};
    if (code == EACCES || code == EROFS || code == EPERM)
        return {ErrorCode::StorageReadOnly, detail};
    if (code == ENOENT)
        return {ErrorCode::NotFound, detail};
    return {ErrorCode::StorageFailed, detail};
}

class File {
public:
    explicit File(int fd)
        : m_fd(fd) {}
    ~File() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int fd() const { return m_fd; }

private:
    int m_fd;
};

int flush(int fd) {
#ifdef __APPLE__
    // On Apple systems fsync() stops at the drive's cache.
    if (::fcntl(fd, F_FULLFSYNC) == 0)
        return 0;
#endif
    return ::fsync(fd);
}

Result<void> flushFolderOf(const std::filesystem::path& file) {
    const std::filesystem::path folder =
        file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    File handle(::open(folder.c_str(), O_RDONLY | O_CLOEXEC));
    if (handle.fd() < 0)
        return failed("opening the folder", errno);
    // Some network file systems cannot flush a folder; the file itself is flushed already.
    if (flush(handle.fd()) != 0 && errno != EINVAL && errno != ENOTSUP)
        return failed("flushing the folder", errno);
    return {};
}

} // namespace

Result<void> makePrivateFolder(const std::filesystem::path& folder) {
    std::error_code code;
    if (std::filesystem::is_directory(folder, code))
        return {};
    if (folder.has_parent_path()) {
        std::filesystem::create_directories(folder.parent_path(), code);
        if (code)
            return failed("making the parent folder", code.value());
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return failed("making the folder", errno);
    return {};
}

Result<void> writeDurably(const std::filesystem::path& file, ByteView content) {
    std::filesystem::path temporary = file;
    temporary += ".tmp";
    {
        File handle(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (handle.fd() < 0)
            return failed("making a file", errno);
        std::size_t done = 0;
        while (done < content.size()) {
            const ssize_t n = ::write(handle.fd(), content.data() + done, content.size() - done);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0) {
                const int code = errno;
                ::unlink(temporary.c_str());
                return failed("writing a file", code);
            }
            done += static_cast<std::size_t>(n);
        }
        if (flush(handle.fd()) != 0) {
            const int code = errno;
            ::unlink(temporary.c_str());
            return failed("flushing a file", code);
        }
    }
    return renameDurably(temporary, file);
}

Result<void> renameDurably(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0)
        return failed("renaming a file", errno);
    return flushFolderOf(to);
}

Result<void> removeDurably(const std::filesystem::path& file) {
    if (::unlink(file.c_str()) != 0) {
        if (errno == ENOENT)
            return {};
        return failed("removing a file", errno);
    }
    return flushFolderOf(file);
}

Result<Bytes> readSmallFile(const std::filesystem::path& file, std::size_t max) {
    File handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (handle.fd() < 0)
        return failed("opening a file", errno);
    Bytes out(max + 1);
    std::size_t size = 0;
    while (size < out.size()) {
        const ssize_t n = ::read(handle.fd(), out.data() + size, out.size() - size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed("reading a file", errno);
        if (n == 0)
            break;
        size += static_cast<std::size_t>(n);
    }
    if (size > max)
        return {ErrorCode::LimitExceeded, "a file is larger than it may be"};
    out.resize(size);
    return out;
}

} // namespace valise::storage
