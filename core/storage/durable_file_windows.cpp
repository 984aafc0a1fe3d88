// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/durable_file.h"

#include <windows.h>

namespace valise::storage {
namespace {

Error failed(std::string_view what, DWORD code) {
    const std::string detail = std::string(what) + " failed (" + std::to_string(code) + ")";
    if (code == ERROR_DISK_FULL || code == ERROR_HANDLE_DISK_FULL)
        return {ErrorCode::StorageFull, detail};
    if (code == ERROR_ACCESS_DENIED || code == ERROR_WRITE_PROTECT)
        return {ErrorCode::StorageReadOnly, detail};
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND)
        return {ErrorCode::NotFound, detail};
    return {ErrorCode::StorageFailed, detail};
}

class File {
public:
    explicit File(HANDLE handle)
        : m_handle(handle) {}
    ~File() {
        if (m_handle != INVALID_HANDLE_VALUE)
            CloseHandle(m_handle);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    bool open() const { return m_handle != INVALID_HANDLE_VALUE; }
    HANDLE handle() const { return m_handle; }

private:
    HANDLE m_handle;
};

} // namespace

Result<void> makePrivateFolder(const std::filesystem::path& folder) {
    // A folder below the user's own profile inherits an access list that names only the user and the system.
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code)
        return failed("making the folder", static_cast<DWORD>(code.value()));
    return {};
}

Result<void> writeDurably(const std::filesystem::path& file, ByteView content) {
    std::filesystem::path temporary = file;
    temporary += L".tmp";
    {
        File handle(CreateFileW(temporary.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
                                FILE_ATTRIBUTE_NORMAL, nullptr));
        if (!handle.open())
            return failed("making a file", GetLastError());
        DWORD written = 0;
        if (!WriteFile(handle.handle(), content.data(), static_cast<DWORD>(content.size()), &written,
                       nullptr) ||
            written != content.size() || !FlushFileBuffers(handle.handle()))
            return failed("writing a file", GetLastError());
    }
    return renameDurably(temporary, file);
}

Result<void> renameDurably(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (!MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return failed("renaming a file", GetLastError());
    return {};
}

Result<void> removeDurably(const std::filesystem::path& file) {
    if (!DeleteFileW(file.c_str()) && GetLastError() != ERROR_FILE_NOT_FOUND)
        return failed("removing a file", GetLastError());
    return {};
}

Result<Bytes> readSmallFile(const std::filesystem::path& file, std::size_t max) {
    File handle(CreateFileW(file.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                            OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!handle.open())
        return failed("opening a file", GetLastError());
    Bytes out(max + 1);
    std::size_t size = 0;
    while (size < out.size()) {
        DWORD n = 0;
        if (!ReadFile(handle.handle(), out.data() + size, static_cast<DWORD>(out.size() - size), &n, nullptr))
            return failed("reading a file", GetLastError());
        if (n == 0)
            break;
        size += n;
    }
    if (size > max)
        return {ErrorCode::LimitExceeded, "a file is larger than it may be"};
    out.resize(size);
    return out;
}

} // namespace valise::storage
