// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/accessibility/announcer.h"
#include "ui/conversation/conversation_page.h"
#include "ui/shell/banner.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/empty_state.h"
#include "ui/shell/notice.h"
#include "ui/shell/quick_switcher.h"
#include "ui/shell/rail.h"

#include <QPointer>
#include <QWidget>

namespace valise::ui {

//! The three panes of an unlocked profile: the rail with the list, the open conversation, and the panel
//! beside it. Takes records and reports what the person wants; knows no client, and of a conversation only
//! its page.
class Workspace : public QWidget {
    Q_OBJECT

public:
    explicit Workspace(const Theme* theme, QWidget* parent = nullptr);

    void setConversations(const QVector<client::ConversationRecord>& conversations);
    void updateConversation(const client::ConversationRecord& conversation);
    void setConnection(const client::ConnectionRecord& connection);
    //! A sentence above the messages, until it is closed or another conversation is opened.
    void showNotice(const QString& text);
    //! Moves the focus to the next (1) or previous (-1) part of the window: rail, list, messages, field, side
    //! panel.
    void stepPart(int direction);
    //! Opens a conversation as if it had been clicked.
    void openConversation(const client::ConversationId& id);
    //! Opens a conversation at a message.
    void openMessage(const client::ConversationId& id, qint64 row);
    const client::ConversationId& current() const { return m_page->current(); }
    //! Null if none is open.
    const client::ConversationRecord* currentRecord() const { return m_list.find(current()); }

    ConversationListModel* listModel() { return &m_list; }
    ConversationPane* listPane() const { return m_pane; }
    ConversationPage* page() const { return m_page; }
    Banner* banner() const { return m_banner; }
    Rail* rail() const { return m_rail; }
    Announcer* announcer() const { return m_announcer; }
    //! The window that goes to a person, a group or a message.
    QuickSwitcher* showSwitcher();
    //! Null while it is closed.
    QuickSwitcher* switcher() const { return m_switcher; }
    void setSidePanelShown(bool shown);
    bool sidePanelShown() const { return m_sideWanted; }

signals:
    void newConversationRequested();
    void invitationRequested();
    void settingsRequested();
    //! The window that goes to a person, a group or a message was opened, and wants to be given messages.
    void switcherOpened(valise::ui::QuickSwitcher* switcher);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void connectParts();
    void refreshCurrent();
    void place();

    const Theme* m_theme;
    ConversationListModel m_list;
    Rail* m_rail;
    ConversationPane* m_pane;
    ConversationPage* m_page;
    Banner* m_banner;
    Notice* m_notice;
    EmptyState* m_empty;
    Announcer* m_announcer;
    QPointer<QuickSwitcher> m_switcher;
    bool m_sideWanted = true;
    bool m_sideFloats = false;
};

} // namespace valise::ui
