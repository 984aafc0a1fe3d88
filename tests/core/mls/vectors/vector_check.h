// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/mls/suite.h"

#include <simdjson.h>

#include <functional>
#include <string>

//! The official MLS test vectors. Each kind has one check, used by the tests and by the program mls_vectors.
namespace valise::test::vectors {

//! The reason why a vector fails. Thrown only within this folder.
struct Mismatch {
    std::string why;
};

void require(bool condition, std::string_view what);
//! Compares octets (anything that is a ByteView). Shows both if they differ.
void requireEqual(ByteView got, ByteView expected, std::string_view what);
//! The value of a result, or a Mismatch that names the error.
template <typename T>
T valueOf(Result<T> result, std::string_view what) {
    if (!result.ok())
        throw Mismatch{std::string(what) + ": " + std::string(errorName(result.error().code)) + ": " +
                       result.error().detail};
    return std::move(result).value();
}
inline void succeed(const Result<void>& result, std::string_view what) {
    if (!result.ok())
        throw Mismatch{std::string(what) + ": " + std::string(errorName(result.error().code)) + ": " +
                       result.error().detail};
}

//! An object of a vector. A missing member or one of another type is a Mismatch.
class Object {
public:
    explicit Object(simdjson::dom::element element)
        : m_element(element) {}
    bool has(std::string_view key) const;
    bool isNull(std::string_view key) const;
    Bytes hex(std::string_view key) const;
    std::uint64_t number(std::string_view key) const;
    std::uint32_t number32(std::string_view key) const { return static_cast<std::uint32_t>(number(key)); }
    std::string text(std::string_view key) const;
    Object object(std::string_view key) const { return Object(member(key)); }
    simdjson::dom::array array(std::string_view key) const;

private:
    simdjson::dom::element member(std::string_view key) const;
    simdjson::dom::element m_element;
};

//! The octets of a hexadecimal text in an array.
Bytes hexOf(simdjson::dom::element element);

//! A kind of the official format: its name, the members by which it is recognised, whether it names a suite,
//! and its check.
struct Kind {
    std::string_view name;
    std::vector<std::string_view> members;
    bool hasSuite = true;
    std::function<void(mls::CipherSuite, const Object&)> check;
};
const std::vector<Kind>& kinds();

// The checks. Each throws a Mismatch for a vector that fails.
void checkCryptoBasics(mls::CipherSuite suite, const Object& v);
void checkDeserialization(const Object& v);
void checkKeySchedule(mls::CipherSuite suite, const Object& v);
void checkPskSecret(const Object& v);
void checkSecretTree(mls::CipherSuite suite, const Object& v);
void checkTranscriptHashes(const Object& v);
void checkTreeMath(const Object& v);
void checkTreeOperations(const Object& v);
void checkTreeValidation(const Object& v);
void checkTreeKem(mls::CipherSuite suite, const Object& v);
void checkMessages(const Object& v);
void checkMessageProtection(mls::CipherSuite suite, const Object& v);
void checkWelcome(mls::CipherSuite suite, const Object& v);
void checkPassiveClient(const Object& v);

//! The results for one kind and suite.
struct Count {
    std::string kind;        //!< "unknown" if no kind matches
    std::uint16_t suite = 0; //!< 0 if the kind names no suite
    std::size_t checked = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0;
    std::string reason; //!< of the skipped ones
    std::vector<std::string> failures;
};
//! Checks all vectors of a file, by kind and suite in ascending order. Errors: NotFound, InvalidEncoding if
//! the file is not JSON or not a list of objects.
Result<std::vector<Count>> checkFile(const std::string& path);

} // namespace valise::test::vectors
