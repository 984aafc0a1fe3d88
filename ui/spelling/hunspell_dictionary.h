// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/spelling/dictionaries.h"

#include <QSet>

#include <memory>

class Hunspell;

namespace valise::ui {

//! Octets the files of a dictionary may have; the largest known have a quarter of it.
inline constexpr qint64 kMostAffOctets = 32LL * 1024 * 1024;
inline constexpr qint64 kMostDicOctets = 64LL * 1024 * 1024;

//! One loaded dictionary. Belongs to the thread that opened it: loading takes up to a second and suggestions
//! some tenths of one, so that is never the thread of the window.
class HunspellDictionary {
public:
    //! Reads a dictionary. libhunspell trusts its files, so they are looked over first: LimitExceeded if one
    //! is larger than the limits above, InvalidEncoding if one is damaged or ends early, Unsupported if the
    //! encoding is not known, NotFound if one cannot be read.
    static Result<std::unique_ptr<HunspellDictionary>> open(const Dictionary& dictionary);
    ~HunspellDictionary();
    HunspellDictionary(const HunspellDictionary&) = delete;
    HunspellDictionary& operator=(const HunspellDictionary&) = delete;

    const Dictionary& files() const { return m_files; }
    //! Whether its words are written in this script. It does not judge words in other scripts.
    bool covers(QChar::Script script) const { return m_scripts.contains(script); }
    const QSet<int>& scripts() const { return m_scripts; }
    bool accepts(const QString& word) const;
    //! Words that may have been meant, best first.
    QStringList suggestions(const QString& word) const;

private:
    class Encoding;
    HunspellDictionary(Dictionary files, std::unique_ptr<Encoding> encoding, QSet<int> scripts);

    Dictionary m_files;
    std::unique_ptr<Encoding> m_encoding;
    QSet<int> m_scripts;
    std::unique_ptr<Hunspell> m_hunspell;
};

} // namespace valise::ui
