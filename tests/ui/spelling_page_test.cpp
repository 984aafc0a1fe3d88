// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/dictionary_fixture.h"
#include "tests/ui/settings_fixture.h"
#include "ui/settings/spelling_page.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>

using namespace valise;
using namespace valise::ui;
using uitest::eventually;

namespace {

struct Fixture {
    Fixture() {
        folder.makeUsual();
        f = std::make_unique<uitest::SettingsFixture>(QStringLiteral("en"), QStringList{folder.path()});
        f->checker.setLanguages({QStringLiteral("en-US")});
        f->checker.setOwnWords(QStringLiteral("Kagabo\nKasara\nTamir"));
        // The program does the same.
        QObject::connect(&f->checker, &SpellChecker::ownWordsChanged, &f->checker,
                         [this] { f->preferences.ownWords.set(f->checker.ownWordsText()); });
        f->preferences.spelling.follow(
            &f->checker, [this](const SpellingSettings& settings) { f->checker.setSettings(settings); });
        f->make();
        page = f->show<SpellingPage>();
    }
    //! Until the dictionaries were found.
    void find() const {
        REQUIRE(eventually([this] { return page->dictionaryList()->count() == 2; }));
    }
    const SpellingSettings& kept() const { return f->preferences.spelling.value(); }
    QString problem() const {
        for (const SettingsRow* row : page->rows())
            if (row->control() == page->dictionaryList())
                return row->problem();
        return {};
    }
    QStringList words() const {
        QStringList out;
        for (int i = 0; i < page->wordList()->count(); ++i)
            out << page->wordList()->item(i)->text();
        return out;
    }

    uitest::DictionaryFolder folder;
    std::unique_ptr<uitest::SettingsFixture> f;
    SpellingPage* page = nullptr;
};

QStringList list(std::initializer_list<const char*> words) {
    QStringList out;
    for (const char* word : words)
        out << QString::fromUtf8(word);
    return out;
}

} // namespace

TEST_CASE("dictionaries are chosen with keys, and used at once") {
    {
        // Without an installed dictionary, a sentence stands in place of the empty list.
        uitest::SettingsFixture none;
        const auto* page = none.show<SpellingPage>();
        CHECK_FALSE(page->dictionaryList()->isVisible());
        CHECK(page->dictionaryList()->accessibleDescription().contains(QStringLiteral("help desk")));
    }
    Fixture f;
    f.find();
    QListWidget* dictionaries = f.page->dictionaryList();
    CHECK(dictionaries->isVisible());
    CHECK(dictionaries->item(0)->text() == QStringLiteral("American English"));
    REQUIRE(eventually([&] { return f.f->checker.chosen() == list({"en_US"}); }));
    CHECK(dictionaries->item(0)->checkState() == Qt::Checked);
    CHECK(dictionaries->item(1)->checkState() == Qt::Unchecked);
    CHECK_FALSE(f.f->preferences.spelling.isChosen());

    dictionaries->setFocus();
    QTest::keyClick(dictionaries, Qt::Key_Down);
    QTest::keyClick(dictionaries, Qt::Key_Space);
    CHECK_FALSE(f.page->automaticBox()->isChecked());
    CHECK(f.kept() == SpellingSettings{true, false, list({"en_US", "fr"})});
    CHECK(f.f->checker.chosen() == list({"en_US", "fr"}));
    // When the dictionaries are found anew, the ticked ones stay ticked.
    f.page->setDictionaries(f.f->checker.installed(), list({"en_US"}), list({"en_US"}));
    CHECK(dictionaries->item(1)->checkState() == Qt::Checked);
    CHECK(f.kept().dictionaries.size() == 2);

    f.page->automaticBox()->setFocus();
    QTest::keyClick(f.page->automaticBox(), Qt::Key_Space);
    CHECK(dictionaries->item(1)->checkState() == Qt::Unchecked);
    CHECK(f.kept() == SpellingSettings{});
    QTest::keyClick(f.page->onBox(), Qt::Key_Space);
    CHECK(f.kept() == SpellingSettings{false, true, {}});
    CHECK_FALSE(dictionaries->isEnabled());
    CHECK_FALSE(f.page->automaticBox()->isEnabled());
    // A setting that was changed elsewhere is shown.
    f.f->preferences.spelling.set({true, false, list({"fr"})});
    CHECK(f.page->onBox()->isChecked());
    CHECK(dictionaries->item(0)->checkState() == Qt::Unchecked);
    CHECK(dictionaries->item(1)->checkState() == Qt::Checked);
    // The automatic choice, switched on and off again, leaves the dictionaries that it showed.
    QTest::keyClick(f.page->automaticBox(), Qt::Key_Space);
    QTest::keyClick(f.page->automaticBox(), Qt::Key_Space);
    CHECK(f.kept() == SpellingSettings{true, false, list({"en_US"})});
}

