// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string>
#include <string_view>
#include <vector>

//! Between the core's texts and octets and Qt's. Texts are UTF-8; what is not is replaced.
namespace valise::client {

inline QByteArray toQt(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}
//! Borrowed.
inline ByteView fromQt(const QByteArray& bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}
inline std::string toStd(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    return {utf8.constData(), static_cast<std::size_t>(utf8.size())};
}
inline QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline QStringList toQStrings(const std::vector<std::string>& texts) {
    QStringList out;
    for (const std::string& text : texts)
        out.append(toQString(text));
    return out;
}
inline std::vector<std::string> fromQStrings(const QStringList& texts) {
    std::vector<std::string> out;
    for (const QString& text : texts)
        out.push_back(toStd(text));
    return out;
}

} // namespace valise::client
