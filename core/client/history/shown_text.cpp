// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history/shown_text.h"

namespace valise::client {
namespace {

constexpr int kMostMarks = 8;
constexpr int kMostNameMarks = 3;
constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;

bool isMark(char32_t c) {
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

// The joiners of words and emoji and the variation selectors are used by honest text, one at a time.
bool isInvisible(char32_t c) {
    return QChar::category(c) == QChar::Other_Format || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

// Letters by their category, but nothing to see.
bool isBlankLetter(char32_t c) {
    return c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800 || c == 0x3164 ||
           c == 0xFFA0;
}

bool isVerificationMark(char32_t c) {
    return c == 0x2611 || c == 0x2705 || c == 0x2713 || c == 0x2714 || c == 0x1F5F8 || c == 0x1F5F9;
}

bool isOverride(char32_t c) {
    return c == 0x202D || c == 0x202E;
}

// Latin, Greek and Cyrillic letters never join; there a joiner only makes two equal names different.
bool mayJoin(char32_t before) {
    switch (QChar::script(before)) {
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Armenian:
    case QChar::Script_Han:
        return false;
    case QChar::Script_Common:
        return QChar::category(before) == QChar::Symbol_Other || before == 0xFE0F ||
               (before >= 0x1F3FB && before <= 0x1F3FF);
    default:
        return true;
    }
}

void append(QString& out, char32_t c) {
    if (QChar::requiresSurrogates(c)) {
        out.append(QChar(QChar::highSurrogate(c)));
        out.append(QChar(QChar::lowSurrogate(c)));
    } else {
        out.append(QChar(static_cast<char16_t>(c)));
    }
}

// Reads one character and moves behind it; 0 for half of one.
char32_t take(const QString& text, qsizetype& at) {
    const QChar first = text.at(at++);
    if (!first.isSurrogate())
        return first.unicode();
    if (first.isHighSurrogate() && at < text.size() && text.at(at).isLowSurrogate())
        return QChar::surrogateToUcs4(first, text.at(at++));
    return 0;
}

} // namespace

QString shownName(const QString& name, qsizetype most) {
    QString out;
    // Marks are removed, so what is looked at must be bounded too.
    const qsizetype end = std::min<qsizetype>(name.size(), 16 * most);
    char32_t last = 0;
    char32_t pending = 0; // a blank or joiner, kept only if something visible follows
    int marks = 0;
    for (qsizetype at = 0; at < end;) {
        const char32_t c = take(name, at);
        const QChar::Category category = QChar::category(c);
        if (c == 0 || category == QChar::Other_Surrogate || category == QChar::Other_PrivateUse ||
            category == QChar::Other_NotAssigned || isBlankLetter(c) || isVerificationMark(c))
            continue;
        if (QChar::isSpace(c)) {
            pending = last == 0 ? 0 : U' ';
            continue;
        }
        if (c == kJoiner || c == kNonJoiner) {
            if (pending == 0 && last != 0 && mayJoin(last))
                pending = c;
            continue;
        }
        if (category == QChar::Other_Control || (isInvisible(c) && c != 0xFE0F))
            continue;
        const bool mark = isMark(c);
        if (mark && (last == 0 || pending == U' '))
            continue; // on nothing
        marks = mark ? marks + 1 : 0;
        if (marks > kMostNameMarks)
            continue;
        if (pending != 0)
            append(out, pending);
        pending = 0;
        append(out, c);
        last = c;
        if (out.size() > most)
            break;
    }
    if (out.size() <= most)
        return out;
    qsizetype cut = most - 1;
    while (cut > 0 && (out.at(cut).isLowSurrogate() || out.at(cut).isMark()))
        --cut;
    return out.left(cut).trimmed() + QChar(0x2026);
}

QString shownText(const QString& text, qsizetype most) {
    QString out;
    out.reserve(most < 0 ? text.size() : std::min(most, text.size()));
    int marks = 0;
    int invisible = 0;
    for (qsizetype at = 0; at < text.size() && (most < 0 || out.size() < most);) {
        char32_t c = take(text, at);
        if (c == 0 || isOverride(c))
            continue;
        if (c == U'\r' && at < text.size() && text.at(at) == QLatin1Char('\n'))
            continue;
        if (c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
            c = U'\n';
        if (QChar::category(c) == QChar::Other_Control && c != U'\n' && c != U'\t')
            continue;
        const bool mark = isMark(c) && !isInvisible(c);
        const bool hidden = isInvisible(c) || isBlankLetter(c);
        marks = mark ? marks + 1 : hidden ? marks : 0;
        invisible = hidden ? invisible + 1 : 0;
        if (marks <= kMostMarks && invisible <= kMostMarks)
            append(out, c);
    }
    return out;
}

} // namespace valise::client
