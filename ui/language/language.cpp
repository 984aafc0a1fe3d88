// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/language/language.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QVector>

namespace valise::ui {

const QString Language::kAutomatic = QStringLiteral("auto");

namespace {

struct Named {
    QString code;
    QString name;
};

const QVector<Named>& table() {
    static const QVector<Named> kTable{
#define VALISE_LANGUAGE(code, name) {QStringLiteral(code), QStringLiteral(name)},
#include "ui/language/languages.inc"
#undef VALISE_LANGUAGE
    };
    return kTable;
}

} // namespace

Language::Language(QObject* parent)
    : QObject(parent) {}

Language::~Language() {
    QCoreApplication::removeTranslator(&m_valise);
    QCoreApplication::removeTranslator(&m_qt);
}

QStringList Language::available() {
    QStringList codes;
    for (const Named& one : table())
        codes << one.code;
    return codes;
}

QString Language::ownName(const QString& code) {
    for (const Named& one : table())
        if (one.code == code)
            return one.name;
    return code;
}

void Language::use(const QString& code) {
    m_code = code;
    QLocale locale = code == kAutomatic ? QLocale::system() : QLocale(code);
    const QString language = locale.name().section(QLatin1Char('_'), 0, 0);
    // English that nobody's system has localised: days come before months, and weeks begin on Monday.
    if (code == QLatin1String("en") || !available().contains(language))
        locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
    if (locale.language() == QLocale::Arabic && code != kAutomatic) {
        // Addresses, times and numbers stand side by side; one set of digits throughout reads better.
        for (const auto territory : {QLocale::UnitedArabEmirates, QLocale::Libya, QLocale::Morocco}) {
            const QLocale candidate(QLocale::Arabic, territory);
            if (candidate.zeroDigit() == QLatin1String("0")) {
                locale = candidate;
                break;
            }
        }
    }
    QLocale::setDefault(locale);
    const QString shown = locale.name().section(QLatin1Char('_'), 0, 0);
    QCoreApplication::removeTranslator(&m_valise);
    QCoreApplication::removeTranslator(&m_qt);
    // English has a file too: for its plural forms.
    if (m_valise.load(QStringLiteral(":/i18n/valise_%1.qm").arg(shown)))
        QCoreApplication::installTranslator(&m_valise);
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace valise::ui
