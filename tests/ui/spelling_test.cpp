// SPDX-License-Identifier: AGPL-3.0-or-later
// Dictionaries, words and verdicts, with dictionaries of a few words that the tests write themselves.
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/dictionary_fixture.h"
#include "ui/spelling/hunspell_dictionary.h"
#include "ui/spelling/spell_checker.h"
#include "ui/spelling/spell_worker.h"
#include "ui/spelling/word_finder.h"

#include <QDir>
#include <QSignalSpy>

#include <random>

using namespace valise;
using namespace valise::ui;
using uitest::DictionaryFolder;
using uitest::eventually;
using Verdict = SpellChecker::Verdict;

namespace {

QStringList wordsOf(const QString& line, const QStringList& names = {}) {
    QStringList words;
    for (const FoundWord& word : findWords(line, names))
        words << line.mid(word.start, word.length);
    return words;
}

QStringList split(const char* words) {
    return QString::fromUtf8(words).split(QLatin1Char('|'), Qt::SkipEmptyParts);
}

//! A checker of a folder's dictionaries, and its answers as they are in the end.
struct Checked {
    explicit Checked(const QStringList& folders)
        : checker((uitest::application(), folders)) {}
    void use(const QStringList& codes) {
        checker.setSettings({true, false, codes});
        REQUIRE(eventually([&] { return checker.chosen().size() == codes.size(); }));
    }
    Verdict verdict(const char* word) {
        const QString text = QString::fromUtf8(word);
        REQUIRE(eventually([&] { return checker.verdict(text) != Verdict::Unknown; }));
        return checker.verdict(text);
    }
    bool right(const char* word) { return verdict(word) == Verdict::Right; }
    QStringList suggestions(const char* word) {
        std::optional<QStringList> found;
        checker.suggest(QString::fromUtf8(word), &checker, [&](const QStringList& words) { found = words; });
        REQUIRE(eventually([&] { return found.has_value(); }));
        return *found;
    }
    SpellChecker checker;
};

ErrorCode refusal(const Dictionary& dictionary) {
    const auto opened = HunspellDictionary::open(dictionary);
    REQUIRE_FALSE(opened);
    return opened.error().code;
}

} // namespace

TEST_CASE("installed dictionaries are found, each once, the person's own first") {
    DictionaryFolder own;
    DictionaryFolder system;
    own.make(QStringLiteral("en_US"), {"one"});
    system.make(QStringLiteral("en_US"), {"two"});
    system.make(QStringLiteral("fr"), {"un"});
    system.make(QStringLiteral("de_DE_frami"), {"eins"});
    for (const char* link : {"fr_CA", "fr_FR"})
        for (const char* end : {".aff", ".dic"})
            REQUIRE(QFile::link(system.file(QStringLiteral("fr") + QLatin1String(end)),
                                system.file(QLatin1String(link) + QLatin1String(end))));
    system.write(QStringLiteral("hyph_fr.dic"), "UTF-8\n");      // hyphenation lies beside spelling
    system.write(QStringLiteral("nl.aff"), "SET UTF-8\n");       // half of a dictionary
    system.write(QStringLiteral("notes on words.aff"), "hello"); // no language
    system.write(QStringLiteral("notes on words.dic"), "1\none");
    REQUIRE(QDir(system.path()).mkdir(QStringLiteral("it.aff")));
    const auto found = findDictionaries({QStringLiteral("/nowhere/at/all"), own.path(), system.path()});
    REQUIRE(found.size() == 3);
    CHECK(found.at(0).code == QStringLiteral("de_DE_frami"));
    CHECK(found.at(1).code == QStringLiteral("en_US"));
    CHECK(found.at(1).affPath.startsWith(own.path()));
    CHECK(found.at(2).code == QStringLiteral("fr"));
    CHECK(found.at(2).aliases == split("fr_CA|fr_FR"));

    CHECK(dictionariesFor(split("fr-CA|en-GB|en|ar"), found) == split("fr|en_US"));
    CHECK(dictionariesFor(split("de"), found) == split("de_DE_frami"));
    CHECK(dictionariesFor(split("C|zh-Hant-TW"), found).isEmpty());
    const QVector<Dictionary> english{{QStringLiteral("en_AU"), {}, {}, {}},
                                      {QStringLiteral("en_GB"), {}, {}, {}},
                                      {QStringLiteral("en_US"), {}, {}, {}}};
    CHECK(dictionariesFor(split("en-GB|en-US"), english) == split("en_GB"));
    CHECK(dictionariesFor(split("en"), english) == split("en_US"));
}

