// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/word_finder.h"

#include "ui/links/link_finder.h"

#include <algorithm>

namespace valise::ui {
namespace {

constexpr qsizetype kMostAcronym = 6;
constexpr QChar kSoftHyphen(0x00AD);
constexpr QChar kTatweel(0x0640);
constexpr QChar kApostrophe(0x2019);

//! Letters, marks and digits, also those of two units.
bool isWordAt(const QString& text, qsizetype at) {
    const QChar c = text.at(at);
    if (!c.isSurrogate())
        return c.isLetterOrNumber() || c.isMark();
    const bool high = c.isHighSurrogate();
    const qsizetype first = high ? at : at - 1;
    if (first < 0 || first + 1 >= text.size() || !text.at(first).isHighSurrogate() ||
        !text.at(first + 1).isLowSurrogate())
        return false;
    return QChar::isLetterOrNumber(QChar::surrogateToUcs4(text.at(first), text.at(first + 1)));
}

//! A character that belongs to a word only between two letters.
bool joins(QChar c) {
    switch (c.unicode()) {
    case '\'':
    case '-':
    case '_':
    case 0x00AD: // soft hyphen
    case 0x00B7: // middle dot, of Catalan
    case 0x200C: // joiners, of Persian and others
    case 0x200D:
    case 0x2010: // hyphens
    case 0x2011:
    case 0x2019: // apostrophe
        return true;
    default:
        return false;
    }
}

bool isEmojiName(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('+') || c == QLatin1Char('-');
}

//! A piece without blanks that is an address, a file or the like.
bool isTechnical(QStringView token) {
    if (token.contains(QLatin1Char('@')) || token.contains(QLatin1Char('\\')) ||
        token.contains(QStringLiteral("://")) || token.startsWith(QLatin1String("nostr:")))
        return true;
    if (token.startsWith(QLatin1Char('#')) || token.startsWith(QLatin1Char('/')) ||
        token.startsWith(QLatin1String("~/")))
        return true;
    // "annex.pdf", "example.org", "i.e."
    for (qsizetype i = 1; i + 1 < token.size(); ++i)
        if (token.at(i) == QLatin1Char('.') && token.at(i - 1).isLetterOrNumber() &&
            token.at(i + 1).isLetterOrNumber())
            return true;
    return false;
}

bool isChecked(QStringView word) {
    if (word.size() < 2 || word.size() > kMostWord)
        return false;
    bool lower = false;
    bool upper = false;
    for (const QChar c : word) {
        if (c.isNumber() || c == QLatin1Char('_'))
            return false;
        lower = lower || c.isLower() || (c.isLetter() && !c.isUpper() && !c.isTitleCase());
        upper = upper || c.isUpper();
    }
    return !(upper && !lower && word.size() <= kMostAcronym);
}

//! The end of the mention that begins at a place.
qsizetype mentionEnd(const QString& line, qsizetype at, const QStringList& names) {
    qsizetype end = -1;
    if (at + 1 == line.size() || line.at(at + 1).isSpace())
        return at + 1;
    for (const QString& name : names) {
        const qsizetype after = at + 1 + name.size();
        if (!name.isEmpty() && after > end && QStringView(line).mid(at + 1).startsWith(name) &&
            (after == line.size() || !isWordAt(line, after)))
            end = after;
    }
    if (end >= 0)
        return end;
    end = at + 1;
    while (end < line.size() && !line.at(end).isSpace())
        ++end;
    return end;
}

//! The end of what begins here and is no text, or `at`.
qsizetype skipped(const QString& line, qsizetype at, const QStringList& names, bool& mayBeCode) {
    const QChar c = line.at(at);
    const bool fresh = at == 0 || !isWordAt(line, at - 1);
    if (c == QLatin1Char('`') && mayBeCode) {
        qsizetype ticks = at;
        while (ticks < line.size() && line.at(ticks) == QLatin1Char('`'))
            ++ticks;
        const qsizetype close = line.indexOf(QString(ticks - at, QLatin1Char('`')), ticks);
        // Looked for once: a line of thousands of single ticks costs no more than another.
        if (close < 0)
            mayBeCode = false;
        return close < 0 ? ticks : close + (ticks - at);
    }
    if (c == QLatin1Char('@') && fresh)
        return mentionEnd(line, at, names);
    if (c == QLatin1Char(':') && fresh) {
        qsizetype end = at + 1;
        while (end < line.size() && end - at < kMostWord && isEmojiName(line.at(end)))
            ++end;
        if (end > at + 1 && end < line.size() && line.at(end) == QLatin1Char(':'))
            return end + 1;
    }
    return at;
}

//! Whether code, a mention or an emoji may begin in the middle of a piece without blanks, as in "(:joy:)".
bool mayBegin(const QString& line, qsizetype at) {
    const QChar c = line.at(at);
    return c == QLatin1Char('`') ||
           ((c == QLatin1Char('@') || c == QLatin1Char(':')) && !isWordAt(line, at - 1));
}

//! The words of a piece without blanks.
void splitToken(const QString& line, qsizetype from, qsizetype end, QVector<FoundWord>& out) {
    for (qsizetype at = from; at < end;) {
        if (!isWordAt(line, at)) {
            ++at;
            continue;
        }
        const qsizetype start = at;
        while (at < end &&
               (isWordAt(line, at) || (joins(line.at(at)) && at + 1 < end && isWordAt(line, at + 1))))
            ++at;
        if (isChecked(QStringView(line).mid(start, at - start)))
            out.append({start, at - start});
    }
}

} // namespace

QVector<FoundWord> findWords(const QString& line, const QStringList& names) {
    QVector<FoundWord> out;
    const QVector<FoundLink> links = findLinks(line);
    qsizetype link = 0;
    bool mayBeCode = true;
    for (qsizetype at = 0; at < line.size();) {
        if (link < links.size() && at >= links.at(link).start) {
            at = std::max(at, links.at(link).start + links.at(link).length);
            ++link;
            continue;
        }
        if (line.at(at).isSpace()) {
            ++at;
            continue;
        }
        if (const qsizetype end = skipped(line, at, names, mayBeCode); end > at) {
            at = end;
            continue;
        }
        // To the next blank, or to where something begins that is no text.
        const qsizetype from = at;
        const qsizetype stop = link < links.size() ? links.at(link).start : line.size();
        do
            ++at;
        while (at < stop && !line.at(at).isSpace() && !mayBegin(line, at));
        if (!isTechnical(QStringView(line).mid(from, at - from)))
            splitToken(line, from, at, out);
    }
    return out;
}

QString plainWord(const QString& word) {
    // Most words are this way already.
    if (std::all_of(word.begin(), word.end(),
                    [](QChar c) { return c.unicode() < 0x0300 && c != kSoftHyphen; }))
        return word;
    QString plain = word.normalized(QString::NormalizationForm_C);
    plain.remove(kSoftHyphen);
    plain.remove(kTatweel);
    plain.replace(kApostrophe, QLatin1Char('\''));
    plain.replace(QChar(0x2010), QLatin1Char('-'));
    plain.replace(QChar(0x2011), QLatin1Char('-'));
    return plain;
}

} // namespace valise::ui
