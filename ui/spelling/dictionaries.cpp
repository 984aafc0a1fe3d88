// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/dictionaries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace valise::ui {
namespace {

constexpr int kMostDictionaries = 500;
constexpr qsizetype kMostCode = 32;

bool isCode(const QString& name) {
    static const QRegularExpression kCode(QStringLiteral("^[A-Za-z]{2,3}([_-][A-Za-z0-9]+)*$"));
    return name.size() <= kMostCode && kCode.match(name).hasMatch();
}

QString languageOf(const QString& code) {
    return code.section(QRegularExpression(QStringLiteral("[_-]")), 0, 0).toLower();
}

bool sameCode(const QString& a, const QString& b) {
    QString first = a;
    QString second = b;
    return first.replace(QLatin1Char('-'), QLatin1Char('_'))
               .compare(second.replace(QLatin1Char('-'), QLatin1Char('_')), Qt::CaseInsensitive) == 0;
}

bool isNamed(const Dictionary& dictionary, const QString& code) {
    return sameCode(dictionary.code, code) ||
           std::any_of(dictionary.aliases.begin(), dictionary.aliases.end(),
                       [&](const QString& alias) { return sameCode(alias, code); });
}

//! How a language is called where nobody says of which country: as in most of them.
QString generalName(QLocale::Language language) {
    QHash<QString, int> counted;
    for (const QLocale& locale :
         QLocale::matchingLocales(language, QLocale::AnyScript, QLocale::AnyTerritory))
        ++counted[locale.nativeLanguageName()];
    QString name;
    for (auto it = counted.constBegin(); it != counted.constEnd(); ++it)
        if (name.isEmpty() || it.value() > counted.value(name) ||
            (it.value() == counted.value(name) && it.key() < name))
            name = it.key();
    return name.isEmpty() ? QLocale::languageToString(language) : name;
}

QString capitalized(QString name, const QLocale& locale) {
    if (!name.isEmpty() && !name.front().isSurrogate())
        name.replace(0, 1, locale.toUpper(name.left(1)));
    return name;
}

} // namespace

QStringList dictionaryFolders() {
    QStringList folders =
        qEnvironmentVariable("VALISE_DICTIONARIES").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    if (QCoreApplication::instance())
        folders << QCoreApplication::applicationDirPath() + QStringLiteral("/dictionaries");
    folders << systemDictionaryFolders();
    folders.removeDuplicates();
    return folders;
}

QVector<Dictionary> findDictionaries(const QStringList& folders) {
    QVector<Dictionary> found;
    QHash<QString, qsizetype> byFile; // the real file of rules and of words
    QStringList codes;
    for (const QString& folder : folders) {
        const QDir dir(folder);
        QStringList names =
            dir.entryList({QStringLiteral("*.aff")}, QDir::Files | QDir::Readable, QDir::NoSort);
        // Of several names of one dictionary the shortest says most ("fr" before "fr_CA"), and then that of
        // the file itself.
        const auto rank = [&](const QString& name) {
            return std::tuple(name.size(), QFileInfo(dir.filePath(name)).isSymLink(), name);
        };
        std::sort(names.begin(), names.end(),
                  [&](const QString& a, const QString& b) { return rank(a) < rank(b); });
        for (const QString& name : std::as_const(names)) {
            const QString code = name.chopped(4);
            const QFileInfo aff(dir.filePath(name));
            const QFileInfo dic(dir.filePath(code + QStringLiteral(".dic")));
            if (!isCode(code) || codes.contains(code) || !dic.isFile() || !dic.isReadable())
                continue;
            codes << code;
            const QString real = aff.canonicalFilePath() + QLatin1Char('\n') + dic.canonicalFilePath();
            if (const auto known = byFile.constFind(real); known != byFile.constEnd()) {
                found[*known].aliases << code;
                continue;
            }
            if (found.size() == kMostDictionaries)
                break;
            byFile.insert(real, found.size());
            found.append({code, {}, aff.absoluteFilePath(), dic.absoluteFilePath()});
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Dictionary& a, const Dictionary& b) { return a.code < b.code; });
    return found;
}

QString dictionaryName(const Dictionary& dictionary) {
    const QString& code = dictionary.code;
    static const QRegularExpression kSeparator(QStringLiteral("[_-]"));
    QStringList parts = code.split(kSeparator, Qt::SkipEmptyParts);
    const QLocale::Language language = QLocale::codeToLanguage(parts.value(0).toLower());
    if (language == QLocale::AnyLanguage || language == QLocale::C)
        return code;
    QStringList details;
    QLocale::Territory territory = QLocale::AnyTerritory;
    QLocale::Script script = QLocale::AnyScript;
    for (const QString& part : parts.mid(1)) {
        const QLocale::Territory place =
            territory == QLocale::AnyTerritory ? QLocale::codeToTerritory(part) : QLocale::AnyTerritory;
        const QLocale::Script writing = part.size() == 4 ? QLocale::codeToScript(part) : QLocale::AnyScript;
        if (place != QLocale::AnyTerritory)
            territory = place;
        else if (writing != QLocale::AnyScript)
            script = writing;
        else
            details << part;
    }
    const QLocale exact(language, script, territory);
    const QString general = generalName(language);
    QString name = exact.nativeLanguageName();
    if (name.isEmpty() || territory == QLocale::AnyTerritory || !dictionary.aliases.isEmpty())
        name = general;
    // "American English" says where; "français" of Belgium does not.
    const bool obvious = territory == QLocale(language).territory() || !dictionary.aliases.isEmpty();
    if (territory != QLocale::AnyTerritory && name == general && !obvious) {
        const QString place = exact.nativeTerritoryName();
        details.prepend(place.isEmpty() ? QLocale::territoryToString(territory) : place);
    }
    name = capitalized(name, exact);
    return details.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, details.join(QStringLiteral(", ")));
}

QStringList dictionariesFor(const QStringList& languages, const QVector<Dictionary>& installed) {
    QStringList chosen;
    QStringList covered;
    for (const QString& wanted : languages) {
        const QString language = languageOf(wanted);
        if (language.isEmpty() || covered.contains(language))
            continue;
        QVector<const Dictionary*> candidates;
        for (const Dictionary& dictionary : installed)
            if (languageOf(dictionary.code) == language)
                candidates.append(&dictionary);
        if (candidates.isEmpty())
            continue;
        // The same country; else the language as such; else the country it is mostly spoken in; else any.
        const Dictionary* best = candidates.first();
        for (const QString& code : {wanted, language, QLocale(language).name()}) {
            const auto named = std::find_if(candidates.begin(), candidates.end(),
                                            [&](const Dictionary* one) { return isNamed(*one, code); });
            if (named != candidates.end()) {
                best = *named;
                break;
            }
        }
        covered << language;
        chosen << best->code;
    }
    return chosen;
}

} // namespace valise::ui
