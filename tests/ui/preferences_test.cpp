// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/settings_fixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>
#include <QSettings>
#include <QSignalSpy>

using namespace valise;
using namespace valise::ui;
using Kept = PreferenceEntry::Kept;
using Profile = uitest::MemoryProfile;

namespace {

//! A value for each preference that is not its default.
void chooseEverything(Preferences& p) {
    p.language.set(QStringLiteral("fr"));
    p.theme.set(ThemeMode::Dark);
    p.contrast.set(Contrast::High);
    p.density.set(Density::Compact);
    p.motion.set(Motion::Reduced);
    p.textPercent.set(150);
    p.geometry.set(QByteArray("\x01\xd9\xd0\xcb\x00\x03", 6));
    p.enterSends.set(false);
    p.notificationContent.set(NotificationContent::Bare);
    p.notificationsStay.set(true);
    p.quietUntil.set(1'800'000'000);
    p.receipts.set(false);
    p.typing.set(true);
    p.recentEmoji.set(QString::fromUtf8("👍 🤝"));
    p.spelling.set({true, false, {QStringLiteral("en_GB"), QStringLiteral("fr")}});
    p.ownWords.set(QString::fromUtf8("Kagabo\nKására"));
}

} // namespace

TEST_CASE("every preference has one key and a default, and is kept as it was chosen") {
    uitest::application();
    QTemporaryDir folder;
    Profile profile;
    QVector<QVariant> chosen;
    {
        Preferences p(folder.path());
        p.openProfile(profile.access());
        QSet<QString> keys;
        for (const PreferenceEntry* entry : p.entries()) {
            INFO(entry->key().toStdString());
            CHECK_FALSE(entry->key().isEmpty());
            CHECK_FALSE(keys.contains(entry->key()));
            keys.insert(entry->key());
            CHECK(entry->isKnown());
            CHECK(entry->mayChange());
            CHECK_FALSE(entry->isChosen());
            CHECK(entry->encoded().isValid());
        }
        CHECK(keys.size() == p.entries().size());
        CHECK(p.entries().size() == 16);
        QVector<QVariant> defaults;
        for (const PreferenceEntry* entry : p.entries())
            defaults << entry->encoded();
        std::vector<std::unique_ptr<QSignalSpy>> told;
        for (PreferenceEntry* entry : p.entries())
            told.push_back(std::make_unique<QSignalSpy>(entry, &PreferenceEntry::changed));
        chooseEverything(p);
        for (qsizetype i = 0; i < p.entries().size(); ++i) {
            const PreferenceEntry* entry = p.entries().at(i);
            INFO(entry->key().toStdString());
            CHECK(entry->isChosen()); // what is new in the table belongs into chooseEverything()
            CHECK(entry->encoded() != defaults.at(i));
            CHECK(told.at(i)->size() == 1);
            chosen << entry->encoded();
        }
        // The same again is nothing new.
        chooseEverything(p);
        for (const auto& spy : told)
            CHECK(spy->size() == 1);
    }
    Preferences again(folder.path());
    again.openProfile(profile.access());
    for (qsizetype i = 0; i < again.entries().size(); ++i) {
        INFO(again.entries().at(i)->key().toStdString());
        CHECK(again.entries().at(i)->isChosen());
        CHECK(again.entries().at(i)->encoded().toByteArray() == chosen.at(i).toByteArray());
    }
    // A preference that tells something about people is not readable in the folder.
    QFile file(folder.filePath(QStringLiteral("window.ini")));
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    for (const PreferenceEntry* entry : again.entries())
        if (entry->kept() == Kept::Profile)
            CHECK_FALSE(kept.contains(entry->key().toUtf8()));
    CHECK_FALSE(kept.contains("Kagabo"));
    CHECK(profile.texts.size() == 5);
}

TEST_CASE("what an earlier version kept is read as it was meant") {
    uitest::application();
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("window.ini")));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("[General]\n"
               "contrast=2\n"
               "density=1\n"
               "enterSends=false\n"
               "geometry=@ByteArray(\\x1\\xd9\\xd0\\xcb)\n"
               "language=ar\n"
               "motion=2\n"
               "textPercent=125\n"
               "theme=2\n"
               "\n"
               "[notifications]\n"
               "content=2\n"
               "persistent=true\n"
               "quietUntil=1800000000\n");
    file.close();
    Profile profile;
    profile.texts = {{QStringLiteral("receipts"), QStringLiteral("off")},
                     {QStringLiteral("typing"), QStringLiteral("on")},
                     {QStringLiteral("emoji.recent"), QString::fromUtf8("🤝 👍")},
                     {QStringLiteral("spelling"), QStringLiteral("off fr en_GB")},
                     {QStringLiteral("spelling.words"), QStringLiteral("Kagabo\nTamir")}};
    Preferences p(folder.path());
    CHECK(p.appearance() ==
          Appearance{ThemeMode::Dark, Contrast::High, Density::Compact, Motion::Reduced, 125});
    CHECK(p.notifications() == NotificationSettings{NotificationContent::Bare, true, 1'800'000'000});
    CHECK(p.language.value() == QStringLiteral("ar"));
    CHECK_FALSE(p.enterSends.value());
    CHECK(p.geometry.value() == QByteArray("\x01\xd9\xd0\xcb"));
    CHECK(p.receipts.value()); // not known yet
    p.openProfile(profile.access());
    CHECK_FALSE(p.receipts.value());
    CHECK(p.typing.value());
    CHECK(p.recentEmoji.value() == QString::fromUtf8("🤝 👍"));
    CHECK(p.spelling.value() ==
          SpellingSettings{false, false, {QStringLiteral("fr"), QStringLiteral("en_GB")}});
    CHECK(p.ownWords.value() == QStringLiteral("Kagabo\nTamir"));
    // And written as that version would read it.
    p.receipts.set(true);
    p.spelling.set({});
    p.setNotifications({NotificationContent::Full, false, 0});
    p.enterSends.set(true);
    CHECK(profile.texts.value(QStringLiteral("receipts")) == QStringLiteral("on"));
    CHECK(profile.texts.value(QStringLiteral("spelling")) == QStringLiteral("on auto"));
    const QSettings read(file.fileName(), QSettings::IniFormat);
    CHECK(read.value(QStringLiteral("notifications/content")).toInt() == 0);
    CHECK(read.value(QStringLiteral("notifications/persistent")).toString() == QStringLiteral("false"));
    CHECK(read.value(QStringLiteral("enterSends")).toBool());
    CHECK(read.value(QStringLiteral("theme")).toInt() == 2);
}

TEST_CASE("what cannot be understood is as it is by default, and numbers stay within their bounds") {
    uitest::application();
    QTemporaryDir folder;
    {
        QSettings file(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        file.setValue(QStringLiteral("theme"), 9);
        file.setValue(QStringLiteral("contrast"), -1);
        file.setValue(QStringLiteral("density"), QStringLiteral("wide"));
        file.setValue(QStringLiteral("textPercent"), 100'000);
        file.setValue(QStringLiteral("notifications/content"), 77);
    }
    Profile profile;
    profile.texts.insert(QStringLiteral("receipts"), QStringLiteral("perhaps"));
    Preferences p(folder.path());
    p.openProfile(profile.access());
    CHECK(p.appearance() == Appearance{{}, {}, {}, {}, Appearance::kMostText});
    CHECK(p.notifications() == NotificationSettings{});
    CHECK(p.receipts.value());
    p.textPercent.set(1);
    CHECK(p.textPercent.value() == Appearance::kLeastText);
    CHECK_FALSE(p.theme.set(static_cast<ThemeMode>(9)));
    CHECK(p.theme.value() == ThemeMode::System);
}

TEST_CASE("what the profile keeps is known while it is open, and never written over unread") {
    uitest::application();
    QTemporaryDir folder;
    Profile profile;
    profile.later = true;
    profile.texts = {{QStringLiteral("typing"), QStringLiteral("on")},
                     {QStringLiteral("spelling.words"), QStringLiteral("Kagabo")}};
    profile.unreadable.insert(QStringLiteral("spelling.words"));
    Preferences p(folder.path());
    QSignalSpy read(&p, &Preferences::profileRead);
    CHECK_FALSE(p.typing.mayChange());
    CHECK_FALSE(p.typing.set(true));
    p.openProfile(profile.access());
    CHECK_FALSE(p.typing.mayChange());
    CHECK_FALSE(p.ownWords.set(QStringLiteral("too early")));
    CHECK(read.isEmpty());
    bool seen = false;
    QObject context;
    p.typing.follow(&context, [&](bool on) { seen = on; });
    CHECK_FALSE(seen);
    profile.answer();
    CHECK(read.size() == 1);
    CHECK(seen);
    CHECK(p.typing.mayChange());
    CHECK_FALSE(p.ownWords.isKnown());
    CHECK_FALSE(p.ownWords.set(QStringLiteral("lost")));
    CHECK(profile.texts.value(QStringLiteral("spelling.words")) == QStringLiteral("Kagabo"));
    bool allForgotten = true;
    p.typing.follow(&context, [&](bool) {
        for (const PreferenceEntry* entry : p.entries())
            allForgotten = allForgotten && (entry->kept() == Kept::Window || !entry->isKnown());
    });
    allForgotten = true;
    p.closeProfile();
    CHECK(allForgotten);
    CHECK_FALSE(p.typing.isKnown());
    CHECK_FALSE(p.typing.value());
    CHECK_FALSE(seen);
    CHECK_FALSE(p.typing.set(true));
    // An answer that comes after the end is not taken.
    p.openProfile(profile.access());
    p.closeProfile();
    profile.answer();
    CHECK_FALSE(p.typing.isKnown());
    CHECK(read.size() == 1);
}

TEST_CASE("an organisation sets values for good, or suggests them, and one's own come back") {
    uitest::application();
    QTemporaryDir folder;
    Profile profile;
    Preferences p(folder.path());
    p.openProfile(profile.access());
    p.notificationContent.set(NotificationContent::Full);
    QSignalSpy told(&p.notificationContent, &PreferenceEntry::changed);
    p.setGiven({{p.notificationContent.key(), {static_cast<int>(NotificationContent::Bare), true}},
                {p.receipts.key(), {QStringLiteral("off"), true}},
                {p.enterSends.key(), {false, false}},
                {p.theme.key(), {99, true}}, // cannot be understood, and so sets nothing
                {QStringLiteral("unheard.of"), {1, true}}});
    CHECK(told.size() == 1);
    CHECK(p.notificationContent.isManaged());
    CHECK_FALSE(p.notificationContent.mayChange());
    CHECK(p.notificationContent.value() == NotificationContent::Bare);
    CHECK_FALSE(p.notificationContent.set(NotificationContent::Off));
    CHECK(p.notificationContent.value() == NotificationContent::Bare);
    CHECK_FALSE(p.receipts.value());
    CHECK_FALSE(p.theme.isManaged());
    // A suggestion is the default, and gives way to a choice.
    CHECK_FALSE(p.enterSends.isManaged());
    CHECK_FALSE(p.enterSends.value());
    CHECK(p.enterSends.set(true));
    CHECK(p.enterSends.value());
    p.setGiven({});
    CHECK(p.notificationContent.mayChange());
    CHECK(p.notificationContent.value() == NotificationContent::Full);
    CHECK(p.receipts.value());
    CHECK(p.enterSends.value());
    CHECK(told.size() == 2);
    CHECK_FALSE(profile.texts.contains(p.receipts.key()));
}

TEST_CASE("the window's file and the names in it are known in one place") {
    for (const char* top : {"ui", "app/desktop"}) {
        QDirIterator files(QStringLiteral(VALISE_SOURCE_DIR "/") + QLatin1String(top),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.contains(QStringLiteral("/ui/settings/")))
                continue;
            QFile file(path);
            REQUIRE(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            INFO(path.toStdString());
            CHECK_FALSE(text.contains("QSettings"));
            CHECK_FALSE(text.contains("window.ini"));
            CHECK_FALSE(text.contains("->preference("));
        }
    }
}
