// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/emoji/emoji_table.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace valise::ui {
namespace {

struct EmojiNames {
    Q_DECLARE_TR_FUNCTIONS(EmojiNames)
};

// The columns of resources/emoji/emoji.tsv: emoji, group, and for each language a name and search words.
// English stands first.
constexpr int kFirstName = 2;
const QString kColumns = QStringLiteral("# emoji, group, "); //!< begins the line that names the languages

QString codeOf(const QString& name) {
    QString out;
    for (const QChar c : foldedText(name)) {
        if (c.isLetterOrNumber())
            out.append(c);
        else if (!out.endsWith(QLatin1Char('_')) && !out.isEmpty())
            out.append(QLatin1Char('_'));
    }
    while (out.endsWith(QLatin1Char('_')))
        out.chop(1);
    return out;
}

bool anyBegins(const QStringList& words, const QString& start) {
    return std::any_of(words.begin(), words.end(), [&](const QString& word) {
        if (word.startsWith(start))
            return true;
        // Also a later word of a name.
        for (qsizetype at = word.indexOf(QLatin1Char(' ')); at >= 0;
             at = word.indexOf(QLatin1Char(' '), at + 1)) {
            if (QStringView(word).mid(at + 1).startsWith(start))
                return true;
        }
        return false;
    });
}

} // namespace

EmojiTable::EmojiTable(const QString& language) {
    QFile file(QStringLiteral(":/emoji/emoji.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    int own = kFirstName;
    for (const QString& line :
         QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(kColumns)) {
            m_languages = line.section(QLatin1Char(':'), -1).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            own += 2 * std::max(0, static_cast<int>(m_languages.indexOf(language.left(2))));
        }
        const QStringList cells = line.split(QLatin1Char('\t'));
        if (line.startsWith(QLatin1Char('#')) || cells.size() < kFirstName + 2 * m_languages.size())
            continue;
        Emoji emoji{cells.at(0), cells.at(1).toInt(), cells.at(own), codeOf(cells.at(kFirstName))};
        QStringList words{emoji.code, foldedText(emoji.name), foldedText(cells.at(kFirstName))};
        for (const int column : {own + 1, kFirstName + 1})
            words += foldedText(cells.at(column)).split(QLatin1Char('|'), Qt::SkipEmptyParts);
        m_places.insert(emoji.text, static_cast<int>(m_all.size()));
        m_all.append(std::move(emoji));
        m_words.append(std::move(words));
    }
}

const Emoji* EmojiTable::find(const QString& text) const {
    const auto place = m_places.constFind(text);
    return place == m_places.constEnd() ? nullptr : &m_all.at(*place);
}

QVector<Emoji> EmojiTable::search(const QString& text, int limit) const {
    const QStringList wanted = foldedText(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QVector<Emoji> first;
    QVector<Emoji> others;
    for (int i = 0; i < m_all.size() && !wanted.isEmpty(); ++i) {
        const QStringList& words = m_words.at(i);
        if (!std::all_of(wanted.begin(), wanted.end(),
                         [&](const QString& word) { return anyBegins(words, word); }))
            continue;
        const bool named = words.at(0).startsWith(wanted.first()) || words.at(1).startsWith(wanted.first());
        (named ? first : others).append(m_all.at(i));
    }
    return (first + others).mid(0, limit);
}

QString EmojiTable::groupName(int group) {
    switch (group) {
    case 0:
        return EmojiNames::tr("Faces");
    case 1:
        return EmojiNames::tr("People");
    case 2:
        return EmojiNames::tr("Nature");
    case 3:
        return EmojiNames::tr("Food");
    case 4:
        return EmojiNames::tr("Places and travel");
    case 5:
        return EmojiNames::tr("Activities");
    case 6:
        return EmojiNames::tr("Objects");
    case 7:
        return EmojiNames::tr("Symbols");
    default:
        return EmojiNames::tr("Flags");
    }
}

} // namespace valise::ui
