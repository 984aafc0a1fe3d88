// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QStringList>

namespace valise::cli {

//! The exit codes of the program.
enum ExitCode {
    kDone = 0,
    kFailed = 1,          //!< standard error has a sentence with the reason
    kUsage = 2,           //!< the command line was not understood
    kWrongPassphrase = 3, //!< nothing was changed
    kProfile = 4, //!< profile missing, existing already, damaged, newer than this program, or open in another
                  //!< program
    kOffline = 5, //!< no server was reached in time
};

//! A parsed command line.
struct Arguments {
    QString home;
    QString passphraseFile;
    bool json = false;
    bool help = false;
    bool version = false;
    QString command;   //!< for example "group create"
    QStringList words; //!< the command's arguments
    QMap<QString, QStringList>
        options; //!< the command's own options, by name without dashes; a flag has one empty text

    bool has(const QString& option) const { return options.contains(option); }
    QString value(const QString& option) const { return options.value(option).value(0); }
};

//! Options may come anywhere. `--` ends them. Error: InvalidArgument with a sentence for the person.
Result<Arguments> parseArguments(const QStringList& arguments);

//! The general help text, or that of a command.
QString helpText(const QString& command);

} // namespace valise::cli
