// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <filesystem>

namespace valise::storage {

//! Makes the folder and its parents, readable by the user only. Errors: StorageReadOnly, StorageFull,
//! StorageFailed.
Result<void> makePrivateFolder(const std::filesystem::path& folder);
//! Replaces a small file as a whole: a temporary file beside it, flushed, renamed, the folder flushed. The
//! file is readable by the user only. Errors: StorageReadOnly, StorageFull, StorageFailed.
Result<void> writeDurably(const std::filesystem::path& file, ByteView content);
//! Renames a file within its folder, replaces the target if there is one, and flushes the folder.
Result<void> renameDurably(const std::filesystem::path& from, const std::filesystem::path& to);
//! Removes a file, if it is there, and flushes the folder.
Result<void> removeDurably(const std::filesystem::path& file);
//! A small file's content. Errors: NotFound; LimitExceeded above `max`; StorageFailed.
Result<Bytes> readSmallFile(const std::filesystem::path& file, std::size_t max);

} // namespace valise::storage
