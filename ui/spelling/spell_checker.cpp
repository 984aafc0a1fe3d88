// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/spell_checker.h"

#include "ui/spelling/spell_worker.h"
#include "ui/spelling/word_finder.h"

#include <QCollator>
#include <QCoreApplication>
#include <QThread>

#include <algorithm>

namespace valise::ui {
namespace {

// More than a text that is checked can have, so that no text makes words be asked again and again.
constexpr int kMostCached = 32'768;
constexpr qsizetype kMostIgnored = 10'000;
constexpr qsizetype kSlice = 256; //!< words answered at once

struct SpellingTexts {
    Q_DECLARE_TR_FUNCTIONS(Spelling)
};

//! Without what English and French put to a name: "Kasara's", "l'Assemblée".
QString bareName(const QString& plain) {
    static const QStringList kElisions{QStringLiteral("l"), QStringLiteral("d"), QStringLiteral("j"),
                                       QStringLiteral("m"), QStringLiteral("n"), QStringLiteral("s"),
                                       QStringLiteral("t"), QStringLiteral("c"), QStringLiteral("qu")};
    const qsizetype mark = plain.indexOf(QLatin1Char('\''));
    if (mark < 0)
        return plain;
    if (kElisions.contains(plain.left(mark).toLower()))
        return plain.mid(mark + 1);
    if (mark == plain.size() - 2 && plain.back().toLower() == QLatin1Char('s'))
        return plain.left(mark);
    return plain;
}

} // namespace

SpellChecker::SpellChecker(QStringList folders, QObject* parent)
    : QObject(parent)
    , m_folders(std::move(folders))
    , m_cache(kMostCached) {}

SpellChecker::~SpellChecker() {
    if (!m_thread)
        return;
    m_thread->requestInterruption();
    m_thread->quit();
    m_thread->wait();
    // Its thread has ended: nothing runs there any more.
    delete m_worker;
}

template <typename F>
void SpellChecker::post(F work) {
    if (!m_thread) {
        m_thread = std::make_unique<QThread>();
        m_thread->setObjectName(QStringLiteral("spelling"));
        m_worker = new SpellWorker;
        m_worker->moveToThread(m_thread.get());
        m_thread->start(QThread::LowPriority);
    }
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, work = std::move(work)]() mutable {
        if (!QThread::currentThread()->isInterruptionRequested())
            work(*worker);
    });
}

void SpellChecker::setSettings(const SpellingSettings& settings) {
    if (m_started && settings == m_settings)
        return;
    m_started = true;
    m_settings = settings;
    if (m_looked)
        choose();
    else
        lookAgain();
}

void SpellChecker::setLanguages(const QStringList& languages) {
    if (languages == m_languages)
        return;
    m_languages = languages;
    if (m_started && m_looked)
        choose();
}

void SpellChecker::lookAgain() {
    post([this, folders = m_folders](SpellWorker&) {
        QMetaObject::invokeMethod(
            this,
            [this, found = findDictionaries(folders)] {
                QVector<InstalledDictionary> installed;
                for (const Dictionary& files : found) {
                    const auto before =
                        std::find_if(m_installed.begin(), m_installed.end(),
                                     [&](const InstalledDictionary& one) { return one.files == files; });
                    installed.append({files, before == m_installed.end() ? std::nullopt : before->refused});
                }
                m_looked = true;
                // A refused dictionary may have been installed anew since, so all are loaded again.
                for (const InstalledDictionary& one : std::as_const(installed))
                    if (one.refused && m_loaded.contains(one.files))
                        m_loaded.clear();
                if (installed != m_installed) {
                    m_installed = installed;
                    emit installedChanged();
                }
                if (m_started)
                    choose();
            },
            Qt::QueuedConnection);
    });
}

QStringList SpellChecker::automaticChoice() const {
    QVector<Dictionary> all;
    for (const InstalledDictionary& one : m_installed)
        all.append(one.files);
    return dictionariesFor(m_languages, all);
}

