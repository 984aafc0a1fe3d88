// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/dictionaries.h"

#include <QDir>
#include <QStandardPaths>

namespace valise::ui {

QStringList systemDictionaryFolders() {
    // The person's and the computer's folder of data, in which administrators put files for everybody.
    QStringList folders;
    for (const QString& data : QStandardPaths::standardLocations(QStandardPaths::GenericDataLocation))
        folders << data + QStringLiteral("/hunspell");
    return folders;
}

std::string hunspellPath(const QString& path) {
    // With this prefix libhunspell reads the path as UTF-8; without it, in the code page of the system.
    const QString native = QDir::toNativeSeparators(QDir::cleanPath(path));
    const bool share = native.startsWith(QLatin1String("\\\\"));
    return (share ? QStringLiteral("\\\\?\\UNC\\") + native.mid(2) : QStringLiteral("\\\\?\\") + native)
        .toStdString();
}

} // namespace valise::ui