TEST_CASE("the environment names folders of dictionaries before all others") {
    uitest::application();
    const QByteArray before = qgetenv("VALISE_DICTIONARIES");
    qputenv("VALISE_DICTIONARIES", "/first/place:/second");
    const QStringList folders = dictionaryFolders();
    before.isNull() ? qunsetenv("VALISE_DICTIONARIES") : qputenv("VALISE_DICTIONARIES", before);
    CHECK(folders.mid(0, 2) == split("/first/place|/second"));
    CHECK(folders.at(2) == QCoreApplication::applicationDirPath() + QStringLiteral("/dictionaries"));
    CHECK(folders.size() > 3);
}

TEST_CASE("dictionaries are called what their language calls itself") {
    const auto name = [](const char* code, const QStringList& aliases = {}) {
        return dictionaryName({QLatin1String(code), aliases, {}, {}});
    };
    CHECK(name("fr") == QString::fromUtf8("Français"));
    CHECK(name("en_US") == QStringLiteral("American English"));
    CHECK(name("en_GB") == QStringLiteral("British English"));
    CHECK(name("en") == QStringLiteral("English"));
    CHECK(name("fr_BE") == QString::fromUtf8("Français (Belgique)"));
    CHECK(name("hu_HU") == QStringLiteral("Magyar"));
    CHECK(name("es_ES", split("es_CL|es_MX")) == QString::fromUtf8("Español"));
    CHECK(name("ar") == QString::fromUtf8("العربية"));
    CHECK(name("de_DE_frami") == QStringLiteral("Deutsch (frami)"));
    CHECK(name("qqq") == QStringLiteral("qqq"));
}

TEST_CASE("what is no word is not checked") {
    CHECK(wordsOf(QStringLiteral("We accept the draft, don't we?")) == split("We|accept|the|draft|don't|we"));
    CHECK(wordsOf(QString::fromUtf8("«l’accord» peut-être – «ou non»")) ==
          split("l’accord|peut-être|ou|non"));
    CHECK(wordsOf(QStringLiteral("see https://example.org/annex/seven and www.tamir.example now")) ==
          split("see|and|now"));
    CHECK(wordsOf(QStringLiteral("write to lea@kasara.example today")) == split("write|to|today"));
    CHECK(wordsOf(QStringLiteral("@Mei Lin agrees, @Ingrid too"), {QStringLiteral("Mei Lin")}) ==
          split("agrees|too"));
    CHECK(wordsOf(QStringLiteral("@Mei Linse agrees"), {QStringLiteral("Mei Lin")}) == split("Linse|agrees"));
    CHECK(wordsOf(QStringLiteral("fine :thumbs_up: and (:joy:) ok: yes")) == split("fine|and|ok|yes"));
    CHECK(wordsOf(QStringLiteral("the `git rebase` word, ``a ` b`` end")) == split("the|word|end"));
    CHECK(wordsOf(QStringLiteral("an open ` tick")) == split("an|open|tick"));
    CHECK(wordsOf(QStringLiteral("para7 COP31 2nd draft_v2 draft")) == split("draft"));
    CHECK(wordsOf(QStringLiteral("annex.pdf /etc/hosts C:\\temp i.e. #topic and/or")) == split("and|or"));
    CHECK(wordsOf(QStringLiteral("UN UNFCCC WHATEVER a I")) == split("WHATEVER"));
    CHECK(wordsOf(QStringLiteral("**bold** _italic_ ~~gone~~ > quote")) == split("bold|italic|gone|quote"));
    CHECK(wordsOf(QString::fromUtf8("مرحبا بكم، أهلا")) == split("مرحبا|بكم|أهلا"));
    CHECK(wordsOf(QString(64, QLatin1Char('b'))).size() == 1);
    CHECK(wordsOf(QString(65, QLatin1Char('b'))).isEmpty());
    CHECK(wordsOf(QString()).isEmpty());
    CHECK(wordsOf(QString(QChar(0xD801))).isEmpty());
    CHECK(plainWord(QString::fromUtf8("l’ac\u00ADcord")) == QStringLiteral("l'accord"));
    CHECK(plainWord(QString::fromUtf8("cafe\u0301")) == QString::fromUtf8("café"));
}