void SpellChecker::choose() {
    const QStringList wanted = m_settings.automatic ? automaticChoice() : m_settings.dictionaries;
    m_chosen.clear();
    QVector<Dictionary> load;
    for (const InstalledDictionary& installed : std::as_const(m_installed)) {
        const Dictionary& one = installed.files;
        const bool named = wanted.contains(one.code) ||
                           std::any_of(one.aliases.begin(), one.aliases.end(),
                                       [&](const QString& alias) { return wanted.contains(alias); });
        if (named && load.size() < kMostDictionaries) {
            m_chosen << one.code;
            load.append(one);
        }
    }
    if (!m_settings.on)
        load.clear();
    if (load == m_loaded)
        return;
    m_loaded = load;
    forgetVerdicts();
    post([this, load, generation = m_generation](SpellWorker& worker) {
        QMetaObject::invokeMethod(
            this,
            [this, load, generation, refused = worker.load(load)] {
                if (generation != m_generation)
                    return;
                bool changed = false;
                for (qsizetype i = 0; i < std::min(load.size(), refused.size()); ++i)
                    for (InstalledDictionary& one : m_installed)
                        if (one.files == load.at(i) && one.refused != refused.at(i)) {
                            one.refused = refused.at(i);
                            changed = true;
                        }
                if (changed)
                    emit installedChanged();
            },
            Qt::QueuedConnection);
    });
    emit verdictsChanged();
}

void SpellChecker::forgetVerdicts() {
    ++m_generation;
    m_cache.clear();
    m_asked.clear();
    m_wanted.clear();
}

void SpellChecker::stop() {
    m_started = false;
    m_settings = {};
    m_chosen.clear();
    m_own.clear();
    m_ownUpper.clear();
    m_ignored.clear();
    if (!m_loaded.isEmpty()) {
        m_loaded.clear();
        post([](SpellWorker& worker) { worker.load({}); });
    }
    forgetVerdicts();
    emit verdictsChanged();
}

bool SpellChecker::known(const QString& plain) const {
    if (m_own.isEmpty() && m_ignored.isEmpty())
        return false;
    const auto has = [this](const QString& one) {
        if (m_own.contains(one) || m_ignored.contains(one))
            return true;
        // Written at the beginning of a sentence, or all in capitals.
        const QString lower = one.toLower();
        return (one != lower && m_own.contains(lower)) || (one == one.toUpper() && m_ownUpper.contains(one));
    };
    return has(plain) || has(bareName(plain));
}

SpellChecker::Verdict SpellChecker::judged(const QString& word) {
    if (known(plainWord(word)))
        return Verdict::Right;
    if (const bool* right = m_cache.object(word))
        return *right ? Verdict::Right : Verdict::Wrong;
    if (!m_asked.contains(word)) {
        m_asked.insert(word);
        if (m_wanted.isEmpty())
            QMetaObject::invokeMethod(this, &SpellChecker::ask, Qt::QueuedConnection);
        m_wanted << word;
    }
    return Verdict::Unknown;
}

SpellChecker::Verdict SpellChecker::verdict(const QString& word) {
    if (m_loaded.isEmpty() || word.size() > kMostWord)
        return Verdict::Right;
    const Verdict whole = judged(word);
    if (whole != Verdict::Wrong)
        return whole;
    // "Franco-Kasaran" is right if its parts are, each in whatever language.
    const QStringList parts = plainWord(word).split(QLatin1Char('-'), Qt::SkipEmptyParts);
    if (parts.size() < 2)
        return Verdict::Wrong;
    bool unknown = false;
    for (const QString& part : parts) {
        const Verdict one = part.size() < 2 ? Verdict::Right : judged(part);
        if (one == Verdict::Wrong)
            return Verdict::Wrong;
        unknown = unknown || one == Verdict::Unknown;
    }
    return unknown ? Verdict::Unknown : Verdict::Right;
}

