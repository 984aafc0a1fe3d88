// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"
#include "core/client/qt_conversions.h"

#include <QVector>

#include <optional>

//! Ties calls of faces to the classes that do them. Values are converted from the window's types to the
//! core's.
namespace valise::client {

//! A value as a class of the core wants it. Error: InvalidArgument.
template <typename To, typename From>
struct Converter {
    static Result<To> convert(const From& value) { return To(value); }
};
template <>
struct Converter<std::string, QString> {
    static Result<std::string> convert(const QString& value) { return toStd(value); }
};
template <>
struct Converter<Bytes, QByteArray> {
    static Result<Bytes> convert(const QByteArray& value) { return toBytes(fromQt(value)); }
};
template <>
struct Converter<ByteArray<32>, QByteArray> {
    static Result<ByteArray<32>> convert(const QByteArray& value) {
        const auto id = fixedBytes<32>(fromQt(value));
        if (!id)
            return {ErrorCode::InvalidArgument, "not an id of 32 octets"};
        return *id;
    }
};
template <>
struct Converter<std::optional<ByteArray<32>>, QByteArray> {
    static Result<std::optional<ByteArray<32>>> convert(const QByteArray& value) {
        if (value.isEmpty())
            return std::optional<ByteArray<32>>();
        VALISE_TRY(const ByteArray<32> id, (Converter<ByteArray<32>, QByteArray>::convert(value)));
        return std::optional(id);
    }
};
template <typename To, typename From>
struct Converter<std::vector<To>, QVector<From>> {
    static Result<std::vector<To>> convert(const QVector<From>& values) {
        std::vector<To> out;
        for (const From& value : values) {
            VALISE_TRY(To one, (Converter<To, From>::convert(value)));
            out.push_back(std::move(one));
        }
        return out;
    }
};

namespace detail {

template <typename... P, typename Done, typename Then, typename... A>
void converted(const Done& done, const Then& then, const A&... args) {
    std::tuple<Result<P>...> all(Converter<P, A>::convert(args)...);
    std::optional<Error> wrong;
    std::apply(
        [&](const auto&... one) { ((wrong = wrong || one ? wrong : std::optional(one.error())), ...); }, all);
    if (wrong)
        done(*wrong);
    else
        std::apply([&](auto&... one) { then(*one...); }, all);
}

} // namespace detail

//! The answer is what the function returns.
template <typename R, typename... A, typename T, typename... P>
void bind(const Call<R(A...)>& call, T& object, Result<R> (T::*work)(P...)) {
    call.bind([&object, work](const A&... args, typename Call<R(A...)>::Reply reply) {
        detail::converted<std::decay_t<P>...>(
            reply, [&](auto&... values) { reply((object.*work)(values...)); }, args...);
    });
}
template <typename R, typename... A, typename T, typename... P>
void bind(const Call<R(A...)>& call, const T& object, Result<R> (T::*work)(P...) const) {
    call.bind([&object, work](const A&... args, typename Call<R(A...)>::Reply reply) {
        detail::converted<std::decay_t<P>...>(
            reply, [&](auto&... values) { reply((object.*work)(values...)); }, args...);
    });
}
//! The function answers later, through its last parameter.
template <typename R, typename T>
void bindLater(const Call<R()>& call, T& object, void (T::*work)(typename Call<R()>::Reply)) {
    call.bind([&object, work](typename Call<R()>::Reply reply) { (object.*work)(std::move(reply)); });
}
template <typename R, typename A1, typename T, typename P1>
void bindLater(const Call<R(A1)>& call, T& object, void (T::*work)(P1, std::function<void(Result<R>)>)) {
    call.bind([&object, work](const A1& a1, typename Call<R(A1)>::Reply reply) {
        detail::converted<std::decay_t<P1>>(
            reply, [&](auto& p1) { (object.*work)(p1, reply); }, a1);
    });
}
template <typename R, typename A1, typename A2, typename T, typename P1, typename P2>
void bindLater(const Call<R(A1, A2)>& call, T& object,
               void (T::*work)(P1, P2, std::function<void(Result<R>)>)) {
    call.bind([&object, work](const A1& a1, const A2& a2, typename Call<R(A1, A2)>::Reply reply) {
        detail::converted<std::decay_t<P1>, std::decay_t<P2>>(
            reply, [&](auto& p1, auto& p2) { (object.*work)(p1, p2, reply); }, a1, a2);
    });
}
template <typename R, typename A1, typename A2, typename A3, typename T, typename P1, typename P2,
          typename P3>
void bindLater(const Call<R(A1, A2, A3)>& call, T& object,
               void (T::*work)(P1, P2, P3, std::function<void(Result<R>)>)) {
    call.bind(
        [&object, work](const A1& a1, const A2& a2, const A3& a3, typename Call<R(A1, A2, A3)>::Reply reply) {
            detail::converted<std::decay_t<P1>, std::decay_t<P2>, std::decay_t<P3>>(
                reply, [&](auto& p1, auto& p2, auto& p3) { (object.*work)(p1, p2, p3, reply); }, a1, a2, a3);
        });
}

} // namespace valise::client
