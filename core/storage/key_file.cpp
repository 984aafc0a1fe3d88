// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/key_file.h"

#include "core/base/encoding.h"
#include "core/crypto/hash.h"

#include <charconv>

namespace valise::storage {
namespace {

constexpr std::size_t kKeySize = 32;

ByteArray<16> checkOf(const crypto::Secret& key) {
    const crypto::KeyBytes mac = crypto::hmacSha256(key.view(), {viewOf("valise database key check")});
    ByteArray<16> out{};
    std::copy_n(mac.data(), out.size(), out.begin());
    return out;
}

Result<std::string_view> field(std::string_view& text, std::string_view name) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return {ErrorCode::InvalidEncoding, "a line of the key file is missing"};
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.size() <= name.size() + 1 || line.substr(0, name.size()) != name || line[name.size()] != ' ')
        return {ErrorCode::InvalidEncoding, "a line of the key file is not the expected one"};
    return line.substr(name.size() + 1);
}

Result<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || (text.size() > 1 && text[0] == '0'))
        return {ErrorCode::InvalidEncoding, "a number of the key file is malformed"};
    return value;
}

} // namespace

std::string encodeKeyFile(const KeyFile& file) {
    return "valise-kdf 1\nargon2id-operations " + std::to_string(file.cost.operations) +
           "\nargon2id-memory " + std::to_string(file.cost.memoryBytes) + "\nsalt " + toHex(file.salt) +
           "\ncheck " + toHex(file.check) + "\n";
}

Result<KeyFile> decodeKeyFile(std::string_view text) {
    KeyFile file;
    VALISE_TRY(std::string_view version, field(text, "valise-kdf"));
    VALISE_TRY(std::uint64_t versionNumber, number(version));
    if (versionNumber != 1)
        return {ErrorCode::Unsupported, "version of the key file"};
    VALISE_TRY(std::string_view operations, field(text, "argon2id-operations"));
    VALISE_TRY(std::uint64_t passes, number(operations));
    VALISE_TRY(std::string_view memory, field(text, "argon2id-memory"));
    VALISE_TRY(file.cost.memoryBytes, number(memory));
    if (passes < 1 || passes > 64 || file.cost.memoryBytes < (8u << 10) ||
        file.cost.memoryBytes > (4ull << 30))
        return {ErrorCode::InvalidEncoding, "the cost in the key file is out of bounds"};
    file.cost.operations = static_cast<std::uint32_t>(passes);
    VALISE_TRY(std::string_view salt, field(text, "salt"));
    VALISE_TRY(file.salt, fromHexFixed<16>(salt));
    VALISE_TRY(std::string_view check, field(text, "check"));
    VALISE_TRY(file.check, fromHexFixed<16>(check));
    if (!text.empty())
        return {ErrorCode::InvalidEncoding, "the key file goes on after its end"};
    return file;
}

Result<NewKey> makeKey(ByteView passphrase, crypto::Argon2Cost cost, crypto::Random& random) {
    NewKey out;
    out.file.cost = cost;
    out.file.salt = random.array<16>();
    VALISE_TRY(out.key, crypto::argon2id(passphrase, out.file.salt, cost, kKeySize));
    out.file.check = checkOf(out.key);
    return out;
}

Result<crypto::Secret> unlockKey(const KeyFile& file, ByteView passphrase) {
    VALISE_TRY(crypto::Secret key, crypto::argon2id(passphrase, file.salt, file.cost, kKeySize));
    if (!crypto::equalSecret(checkOf(key), file.check))
        return {ErrorCode::WrongPassphrase, "the passphrase is not the profile's"};
    return key;
}

} // namespace valise::storage
