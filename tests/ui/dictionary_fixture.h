// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/support/catch.h"
#include "ui/spelling/dictionaries.h"

#include <QFile>
#include <QTemporaryDir>

namespace valise::uitest {

//! A folder of small dictionaries made by the test, so that none has to be installed.
class DictionaryFolder {
public:
    QString path() const { return m_folder.path(); }
    QString file(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& content) const {
        QFile out(file(name));
        REQUIRE(out.open(QIODevice::WriteOnly));
        REQUIRE(out.write(content) == content.size());
    }
    //! A dictionary of these words (with flags of the rules, if any).
    ui::Dictionary make(const QString& code, const QList<QByteArray>& words,
                        const QByteArray& rules = "SET UTF-8\nTRY esianrtolcdugmphbyfvkw\n") const {
        write(code + QStringLiteral(".aff"), rules);
        write(code + QStringLiteral(".dic"),
              QByteArray::number(words.size()) + '\n' + words.join('\n') + '\n');
        return files(code);
    }
    ui::Dictionary files(const QString& code) const {
        return {code, {}, file(code + QStringLiteral(".aff")), file(code + QStringLiteral(".dic"))};
    }

    //! English of a few words, and French with accents; both in UTF-8.
    void makeUsual() const {
        make(QStringLiteral("en_US"), {"the", "draft", "accept", "accepted", "treaty", "Monday", "we",
                                       "don't", "annex", "baseline", "like"});
        make(QStringLiteral("fr"), {"le", "trait\xC3\xA9",
                                    "proc\xC3\xA9"
                                    "d\xC3\xA9",
                                    "lundi", "nous", "annexe"});
    }

private:
    QTemporaryDir m_folder;
};

} // namespace valise::uitest
