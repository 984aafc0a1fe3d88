// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/certificates.h"

#include "core/base/result.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <QHostAddress>

#include <functional>

namespace valise::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Key newKey() {
    Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    if (!key)
        abortInvariant("no key for a certificate");
    return key;
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    if (!extension)
        abortInvariant("an extension of a certificate");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate newCertificate(const std::string& name, EVP_PKEY* key, long serial, int fromDays, int untilDays) {
    Certificate out(X509_new(), &X509_free);
    X509_set_version(out.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(out.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(out.get()), fromDays * 86'400L);
    X509_gmtime_adj(X509_getm_notAfter(out.get()), untilDays * 86'400L);
    X509_set_pubkey(out.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    return out;
}

void sign(X509* certificate, EVP_PKEY* key) {
    if (X509_sign(certificate, key, EVP_sha256()) == 0)
        abortInvariant("a certificate that cannot be signed");
}

QByteArray pem(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    if (write(out.get()) != 1)
        abortInvariant("PEM");
    char* data = nullptr;
    const long length = BIO_get_mem_data(out.get(), &data);
    return QByteArray(data, static_cast<qsizetype>(length));
}

QSslCertificate toQt(X509* certificate) {
    return QSslCertificate(pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); }));
}

} // namespace

struct Issuer::Impl {
    Key key = newKey();
    Certificate certificate{nullptr, &X509_free};
    mutable long serial = 1;
};

Issuer::Issuer(const std::string& name)
    : m_impl(std::make_unique<Impl>()) {
    m_impl->certificate = newCertificate(name, m_impl->key.get(), m_impl->serial, -2, 3650);
    X509* c = m_impl->certificate.get();
    X509_set_issuer_name(c, X509_get_subject_name(c));
    extend(c, c, NID_basic_constraints, "critical,CA:TRUE");
    extend(c, c, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(c, c, NID_subject_key_identifier, "hash");
    sign(c, m_impl->key.get());
}

Issuer::~Issuer() = default;

QSslCertificate Issuer::certificate() const {
    return toQt(m_impl->certificate.get());
}

Credential Issuer::issue(const std::string& host, int fromDays, int untilDays) const {
    const Key key = newKey();
    const Certificate certificate = newCertificate(host, key.get(), ++m_impl->serial, fromDays, untilDays);
    X509* issuer = m_impl->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    const bool address = !QHostAddress(QString::fromStdString(host)).isNull();
    extend(certificate.get(), issuer, NID_subject_alt_name, (address ? "IP:" : "DNS:") + host);
    extend(certificate.get(), issuer, NID_authority_key_identifier, "keyid");
    extend(certificate.get(), issuer, NID_ext_key_usage, "serverAuth");
    sign(certificate.get(), m_impl->key.get());
    return {toQt(certificate.get()), QSslKey(pem([&](BIO* out) {
                                                 return PEM_write_bio_PrivateKey(
                                                     out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
                                             }),
                                             QSsl::Ec)};
}

} // namespace valise::test
