// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    // The default folder follows from this name, and is the same as the desktop program's.
    QCoreApplication::setApplicationName(QStringLiteral("valise"));
    QCoreApplication::setApplicationVersion(QStringLiteral(VALISE_VERSION));

    const auto parsed = valise::cli::parseArguments(QCoreApplication::arguments().mid(1));
    if (!parsed) {
        std::fprintf(stderr, "valise-cli: %s\nTry: valise-cli --help\n", parsed.error().detail.c_str());
        return valise::cli::kUsage;
    }
    if (parsed->version) {
        std::printf("valise-cli %s\n", VALISE_VERSION);
        return valise::cli::kDone;
    }
    if (parsed->help) {
        std::fputs(valise::cli::helpText(parsed->command).toUtf8().constData(), stdout);
        return valise::cli::kDone;
    }
    valise::cli::Commands commands(*parsed);
    QTimer::singleShot(0, &commands, [&commands] { commands.start(); });
    return QCoreApplication::exec();
}
