// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/client/client.h"
#include "core/crypto/secp256k1.h"
#include "core/net/proxy.h"
#include "core/storage/database.h"

namespace valise::client {

//! An open profile: the writing database connection, the account and what the parts of the engine share.
//! Lives on the core thread.
struct Profile {
    Profile(const Clock& time, crypto::Random& source)
        : clock(time)
        , random(source) {}

    ProfileOptions options;
    std::unique_ptr<storage::Database> database;
    crypto::SchnorrKeyPair account;
    std::string name;
    net::ProxySettings proxy; //!< as kept in the database
    const Clock& clock;
    crypto::Random& random;

    storage::Stores& stores() { return database->stores(); }
    //! Runs `work` in one transaction and commits it; an error of `work` or of the commit rolls everything
    //! back.
    template <typename Work>
    Result<void> write(Work work) {
        if (database->restriction())
            return *database->restriction();
        VALISE_TRY(storage::Transaction transaction, storage::Transaction::begin(*database));
        VALISE_CHECK(work());
        return transaction.commit();
    }
};

inline QByteArray toQt(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}
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
