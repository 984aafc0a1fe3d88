// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/shell/conversation_list_model.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QListView;

namespace valise::ui {

//! Goes to a person, a group or a message by typing a few letters.
class QuickSwitcher : public QDialog {
    Q_OBJECT

public:
    QuickSwitcher(const QVector<client::ConversationRecord>& conversations, const Theme* theme,
                  QWidget* parent);

    //! Messages found for a text; ignored if something else is written by now.
    void setHits(const QString& text, const QVector<client::SearchHit>& hits);
    QLineEdit* field() const { return m_field; }
    QListView* list() const { return m_list; }
    ConversationListModel* model() { return &m_model; }

signals:
    void conversationChosen(const QByteArray& id);
    void hitChosen(const valise::client::MessageRecord& message);
    //! After a short pause in typing.
    void searchWanted(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const QModelIndex& index);
    void step(int direction);

    ConversationListModel m_model;
    QLineEdit* m_field;
    QListView* m_list;
    QTimer m_timer;
};

} // namespace valise::ui
