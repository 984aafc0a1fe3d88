// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/list_controller.h"

#include "ui/shell/workspace.h"

#include <utility>

namespace valise::ui {
namespace {

constexpr int kMostHits = 60;

} // namespace

using Hits = QVector<client::SearchHit>;

ListController::ListController(client::Client* client, const Theme* theme, Workspace* workspace)
    : Controller(client, theme, workspace->window())
    , m_workspace(workspace) {
    connect(client, &client::Client::conversationChanged, workspace, &Workspace::updateConversation);
    const ConversationPane* pane = workspace->listPane();
    const ConversationHeader* header = workspace->page()->header();
    connect(pane, &ConversationPane::searchWanted, this, &ListController::search);
    connect(pane, &ConversationPane::flagWanted, this, &ListController::setFlag);
    connect(header, &ConversationHeader::flagWanted, this, &ListController::setFlag);
    connect(pane, &ConversationPane::notificationWanted, this, &ListController::setNotification);
    connect(header, &ConversationHeader::notificationWanted, this, &ListController::setNotification);
    connect(workspace, &Workspace::switcherOpened, this, &ListController::serve);
}

void ListController::load(std::function<void(const QVector<client::ConversationRecord>&)> then) {
    client()->history()->conversations(
        this, [this, then = std::move(then)](Result<QVector<client::ConversationRecord>> r) {
            if (!r) {
                emit failed(r.error());
                return;
            }
            m_workspace->setConversations(*r);
            then(*r);
        });
}

void ListController::search(const QString& text) {
    ConversationPane* pane = m_workspace->listPane();
    if (text.isEmpty()) {
        m_searchAgain = false;
        pane->setHits({}, {});
        return;
    }
    // One question at a time, and the next is what is wanted then: nobody waits for words that were written
    // on since.
    if (m_searching) {
        m_searchAgain = true;
        return;
    }
    m_searching = true;
    client()->history()->search(text, pane->searchFilter(), kMostHits, this,
                                [this, pane, text](Result<Hits> r) {
                                    m_searching = false;
                                    pane->setHits(text, r ? *r : Hits());
                                    if (std::exchange(m_searchAgain, false))
                                        search(m_workspace->listModel()->search());
                                });
}

void ListController::serve(QuickSwitcher* switcher) {
    connect(switcher, &QuickSwitcher::searchWanted, this, [this, switcher](const QString& text) {
        client()->history()->search(text, {}, kMostHits, switcher, [switcher, text](Result<Hits> r) {
            if (r)
                switcher->setHits(text, *r);
        });
    });
}

void ListController::setFlag(const client::ConversationId& id, ListFlag flag, bool on) {
    switch (flag) {
    case ListFlag::Pinned:
        client()->groups()->setPinned(id, on, this, orFailed());
        break;
    case ListFlag::Muted:
        client()->groups()->setMuted(id, on, this, orFailed());
        break;
    case ListFlag::Archived:
        client()->groups()->setArchived(id, on, this, orFailed());
        break;
    }
}

void ListController::setNotification(const client::ConversationId& id,
                                     std::optional<client::NotificationDetail> detail) {
    client()->groups()->setNotificationDetail(id, detail, this, orFailed());
}

} // namespace valise::ui
