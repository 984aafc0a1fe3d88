// SPDX-License-Identifier: AGPL-3.0-or-later
// The desktop program: arguments, one instance per profile, and the connections between the parts.
#include "app/desktop/demonstration.h"
#include "app/desktop/single_instance.h"
#include "core/client/client.h"
#include "core/crypto/secret.h"
#include "translations/embedded.h"
#include "ui/accessibility/announcer.h"
#include "ui/conversation/composer.h"
#include "ui/conversation/timeline_accessible.h"
#include "ui/language/language.h"
#include "ui/settings/preferences.h"
#include "ui/shell/session_controller.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QIcon>
#include <QStandardPaths>

#include <cstdio>

namespace {

struct Main {
    Q_DECLARE_TR_FUNCTIONS(Main)
};

} // namespace

int main(int argc, char** argv) {
    using namespace valise;
    for (int i = 1; i < argc; ++i) {
        // A demonstration draws into files, and help and version are text. So none of them needs a screen.
        bool noScreen = qstrncmp(argv[i], "--demonstration", 15) == 0;
        for (const char* name : {"--help", "-h", "--version", "-v"})
            noScreen = noScreen || qstrcmp(argv[i], name) == 0;
        if (noScreen && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") &&
            qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
            qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("valise"));
    QApplication::setApplicationDisplayName(QStringLiteral("Valise"));
    QApplication::setApplicationVersion(QStringLiteral(VALISE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("valise"));
    QApplication::setQuitOnLastWindowClosed(false);
    crypto::initialize();
    translations::initialize();

    ui::Language language;
    language.use(ui::Language::kAutomatic);

    QCommandLineParser parser;
    parser.setApplicationDescription(Main::tr("Encrypted conversations for people who negotiate."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption home(QStringLiteral("home"), Main::tr("Keep the profile in this folder."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption theme(QStringLiteral("theme"), Main::tr("Appearance: light, dark or system."),
                                   QStringLiteral("NAME"));
    const QCommandLineOption lang(QStringLiteral("lang"),
                                  Main::tr("Language: auto (as the system), or one of %1.")
                                      .arg(ui::Language::available().join(QStringLiteral(", "))),
                                  QStringLiteral("CODE"));
    const QCommandLineOption demonstration(QStringLiteral("demonstration"),
                                           Main::tr("Hold a short negotiation between invented delegations, "
                                                    "save pictures and a transcript in this folder, "
                                                    "and end."),
                                           QStringLiteral("DIR"));
    parser.addOptions({home, theme, lang, demonstration});
    parser.process(application);

    ui::Theme look;
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/valise.svg")));
    ui::installTimelineAccessibility();
    ui::installComposerAccessibility();
    ui::installAnnouncerAccessibility();

    if (parser.isSet(demonstration)) {
        language.use(parser.isSet(lang) ? parser.value(lang) : QStringLiteral("en"));
        look.setMode(ui::ThemeMode::Light);
        app::Demonstration show(parser.value(demonstration), &look, &language);
        QObject::connect(&show, &app::Demonstration::finished, &application, &QCoreApplication::exit,
                         Qt::QueuedConnection);
        show.start();
        return QApplication::exec();
    }

    const QString folder =
        QDir(parser.isSet(home) ? parser.value(home)
                                : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
            .absolutePath();
    const bool fresh = !QDir(folder).exists();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "%s\n", qPrintable(Main::tr("The folder %1 cannot be made.").arg(folder)));
        return 1;
    }
    if (fresh)
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    app::SingleInstance instance(folder);
    if (!instance.claim())
        return 0;

    const ui::Preferences kept(folder);
    language.use(parser.isSet(lang) ? parser.value(lang) : kept.language.value());
    ui::Appearance appearance = kept.appearance();
    const QString named = parser.value(theme);
    if (named == QLatin1String("light"))
        appearance.mode = ui::ThemeMode::Light;
    else if (named == QLatin1String("dark"))
        appearance.mode = ui::ThemeMode::Dark;
    else if (named == QLatin1String("system"))
        appearance.mode = ui::ThemeMode::System;
    look.setAppearance(appearance);

    client::Client client;
    client::ProfileOptions options;
    options.home = folder;
    ui::SessionController session(&client, options, &look, &language);
    QObject::connect(&instance, &app::SingleInstance::raiseRequested, &session,
                     &ui::SessionController::raise);
    QObject::connect(&session, &ui::SessionController::quitRequested, &session,
                     &ui::SessionController::close);
    QObject::connect(&session, &ui::SessionController::closed, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    session.start();
    return QApplication::exec();
}
