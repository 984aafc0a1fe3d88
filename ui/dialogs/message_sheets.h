// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QCalendarWidget;
class QCheckBox;
class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace valise::ui {

//! Chooses one or several conversations to forward messages to.
class ForwardSheet : public Sheet {
    Q_OBJECT

public:
    //! Offers only conversations in which one can write.
    ForwardSheet(const QVector<client::MessageRecord>& messages,
                 const QVector<client::ConversationRecord>& conversations, const Theme* theme,
                 QWidget* parent);
    QLineEdit* filterField() const { return m_filter; }
    QListWidget* list() const { return m_list; }

signals:
    void chosen(const QVector<QByteArray>& conversations);

private:
    void submit();
    QLineEdit* m_filter;
    QListWidget* m_list;
};

//! Asks whether messages go for oneself or for everybody.
class DeleteSheet : public Sheet {
    Q_OBJECT

public:
    //! For everybody is offered if all messages are one's own, are not deleted yet, and `mayWrite`.
    DeleteSheet(const QVector<client::MessageRecord>& messages, bool mayWrite, const Theme* theme,
                QWidget* parent);
    QPushButton* forMeButton() const { return m_forMe; }
    //! Null if it is not offered.
    QPushButton* forEveryoneButton() const { return m_forEveryone; }

signals:
    void forMe();
    void forEveryone();

private:
    QPushButton* m_forMe;
    QPushButton* m_forEveryone = nullptr;
};

//! Who wrote a message and when, which servers hold it, what it said before, who reacted.
class DetailsSheet : public Sheet {
    Q_OBJECT

public:
    DetailsSheet(const Theme* theme, QWidget* parent);
    void setDetails(const client::MessageDetails& details);
    //! Everything it says, line by line.
    QStringList lines() const { return m_lines; }

private:
    void row(const QString& name, const QString& value);
    void heading(const QString& text);
    void paragraph(const QString& text, const QString& note);

    QStringList m_lines;
    QWidget* m_body;
};

//! The starred messages of a conversation, or of all.
class StarredSheet : public Sheet {
    Q_OBJECT

public:
    StarredSheet(const Theme* theme, QWidget* parent);
    void setMessages(const QVector<client::SearchHit>& messages);
    QListWidget* list() const { return m_list; }

signals:
    void chosen(const valise::client::MessageRecord& message);

private:
    void take(QListWidgetItem* item);
    QVector<client::SearchHit> m_messages;
    QListWidget* m_list;
    QLabel* m_none;
};

//! Chooses the day to read from.
class DateSheet : public Sheet {
    Q_OBJECT

public:
    DateSheet(const QDate& day, const Theme* theme, QWidget* parent);
    QCalendarWidget* calendar() const { return m_calendar; }

signals:
    void chosen(const QDate& day);

private:
    QCalendarWidget* m_calendar;
};

} // namespace valise::ui
