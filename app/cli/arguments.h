// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QStringList>

namespace valise::cli {

//! The exit codes of the program.
enum ExitCode {
    kDone = 0,
    kFailed = 1,          //!< the sentence on the standard error says why
    kUsage = 2,           //!< the command line was not understood
    kWrongPassphrase = 3, //!< nothing was changed
    kProfile = 4, //!< missing, there already, damaged, newer than this program, or open in another one
    kOffline = 5, //!< no server could be reached in the time allowed
};

//! A command line, split.
struct Arguments {
    QString home;
    QString passphraseFile;
    bool json = false;
    bool help = false;
    bool version = false;
    QString command;   //!< such as "group create"
    QStringList words; //!< what the command works on
    QMap<QString, QStringList>
        options; //!< the command's own options, by name without dashes; flags hold one empty text

    bool has(const QString& option) const { return options.contains(option); }
    QString value(const QString& option) const { return options.value(option).value(0); }
};

//! Options may stand anywhere; `--` ends them. Error: InvalidArgument with a sentence for the person.
Result<Arguments> parseArguments(const QStringList& arguments);

//! The general help, or that of a command.
QString helpText(const QString& command);

} // namespace valise::cli
