// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/composer_field.h"
#include "ui/conversation/format_bar.h"
#include "ui/conversation/mention_completion.h"
#include "ui/emoji/emoji_completion.h"
#include "ui/spelling/field_spelling.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace valise::ui {

//! The place to write: a line about the readers, the quote bar of a reply or an edit, the field, emoji, the
//! send button. It reports drafts and does not keep them.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(const Theme* theme, QWidget* parent = nullptr);

    ComposerField* field() const { return m_field; }
    QToolButton* sendButton() const { return m_send; }
    //! Reports what was not reported yet of the conversation before, and shows the draft of another one.
    void open(const client::ConversationId& conversation, const QString& draft);
    const client::ConversationId& conversation() const { return m_conversation; }
    void setPlaceholder(const QString& text);
    //! Shows a draft, without reporting it back.
    void setDraft(const QString& text);
    QString text() const { return m_field->toPlainText(); }
    //! The text as it is sent: trimmed, mentions as addresses.
    QString textToSend() const;
    //! Answers a message; an empty event id ends the reply.
    void setReply(const QByteArray& eventId, const QString& sender, const QString& text);
    const QByteArray& replyTo() const { return m_replyTo; }
    //! Puts a message's text into the field, to be replaced. The text that was being written comes back
    //! afterwards. An empty event id ends the edit.
    void setEditing(const QByteArray& eventId, const QString& text);
    const QByteArray& editing() const { return m_editing; }
    //! Ends a reply or an edit. False if there is none.
    bool cancel();
    //! The line about the readers of the next message; none if it is empty.
    void setAudience(const QString& text);
    QString audience() const;
    void setEnterSends(bool on);
    void setEmojiTable(const EmojiTable* table) { m_completion->setTable(table); }
    EmojiCompletion* completion() const { return m_completion; }
    //! The people whom one can mention here.
    void setMembers(const QVector<client::MemberRecord>& members);
    MentionCompletion* mentions() const { return m_mentions; }
    //! The checker of the text's spelling; outlives the composer.
    void setSpellChecker(SpellChecker* checker) { m_spelling->setChecker(checker); }
    FieldSpelling* spelling() const { return m_spelling; }
    FormatBar* formatBar() const { return m_format; }
    void insertEmoji(const QString& emoji);
    QToolButton* emojiButton() const { return m_emoji; }
    QToolButton* laterButton() const { return m_later; }
    //! Puts a text there to be written on; it is a draft now.
    void putText(const QString& text);
    //! The text and what it answers went elsewhere.
    void clearText();
    //! Reports a draft that has not been reported yet; called before another conversation opens.
    void flushDraft();

signals:
    void sendRequested(const QByteArray& conversation, const QString& text, const QByteArray& replyTo);
    //! This text is to be sent later. It stays in the field until clearText().
    void laterRequested(const QByteArray& conversation, const QString& text, const QByteArray& replyTo);
    //! The person wants to see the messages that are already waiting to be sent later.
    void scheduledRequested(const QByteArray& conversation);
    void editRequested(const QByteArray& conversation, const QByteArray& eventId, const QString& text);
    //! The window of all emoji is wanted beside this place on the screen.
    void emojiWanted(QPoint global);
    void emojiUsed(const QString& emoji);
    void draftChanged(const QByteArray& conversation, const QString& text);
    //! The person is writing (told again every few seconds), or stopped.
    void typing(const QByteArray& conversation, bool on);
    void leftUpwards();
    //! A sentence about something that could not be done.
    void notice(const QString& text);

private:
    void submit();
    void submitLater();
    void noteTyping();
    void stopTyping();
    void restyle();

    const Theme* m_theme;
    client::ConversationId m_conversation;
    QWidget* m_quote;
    QLabel* m_quoteSender;
    QLabel* m_quoteText;
    QToolButton* m_quoteClose;
    ComposerField* m_field;
    QToolButton* m_send;
    QLabel* m_audience;
    QToolButton* m_emoji;
    QToolButton* m_later;
    EmojiCompletion* m_completion;
    MentionCompletion* m_mentions;
    FieldSpelling* m_spelling;
    FormatBar* m_format;
    QTimer m_draftTimer;
    QTimer m_typingPause;       // runs while the person writes; at its end they stopped
    QElapsedTimer m_typingTold; // since it was last told
    QByteArray m_replyTo;
    QByteArray m_editing;
    QString m_draftBeforeEdit;
    bool m_setting = false;
};

} // namespace valise::ui
