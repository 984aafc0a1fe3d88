// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"
#include "ui/language/language.h"
#include "ui/notify/desktop_presence.h"
#include "ui/settings/settings_controller.h"
#include "ui/shell/main_window.h"
#include "ui/shell/presence_controller.h"

namespace valise::ui {

class Controller;
class ListController;
class PeopleController;

//! One client and one window at a time: begins, opens and closes the profile, makes the window, and gives it
//! a controller for each subject.
class SessionController : public QObject {
    Q_OBJECT

public:
    //! Client, theme and language outlive the controller, which owns its window.
    SessionController(client::Client* client, client::ProfileOptions options, Theme* theme,
                      Language* language, QObject* parent = nullptr);
    ~SessionController() override;

    //! Shows onboarding or the lock, whichever the profile's folder calls for.
    void start();
    MainWindow* window() const { return m_window.get(); }
    const client::AccountRecord& account() const { return m_account; }
    bool isOpen() const { return m_open; }
    DesktopPresence* presence() const { return m_presence.get(); }
    SettingsController* settings() const { return m_settings.get(); }
    SpellChecker* spelling() const { return m_settings->spelling(); }
    //! Makes the window anew, in the language and direction of now; the open conversation stays open.
    void remakeWindow();
    //! Raises the window.
    void raise();
    //! Closes the profile in good order; closed() follows.
    void close();

signals:
    //! The profile is open and the workspace is shown.
    void opened();
    void closed();
    //! The window was made anew.
    void windowRemade();
    void quitRequested();

private:
    void connectWindow();
    void makeControllers();
    //! The window shows the controller's failures from now on.
    void listenTo(const Controller* controller);
    void connectClient();
    void connectSettings();
    void openProfile();
    void createProfile(const QString& name, const QStringList& servers);
    void onOpened(const client::AccountRecord& account);
    void notice(const Error& error);

    void stepText(int steps);
    void connectPresence();
    bool inSight(const QByteArray& conversation) const;
    void showDiagnostics(QWidget* parent);
    void showKeys(QWidget* parent);

    client::Client* m_client;
    client::ProfileOptions m_options;
    Theme* m_theme;
    std::unique_ptr<SettingsController> m_settings; //!< outlives the windows that ask it
    std::unique_ptr<MainWindow> m_window;
    ListController* m_list = nullptr; //!< of the window, as all but presence are
    PeopleController* m_people = nullptr;
    std::unique_ptr<DesktopPresence> m_presence;
    std::unique_ptr<PresenceController> m_presenceController;
    client::AccountRecord m_account;
    client::ConnectionRecord m_connection;
    bool m_open = false;
    bool m_closing = false;
};

} // namespace valise::ui