TEST_CASE("finding words takes time in proportion to the text") {
    for (const char* unit : {"`", "@ ", ":a", "a'", "@", "_", "``` ` ", "https://", "a.b", "a-"}) {
        const QString line = QString::fromLatin1(unit).repeated(60'000 / static_cast<int>(qstrlen(unit)));
        QElapsedTimer timer;
        timer.start();
        (void)findWords(line, QStringList(200, QStringLiteral("Ingrid Nordli")));
        INFO(unit);
        CHECK(timer.elapsed() < 2000);
    }
}

TEST_CASE("a word is right if any of several dictionaries has it") {
    DictionaryFolder folder;
    folder.makeUsual();
    Checked c({folder.path()});
    CHECK(c.checker.verdict(QStringLiteral("zzz")) == Verdict::Right); // nothing was chosen yet
    c.use(split("en_US"));
    CHECK(c.right("treaty"));
    CHECK(c.right("Treaty"));
    CHECK(c.right("don’t"));
    CHECK_FALSE(c.right("traité"));
    CHECK_FALSE(c.right("treatty"));
    QSignalSpy changed(&c.checker, &SpellChecker::verdictsChanged);
    c.use(split("en_US|fr"));
    CHECK_FALSE(changed.isEmpty());
    CHECK(c.right("traité"));
    CHECK(c.right("TRAITÉ"));
    CHECK(c.right("treaty"));
    CHECK_FALSE(c.right("treatty"));
    // Parts of different languages, and a part that is wrong.
    CHECK(c.right("treaty-lundi"));
    CHECK_FALSE(c.right("treaty-lundy"));
    // Scripts that none of them knows.
    CHECK(c.right("Договор"));
    CHECK(c.right("معاهدة"));
    // No word is checked while checking is off.
    c.checker.setSettings({false, false, split("en_US|fr")});
    CHECK(c.checker.verdict(QStringLiteral("treatty")) == Verdict::Right);
    c.checker.setSettings({true, false, {}});
    CHECK(c.checker.verdict(QStringLiteral("treatty")) == Verdict::Right);
}

TEST_CASE("dictionaries are chosen by the languages in use until somebody chooses") {
    DictionaryFolder folder;
    folder.makeUsual();
    folder.make(QStringLiteral("ru"), {"\xD0\xB4\xD0\xB0"});
    Checked c({folder.path()});
    c.checker.setLanguages(split("fr-BE|en-GB"));
    c.checker.setSettings({});
    REQUIRE(eventually([&] { return c.checker.chosen().size() == 2; }));
    CHECK(c.checker.chosen() == split("en_US|fr"));
    c.checker.setLanguages(split("ru"));
    CHECK(c.checker.chosen() == split("ru"));
    c.use(split("fr"));
    c.checker.setLanguages(split("en"));
    CHECK(c.checker.chosen() == split("fr"));
    CHECK(c.checker.automaticChoice() == split("en_US"));
    // A dictionary that is installed while the program runs.
    c.checker.setSettings({});
    c.checker.setLanguages(split("en|nl"));
    folder.make(QStringLiteral("nl"), {"verdrag"});
    QSignalSpy installed(&c.checker, &SpellChecker::installedChanged);
    c.checker.lookAgain();
    REQUIRE(eventually([&] { return !installed.isEmpty(); }));
    CHECK(c.checker.chosen() == split("en_US|nl"));
    CHECK(c.right("verdrag"));
    for (const SpellingSettings& s :
         {SpellingSettings{}, SpellingSettings{false, true, {}},
          SpellingSettings{true, false, split("fr|ru")}, SpellingSettings{false, false, split("fr")},
          SpellingSettings{true, false, {}}})
        CHECK(spellingFromText(spellingToText(s)) == s);
    CHECK(spellingFromText({}) == SpellingSettings{});
}

TEST_CASE("suggestions of all dictionaries come together, the nearest first") {
    DictionaryFolder folder;
    folder.make(QStringLiteral("en_US"), {"annex", "annexes", "annexed", "annals", "apnea", "anneal"});
    folder.make(QStringLiteral("fr"), {"annexe", "annexer", "annonce",
                                       "annex\xC3\xA9"
                                       "e"});
    Checked c({folder.path()});
    c.use(split("en_US|fr"));
    REQUIRE_FALSE(c.right("annexx"));
    const QStringList words = c.suggestions("annexx");
    CHECK(words.size() <= SpellChecker::kMostSuggestions);
    REQUIRE(words.size() >= 2);
    CHECK(words.contains(QStringLiteral("annex")));
    CHECK(words.contains(QStringLiteral("annexe")));
    CHECK(spellingDistance(words.first(), QStringLiteral("annexx"), 9) == 1);
    CHECK(words.count(words.first()) == 1);
    CHECK(c.suggestions("qqqqqqqqqqqqqqqq").isEmpty());
    // The person's own words come first, because they are most likely meant.
    REQUIRE(c.checker.addOwnWord(QStringLiteral("Kagabo")));
    CHECK(c.suggestions("Kagbo").value(0) == QStringLiteral("Kagabo"));
    CHECK(spellingDistance(QStringLiteral("teh"), QStringLiteral("the"), 3) == 1);
    CHECK(spellingDistance(QStringLiteral("treaty"), QStringLiteral("treatty"), 3) == 1);
    CHECK(spellingDistance(QStringLiteral("a"), QStringLiteral("abcdef"), 2) == 3);
    CHECK(spellingDistance(QString(), QString(), 2) == 0);
}

TEST_CASE("a reply to somebody who has gone is not given") {
    DictionaryFolder folder;
    folder.makeUsual();
    Checked c({folder.path()});
    c.use(split("en_US"));
    auto gone = std::make_unique<QObject>();
    bool told = false;
    c.checker.suggest(QStringLiteral("treatty"), gone.get(), [&](const QStringList&) { told = true; });
    gone.reset();
    CHECK(c.suggestions("treatty").contains(QStringLiteral("treaty")));
    CHECK_FALSE(told);
}

TEST_CASE("dictionaries in older encodings are read") {
    DictionaryFolder folder;
    folder.make(QStringLiteral("fr"), {"trait\xE9", "n\xE9gociation", "caf\xE9"},
                "SET ISO8859-1\nTRY esianrtolcdugmphbyfvkw\xE9\n");
    folder.make(QStringLiteral("ru"), {"\xC4\xCF\xC7\xCF\xD7\xCF\xD2", "\xC4\xC1"}, "SET KOI8-R\n");
    folder.make(QStringLiteral("bg"), {"\xE4\xEE\xE3\xEE\xE2\xEE\xF0"}, "SET microsoft-cp1251\n");
    const auto french = must(HunspellDictionary::open(folder.files(QStringLiteral("fr"))));
    CHECK(french->accepts(QString::fromUtf8("traité")));
    CHECK_FALSE(french->accepts(QStringLiteral("traite")));
    CHECK_FALSE(french->accepts(QString::fromUtf8("договор"))); // has no octets there
    CHECK(french->suggestions(QString::fromUtf8("négosiation")).value(0) == QString::fromUtf8("négociation"));
    CHECK(french->covers(QChar::Script_Latin));
    CHECK_FALSE(french->covers(QChar::Script_Cyrillic));
    const auto russian = must(HunspellDictionary::open(folder.files(QStringLiteral("ru"))));
    CHECK(russian->accepts(QString::fromUtf8("договор")));
    CHECK_FALSE(russian->accepts(QString::fromUtf8("договар")));
    CHECK(russian->covers(QChar::Script_Cyrillic));
    CHECK(must(HunspellDictionary::open(folder.files(QStringLiteral("bg"))))
              ->accepts(QString::fromUtf8("договор")));
    Checked c({folder.path()});
    c.use(split("fr|ru"));
    CHECK(c.right("café"));
    CHECK(c.right("Договор"));
    CHECK_FALSE(c.right("дагавор"));
}

TEST_CASE("the dictionaries of this computer open and are asked, English and French at once") {
    Checked c({QStringLiteral("/usr/share/hunspell")});
    const auto installed = findDictionaries({QStringLiteral("/usr/share/hunspell")});
    if (dictionariesFor(split("en|fr"), installed).size() < 2) {
        WARN("skipped: the packages hunspell-en-us and hunspell-fr are not installed");
        return;
    }
    for (const Dictionary& files : installed) {
        INFO(files.code.toStdString());
        CHECK(HunspellDictionary::open(files).ok());
    }
    c.use(dictionariesFor(split("en|fr"), installed));
    for (const char* word :
         {"We", "negotiate", "don’t", "well-known", "l’accord", "Peut-être", "œuvre", "négociées"}) {
        INFO(word);
        CHECK(c.right(word));
    }
    for (const char* word : {"negociate", "l’acord", "treatty"}) {
        INFO(word);
        CHECK_FALSE(c.right(word));
    }
    CHECK(c.suggestions("treatty").first() == QStringLiteral("treaty"));
    CHECK(c.suggestions("l’acord").contains(QString::fromUtf8("l’accord")));
}

TEST_CASE("own words are right, kept in order, bounded, and can be removed") {
    DictionaryFolder folder;
    folder.makeUsual();
    Checked c({folder.path()});
    c.use(split("en_US|fr"));
    QSignalSpy kept(&c.checker, &SpellChecker::ownWordsChanged);
    CHECK_FALSE(c.right("Kasara"));
    REQUIRE(c.checker.addOwnWord(QStringLiteral("Kasara")));
    CHECK(kept.size() == 1);
    CHECK(c.right("Kasara"));
    CHECK(c.right("KASARA"));
    CHECK(c.right("Kasara’s"));
    CHECK(c.right("d'Kasara"));
    CHECK(c.right("treaty-Kasara"));
    CHECK_FALSE(c.right("kasara")); // a name has its capital
    CHECK_FALSE(c.right("Kasaras"));
    REQUIRE(c.checker.addOwnWord(QStringLiteral("démarcheur")));
    CHECK(c.right("Démarcheur"));
    REQUIRE(c.checker.addOwnWord(QStringLiteral("Kasara")));
    CHECK(c.checker.ownWords() == split("démarcheur|Kasara"));
    CHECK(kept.size() == 2);
    const QString text = c.checker.ownWordsText();
    c.checker.removeOwnWords(split("Kasara|unknown"));
    CHECK(kept.size() == 3);
    CHECK_FALSE(c.right("Kasara"));
    c.checker.setOwnWords(text);
    CHECK(kept.size() == 3);
    CHECK(c.right("Kasara"));
    CHECK_FALSE(c.checker.addOwnWord(QString(65, QLatin1Char('x'))));
    CHECK_FALSE(c.checker.addOwnWord(QString()));
    c.checker.ignore(QStringLiteral("Tamir"));
    CHECK(c.right("Tamir"));
    CHECK(c.checker.ownWords().size() == 2);
    QStringList many;
    for (int i = 0; i < SpellChecker::kMostOwnWords + 10; ++i)
        many << QStringLiteral("w%1").arg(i);
    many << QString(65, QLatin1Char('y'));
    c.checker.setOwnWords(many.join(QLatin1Char('\n')));
    CHECK(c.checker.ownWords().size() == SpellChecker::kMostOwnWords);
    CHECK_FALSE(c.checker.addOwnWord(QStringLiteral("one-too-many")));
    // Closing a profile forgets them.
    c.checker.stop();
    CHECK(c.checker.ownWords().isEmpty());
    CHECK(c.checker.verdict(QStringLiteral("treatty")) == Verdict::Right);
}

TEST_CASE("a dictionary that is damaged or made to do harm is refused") {
    DictionaryFolder folder;
    const QByteArray utf8 = "SET UTF-8\n";
    const auto make = [&](const QByteArray& aff, const QByteArray& dic) {
        folder.write(QStringLiteral("xx.aff"), aff);
        folder.write(QStringLiteral("xx.dic"), dic);
        return folder.files(QStringLiteral("xx"));
    };
    CHECK(must(HunspellDictionary::open(make(utf8, "1\nword\n")))->accepts(QStringLiteral("word")));
    const struct {
        const char* what;
        QByteArray aff;
        QByteArray dic;
        ErrorCode code;
    } cases[] = {
        {"no words", utf8, "", ErrorCode::InvalidEncoding},
        {"no number", utf8, "word\nother\n", ErrorCode::InvalidEncoding},
        {"nothing announced", utf8, "0\nword\n", ErrorCode::InvalidEncoding},
        {"less than nothing", utf8, "-5\nword\n", ErrorCode::InvalidEncoding},
        {"words cut off", utf8, "100\none\ntwo\n", ErrorCode::InvalidEncoding},
        {"memory for billions of words", utf8, "2000000000\none\n", ErrorCode::InvalidEncoding},
        {"a number beyond all", utf8, "99999999999999999999999\none\n", ErrorCode::InvalidEncoding},
        {"zeros", utf8, QByteArray("2\none\0two\nthree\n", 16), ErrorCode::InvalidEncoding},
        {"an endless word", utf8, "1\n" + QByteArray(70'000, 'a') + "\n", ErrorCode::InvalidEncoding},
        {"digits only", utf8, "2\n123\n456\n", ErrorCode::InvalidEncoding},
        {"suffixes cut off", utf8 + "SFX S Y 12\nSFX S 0 s .\n", "1\nword/S\n", ErrorCode::InvalidEncoding},
        {"memory for billions of flags", utf8 + "AF 2000000000\nAF S\n", "1\nword\n",
         ErrorCode::InvalidEncoding},
        {"a table of less than nothing", utf8 + "REP -1\n", "1\nword\n", ErrorCode::InvalidEncoding},
        {"an unknown encoding", "SET EBCDIC-OF-KASARA\n", "1\nword\n", ErrorCode::Unsupported},
        {"an encoding of two octets", "SET UTF-16\n", "1\nword\n", ErrorCode::Unsupported},
    };
    for (const auto& one : cases) {
        INFO(one.what);
        const ErrorCode code = refusal(make(one.aff, one.dic));
        CHECK(code == one.code);
        CHECK_FALSE(dictionaryProblem(code).isEmpty());
    }
    // Huge: refused by size, before anything is read.
    make(utf8, "1\nword\n");
    REQUIRE(QFile(folder.file(QStringLiteral("xx.dic"))).resize(kMostDicOctets + 1));
    CHECK(refusal(folder.files(QStringLiteral("xx"))) == ErrorCode::LimitExceeded);
    make(utf8, "1\nword\n");
    REQUIRE(QFile(folder.file(QStringLiteral("xx.aff"))).resize(kMostAffOctets + 1));
    CHECK(refusal(folder.files(QStringLiteral("xx"))) == ErrorCode::LimitExceeded);
    CHECK(refusal(folder.files(QStringLiteral("yy"))) == ErrorCode::NotFound);
    REQUIRE(QDir(folder.path()).mkdir(QStringLiteral("zz.aff")));
    CHECK(refusal(folder.files(QStringLiteral("zz"))) == ErrorCode::NotFound);

    // One that is refused does not keep the others from being used, and is told; when it is mended it is
    // used.
    folder.makeUsual();
    make(utf8, "100\none\n");
    Checked c({folder.path()});
    c.use(split("en_US|xx"));
    const auto refused = [&] {
        for (const InstalledDictionary& one : c.checker.installed())
            if (one.files.code == QStringLiteral("xx"))
                return one.refused.has_value();
        return false;
    };
    REQUIRE(eventually(refused));
    CHECK(c.right("treaty"));
    CHECK_FALSE(c.right("mended"));
    make(utf8, "1\nmended\n");
    c.checker.lookAgain();
    REQUIRE(eventually([&] { return !refused(); }));
    CHECK(c.right("mended"));
}

TEST_CASE("mangled dictionaries end in a refusal or in some answer, never in a crash") {
    DictionaryFolder folder;
    const QByteArray aff = "SET UTF-8\nTRY esianrtolc\nREP 2\nREP f ph\nREP ei ie\nMAP 1\nMAP a\xC3\xA0\n"
                           "COMPOUNDMIN 2\nCOMPOUNDRULE 1\nCOMPOUNDRULE AB*\nBREAK 1\nBREAK -\n"
                           "PFX U Y 1\nPFX U 0 un .\nSFX S Y 3\nSFX S y ies [^aeiou]y\nSFX S 0 s [aeiou]y\n"
                           "SFX S 0 s [^y]\nICONV 1\nICONV \xE2\x80\x99 '\nPHONE 1\nPHONE AH(AEIOUY)- *H\n";
    const QByteArray dic = "6\nannex/S\nparty/S\ntie/US\nlock/A\nkey/B\ntrait\xC3\xA9/S\n";
    std::mt19937 random(20261127);
    int opened = 0;
    for (int round = 0; round < 400; ++round) {
        QByteArray mangled[2] = {aff, dic};
        QByteArray& victim = mangled[random() % 2];
        for (unsigned i = 0; i < 1 + random() % 6; ++i) {
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(victim.size()));
            switch (random() % 4) {
            case 0:
                victim[at] = static_cast<char>(random());
                break;
            case 1:
                victim.remove(at, 1 + static_cast<qsizetype>(random() % 8));
                break;
            case 2:
                victim.insert(at, victim.mid(static_cast<qsizetype>(random() % 40), 20));
                break;
            default:
                victim.truncate(std::max<qsizetype>(1, at));
                break;
            }
            if (victim.isEmpty())
                victim = "1";
        }
        folder.write(QStringLiteral("xx.aff"), mangled[0]);
        folder.write(QStringLiteral("xx.dic"), mangled[1]);
        const auto dictionary = HunspellDictionary::open(folder.files(QStringLiteral("xx")));
        if (!dictionary)
            continue;
        ++opened;
        for (const char* word : {"annexes", "untie", "lockkeykey", "trait\xC3\xA9s", "partys", "x",
                                 "l\xE2\x80\x99"
                                 "annex"}) {
            (void)(*dictionary)->accepts(QString::fromUtf8(word));
            (void)(*dictionary)->suggestions(QString::fromUtf8(word));
        }
    }
    CHECK(opened > 0);
}
