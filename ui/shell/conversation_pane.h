// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/conversation_menu.h"
#include "ui/shell/conversation_list_model.h"
#include "ui/theme/line_field.h"
#include "ui/theme/theme.h"

#include <QDate>
#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QVBoxLayout;

namespace valise::ui {

class ChipRow;

//! The second pane: search, filters, the list of conversations.
class ConversationPane : public QWidget {
    Q_OBJECT

public:
    ConversationPane(ConversationListModel* model, const Theme* theme, QWidget* parent = nullptr);

    QLineEdit* searchField() const { return m_search; }
    QListView* list() const { return m_list; }
    void focusSearch();
    //! Searches in the open conversation only.
    void focusSearchHere();
    //! Which messages the search is limited to, as the chips say.
    client::SearchFilter searchFilter() const;
    //! The people to whom the search can be limited: the members of the open conversation.
    void setPeople(const QVector<client::MemberRecord>& people) { m_people = people; }
    //! The messages a search found; left if something else is written by now.
    void setHits(const QString& text, const QVector<client::SearchHit>& hits);
    QPushButton* hereChip() const { return m_here; }
    QPushButton* personChip() const { return m_person; }
    QPushButton* timeChip() const { return m_time; }
    QPushButton* linksChip() const { return m_links; }
    //! Marks a conversation as the open one, without opening it.
    void setCurrent(const client::ConversationId& id);
    //! Opens the conversation above (-1) or below (+1).
    void step(int direction);
    void setFilter(ListFilter filter);
    void clearSearch();

signals:
    void conversationChosen(const QByteArray& id);
    void hitChosen(const valise::client::MessageRecord& message);
    //! With every change of text or chips; empty when the search ends.
    void searchWanted(const QString& text);
    //! The hits of this text were taken, or left because the person has written on.
    void searchAnswered(const QString& text);
    void flagWanted(const QByteArray& id, valise::ui::ListFlag flag, bool on);
    void notificationWanted(const QByteArray& id, std::optional<valise::client::NotificationDetail> detail);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(const QModelIndex& index);
    void refresh();
    void placeHint();
    void restyle();
    void showMenu(QPoint at);
    void makeSearchChips(QVBoxLayout* column);
    void showPeople();
    void showTimes();
    void searchAgain();

    ConversationListModel* m_model;
    const Theme* m_theme;
    LineField* m_search;
    QLabel* m_hint;
    ChipRow* m_chipRow;
    QPushButton* m_chips[5];
    ChipRow* m_searchRow = nullptr;
    QPushButton* m_here = nullptr;
    QPushButton* m_person = nullptr;
    QPushButton* m_time = nullptr;
    QPushButton* m_links = nullptr;
    QVector<client::MemberRecord> m_people;
    client::MemberRecord m_from; //!< no key: anybody
    int m_days = 0;              //!< how many days back; 0: whenever
    client::ConversationId m_current;
    QListView* m_list;
    QDate m_today; //!< when the times of the rows were last drawn for all
    QLabel* m_nothing;
};

} // namespace valise::ui
