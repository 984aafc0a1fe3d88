// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/dictionaries.h"

#include <QDir>
#include <QFile>

namespace valise::ui {

QStringList systemDictionaryFolders() {
    // The system's folders for dictionaries that people add, and Homebrew's folders.
    return {QDir::homePath() + QStringLiteral("/Library/Spelling"), QStringLiteral("/Library/Spelling"),
            QStringLiteral("/opt/homebrew/share/hunspell"), QStringLiteral("/usr/local/share/hunspell")};
}

std::string hunspellPath(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

} // namespace valise::ui
