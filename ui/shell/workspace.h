// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/accessibility/announcer.h"
#include "ui/conversation/composer.h"
#include "ui/conversation/later_strip.h"
#include "ui/conversation/pinned_strip.h"
#include "ui/conversation/selection_bar.h"
#include "ui/conversation/timeline_model.h"
#include "ui/conversation/timeline_view.h"
#include "ui/emoji/emoji_picker.h"
#include "ui/links/link_sheet.h"
#include "ui/shell/banner.h"
#include "ui/shell/conversation_header.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/quick_switcher.h"
#include "ui/shell/rail.h"
#include "ui/shell/side_panel.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace valise::ui {

//! The three panes of an unlocked profile. Takes records and reports what the person wants; knows no client.
class Workspace : public QWidget {
    Q_OBJECT

public:
    explicit Workspace(const Theme* theme, QWidget* parent = nullptr);

    void setConversations(const QVector<client::ConversationRecord>& conversations);
    void updateConversation(const client::ConversationRecord& conversation);
    void setConnection(const client::ConnectionRecord& connection);
    void setMembers(const client::ConversationId& id, const QVector<client::MemberRecord>& members);
    void setSearchHits(const QString& text, const QVector<client::SearchHit>& hits);
    void showNotice(const QString& text);
    //! Rows that came or were written: shown if their conversation is open; those of others are read out to
    //! assistive technology.
    void addMessages(const QVector<client::MessageRecord>& messages);
    //! A row changed. That an own message could not be sent is read out.
    void changeMessage(const client::MessageRecord& message);
    //! Moves the focus to the next (1) or previous (-1) part of the window: rail, list, messages, field, side
    //! panel.
    void stepPart(int direction);
    //! A member began to write, or stopped.
    void setWriting(const client::ConversationId& id, const client::AccountKey& member, const QString& name,
                    bool on);
    //! The pinned messages of a conversation, last pinned first.
    void setPinned(const client::ConversationId& id, const QVector<client::MessageRecord>& messages);
    PinnedStrip* pinnedStrip() const { return m_pinned; }
    void setAudience(const client::ConversationId& id, const client::AudienceRecord& audience);
    //! The emoji used last, as recentEmojiChanged() gave them.
    void setRecentEmoji(const QString& text);
    //! Opens a conversation as if it had been clicked.
    void openConversation(const client::ConversationId& id);
    const client::ConversationId& current() const { return m_current; }
    //! Null if none is open.
    const client::ConversationRecord* currentRecord() const { return m_list.find(m_current); }

