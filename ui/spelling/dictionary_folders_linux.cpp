// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/dictionaries.h"

#include <QDir>
#include <QFile>

namespace valise::ui {

QStringList systemDictionaryFolders() {
    QString home = qEnvironmentVariable("XDG_DATA_HOME");
    // The specification has relative paths ignored.
    if (!QDir::isAbsolutePath(home))
        home = QDir::homePath() + QStringLiteral("/.local/share");
    return {home + QStringLiteral("/hunspell"), QStringLiteral("/usr/share/hunspell"),
            QStringLiteral("/usr/share/myspell/dicts")};
}

std::string hunspellPath(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

} // namespace valise::ui
