// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace valise {

//! Ends the program with a message: for invariants whose breach means that the program itself is wrong.
[[noreturn]] inline void abortInvariant(const char* what) {
    std::fprintf(stderr, "valise: broken invariant: %s\n", what);
    std::abort();
}

//! A value or an Error. Reading the value of a failed result aborts.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error)) {}
    Result(ErrorCode code, std::string detail)
        : m_content(std::in_place_index<1>, Error{code, std::move(detail)}) {}

    bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        check();
        return *std::get_if<0>(&m_content);
    }
    const T& value() const& {
        check();
        return *std::get_if<0>(&m_content);
    }
    T&& value() && {
        check();
        return std::move(*std::get_if<0>(&m_content));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const {
        const Error* e = std::get_if<1>(&m_content);
        if (!e)
            abortInvariant("error() of a result that holds a value");
        return *e;
    }

private:
    void check() const {
        if (!ok())
            abortInvariant("value() of a failed result");
    }
    std::variant<T, Error> m_content;
};

//! Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error)) {}
    Result(ErrorCode code, std::string detail)
        : m_error(Error{code, std::move(detail)}) {}

    bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error& error() const {
        if (!m_error)
            abortInvariant("error() of a result that succeeded");
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace valise

#define VALISE_CONCAT_(a, b) a##b
#define VALISE_CONCAT(a, b) VALISE_CONCAT_(a, b)
#define VALISE_TRY_(name, var, expr)                                                                         \
    auto name = (expr);                                                                                      \
    if (!name.ok())                                                                                          \
        return name.error();                                                                                 \
    var = std::move(name).value()
//! `VALISE_TRY(auto x, f());` binds the value of f() or returns its error from the enclosing function. It is
//! several statements: as the body of an `if` or a loop it needs braces, and does not compile without them.
#define VALISE_TRY(var, ...) VALISE_TRY_(VALISE_CONCAT(valiseTry_, __COUNTER__), var, (__VA_ARGS__))
// A loop that runs once is one statement, in which a following `else` finds no `if`.
#define VALISE_CHECK_(name, expr)                                                                            \
    do {                                                                                                     \
        if (auto name = (expr); !name.ok())                                                                  \
            return name.error();                                                                             \
    } while (false)
//! `VALISE_CHECK(f());` returns the error of f() from the enclosing function; a value is discarded. One
//! statement: as the body of an `if` it needs no braces, with an `else` or without.
#define VALISE_CHECK(...) VALISE_CHECK_(VALISE_CONCAT(valiseCheck_, __COUNTER__), (__VA_ARGS__))