    ConversationListModel* listModel() { return &m_list; }
    TimelineModel* timelineModel() { return &m_timeline; }
    TimelineView* timelineView() const { return m_view; }
    Composer* composer() const { return m_composer; }
    LaterStrip* laterStrip() const { return m_laterStrip; }
    //! What is being written in a conversation was taken over as a message to be sent later.
    void takeAway(const client::ConversationId& id, const QString& text);
    //! Whether the message field is that of the conversation, and free.
    bool canTakeBack(const client::ConversationId& id) const;
    //! Puts a text into the message field.
    void takeBack(const client::ConversationId& id, const QString& text);
    ConversationPane* listPane() const { return m_pane; }
    SidePanel* sidePanel() const { return m_side; }
    Banner* banner() const { return m_banner; }
    Rail* rail() const { return m_rail; }
    QPushButton* acceptButton() const { return m_accept; }
    SelectionBar* selectionBar() const { return m_selection; }
    ConversationHeader* header() const { return m_header; }
    Announcer* announcer() const { return m_announcer; }
    //! The window that goes to a person, a group or a message.
    QuickSwitcher* showSwitcher();
    //! Null while it is closed.
    QuickSwitcher* switcher() const { return m_switcher; }
    //! Shows where a link leads, and opens it if the person wants that.
    LinkSheet* showLink(const QString& target);
    //! Shows every emoji beside a place on the screen, for the text or for a reaction.
    EmojiPicker* showEmoji(QPoint global, std::function<void(const QString&)> chosen);
    void setSidePanelShown(bool shown);
    bool sidePanelShown() const { return m_sideWanted; }

signals:
    void conversationOpened(const QByteArray& id);
    void sendRequested(const QByteArray& id, const QString& text, const QByteArray& replyTo);
    void laterRequested(const QByteArray& id, const QString& text, const QByteArray& replyTo);
    //! What is to be sent later is to be shown.
    void scheduledRequested(const QByteArray& id);
    void draftChanged(const QByteArray& id, const QString& text);
    void typing(const QByteArray& id, bool on);
    void reactionRequested(const QByteArray& id, const QByteArray& eventId, const QString& emoji, bool on);
    void editRequested(const QByteArray& id, const QByteArray& eventId, const QString& text);
    void pinRequested(const QByteArray& id, qint64 row, bool on);
    //! What is pinned may have changed; setPinned() answers.
    void pinnedWanted(const QByteArray& id);
    void starRequested(const QByteArray& id, qint64 row, bool on);
    void forwardRequested(const QVector<valise::client::MessageRecord>& messages);
    void deleteRequested(const QByteArray& id, const QVector<valise::client::MessageRecord>& messages,
                         bool mayWrite);
    void detailsRequested(const QByteArray& id, qint64 row);
    void starredRequested(const QByteArray& id);
    void dateRequested(const QByteArray& id);
    void flagRequested(const QByteArray& id, valise::ui::ListFlag flag, bool on);
    void notificationRequested(const QByteArray& id,
                               std::optional<valise::client::NotificationDetail> detail);
    //! Messages that contain a text are wanted for the window that goes to them.
    void switcherSearchRequested(const QString& text);
    void recentEmojiChanged(const QString& text);
    void searchRequested(const QString& text);
    //! The hits of this text were taken, or left because the person has written on.
    void searchAnswered(const QString& text);
    void seen(const QByteArray& id, qint64 row);
    void hitOpened(const QByteArray& id, qint64 row);
    void newConversationRequested();
    void invitationRequested();
    void settingsRequested();
    void addPeopleRequested(const QByteArray& id);
    void renameRequested(const QByteArray& id);
    void leaveRequested(const QByteArray& id);
    void removeRequested(const QByteArray& id, const valise::client::MemberRecord& member);
    void administratorRequested(const QByteArray& id, const valise::client::MemberRecord& member, bool on);
    void retentionRequested(const QByteArray& id);
    void conversationServersRequested(const QByteArray& id);
    void disbandRequested(const QByteArray& id);
    void acceptRequested(const QByteArray& id);
    void declineRequested(const QByteArray& id);
    void tryNowRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeEmptyState();
    void connectMessages();
    void onAction(MessageAction action, const client::MessageRecord& message, QPoint global);
    void react(const client::MessageRecord& message, const QString& emoji, bool on);
    void useEmoji(const QString& emoji);
    void showWriting();
    bool mayWrite() const;
    void showInput();
    void refreshCurrent();
    void place();
    void restyle();

    const Theme* m_theme;
    ConversationListModel m_list;
    TimelineModel m_timeline;
    client::ConversationId m_current;
    client::ConnectionRecord m_connection;
    Rail* m_rail;
    ConversationPane* m_pane;
    QWidget* m_main;
    ConversationHeader* m_header;
    PinnedStrip* m_pinned;
    Banner* m_banner;
    Notice* m_notice;
    TimelineView* m_view;
    Composer* m_composer;
    LaterStrip* m_laterStrip;
    SelectionBar* m_selection;
    QWidget* m_request;
    QLabel* m_requestText;
    QPushButton* m_accept;
    QPushButton* m_decline;
    QLabel* m_closed;
    QWidget* m_line;
    SidePanel* m_side;
    QWidget* m_empty;
    QLabel* m_emptyIcon = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyText = nullptr;
    Announcer* m_announcer;
    QPointer<QuickSwitcher> m_switcher;
    struct Writer {
        client::ConversationId conversation;
        client::AccountKey member;
        QString name;
        QDeadlineTimer until;
    };
    QVector<Writer> m_writers;
    QTimer m_writersTimer;
    EmojiTable m_emoji;
    RecentEmoji m_recent;
    bool m_sideWanted = true;
    bool m_sideFloats = false;
};

} // namespace valise::ui