void SpellChecker::ask() {
    const QStringList words = std::exchange(m_wanted, {});
    if (words.isEmpty())
        return;
    post([this, words, generation = m_generation](SpellWorker& worker) {
        QVector<std::pair<QString, bool>> answers;
        for (qsizetype i = 0; i < words.size(); ++i) {
            if (QThread::currentThread()->isInterruptionRequested())
                return;
            answers.append({words.at(i), worker.accepts(words.at(i))});
            if (answers.size() == kSlice || i + 1 == words.size()) {
                QMetaObject::invokeMethod(
                    this, [this, generation, answers] { takeAnswers(generation, answers); },
                    Qt::QueuedConnection);
                answers.clear();
            }
        }
    });
}

void SpellChecker::takeAnswers(int generation, const QVector<std::pair<QString, bool>>& answers) {
    if (generation != m_generation)
        return;
    for (const auto& [word, right] : answers) {
        m_asked.remove(word);
        m_cache.insert(word, new bool(right));
    }
    emit verdictsChanged();
}

void SpellChecker::suggest(const QString& word, QObject* context,
                           std::function<void(const QStringList&)> reply) {
    // The reply holds objects of this thread, so it stays here.
    const int question = ++m_questions;
    m_replies.insert(question, {context, std::move(reply)});
    post([this, word, question, own = m_own.values()](SpellWorker& worker) {
        QMetaObject::invokeMethod(
            this,
            [this, question, found = worker.suggestions(word, own, kMostSuggestions)] {
                const auto [guard, answer] = m_replies.take(question);
                if (guard)
                    answer(found);
            },
            Qt::QueuedConnection);
    });
}

QStringList SpellChecker::ownWords() const {
    QStringList words = m_own.values();
    QCollator order;
    order.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(words.begin(), words.end(), [&](const QString& a, const QString& b) {
        const int compared = order.compare(a, b);
        return compared != 0 ? compared < 0 : a < b;
    });
    return words;
}

bool SpellChecker::isOwnWord(const QString& word) const {
    return m_own.contains(plainWord(word));
}

bool SpellChecker::addOwnWord(const QString& word) {
    const QString plain = plainWord(word);
    if (plain.isEmpty() || plain.size() > kMostWord || plain.contains(QLatin1Char('\n')))
        return false;
    if (m_own.contains(plain))
        return true;
    if (m_own.size() >= kMostOwnWords)
        return false;
    m_own.insert(plain);
    changeWords();
    emit ownWordsChanged();
    return true;
}

void SpellChecker::removeOwnWords(const QStringList& words) {
    const qsizetype before = m_own.size();
    for (const QString& word : words)
        m_own.remove(word);
    if (m_own.size() == before)
        return;
    changeWords();
    emit ownWordsChanged();
}

void SpellChecker::changeWords() {
    m_ownUpper.clear();
    for (const QString& word : std::as_const(m_own))
        m_ownUpper.insert(word.toUpper());
    emit verdictsChanged();
}

void SpellChecker::setOwnWords(const QString& text) {
    m_own.clear();
    for (const QStringView line : QStringView(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (m_own.size() == kMostOwnWords)
            break;
        if (line.size() <= kMostWord)
            m_own.insert(plainWord(line.toString()));
    }
    changeWords();
}

QString SpellChecker::ownWordsText() const {
    return ownWords().join(QLatin1Char('\n'));
}

void SpellChecker::ignore(const QString& word) {
    if (m_ignored.size() >= kMostIgnored)
        m_ignored.clear();
    m_ignored.insert(plainWord(word));
    emit verdictsChanged();
}

QString dictionaryProblem(ErrorCode code) {
    switch (code) {
    case ErrorCode::LimitExceeded:
        return SpellingTexts::tr("It is too large to be a dictionary, so it is not used.");
    case ErrorCode::Unsupported:
        return SpellingTexts::tr("It is written in a way that Valise does not know, so it is not used.");
    case ErrorCode::NotFound:
        return SpellingTexts::tr("Its files cannot be read, so it is not used.");
    default:
        return SpellingTexts::tr("It is damaged or incomplete, so it is not used. Please install it again.");
    }
}

} // namespace valise::ui
