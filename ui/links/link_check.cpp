// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/links/link_check.h"

#include <QHostAddress>
#include <QStringList>

#include <unicode/uspoof.h>

#include <algorithm>
#include <memory>

namespace valise::ui {
namespace {

struct CloseChecker {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

bool isAscii(const QString& text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

//! ICU's judgement of the parts of host names.
class SpoofChecker {
public:
    SpoofChecker() {
        UErrorCode error = U_ZERO_ERROR;
        m_checker.reset(uspoof_open(&error));
        if (U_FAILURE(error))
            m_checker.reset();
        if (!m_checker)
            return;
        uspoof_setRestrictionLevel(m_checker.get(), USPOOF_HIGHLY_RESTRICTIVE);
        uspoof_setChecks(m_checker.get(), USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS,
                         &error);
        if (U_FAILURE(error))
            m_checker.reset();
    }
    //! A label that could not be checked counts as mixed.
    bool mixes(const QString& label) const {
        UErrorCode error = U_ZERO_ERROR;
        const int32_t found =
            m_checker ? uspoof_check(m_checker.get(), units(label), length(label), nullptr, &error) : 1;
        return U_FAILURE(error) || found != 0;
    }
    //! The form that all look-alikes share.
    QString skeleton(const QString& label) const {
        if (!m_checker)
            return {};
        QString out(4 * label.size() + 16, Qt::Uninitialized);
        UErrorCode error = U_ZERO_ERROR;
        const int32_t size = uspoof_getSkeleton(m_checker.get(), 0, units(label), length(label),
                                                reinterpret_cast<UChar*>(out.data()), length(out), &error);
        if (U_FAILURE(error) || size > length(out))
            return {};
        out.truncate(size);
        return out;
    }
    //! The label as a reader sees it, with only its foreign letters replaced. (The skeleton also writes m as
    //! rn.)
    QString imitated(const QString& label) const {
        QString out;
        for (const char32_t c : label.toUcs4())
            out += c < 0x80 ? QString(QChar(static_cast<char16_t>(c))) : skeleton(QString::fromUcs4(&c, 1));
        return out;
    }

private:
    static const UChar* units(const QString& text) { return reinterpret_cast<const UChar*>(text.utf16()); }
    static int32_t length(const QString& text) { return static_cast<int32_t>(text.size()); }

    std::unique_ptr<USpoofChecker, CloseChecker> m_checker;
};

void checkHost(LinkCheck& check) {
    const QString shown = QUrl::fromAce(check.asciiHost.toLatin1(), QUrl::IgnoreIDNWhitelist)
                              .normalized(QString::NormalizationForm_C);
    check.host = check.asciiHost;
    if (shown.isEmpty() || isAscii(shown))
        return;
    const SpoofChecker spoof;
    QStringList alike;
    bool mixed = false;
    bool deceives = false;
    for (const QString& label : shown.split(QLatin1Char('.'))) {
        if (isAscii(label)) {
            alike << label;
            continue;
        }
        mixed = mixed || spoof.mixes(label);
        const QString skeleton = spoof.skeleton(label);
        // Letters that are nothing but copies of Latin ones; accented letters keep their accents here.
        const bool latin = !skeleton.isEmpty() && isAscii(skeleton);
        deceives = deceives || latin;
        alike << (latin ? spoof.imitated(label) : label);
    }
    if (deceives) {
        check.looksLike = alike.join(QLatin1Char('.'));
        check.warnings << LinkWarning::LooksAlike;
    }
    if (mixed)
        check.warnings << LinkWarning::MixedScripts;
    if (!deceives && !mixed)
        check.host = shown;
}

LinkCheck checkMail(const QUrl& url) {
    LinkCheck check;
    // One recipient; a body written by somebody else is not taken along.
    const QString path = url.path(QUrl::FullyDecoded);
    const qsizetype at = path.lastIndexOf(QLatin1Char('@'));
    if (at <= 0 || path.contains(QLatin1Char(',')) || path.contains(QLatin1Char(';')))
        return check;
    check.asciiHost = QString::fromLatin1(QUrl::toAce(path.mid(at + 1)));
    if (check.asciiHost.isEmpty())
        return check;
    check.kind = LinkCheck::Kind::Mail;
    check.url.setScheme(QStringLiteral("mailto"));
    check.url.setPath(path.left(at + 1) + check.asciiHost, QUrl::DecodedMode);
    checkHost(check);
    return check;
}

} // namespace

bool LinkCheck::mayDeceive() const {
    return has(LinkWarning::LooksAlike) || has(LinkWarning::MixedScripts) || has(LinkWarning::UserInfo);
}

LinkCheck checkLink(const QString& target) {
    LinkCheck check;
    const bool clean = std::none_of(target.begin(), target.end(), [](QChar c) {
        return c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
               c == QLatin1Char('\\');
    });
    QUrl url(target, QUrl::StrictMode);
    if (!clean || !url.isValid())
        return check;
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("mailto"))
        return checkMail(url);
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        return check;
    check.asciiHost = url.host(QUrl::FullyEncoded);
    while (check.asciiHost.endsWith(QLatin1Char('.')))
        check.asciiHost.chop(1);
    if (check.asciiHost.isEmpty())
        return check;
    check.kind = LinkCheck::Kind::Web;
    checkHost(check);
    if (!url.userInfo().isEmpty() || target.section(QLatin1Char('/'), 2, 2).contains(QLatin1Char('@'))) {
        check.userInfo = url.userName(QUrl::FullyDecoded);
        check.warnings << LinkWarning::UserInfo;
        url.setUserInfo({});
    }
    const int usual = scheme == QLatin1String("http") ? 80 : 443;
    if (url.port(usual) != usual) {
        check.port = url.port();
        check.warnings << LinkWarning::Port;
    }
    QString number = check.asciiHost;
    if (number.startsWith(QLatin1Char('[')))
        number = number.mid(1).chopped(1);
    if (QHostAddress address; address.setAddress(number))
        check.warnings << LinkWarning::Number;
    if (scheme == QLatin1String("http"))
        check.warnings << LinkWarning::Unencrypted;
    check.url = url;
    return check;
}

} // namespace valise::ui
