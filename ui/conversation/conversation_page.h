// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/composer.h"
#include "ui/conversation/conversation_header.h"
#include "ui/conversation/later_strip.h"
#include "ui/conversation/pinned_strip.h"
#include "ui/conversation/selection_bar.h"
#include "ui/conversation/timeline_model.h"
#include "ui/conversation/timeline_view.h"
#include "ui/conversation/writers.h"
#include "ui/emoji/emoji_chooser.h"
#include "ui/links/link_sheet.h"
#include "ui/people/request_bar.h"
#include "ui/people/side_panel.h"

#include <QWidget>

#include <array>
#include <optional>

class QFrame;
class QStackedWidget;
class QVBoxLayout;

namespace valise::ui {

//! The open conversation: its header, its messages, the field one writes in, and the bars and panels that
//! features add to it. Takes records and reports what the person wants; knows no client.
class ConversationPage : public QWidget {
    Q_OBJECT

public:
    //! The places for bars, from top to bottom.
    enum class Place {
        BelowHeader,    //!< about the conversation
        AboveMessages,  //!< about the program; these are seen without an open conversation too
        AboveField,     //!< about what is written, or will be
        InsteadOfField, //!< while nothing can be written, or something else is done
    };
    static constexpr std::size_t kPlaces = 4;

    //! The page, and beside() as a second child of `parent`, who places both.
    ConversationPage(const Theme* theme, QWidget* parent);

    //! Adds a bar below those that were added to the same place before. It decides itself when it is shown:
    //! recordChanged() tells of which conversation.
    void addBar(QWidget* bar, Place place);
    //! Adds a panel that can stand beside the conversation.
    void addPanel(QWidget* panel);
    //! Shows an added panel in place of the one that is shown; besideWanted() follows. Null: the side panel
    //! again.
    void showPanel(QWidget* panel);
    //! Is shown in place of the messages while no conversation is open.
    void setEmptyState(QWidget* state);
    //! The panels, of which one is shown.
    QStackedWidget* beside() const { return m_beside; }

    //! Opens another conversation; its messages are asked for.
    void open(const client::ConversationRecord& conversation);
    //! The open conversation as it is now. Null: none is open, or it is not known any more.
    void setRecord(const client::ConversationRecord* conversation);
    //! Empty if none was opened yet.
    const client::ConversationId& current() const { return m_current; }
    //! Null if none is open.
    const client::ConversationRecord* record() const { return m_record ? &*m_record : nullptr; }
    //! Whether this account may write in the open conversation.
    bool mayWrite() const;

    void setMembers(const client::ConversationId& id, const QVector<client::MemberRecord>& members);
    //! Rows that came or were written: shown if their conversation is open; those of others are read out to
    //! assistive technology.
    void addMessages(const QVector<client::MessageRecord>& messages);
    //! A row changed. That an own message could not be sent is read out.
    void changeMessage(const client::MessageRecord& message);
    void removeMessage(const client::ConversationId& id, qint64 row);
    void setAudience(const client::ConversationId& id, const client::AudienceRecord& audience);
    //! A member began to write, or stopped.
    void setWriting(const client::ConversationId& id, const client::AccountKey& member, const QString& name,
                    bool on);

    //! Clears the field if it still holds this text, because the text is now a message to be sent later.
    void takeAway(const client::ConversationId& id, const QString& text);
    //! Whether the message field is that of the conversation, and free.
    bool canTakeBack(const client::ConversationId& id) const;
    //! Puts a text into the message field.
    void takeBack(const client::ConversationId& id, const QString& text);

    //! Goes to a day. Opens nothing if no conversation is open.
    void askForDate();
    //! Shows where a link leads, and opens it if the person wants that.
    LinkSheet* showLink(const QString& target);
    //! The parts between which F6 walks, from top to bottom.
    QVector<QWidget*> parts() const;

    ConversationHeader* header() const { return m_header; }
    TimelineModel* timelineModel() { return &m_timeline; }
    TimelineView* timelineView() const { return m_view; }
    Composer* composer() const { return m_composer; }
    EmojiChooser* emoji() const { return m_emoji; }
    PinnedStrip* pinnedStrip() const { return m_pinned; }
    LaterStrip* laterStrip() const { return m_later; }
    SelectionBar* selectionBar() const { return m_selection; }
    RequestBar* requestBar() const { return m_request; }
    SidePanel* sidePanel() const { return m_side; }

signals:
    //! Another conversation was opened.
    void opened(const QByteArray& id);
    //! The open conversation is another, or changed; without an id if none is open.
    void recordChanged(const valise::client::ConversationRecord& conversation);
    //! The members of the open conversation are others, or known by now.
    void membersChanged(const QVector<valise::client::MemberRecord>& members);
    //! A panel is to be seen beside the conversation.
    void besideWanted();
    //! A sentence for the person about something that could not be done.
    void notice(const QString& text);
    //! A sentence for assistive technology.
    void said(const QString& text);

    // The person's actions on messages, from the timeline, a bar or a key.
    void reactionRequested(const QByteArray& id, const QByteArray& eventId, const QString& emoji, bool on);
    void pinRequested(const QByteArray& id, qint64 row, bool on);
    void starRequested(const QByteArray& id, qint64 row, bool on);
    void forwardRequested(const QVector<valise::client::MessageRecord>& messages);
    void deleteRequested(const QByteArray& id, const QVector<valise::client::MessageRecord>& messages,
                         bool mayWrite);
    void detailsRequested(const QByteArray& id, qint64 row);

private:
    void connectParts();
    void addOwnBars();
    void onAction(MessageAction action, const client::MessageRecord& message, QPoint global);
    void onSelection(int count);
    void react(const client::MessageRecord& message, const QString& emoji, bool on);
    void offerEmoji();
    void showWriting();
    void showInput();
    void orderTabs(QWidget* bar, Place place);

    const Theme* m_theme;
    TimelineModel m_timeline;
    Writers m_writers;
    client::ConversationId m_current;
    std::optional<client::ConversationRecord> m_record;
    QVector<client::MemberRecord> m_members;
    std::array<QVBoxLayout*, kPlaces> m_places{};
    QVBoxLayout* m_middle;
    ConversationHeader* m_header;
    TimelineView* m_view;
    QFrame* m_line;
    Composer* m_composer;
    QStackedWidget* m_beside;
    SidePanel* m_side;
    EmojiChooser* m_emoji;
    PinnedStrip* m_pinned = nullptr;
    LaterStrip* m_later = nullptr;
    SelectionBar* m_selection = nullptr;
    RequestBar* m_request = nullptr;
    QWidget* m_emptyState = nullptr;
};

} // namespace valise::ui
