// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <cstring>

namespace valise::crypto {

//! Prepares libsodium. Every function of this room calls it. It is cheap after the first time.
void initialize();

//! Overwrites memory. The compiler does not remove this call.
void wipe(void* data, std::size_t size);

//! A long-lived secret (account key, passphrase, database key) in guarded, locked memory pages. It is wiped
//! when released and can only be moved. Each one takes at least a page, so the thousands of short keys of a
//! ratchet use KeyBytes instead.
class Secret {
public:
    Secret() = default;
    //! A zeroed secret of `size` octets.
    explicit Secret(std::size_t size);
    //! A copy of `bytes`; the caller wipes the original.
    explicit Secret(ByteView bytes);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    ByteView view() const { return {m_data, m_size}; }
    std::span<std::uint8_t> mutableView() { return {m_data, m_size}; }

private:
    void release();
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
};

//! A short secret (a ratchet secret, a key, a nonce) of at most kCapacity octets, held inside the object. It
//! is wiped when it is destroyed or overwritten. It can be copied, because group state is copied as a value.
class KeyBytes {
public:
    static constexpr std::size_t kCapacity = 64;

    KeyBytes() = default;
    //! A zeroed value of `size` octets (at most kCapacity).
    explicit KeyBytes(std::size_t size);
    explicit KeyBytes(ByteView bytes);
    KeyBytes(const KeyBytes& other) { copy(other); }
    KeyBytes& operator=(const KeyBytes& other) {
        if (this != &other) {
            clear();
            copy(other);
        }
        return *this;
    }
    KeyBytes(KeyBytes&& other) noexcept {
        copy(other);
        other.clear();
    }
    KeyBytes& operator=(KeyBytes&& other) noexcept {
        if (this != &other) {
            clear();
            copy(other);
            other.clear();
        }
        return *this;
    }
    ~KeyBytes() { clear(); }

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const std::uint8_t* data() const { return m_data.data(); }
    std::uint8_t* data() { return m_data.data(); }
    ByteView view() const { return {m_data.data(), m_size}; }
    operator ByteView() const { return view(); }
    std::span<std::uint8_t> mutableView() { return {m_data.data(), m_size}; }
    //! Wipes and empties.
    void clear();

private:
    void copy(const KeyBytes& other) {
        m_size = other.m_size;
        std::memcpy(m_data.data(), other.m_data.data(), m_size);
    }
    std::array<std::uint8_t, kCapacity> m_data;
    std::uint8_t m_size = 0;
};

//! Wipes the octets of a plain buffer at the end of the scope, for plaintext that must pass through
//! containers of the standard library.
template <typename Container>
class WipeGuard {
public:
    explicit WipeGuard(Container& c)
        : m_c(c) {}
    ~WipeGuard() { wipe(m_c.data(), m_c.size()); }
    WipeGuard(const WipeGuard&) = delete;
    WipeGuard& operator=(const WipeGuard&) = delete;

private:
    Container& m_c;
};

//! Compares in constant time. Different lengths give false at once.
bool equalSecret(ByteView a, ByteView b);

} // namespace valise::crypto
