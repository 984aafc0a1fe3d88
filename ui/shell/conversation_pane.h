// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/shell/conversation_list_model.h"
#include "ui/shell/conversation_menu.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

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
    //! Marks a conversation as the open one, without opening it.
    void setCurrent(const client::ConversationId& id);
    //! Opens the conversation above (-1) or below (+1).
    void step(int direction);
    void setFilter(ListFilter filter);
    void clearSearch();

signals:
    void conversationChosen(const QByteArray& id);
    void hitChosen(const valise::client::MessageRecord& message);
    //! After a short pause in typing; empty when the search ends.
    void searchWanted(const QString& text);
    void newConversationWanted();
    void flagWanted(const QByteArray& id, valise::ui::ListFlag flag, bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(const QModelIndex& index);
    void refresh();
    void placeHint();
    void restyle();
    void showMenu(QPoint at);

    ConversationListModel* m_model;
    const Theme* m_theme;
    QLineEdit* m_search;
    QLabel* m_hint;
    ChipRow* m_chipRow;
    QPushButton* m_chips[5];
    QListView* m_list;
    QLabel* m_nothing;
};

} // namespace valise::ui
