// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

#include <string>

namespace valise::ui {

//! A spelling dictionary in hunspell's format that is installed on this computer: a pair of files.
struct Dictionary {
    QString code;        //!< the files' name: "en_US", "fr", "de_DE_frami"
    QStringList aliases; //!< other names of the same files ("fr_CA" is a link to "fr" on many systems)
    QString affPath;     //!< rules
    QString dicPath;     //!< words

    friend bool operator==(const Dictionary&, const Dictionary&) = default;
};

//! Folders that may hold dictionaries, most personal first: those of the environment variable
//! VALISE_DICTIONARIES (separated as in PATH), `dictionaries` beside the program, and the system's. They need
//! not exist.
QStringList dictionaryFolders();
//! The part of dictionaryFolders() that differs by platform.
QStringList systemDictionaryFolders();
//! A path as libhunspell wants it on this platform.
std::string hunspellPath(const QString& path);

//! The dictionaries of these folders, by code. Of one code the first folder's counts; files under several
//! names are one dictionary. Reads folders, not files; at most 500 dictionaries.
QVector<Dictionary> findDictionaries(const QStringList& folders);

//! How a dictionary's language is called in that language, with the country where that says more: "American
//! English", "Français (Belgique)", but "Français" for what serves several countries or the one it comes
//! from.
QString dictionaryName(const Dictionary& dictionary);

//! The codes of the dictionaries for these languages ("en-GB", "fr"), best first: one for each language, of
//! the same country where there is one.
QStringList dictionariesFor(const QStringList& languages, const QVector<Dictionary>& installed);

} // namespace valise::ui
