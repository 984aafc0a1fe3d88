// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "ui/format.h"
#include "ui/language/language.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace valise;

namespace {

struct Entry {
    QString context;
    QString source;
    QString comment;
    QString type;
    QStringList forms;
    bool numerus = false;
};

QVector<Entry> read(const QString& path) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QVector<Entry> entries;
    QString context;
    Entry entry;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            if (xml.name() == QLatin1String("name")) {
                context = xml.readElementText();
            } else if (xml.name() == QLatin1String("message")) {
                entry = Entry{};
                entry.context = context;
                entry.numerus = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
            } else if (xml.name() == QLatin1String("source")) {
                entry.source = xml.readElementText();
            } else if (xml.name() == QLatin1String("comment")) {
                entry.comment = xml.readElementText();
            } else if (xml.name() == QLatin1String("translation")) {
                entry.type = xml.attributes().value(QLatin1String("type")).toString();
                if (!entry.numerus)
                    entry.forms << xml.readElementText();
            } else if (xml.name() == QLatin1String("numerusform")) {
                entry.forms << xml.readElementText();
            }
        } else if (xml.isEndElement() && xml.name() == QLatin1String("message")) {
            entries << entry;
        }
    }
    REQUIRE_FALSE(xml.hasError());
    return entries;
}

QStringList markers(const QString& text) {
    static const QRegularExpression kMarker(QStringLiteral("%(\\d|n)"));
    QStringList found;
    for (auto it = kMarker.globalMatch(text); it.hasNext();)
        found << it.next().captured();
    found.removeDuplicates();
    found.sort();
    return found;
}

const QString kEnglish = QStringLiteral("en"); //!< the sources; its file has plural forms only

QString nameOf(const QString& language) {
    return QStringLiteral("valise_%1.ts").arg(language);
}

QString fileOf(const QString& language) {
    return QStringLiteral(VALISE_SOURCE_DIR "/translations/") + nameOf(language);
}

} // namespace

TEST_CASE("every translation is complete") {
    for (const QString& language : ui::Language::available()) {
        const auto entries = read(fileOf(language));
        CHECK(entries.size() >= (language == kEnglish ? 5 : 250));
        for (const Entry& e : entries) {
            INFO(language.toStdString() << " " << e.context.toStdString() << ": " << e.source.toStdString());
            CHECK(e.type.isEmpty()); // neither unfinished nor obsolete nor vanished
            for (const QString& form : e.forms) {
                CHECK_FALSE(form.isEmpty());
                // Forms for nothing, one and two may say the number in words.
                QStringList wanted = markers(e.source);
                QStringList got = markers(form);
                wanted.removeAll(QStringLiteral("%n"));
                got.removeAll(QStringLiteral("%n"));
                CHECK(wanted == got);
            }
        }
    }
}

TEST_CASE("no text of the window is missing from the translations") {
    const QString lupdate = QStringLiteral(VALISE_LUPDATE);
    if (!QFile::exists(lupdate)) {
        FAIL("lupdate of Qt's linguist tools is not installed at " << lupdate.toStdString());
    }
    QTemporaryDir folder;
    for (const QString& language : ui::Language::available()) {
        const QString fresh = folder.filePath(nameOf(language));
        QProcess process;
        QStringList arguments{QStringLiteral("-silent"),
                              QStringLiteral("-I"),
                              QStringLiteral(VALISE_SOURCE_DIR),
                              QStringLiteral("-locations"),
                              QStringLiteral("none"),
                              QStringLiteral("-source-language"),
                              QStringLiteral("en"),
                              QStringLiteral("-target-language"),
                              language};
        if (language == kEnglish)
            arguments << QStringLiteral("-pluralonly");
        arguments << QStringLiteral(VALISE_SOURCE_DIR "/ui")
                  << QStringLiteral(VALISE_SOURCE_DIR "/app/desktop") << QStringLiteral("-ts") << fresh;
        process.start(lupdate, arguments);
        REQUIRE(process.waitForFinished(120'000));
        REQUIRE(process.exitCode() == 0);
        const auto key = [](const Entry& e) {
            return e.context + QLatin1Char('|') + e.source + QLatin1Char('|') + e.comment;
        };
        QHash<QString, qsizetype> have; // how many forms each has
        for (const Entry& e : read(fileOf(language)))
            have.insert(key(e), e.forms.size());
        const auto wanted = read(fresh);
        for (const Entry& e : wanted) {
            INFO(language.toStdString() << " lacks " << key(e).toStdString());
            REQUIRE(have.contains(key(e)));
            // The linguist tools know how many plural forms a language has.
            CHECK(have.value(key(e)) == e.forms.size());
        }
        CHECK(have.size() == wanted.size());
    }
}

TEST_CASE(
    "every language has its translations in the program, a name of its own, and texts that are its own") {
    uitest::application();
    QStringList names;
    QStringList titles;
    for (const QString& code : ui::Language::available()) {
        INFO(code.toStdString());
        CHECK(QFile::exists(QStringLiteral(":/i18n/valise_%1.qm").arg(code)));
        names << ui::Language::ownName(code);
        CHECK(names.last() != code);
        ui::Language language;
        language.use(code);
        titles << ui::composerPlaceholder({});
    }
    CHECK(names.removeDuplicates() == 0);
    CHECK(titles.removeDuplicates() == 0);
    CHECK(ui::Language::ownName(QStringLiteral("xx")) == QStringLiteral("xx"));
    ui::Language().use(kEnglish);
}

TEST_CASE("plural forms follow the language") {
    uitest::application();
    ui::Language language;
    client::ConversationRecord c;
    c.name = QStringLiteral("Drafting committee");
    const auto with = [&](const char* code, int members) {
        language.use(QLatin1String(code));
        c.members = members;
        return ui::conversationSubtitle(c);
    };
    CHECK(with("en", 1).startsWith(QStringLiteral("1 member ")));
    CHECK(with("en", 14).startsWith(QStringLiteral("14 members ")));
    CHECK(with("fr", 1).startsWith(QStringLiteral("1 membre ")));
    CHECK(with("fr", 14).startsWith(QStringLiteral("14 membres ")));
    CHECK(with("ar", 2).startsWith(QStringLiteral("عضوان")));
    CHECK(with("ar", 5).contains(QStringLiteral("أعضاء")));
    CHECK(with("ar", 14).contains(QStringLiteral("عضوًا")));
    CHECK(QApplication::layoutDirection() == Qt::RightToLeft);
    language.use(QStringLiteral("en"));
    CHECK(QApplication::layoutDirection() == Qt::LeftToRight);
}
