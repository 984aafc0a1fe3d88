// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/links/link_finder.h"

#include "core/client/history/shown_text.h"

#include <QStringList>

#include <array>

namespace valise::ui {
namespace {

constexpr std::array<QLatin1String, 4> kBeginnings{QLatin1String("https://"), QLatin1String("http://"),
                                                   QLatin1String("mailto:"), QLatin1String("www.")};
constexpr qsizetype kMostText = 40'000; //!< characters of a message in which links are looked for

bool mayContinue(QChar c) {
    switch (c.category()) {
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
        return false;
    default:
        break;
    }
    switch (c.unicode()) {
    case '<':
    case '>':
    case '"':
    case '\\':
    case '^':
    case '`':
    case '{':
    case '|':
    case '}':
    case 0x060C: // the Arabic comma, semicolon and question mark
    case 0x061B:
    case 0x061F:
    case 0x3001: // the ideographic comma and full stop, and their wide forms
    case 0x3002:
    case 0xFF0C:
    case 0xFF1B:
        return false;
    default:
        return true;
    }
}

bool endsSentence(QChar c) {
    return QStringLiteral(".,;:!?'*_~").contains(c);
}

//! The end of what belongs to the link, before the punctuation of the sentence around it.
qsizetype trimmedEnd(const QString& line, qsizetype from, qsizetype end) {
    int open = 0; // brackets opened in it and not closed
    for (qsizetype at = from; at < end; ++at)
        open += line.at(at) == QLatin1Char('(') ? 1 : line.at(at) == QLatin1Char(')') ? -1 : 0;
    while (end > from) {
        const QChar last = line.at(end - 1);
        if (last == QLatin1Char(')') && open < 0) {
            ++open;
            --end;
        } else if (endsSentence(last) || last == QLatin1Char(']')) {
            --end;
        } else {
            break;
        }
    }
    return end;
}

} // namespace

QVector<FoundLink> findLinks(const QString& line) {
    QVector<FoundLink> out;
    for (qsizetype at = 0; at < line.size();) {
        const QChar c = line.at(at).toLower();
        const bool candidate = c == QLatin1Char('h') || c == QLatin1Char('m') || c == QLatin1Char('w');
        if (!candidate || (at > 0 && line.at(at - 1).isLetterOrNumber())) {
            ++at;
            continue;
        }
        const auto begin = std::find_if(kBeginnings.begin(), kBeginnings.end(), [&](QLatin1String beginning) {
            return QStringView(line).mid(at, beginning.size()).compare(beginning, Qt::CaseInsensitive) == 0;
        });
        if (begin == kBeginnings.end()) {
            ++at;
            continue;
        }
        const qsizetype rest = at + begin->size();
        qsizetype end = rest;
        while (end < line.size() && mayContinue(line.at(end)))
            ++end;
        const qsizetype reached = end;
        end = trimmedEnd(line, rest, end);
        const bool names =
            end > rest && (line.at(rest).isLetterOrNumber() || line.at(rest) == QLatin1Char('['));
        if (names && end - at <= kMaxLink) {
            QString target = line.mid(at, end - at);
            if (*begin == kBeginnings.back())
                target.prepend(QStringLiteral("https://"));
            out.append({at, end - at, target});
        }
        at = reached;
    }
    return out;
}

QStringList linksOf(const QString& text, int most) {
    QStringList out;
    for (const QString& line : client::shownText(text, kMostText).split(QLatin1Char('\n'))) {
        for (const FoundLink& link : findLinks(line)) {
            if (out.size() == most)
                return out;
            if (!out.contains(link.target))
                out.append(link.target);
        }
    }
    return out;
}

} // namespace valise::ui
