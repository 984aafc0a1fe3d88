// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/session_controller.h"

#include "ui/conversation/date_sheet.h"
#include "ui/conversation/delete_sheet.h"
#include "ui/conversation/details_sheet.h"
#include "ui/conversation/forward_sheet.h"
#include "ui/conversation/starred_sheet.h"
#include "ui/dialogs/confirm_sheet.h"
#include "ui/dialogs/diagnostics_sheet.h"
#include "ui/dialogs/keys_sheet.h"
#include "ui/error_text.h"
#include "ui/format.h"
#include "ui/people/invitation_sheet.h"
#include "ui/people/people_picker.h"
#include "ui/people/rename_sheet.h"
#include "ui/shell/group_changes.h"
#include "ui/shell/later_messages.h"

#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>

namespace valise::ui {
namespace {

constexpr int kMostHits = 60;
constexpr int kMostStarred = 500;

} // namespace

SessionController::SessionController(client::Client* client, client::ProfileOptions options, Theme* theme,
                                     Language* language, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_options(std::move(options))
    , m_theme(theme)
    , m_settings(std::make_unique<SettingsController>(client, m_options.home, theme, language)) {
    m_presence =
        std::make_unique<DesktopPresence>(theme, [this](const QByteArray& id) { return inSight(id); });
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
    m_presence->center()->stop();
    m_window->workspace()->composer()->flushDraft();
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
        m_window->workspace()->composer()->flushDraft();
        // It may be the sender of the event that is being handled.
        m_window->disconnect(this);
        m_window->hide();
        m_window.release()->deleteLater();
    }
    m_searching = m_searchAgain = false; // the answer would come to the window before
    m_window = std::make_unique<MainWindow>(m_theme);
    connectWindow();
    if (geometry.isValid())
        m_window->setGeometry(geometry);
    if (m_open) {
        m_window->setWindowTitle(QStringLiteral("Valise — %1").arg(m_account.name));
        m_window->workspace()->setConnection(m_connection);
        m_window->showWorkspace();
        auto* w = m_window.get();
        m_client->history()->conversations(w,
                                           [this, w, current](Result<QVector<client::ConversationRecord>> r) {
                                               if (!r)
                                                   return notice(r.error());
                                               w->workspace()->setConversations(*r);
                                               if (!current.isEmpty())
                                                   w->workspace()->openConversation(current);
                                               emit windowRemade();
                                           });
    }
    if (shown)
        m_window->show();
}

void SessionController::connectClient() {
    using client::Client;
    connect(m_client, &Client::conversationChanged, this, [this](const client::ConversationRecord& c) {
        if (!m_open)
            return;
        m_window->workspace()->updateConversation(c);
        m_presence->center()->onConversation(c);
        if (c.id == m_window->workspace()->current())
            loadMembers(c.id);
    });
    connect(m_client, &Client::messagesAdded, this,
            [this](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                m_window->workspace()->addMessages(messages);
                m_presence->center()->onMessages(messages);
            });
    connect(m_client, &Client::messageChanged, this,
            [this](const client::MessageRecord& m) { m_window->workspace()->changeMessage(m); });
    connect(m_client, &Client::messageRemoved, this, [this](const QByteArray& id, qint64 row) {
        if (id != m_window->workspace()->current())
            return;
        m_window->workspace()->timelineModel()->remove(row);
        if (m_window->workspace()->pinnedStrip()->holds(row))
            loadPinned(id);
    });
    connect(m_client, &Client::typingChanged, this,
            [this](const QByteArray& id, const QByteArray& member, const QString& name, bool on) {
                m_window->workspace()->setWriting(id, member, name, on);
            });
    connect(m_client, &Client::connectionChanged, this, [this](const client::ConnectionRecord& c) {
        m_connection = c;
        m_window->workspace()->setConnection(c);
    });
    connect(m_client, &Client::accountChanged, this, [this](const client::AccountRecord& a) {
        m_account = a;
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
    connect(m_presence.get(), &DesktopPresence::openWanted, this, [this](const QByteArray& id) {
        raise();
        if (m_open && !id.isEmpty())
            m_window->workspace()->openConversation(id);
    });
    connect(m_presence.get(), &DesktopPresence::replyWritten, this,
            [this](const QByteArray& id, const QString& text) {
                if (!m_open)
                    return;
                m_client->messages()->sendText(id, text, {}, this,
                                               [this, id](Result<client::MessageRecord> r) {
                                                   if (!r)
                                                       return notice(r.error());
                                                   m_window->workspace()->addMessages({*r});
                                                   m_presence->center()->onSeen(id);
                                               });
            });
    connect(m_presence.get(), &DesktopPresence::quitWanted, this, &SessionController::quitRequested);
}

void SessionController::connectWindow() {
    MainWindow* window = m_window.get();
    Workspace* w = window->workspace();
    TimelineModel* timeline = w->timelineModel();

    connect(window, &MainWindow::keysRequested, this, [this] { showKeys(m_window.get()); });
    connect(window, &MainWindow::textStepRequested, this, &SessionController::stepText);
    connect(window, &MainWindow::quitRequested, this, &SessionController::quitRequested);
    connect(window, &MainWindow::closing, this, &SessionController::quitRequested);
    connect(window->onboarding(), &OnboardingPage::finished, this, &SessionController::createProfile);
    connect(window->unlock(), &UnlockPage::unlockRequested, this, &SessionController::openProfile);

    Preferences* kept = m_settings->preferences();
    kept->enterSends.follow(w, [w](bool on) { w->composer()->setEnterSends(on); });
    kept->recentEmoji.follow(w, [w](const QString& emoji) { w->setRecentEmoji(emoji); });
    w->composer()->setSpellChecker(m_settings->spelling());
    connectMessages();
    connect(w, &Workspace::conversationOpened, this, &SessionController::loadMembers);
    connect(w, &Workspace::conversationOpened, this, &SessionController::loadAudience);
    connect(w, &Workspace::conversationOpened, this, &SessionController::loadPinned);
    connect(w, &Workspace::pinnedWanted, this, &SessionController::loadPinned);
    connect(w, &Workspace::sendRequested, this,
            [this](const QByteArray& id, const QString& text, const QByteArray& to) {
                m_client->messages()->sendText(id, text, to, m_window.get(),
                                               [this, id, text](Result<client::MessageRecord> r) {
                                                   if (r) {
                                                       m_window->workspace()->timelineModel()->add({*r});
                                                       loadAudience(id);
                                                       return;
                                                   }
                                                   notice(r.error());
                                                   // What was written is not lost: it stands in the field
                                                   // again.
                                                   if (m_window->workspace()->current() == id &&
                                                       m_window->workspace()->composer()->text().isEmpty()) {
                                                       m_window->workspace()->composer()->setDraft(text);
                                                       m_client->messages()->saveDraft(id, text);
                                                   }
                                               });
            });
    connect(w, &Workspace::draftChanged, this, [this](const QByteArray& id, const QString& text) {
        if (m_open)
            m_client->messages()->saveDraft(id, text);
    });
    connect(w, &Workspace::typing, this, [this](const QByteArray& id, bool on) {
        if (m_settings->preferences()->typing.value())
            m_client->messages()->setTyping(id, on);
    });
    connect(w, &Workspace::seen, this, [this](const QByteArray& id, qint64 row) {
        m_client->messages()->markRead(id, row);
        m_presence->center()->onSeen(id);
    });
    connect(w, &Workspace::searchRequested, this, &SessionController::search);
    connect(w, &Workspace::hitOpened, this, [this](const QByteArray& id, qint64 row) {
        m_client->history()->pageAround(
            id, row, TimelineModel::kPage, m_window.get(),
            [this, row](Result<client::MessagePage> r) { showPage(std::move(r), row); });
    });
    connect(timeline, &TimelineModel::newestWanted, this, [this, timeline](const QByteArray& id) {
        m_client->history()->latestPage(id, TimelineModel::kPage, timeline,
                                        [this, timeline](Result<client::MessagePage> r) {
                                            if (r)
                                                timeline->setPage(*r);
                                            else
                                                notice(r.error());
                                        });
    });
    connect(timeline, &TimelineModel::olderWanted, this, [this, timeline](const QByteArray& id, qint64 row) {
        m_client->history()->pageBefore(id, row, TimelineModel::kPage, timeline,
                                        [timeline](Result<client::MessagePage> r) {
                                            if (r)
                                                timeline->prepend(*r);
                                            else
                                                timeline->requestFailed();
                                        });
    });
    connect(timeline, &TimelineModel::newerWanted, this, [this, timeline](const QByteArray& id, qint64 row) {
        m_client->history()->pageAfter(id, row, TimelineModel::kPage, timeline,
                                       [timeline](Result<client::MessagePage> r) {
                                           if (r)
                                               timeline->append(*r);
                                           else
                                               timeline->requestFailed();
                                       });
    });

    connect(w, &Workspace::newConversationRequested, this, &SessionController::showNewConversation);
    connect(w, &Workspace::invitationRequested, this, &SessionController::showInvitation);
    connect(w, &Workspace::settingsRequested, this, [this] { m_settings->show(m_window.get()); });
    connect(w, &Workspace::addPeopleRequested, this, &SessionController::showAddPeople);
    connect(w, &Workspace::renameRequested, this, &SessionController::showRename);
    connect(w, &Workspace::leaveRequested, this, [this](const QByteArray& id) { showLeave(id, false); });
    connect(w, &Workspace::declineRequested, this, [this](const QByteArray& id) { showLeave(id, true); });
    connect(w, &Workspace::removeRequested, this, &SessionController::showRemove);
    connect(w, &Workspace::acceptRequested, this, [this](const QByteArray& id) {
        m_window->workspace()->acceptButton()->setEnabled(false);
        m_client->groups()->accept(id, m_window.get(), [this, id](Result<void> r) {
            m_window->workspace()->acceptButton()->setEnabled(true);
            if (!r)
                notice(r.error());
            else if (m_window->workspace()->current() == id)
                m_window->workspace()->timelineModel()->wantNewest();
        });
    });
    new GroupChanges(m_client, m_theme, window); // the window owns it
    new LaterMessages(m_client, m_theme, window);
    connect(w, &Workspace::tryNowRequested, this, [this] { m_client->network()->connectNow(); });
}

void SessionController::connectMessages() {
    Workspace* w = m_window->workspace();
    TimelineModel* timeline = w->timelineModel();
    const auto orNotice = [this](Result<void> r) {
        if (!r)
            notice(r.error());
    };
    connect(w, &Workspace::reactionRequested, this,
            [this, orNotice](const QByteArray& id, const QByteArray& event, const QString& emoji, bool on) {
                m_client->messages()->react(id, event, emoji, on, m_window.get(), orNotice);
            });
    connect(w, &Workspace::editRequested, this,
            [this](const QByteArray& id, const QByteArray& event, const QString& text) {
                m_client->messages()->editMessage(
                    id, event, text, m_window.get(), [this, id, event, text](Result<void> r) {
                        if (r)
                            return;
                        notice(r.error());
                        // What was written is not lost: it stands in the field again.
                        if (m_window->workspace()->current() == id)
                            m_window->workspace()->composer()->setEditing(event, text);
                    });
            });
    connect(w, &Workspace::starRequested, this, [this, orNotice](const QByteArray& id, qint64 row, bool on) {
        m_client->messages()->setStarred(id, row, on, m_window.get(), orNotice);
    });
    connect(w, &Workspace::pinRequested, this, [this, orNotice](const QByteArray& id, qint64 row, bool on) {
        m_client->messages()->setMessagePinned(id, row, on, m_window.get(), orNotice);
    });
    connect(w, &Workspace::forwardRequested, this, &SessionController::showForward);
    connect(w, &Workspace::deleteRequested, this, &SessionController::showDelete);
    connect(w, &Workspace::detailsRequested, this, &SessionController::showDetails);
    connect(w, &Workspace::starredRequested, this, &SessionController::showStarred);
    connect(w, &Workspace::dateRequested, this, &SessionController::showDate);
    connect(w, &Workspace::flagRequested, this,
            [this, orNotice](const QByteArray& id, ListFlag flag, bool on) {
                switch (flag) {
                case ListFlag::Pinned:
                    m_client->groups()->setPinned(id, on, m_window.get(), orNotice);
                    break;
                case ListFlag::Muted:
                    m_client->groups()->setMuted(id, on, m_window.get(), orNotice);
                    break;
                case ListFlag::Archived:
                    m_client->groups()->setArchived(id, on, m_window.get(), orNotice);
                    break;
                }
            });
    connect(w, &Workspace::notificationRequested, this,
            [this, orNotice](const QByteArray& id, std::optional<client::NotificationDetail> detail) {
                m_client->groups()->setNotificationDetail(id, detail, m_window.get(), orNotice);
            });
    connect(w, &Workspace::switcherSearchRequested, this, [this, w](const QString& text) {
        m_client->history()->search(text, {}, kMostHits, w, [w, text](Result<QVector<client::SearchHit>> r) {
            if (r && w->switcher())
                w->switcher()->setHits(text, *r);
        });
    });
    connect(w, &Workspace::recentEmojiChanged, this,
            [this](const QString& text) { m_settings->preferences()->recentEmoji.set(text); });
    connect(timeline, &TimelineModel::openingWanted, this, [this, timeline](const QByteArray& id) {
        m_client->history()->openingPage(id, TimelineModel::kPage, timeline,
                                         [this, timeline](Result<client::MessagePage> r) {
                                             if (r)
                                                 timeline->setPage(*r);
                                             else
                                                 notice(r.error());
                                         });
    });
    connect(timeline, &TimelineModel::aroundWanted, this, [this, timeline](const QByteArray& id, qint64 row) {
        m_client->history()->pageAround(
            id, row, TimelineModel::kPage, timeline,
            [this, row](Result<client::MessagePage> r) { showPage(std::move(r), row); });
    });
    connect(timeline, &TimelineModel::sinceWanted, this,
            [this, timeline](const QByteArray& id, qint64 seconds) {
                m_client->history()->pageSince(id, seconds, TimelineModel::kPage, timeline,
                                               [this, seconds](Result<client::MessagePage> r) {
                                                   qint64 first = 0;
                                                   if (r)
                                                       for (const client::MessageRecord& m : r->messages)
                                                           if (first == 0 && m.createdAt >= seconds)
                                                               first = m.row;
                                                   showPage(std::move(r), first);
                                               });
            });
}

void SessionController::showPage(Result<client::MessagePage> page, qint64 row) {
    if (!page)
        return notice(page.error());
    m_window->workspace()->timelineModel()->setPage(*page);
    m_window->workspace()->timelineView()->showRow(row);
}

void SessionController::search(const QString& text) {
    if (text.isEmpty()) {
        m_searchAgain = false;
        m_window->workspace()->setSearchHits({}, {});
        return;
    }
    // One question at a time, and the next is what is wanted then: nobody waits for words that were written
    // on since.
    if (m_searching) {
        m_searchAgain = true;
        return;
    }
    m_searching = true;
    m_client->history()->search(text, m_window->workspace()->listPane()->searchFilter(), kMostHits,
                                m_window.get(), [this, text](Result<QVector<client::SearchHit>> r) {
                                    m_searching = false;
                                    Workspace* w = m_window->workspace();
                                    w->setSearchHits(text, r ? *r : QVector<client::SearchHit>());
                                    if (std::exchange(m_searchAgain, false))
                                        search(w->listModel()->search());
                                });
}

void SessionController::loadPinned(const client::ConversationId& id) {
    m_client->history()->pinned(id, m_window.get(), [this, id](Result<QVector<client::MessageRecord>> r) {
        if (r)
            m_window->workspace()->setPinned(id, *r);
    });
}

void SessionController::loadAudience(const client::ConversationId& id) {
    m_client->groups()->audience(id, m_window.get(), [this, id](Result<client::AudienceRecord> r) {
        if (r)
            m_window->workspace()->setAudience(id, *r);
    });
}

void SessionController::showForward(const QVector<client::MessageRecord>& messages) {
    QVector<client::MessageRecord> written;
    for (const client::MessageRecord& message : messages)
        if (!message.deleted)
            written.append(message);
    if (written.isEmpty())
        return;
    auto* sheet = new ForwardSheet(written, m_window->workspace()->listModel()->conversations(), m_theme,
                                   m_window.get());
    connect(sheet, &ForwardSheet::chosen, this, [this, sheet, written](const QVector<QByteArray>& to) {
        // The last answer closes the sheet; all are written in order by the core thread.
        const auto left = std::make_shared<qsizetype>(to.size() * written.size());
        for (const QByteArray& id : to) {
            for (const client::MessageRecord& message : written) {
                m_client->messages()->sendText(id, message.text, {}, sheet,
                                               [this, sheet, left](Result<client::MessageRecord> r) {
                                                   if (!r) {
                                                       sheet->setBusy(false);
                                                       sheet->showError(errorText(r.error()));
                                                       return;
                                                   }
                                                   if (--*left > 0)
                                                       return;
                                                   m_window->workspace()->timelineView()->endSelecting();
                                                   sheet->accept();
                                               });
            }
        }
    });
    sheet->open();
}

void SessionController::showDelete(const client::ConversationId& id,
                                   const QVector<client::MessageRecord>& messages, bool mayWrite) {
    if (messages.isEmpty())
        return;
    auto* sheet = new DeleteSheet(messages, mayWrite, m_theme, m_window.get());
    const auto done = [this, sheet](Result<void> r) {
        sheet->setBusy(false);
        if (!r) {
            sheet->showError(errorText(r.error()));
            return;
        }
        m_window->workspace()->timelineView()->endSelecting();
        sheet->accept();
    };
    connect(sheet, &DeleteSheet::forMe, this, [this, sheet, id, messages, done] {
        QVector<qint64> rows;
        for (const client::MessageRecord& message : messages)
            rows.append(message.row);
        m_client->messages()->deleteForMe(id, rows, sheet, done);
    });
    connect(sheet, &DeleteSheet::forEveryone, this, [this, sheet, id, messages, done] {
        QVector<QByteArray> ids;
        for (const client::MessageRecord& message : messages)
            ids.append(message.eventId);
        m_client->messages()->deleteForEveryone(id, ids, sheet, done);
    });
    sheet->open();
}

void SessionController::showDetails(const client::ConversationId& id, qint64 row) {
    auto* sheet = new DetailsSheet(m_theme, m_window.get());
    m_client->history()->messageDetails(id, row, sheet, [sheet](Result<client::MessageDetails> r) {
        if (r)
            sheet->setDetails(*r);
        else
            sheet->showError(errorText(r.error()));
    });
    sheet->open();
}

void SessionController::showStarred(const client::ConversationId& id) {
    auto* sheet = new StarredSheet(m_theme, m_window.get());
    m_client->history()->starred(id, kMostStarred, sheet, [sheet](Result<QVector<client::SearchHit>> r) {
        if (r)
            sheet->setMessages(*r);
        else
            sheet->showError(errorText(r.error()));
    });
    connect(sheet, &StarredSheet::chosen, this, [this](const client::MessageRecord& message) {
        m_window->workspace()->timelineModel()->wantAround(message.row);
    });
    sheet->open();
}

void SessionController::showDate(const client::ConversationId&) {
    Workspace* w = m_window->workspace();
    auto* sheet = new DateSheet(QDate::currentDate(), m_theme, m_window.get());
    connect(sheet, &DateSheet::chosen, w->timelineModel(),
            [w](const QDate& day) { w->timelineModel()->wantSince(day.startOfDay().toSecsSinceEpoch()); });
    sheet->open();
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
    m_settings->open(account);
    loadConversations();
    if (account.restriction)
        notice(*account.restriction);
    emit opened();
}

void SessionController::loadConversations() {
    m_client->history()->conversations(m_window.get(), [this](Result<QVector<client::ConversationRecord>> r) {
        if (!r)
            return notice(r.error());
        auto* w = m_window->workspace();
        w->setConversations(*r);
        m_presence->center()->start(*r);
        if (w->current().isEmpty() && w->listModel()->rowCount() > 0)
            w->openConversation(w->listModel()->index(0).data(ConversationListModel::IdRole).toByteArray());
    });
}

void SessionController::loadMembers(const client::ConversationId& id) {
    m_client->groups()->members(id, m_window.get(), [this, id](Result<QVector<client::MemberRecord>> r) {
        if (r)
            m_window->workspace()->setMembers(id, *r);
    });
}

void SessionController::fillContacts(PeoplePicker* picker) {
    m_client->people()->contacts(picker, [this, picker](Result<QVector<client::ContactRecord>> r) {
        if (!r)
            return;
        QVector<client::ContactRecord> others;
        for (const auto& c : *r) {
            if (c.key != m_account.key)
                others.append(c);
        }
        picker->setContacts(others);
    });
}

void SessionController::showNewConversation() {
    auto* picker = new PeoplePicker(PeoplePicker::Purpose::Start, m_theme, m_window.get());
    fillContacts(picker);
    connect(picker, &PeoplePicker::chosen, this,
            [this, picker](const QString& name, const QStringList& addresses) {
                m_client->groups()->create(name, addresses, picker,
                                           [this, picker](Result<client::ConversationRecord> r) {
                                               picker->setBusy(false);
                                               if (!r) {
                                                   picker->showError(errorText(r.error()));
                                                   return;
                                               }
                                               m_window->workspace()->updateConversation(*r);
                                               m_window->workspace()->openConversation(r->id);
                                               picker->accept();
                                           });
            });
    picker->open();
}

void SessionController::showAddPeople(const client::ConversationId& id) {
    auto* picker = new PeoplePicker(PeoplePicker::Purpose::Add, m_theme, m_window.get());
    fillContacts(picker);
    connect(picker, &PeoplePicker::chosen, this,
            [this, picker, id](const QString&, const QStringList& addresses) {
                m_client->groups()->addMembers(id, addresses, picker, [picker](Result<void> r) {
                    picker->setBusy(false);
                    if (r)
                        picker->accept();
                    else
                        picker->showError(errorText(r.error()));
                });
            });
    picker->open();
}

void SessionController::showRename(const client::ConversationId& id) {
    const auto* record = m_window->workspace()->listModel()->find(id);
    if (!record)
        return;
    auto* sheet = new RenameSheet(record->name, m_theme, m_window.get());
    connect(sheet, &RenameSheet::chosen, this, [this, sheet, id](const QString& name) {
        m_client->groups()->rename(id, name, sheet, [sheet](Result<void> r) {
            sheet->setBusy(false);
            if (r)
                sheet->accept();
            else
                sheet->showError(errorText(r.error()));
        });
    });
    sheet->open();
}

void SessionController::showLeave(const client::ConversationId& id, bool decline) {
    const auto* record = m_window->workspace()->listModel()->find(id);
    if (!record)
        return;
    const QString name = conversationTitle(*record);
    auto* sheet =
        decline ? new ConfirmSheet(tr("Decline the invitation to “%1”?").arg(isolated(name)),
                                   tr("You will not receive anything from this conversation."), tr("Decline"),
                                   m_theme, m_window.get())
                : new ConfirmSheet(tr("Leave “%1”?").arg(isolated(name)),
                                   tr("You will receive nothing more. What was written so far stays on this "
                                      "device. To come back, a member has to invite you again."),
                                   tr("Leave"), m_theme, m_window.get());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, sheet, id] {
        m_client->groups()->leave(id, sheet, [sheet](Result<void> r) {
            sheet->setBusy(false);
            if (r)
                sheet->accept();
            else
                sheet->showError(errorText(r.error()));
        });
    });
    sheet->open();
}

void SessionController::showRemove(const client::ConversationId& id, const client::MemberRecord& member) {
    auto* sheet =
        new ConfirmSheet(tr("Remove %1?").arg(isolated(member.name)),
                         tr("This person can read nothing that is written from now on. What they have "
                            "received already stays with them."),
                         tr("Remove"), m_theme, m_window.get());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, sheet, id, key = member.key] {
        m_client->groups()->removeMember(id, key, sheet, [sheet](Result<void> r) {
            sheet->setBusy(false);
            if (r)
                sheet->accept();
            else
                sheet->showError(errorText(r.error()));
        });
    });
    sheet->open();
}

void SessionController::showInvitation() {
    (new InvitationSheet(m_account, m_theme, m_window.get()))->open();
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
    m_client->network()->diagnostics(sheet, [sheet](Result<QVector<client::DiagnosticRecord>> r) {
        if (r)
            sheet->setRecords(*r);
        else
            sheet->showError(errorText(r.error()));
    });
    sheet->open();
}

void SessionController::showKeys(QWidget* parent) {
    (new KeysSheet(m_theme, parent))->open();
}

} // namespace valise::ui
