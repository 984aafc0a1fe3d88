// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

namespace valise::ui {

//! One emoji and what it is called.
struct Emoji {
    QString text;
    int group = 0; //!< 0 to EmojiTable::kGroups - 1
    QString name;  //!< in the window's language
    QString code;  //!< for typing between colons: the English name, such as "thumbs_up"
};

//! Every emoji that can be chosen, in Unicode's order, with names and search words in one language and in
//! English.
class EmojiTable {
public:
    static constexpr int kGroups = 9;

    //! Reads the table that is part of the program. `language` is a code such as "fr"; one that the table
    //! does not have gets English names.
    explicit EmojiTable(const QString& language);

    const QVector<Emoji>& all() const { return m_all; }
    //! The codes of the languages that the table has names in.
    const QStringList& languages() const { return m_languages; }
    //! Null if there is no such emoji.
    const Emoji* find(const QString& text) const;
    //! At most `limit` emoji whose name, code or search words begin with every word of the text; those whose
    //! code or name begins with it come first.
    QVector<Emoji> search(const QString& text, int limit) const;
    //! The name of a group, in the person's language.
    static QString groupName(int group);

private:
    QStringList m_languages;
    QVector<Emoji> m_all;
    QVector<QStringList> m_words; // folded, for each of m_all; the code and the name first
    QHash<QString, int> m_places;
};

} // namespace valise::ui