TEST_CASE("more dictionaries than can be used at once are refused in words, not cut off") {
    Fixture f;
    f.find();
    QVector<InstalledDictionary> many;
    for (const char* code : {"bg", "cs", "da", "de", "el", "es", "et", "fi", "fr"})
        many.append({{QLatin1String(code), {}, {}, {}}, std::nullopt});
    many.last().refused = ErrorCode::LimitExceeded;
    QListWidget* dictionaries = f.page->dictionaryList();
    f.f->preferences.spelling.set({true, false, {}});
    f.page->setDictionaries(many, {}, {});
    CHECK(dictionaries->findItems(dictionaryProblem(ErrorCode::LimitExceeded), Qt::MatchContains).size() ==
          1);
    for (int i = 0; i < 8; ++i)
        dictionaries->item(i)->setCheckState(Qt::Checked);
    CHECK(f.problem().isEmpty());
    CHECK(f.kept().dictionaries.size() == 8);
    dictionaries->item(8)->setCheckState(Qt::Checked);
    CHECK_FALSE(f.problem().isEmpty());
    CHECK(f.page->problem().widget == dictionaries);
    CHECK(f.kept().dictionaries.size() == 8);
    f.f->sheet->finish();
    CHECK(f.f->sheet->isVisible());
    dictionaries->item(0)->setCheckState(Qt::Unchecked);
    CHECK(f.problem().isEmpty());
    CHECK(f.kept().dictionaries.size() == 8);
    f.f->sheet->finish();
    CHECK_FALSE(f.f->sheet->isVisible());
}

TEST_CASE("own words are removed, and put back") {
    Fixture f;
    QListWidget* list = f.page->wordList();
    REQUIRE(f.words() ==
            QStringList{QStringLiteral("Kagabo"), QStringLiteral("Kasara"), QStringLiteral("Tamir")});
    CHECK_FALSE(f.page->removeButton()->isEnabled());
    CHECK_FALSE(f.page->putBackButton()->isVisible());
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Delete);
    CHECK(f.words() == QStringList{QStringLiteral("Kagabo"), QStringLiteral("Tamir")});
    CHECK(f.f->profile.texts.value(QStringLiteral("spelling.words")) == QStringLiteral("Kagabo\nTamir"));
    QTest::mouseClick(f.page->putBackButton(), Qt::LeftButton);
    CHECK(f.words().size() == 3);
    CHECK_FALSE(f.page->putBackButton()->isVisible());
    list->selectAll();
    QTest::mouseClick(f.page->removeButton(), Qt::LeftButton);
    CHECK(f.words().isEmpty());
    CHECK_FALSE(list->isVisible());
    CHECK(f.f->sheet->focusWidget() == f.page->putBackButton());
    QTest::keyClick(f.page->putBackButton(), Qt::Key_Space);
    CHECK(f.words().size() == 3);
    CHECK(f.f->checker.ownWords().size() == 3);
}
