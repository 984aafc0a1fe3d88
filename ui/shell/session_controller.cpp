// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/session_controller.h"

#include "ui/conversation/later_controller.h"
#include "ui/conversation/message_controller.h"
#include "ui/conversation/timeline_controller.h"
#include "ui/dialogs/diagnostics_sheet.h"
#include "ui/dialogs/keys_sheet.h"
#include "ui/error_text.h"
#include "ui/people/group_controller.h"
#include "ui/people/people_controller.h"
#include "ui/shell/list_controller.h"

#include <QLocale>

namespace valise::ui {

SessionController::SessionController(client::Client* client, client::ProfileOptions options, Theme* theme,
                                     Language* language, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_options(std::move(options))
    , m_theme(theme)
    , m_settings(std::make_unique<SettingsController>(client, m_options.home, theme, language)) {
    m_presence =
        std::make_unique<DesktopPresence>(theme, [this](const QByteArray& id) { return inSight(id); });
    m_presenceController = std::make_unique<PresenceController>(client, m_presence.get());
    connectSettings();
    connectPresence();
    connectClient();
    remakeWindow();
}

SessionController::~SessionController() = default;

void SessionController::start() {
    if (client::Client::profileExists(m_options.home))
        m_window->showUnlock();
    else
        m_window->showOnboarding();
    m_window->restoreGeometry(m_settings->preferences()->geometry.value());
    m_window->show();
}

void SessionController::raise() {
    m_window->show();
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->raise();
    m_window->activateWindow();
}

void SessionController::close() {
    if (m_closing)
        return;
    m_closing = true;
    m_presenceController->stop();
    m_window->workspace()->page()->composer()->flushDraft();
    m_settings->preferences()->geometry.set(m_window->saveGeometry());
    m_settings->close();
    if (!m_open) {
        emit closed();
        return;
    }
    m_client->closeProfile(this, [this](Result<void>) {
        m_open = false;
        emit closed();
    });
}

void SessionController::remakeWindow() {
    const bool shown = m_window && m_window->isVisible();
    const QRect geometry = m_window ? m_window->geometry() : QRect();
    client::ConversationId current;
    if (m_window) {
        current = m_window->workspace()->current();
        m_window->workspace()->page()->composer()->flushDraft();
        // It may be the sender of the event that is being handled.
        m_window->disconnect(this);
        m_window->hide();
        m_window.release()->deleteLater();
    }
    m_window = std::make_unique<MainWindow>(m_theme);
    connectWindow();
    if (geometry.isValid())
        m_window->setGeometry(geometry);
    if (m_open) {
        m_window->setWindowTitle(QStringLiteral("Valise — %1").arg(m_account.name));
        m_window->workspace()->setConnection(m_connection);
        m_window->showWorkspace();
        m_list->load([this, w = m_window->workspace(), current](const auto&) {
            if (!current.isEmpty())
                w->openConversation(current);
            emit windowRemade();
        });
    }
    if (shown)
        m_window->show();
}

void SessionController::connectClient() {
    using client::Client;
    connect(m_client, &Client::connectionChanged, this, [this](const client::ConnectionRecord& c) {
        m_connection = c;
        m_window->workspace()->setConnection(c);
    });
    connect(m_client, &Client::accountChanged, this, [this](const client::AccountRecord& a) {
        m_account = a;
        m_people->setAccount(a);
        m_window->setWindowTitle(QStringLiteral("Valise — %1").arg(a.name));
    });
}

bool SessionController::inSight(const QByteArray& conversation) const {
    return m_window && m_window->isActiveWindow() && m_window->workspaceShown() &&
           m_window->workspace()->current() == conversation;
}

void SessionController::connectSettings() {
    Preferences* kept = m_settings->preferences();
    kept->followNotifications(m_presence.get(), [this](const NotificationSettings& settings) {
        m_presence->setSettings(settings);
    });
    connect(m_presence.get(), &DesktopPresence::settingsChanged, kept, &Preferences::setNotifications);
    connect(m_settings.get(), &SettingsController::languageChanged, this, &SessionController::remakeWindow);
    connect(m_settings.get(), &SettingsController::failed, this, &SessionController::notice);
    connect(m_settings.get(), &SettingsController::keysWanted, this, &SessionController::showKeys);
    connect(m_settings.get(), &SettingsController::diagnosticsWanted, this,
            &SessionController::showDiagnostics);
}

void SessionController::connectPresence() {
    connect(m_presenceController.get(), &PresenceController::openWanted, this, [this](const QByteArray& id) {
        raise();
        if (m_open && !id.isEmpty())
            m_window->workspace()->openConversation(id);
    });
    connect(m_presenceController.get(), &PresenceController::replied, this,
            [this](const client::MessageRecord& m) { m_window->workspace()->page()->addMessages({m}); });
    connect(m_presenceController.get(), &PresenceController::failed, this, &SessionController::notice);
    connect(m_presence.get(), &DesktopPresence::quitWanted, this, &SessionController::quitRequested);
}

void SessionController::connectWindow() {
    MainWindow* window = m_window.get();
    Workspace* w = window->workspace();

    connect(window, &MainWindow::keysRequested, this, [this] { showKeys(m_window.get()); });
    connect(window, &MainWindow::textStepRequested, this, &SessionController::stepText);
    connect(window, &MainWindow::quitRequested, this, &SessionController::quitRequested);
    connect(window, &MainWindow::closing, this, &SessionController::quitRequested);
    connect(window->onboarding(), &OnboardingPage::finished, this, &SessionController::createProfile);
    connect(window->unlock(), &UnlockPage::unlockRequested, this, &SessionController::openProfile);

    Preferences* kept = m_settings->preferences();
    kept->enterSends.follow(w, [w](bool on) { w->page()->composer()->setEnterSends(on); });
    kept->recentEmoji.follow(w, [w](const QString& emoji) { w->page()->emoji()->setRecent(emoji); });
    w->page()->composer()->setSpellChecker(m_settings->spelling());
    connect(w->page()->emoji(), &EmojiChooser::recentChanged, this,
            [this](const QString& text) { m_settings->preferences()->recentEmoji.set(text); });
    connect(w, &Workspace::settingsRequested, this, [this] { m_settings->show(m_window.get()); });
    connect(w->banner(), &Banner::tryNow, this, [this] { m_client->network()->connectNow(); });
    makeControllers();
}

void SessionController::listenTo(const Controller* controller) {
    connect(controller, &Controller::failed, this, &SessionController::notice);
}

void SessionController::makeControllers() {
    Workspace* w = m_window->workspace();
    ConversationPage* page = w->page();
    m_list = new ListController(m_client, m_theme, w);
    m_people = new PeopleController(m_client, m_theme, page->sidePanel());
    auto* timeline = new TimelineController(m_client, m_theme, page);
    auto* messages =
        new MessageController(m_client, m_theme, page, [w] { return w->listModel()->conversations(); });
    auto* later = new LaterController(m_client, m_theme, page);
    auto* group = new GroupController(m_client, m_theme, page->sidePanel(), page->requestBar());
    for (const Controller* one :
         std::initializer_list<const Controller*>{m_list, m_people, timeline, messages, later, group})
        listenTo(one);

    m_people->setAccount(m_account);
    connect(w, &Workspace::newConversationRequested, m_people, &PeopleController::startConversation);
    connect(w, &Workspace::invitationRequested, m_people, &PeopleController::showInvitation);
    connect(m_people, &PeopleController::founded, w, [w](const client::ConversationRecord& made) {
        w->updateConversation(made);
        w->openConversation(made.id);
    });
    connect(page, &ConversationPage::opened, m_people, &PeopleController::openConversation);
    connect(m_people, &PeopleController::membersRead, page, &ConversationPage::setMembers);
    connect(group, &GroupController::joined, page, [page](const QByteArray& id) {
        if (page->current() == id)
            page->timelineModel()->wantNewest();
    });
    connect(timeline, &TimelineController::seen, m_presenceController.get(), &PresenceController::onSeen);
}

void SessionController::notice(const Error& error) {
    m_window->workspace()->showNotice(errorText(error));
}

void SessionController::createProfile(const QString& name, const QStringList& servers) {
    m_client->createProfile(m_options, name, m_window->onboarding()->passphrase(), servers, this,
                            [this](Result<client::AccountRecord> r) {
                                if (!r) {
                                    m_window->onboarding()->showError(errorText(r.error()));
                                    return;
                                }
                                m_window->onboarding()->forget();
                                onOpened(*r);
                            });
}

void SessionController::openProfile() {
    auto* page = m_window->unlock();
    crypto::Secret passphrase = page->passphrase();
    page->setBusy(true);
    m_client->openProfile(m_options, std::move(passphrase), this, [this](Result<client::AccountRecord> r) {
        m_window->unlock()->setBusy(false);
        if (!r) {
            m_window->unlock()->showError(errorText(r.error()));
            return;
        }
        onOpened(*r);
    });
}

void SessionController::onOpened(const client::AccountRecord& account) {
    m_account = account;
    m_open = true;
    m_window->setWindowTitle(QStringLiteral("Valise — %1").arg(account.name));
    m_window->showWorkspace();
    m_people->setAccount(account);
    m_settings->open(account);
    m_list->load([this](const QVector<client::ConversationRecord>& all) {
        m_presenceController->start(all);
        Workspace* w = m_window->workspace();
        if (w->current().isEmpty() && w->listModel()->rowCount() > 0)
            w->openConversation(w->listModel()->index(0).data(ConversationListModel::IdRole).toByteArray());
    });
    if (account.restriction)
        notice(*account.restriction);
    emit opened();
}

void SessionController::stepText(int steps) {
    const int percent = m_settings->stepText(steps);
    if (percent == 0)
        return;
    //: A text size
    m_window->workspace()->announcer()->announce(tr("Text size %1%").arg(QLocale().toString(percent)));
}

void SessionController::showDiagnostics(QWidget* parent) {
    auto* sheet = new DiagnosticsSheet(m_theme, parent);
    sheet->setConnection(m_connection);
    m_client->network()->diagnostics(
        sheet, sheet->showing<QVector<client::DiagnosticRecord>>(
                   [sheet](const QVector<client::DiagnosticRecord>& all) { sheet->setRecords(all); }));
    sheet->open();
}

void SessionController::showKeys(QWidget* parent) {
    (new KeysSheet(m_theme, parent))->open();
}

} // namespace valise::ui
