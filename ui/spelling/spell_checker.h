// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/spelling/dictionaries.h"
#include "ui/spelling/spelling_settings.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

class QThread;

namespace valise::ui {

class SpellWorker;

//! A dictionary of this computer, and why it cannot be used if it was tried and refused.
struct InstalledDictionary {
    Dictionary files;
    std::optional<ErrorCode> refused;

    friend bool operator==(const InstalledDictionary&, const InstalledDictionary&) = default;
};

//! Whether words are spelt right, by several dictionaries at once and the person's own words. Lives on the
//! GUI thread and never waits: dictionaries are found, read and asked on a thread of its own, words go there
//! and answers come back by queued calls. The answers that it remembers are bounded, and end with it.
class SpellChecker : public QObject {
    Q_OBJECT

public:
    enum class Verdict {
        Right,  //!< or nothing that can be judged
        Wrong,  //!< neither a dictionary nor the person knows it
        Unknown //!< asked now; verdictsChanged() follows
    };
    static constexpr int kMostOwnWords = 5000;
    static constexpr int kMostSuggestions = 6;
    static constexpr int kMostDictionaries = 8; //!< at once; each takes up to some tens of megabytes

    //! Dictionaries are looked for in these folders. Nothing is checked before settings are given.
    explicit SpellChecker(QStringList folders = dictionaryFolders(), QObject* parent = nullptr);
    //! Waits for the dictionary that is being read at the moment, if any.
    ~SpellChecker() override;

    void setSettings(const SpellingSettings& settings);
    const SpellingSettings& settings() const { return m_settings; }
    //! For dictionaries that are chosen by themselves; "en-GB", best first.
    void setLanguages(const QStringList& languages);
    //! As far as they were found; found anew by lookAgain().
    const QVector<InstalledDictionary>& installed() const { return m_installed; }
    //! Codes of those that are chosen by themselves.
    QStringList automaticChoice() const;
    //! Codes of the dictionaries that are used.
    const QStringList& chosen() const { return m_chosen; }
    //! The folders are read again, and what is new is used.
    void lookAgain();
    //! Nothing more is checked, and everything about words is forgotten.
    void stop();

    //! Judges a word as findWords() gives it.
    Verdict verdict(const QString& word);
    //! Words that may have been meant, best first, at most kMostSuggestions, while the context lives.
    void suggest(const QString& word, QObject* context, std::function<void(const QStringList&)> reply);

    //! The person's own words, in alphabetical order.
    QStringList ownWords() const;
    bool isOwnWord(const QString& word) const;
    //! False if there are kMostOwnWords already, or it is no word.
    bool addOwnWord(const QString& word);
    void removeOwnWords(const QStringList& words);
    //! Own words in their stored form, a line each. Words beyond the bounds are left out.
    void setOwnWords(const QString& text);
    QString ownWordsText() const;
    //! Right until the program ends.
    void ignore(const QString& word);

signals:
    //! The results of verdict() may have changed.
    void verdictsChanged();
    //! The list of installed dictionaries, or what became of one.
    void installedChanged();
    //! A word was added or removed here; setOwnWords() does not tell.
    void ownWordsChanged();

private:
    template <typename F>
    void post(F work);
    void choose();
    void load();
    void forgetVerdicts();
    void ask();
    void takeAnswers(int generation, const QVector<std::pair<QString, bool>>& answers);
    bool known(const QString& word) const;
    Verdict judged(const QString& word);
    void changeWords();

    QStringList m_folders;
    SpellingSettings m_settings;
    QStringList m_languages;
    QVector<InstalledDictionary> m_installed;
    QStringList m_chosen;
    QVector<Dictionary> m_loaded; //!< as the worker was told
    std::unique_ptr<QThread> m_thread;
    SpellWorker* m_worker = nullptr;
    bool m_started = false;
    bool m_looked = false;
    int m_generation = 0; //!< of dictionaries; answers of an earlier one do not count
    QCache<QString, bool> m_cache;
    QSet<QString> m_asked;
    QStringList m_wanted; //!< leave together at the end of this turn
    int m_questions = 0;
    QHash<int, std::pair<QPointer<QObject>, std::function<void(const QStringList&)>>> m_replies;
    QSet<QString> m_own; //!< as plainWord() has them
    QSet<QString> m_ownUpper;
    QSet<QString> m_ignored;
};

//! Why a dictionary cannot be used, as a sentence.
QString dictionaryProblem(ErrorCode code);

} // namespace valise::ui
