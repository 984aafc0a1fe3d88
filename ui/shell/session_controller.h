// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"
#include "ui/language/language.h"
#include "ui/notify/desktop_presence.h"
#include "ui/settings/settings_controller.h"
#include "ui/shell/main_window.h"

namespace valise::ui {

class PeoplePicker;

//! Joins one client and one window: the only place of the interface that talks to the core. Opens the sheets,
//! feeds the models, hands over what the person wants.
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
    void connectMessages();
    void connectClient();
    void loadConversations();
    void connectSettings();
    void search(const QString& text);
    void loadMembers(const client::ConversationId& id);
    void openProfile();
    void createProfile(const QString& name, const QStringList& servers);
    void onOpened(const client::AccountRecord& account);
    void notice(const Error& error);

    void showNewConversation();
    void showAddPeople(const client::ConversationId& id);
    void showRename(const client::ConversationId& id);
    void showLeave(const client::ConversationId& id, bool decline);
    void showRemove(const client::ConversationId& id, const client::MemberRecord& member);
    void showForward(const QVector<client::MessageRecord>& messages);
    void showDelete(const client::ConversationId& id, const QVector<client::MessageRecord>& messages,
                    bool mayWrite);
    void showDetails(const client::ConversationId& id, qint64 row);
    void showStarred(const client::ConversationId& id);
    void showDate(const client::ConversationId& id);
    void showPage(Result<client::MessagePage> page, qint64 row);
    void loadPinned(const client::ConversationId& id);
    void loadAudience(const client::ConversationId& id);
    void showInvitation();
    void stepText(int steps);
    void connectPresence();
    bool inSight(const QByteArray& conversation) const;
    void showDiagnostics(QWidget* parent);
    void showKeys(QWidget* parent);
    void fillContacts(PeoplePicker* picker);

    client::Client* m_client;
    client::ProfileOptions m_options;
    Theme* m_theme;
    std::unique_ptr<SettingsController> m_settings; //!< outlives the windows that ask it
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<DesktopPresence> m_presence;
    client::AccountRecord m_account;
    client::ConnectionRecord m_connection;
    bool m_searching = false;
    bool m_searchAgain = false; //!< the text or the chips changed since the question was asked
    bool m_open = false;
    bool m_closing = false;
};

} // namespace valise::ui
