// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/spell_worker.h"

#include "ui/spelling/word_finder.h"

#include <QThread>

#include <algorithm>
#include <array>

namespace valise::ui {
namespace {

constexpr int kFarthest = 16; //!< distances beyond are all the same

//! The scripts of a word's letters.
QSet<int> scriptsOf(const QString& word) {
    QSet<int> scripts;
    for (const char32_t c : word.toUcs4()) {
        const int script = QChar::script(c);
        if (QChar::isLetter(c) && script != QChar::Script_Common && script != QChar::Script_Inherited)
            scripts.insert(script);
    }
    return scripts;
}

} // namespace

int spellingDistance(const QString& a, const QString& b, int most) {
    const qsizetype n = a.size();
    const qsizetype m = b.size();
    if (std::abs(n - m) > most || n > 2 * kMostWord || m > 2 * kMostWord)
        return most + 1;
    // Three rows of the usual table: a swap looks two rows back.
    std::array<std::array<int, 2 * kMostWord + 1>, 3> rows{};
    for (qsizetype j = 0; j <= m; ++j)
        rows[0][static_cast<std::size_t>(j)] = static_cast<int>(j);
    for (qsizetype i = 1; i <= n; ++i) {
        auto& row = rows[static_cast<std::size_t>(i % 3)];
        const auto& above = rows[static_cast<std::size_t>((i + 2) % 3)];
        const auto& before = rows[static_cast<std::size_t>((i + 1) % 3)];
        row[0] = static_cast<int>(i);
        int least = row[0];
        for (qsizetype j = 1; j <= m; ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int same = a.at(i - 1) == b.at(j - 1) ? 0 : 1;
            row[at] = std::min({above[at] + 1, row[at - 1] + 1, above[at - 1] + same});
            if (i > 1 && j > 1 && a.at(i - 1) == b.at(j - 2) && a.at(i - 2) == b.at(j - 1))
                row[at] = std::min(row[at], before[at - 2] + 1);
            least = std::min(least, row[at]);
        }
        if (least > most)
            return most + 1;
    }
    return std::min(rows[static_cast<std::size_t>(n % 3)][static_cast<std::size_t>(m)], most + 1);
}

QVector<std::optional<ErrorCode>> SpellWorker::load(const QVector<Dictionary>& dictionaries) {
    std::vector<std::unique_ptr<HunspellDictionary>> before = std::exchange(m_dictionaries, {});
    QVector<std::optional<ErrorCode>> refused;
    for (const Dictionary& wanted : dictionaries) {
        refused.append(std::nullopt);
        const auto have = std::find_if(before.begin(), before.end(), [&](const auto& one) {
            return one && one->files().affPath == wanted.affPath && one->files().dicPath == wanted.dicPath;
        });
        if (have != before.end()) {
            m_dictionaries.push_back(std::move(*have));
            continue;
        }
        // The program ends: nobody waits for a dictionary any more.
        if (QThread::currentThread()->isInterruptionRequested())
            break;
        auto opened = HunspellDictionary::open(wanted);
        if (opened)
            m_dictionaries.push_back(std::move(opened).value());
        else
            refused.back() = opened.error().code;
    }
    return refused;
}

bool SpellWorker::knows(const QString& word) const {
    return std::any_of(m_dictionaries.begin(), m_dictionaries.end(),
                       [&](const auto& dictionary) { return dictionary->accepts(word); });
}

bool SpellWorker::accepts(const QString& word) const {
    QSet<int> missing = scriptsOf(word);
    for (const auto& dictionary : m_dictionaries)
        missing.subtract(dictionary->scripts());
    if (!missing.isEmpty() || m_dictionaries.empty())
        return true;
    const QString plain = plainWord(word);
    // As it was written too: a dictionary may know only the typographic apostrophe.
    return knows(plain) || (plain != word && knows(word));
}

QStringList SpellWorker::suggestions(const QString& word, const QStringList& own, int most) const {
    const QString plain = plainWord(word);
    const QString folded = plain.toCaseFolded();
    const QSet<int> scripts = scriptsOf(plain);
    std::vector<QStringList> lists;
    // Names are meant more often than they are misspelt: only what is very near.
    QStringList near;
    for (int distance = 1; distance <= (plain.size() > 5 ? 2 : 1); ++distance)
        for (const QString& one : own)
            if (spellingDistance(one.toCaseFolded(), folded, distance) == distance)
                near << one;
    lists.push_back(near);
    for (const auto& dictionary : m_dictionaries) {
        if (QThread::currentThread()->isInterruptionRequested())
            return {};
        if (dictionary->scripts().intersects(scripts))
            lists.push_back(dictionary->suggestions(plain));
    }
    // Each list is in the order of its dictionary, which knows how people mistake words. Between lists the
    // nearest comes first.
    const bool typographic = word.contains(QChar(0x2019));
    std::vector<qsizetype> at(lists.size(), 0);
    QStringList out;
    while (out.size() < most) {
        int best = -1;
        int nearest = 0;
        for (std::size_t i = 0; i < lists.size(); ++i) {
            if (at[i] >= lists[i].size())
                continue;
            const int distance = spellingDistance(lists[i].at(at[i]).toCaseFolded(), folded, kFarthest);
            if (best < 0 || distance < nearest) {
                best = static_cast<int>(i);
                nearest = distance;
            }
        }
        if (best < 0)
            break;
        QString one = lists[static_cast<std::size_t>(best)].at(at[static_cast<std::size_t>(best)]++);
        if (typographic)
            one.replace(QLatin1Char('\''), QChar(0x2019));
        if (one != word && !out.contains(one))
            out << one;
    }
    return out;
}

} // namespace valise::ui
