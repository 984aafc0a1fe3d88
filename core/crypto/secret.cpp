// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/secret.h"

#include "core/base/result.h"

#include <sodium.h>

#include <utility>

namespace valise::crypto {

void initialize() {
    if (sodium_init() < 0)
        abortInvariant("libsodium cannot be initialised");
}

void wipe(void* data, std::size_t size) {
    if (size > 0)
        sodium_memzero(data, size);
}

Secret::Secret(std::size_t size)
    : m_size(size) {
    if (size == 0)
        return;
    initialize();
    m_data = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (!m_data)
        abortInvariant("no memory for a secret");
    std::memset(m_data, 0, size);
}

Secret::Secret(ByteView bytes)
    : Secret(bytes.size()) {
    if (!bytes.empty())
        std::memcpy(m_data, bytes.data(), bytes.size());
}

Secret::~Secret() {
    release();
}

Secret::Secret(Secret&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

void Secret::release() {
    if (m_data)
        sodium_free(m_data); // sodium_free wipes the memory
    m_data = nullptr;
    m_size = 0;
}

KeyBytes::KeyBytes(std::size_t size) {
    if (size > kCapacity)
        abortInvariant("a KeyBytes above its capacity");
    m_size = static_cast<std::uint8_t>(size);
    std::memset(m_data.data(), 0, size);
}

KeyBytes::KeyBytes(ByteView bytes)
    : KeyBytes(bytes.size()) {
    if (!bytes.empty())
        std::memcpy(m_data.data(), bytes.data(), bytes.size());
}

void KeyBytes::clear() {
    wipe(m_data.data(), m_size);
    m_size = 0;
}

bool equalSecret(ByteView a, ByteView b) {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

} // namespace valise::crypto
