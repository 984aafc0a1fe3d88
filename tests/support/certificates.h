// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>

#include <memory>
#include <string>

namespace valise::test {

//! A certificate and its key, made on the spot.
struct Credential {
    QSslCertificate certificate;
    QSslKey key;
};

//! An issuer of certificates that exists only in this test.
class Issuer {
public:
    explicit Issuer(const std::string& name);
    ~Issuer();

    //! The issuer's own certificate: trusted by whoever is told to trust it.
    QSslCertificate certificate() const;
    //! A certificate for a host (a DNS name, or an IPv4 address), valid from `fromDays` to `untilDays` from
    //! now.
    Credential issue(const std::string& host, int fromDays = -1, int untilDays = 30) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace valise::test
