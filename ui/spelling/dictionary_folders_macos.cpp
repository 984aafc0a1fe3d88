// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/dictionaries.h"

#include <QDir>
#include <QFile>

namespace valise::ui {

QStringList systemDictionaryFolders() {
    // Where the system keeps what people add to its own dictionaries, and where Homebrew puts them.
    return {QDir::homePath() + QStringLiteral("/Library/Spelling"), QStringLiteral("/Library/Spelling"),
            QStringLiteral("/opt/homebrew/share/hunspell"), QStringLiteral("/usr/local/share/hunspell")};
}

std::string hunspellPath(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

} // namespace valise::ui
