// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/starred_sheet.h"

#include "ui/format.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace valise::ui {

StarredSheet::StarredSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Starred messages"), tr("Only you see which messages you starred."), parent) {
    setMinimumWidth(theme->px(520));
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("starredList"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("Starred messages"));
    m_list->setMinimumHeight(theme->px(280));
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content()->addWidget(m_list, 1);
    m_none = addHint(tr("Nothing is starred yet. Press S on a message, or use its menu."));
    addCloseButton(tr("Close"));
    connect(m_list, &QListWidget::itemActivated, this, &StarredSheet::take);
    connect(m_list, &QListWidget::itemClicked, this, &StarredSheet::take);
    m_list->setFocus();
}

void StarredSheet::setMessages(const QVector<client::SearchHit>& messages) {
    m_messages = messages;
    m_list->clear();
    for (const client::SearchHit& hit : messages)
        m_list->addItem(QStringLiteral("%1 · %2 · %3\n%4")
                            .arg(isolated(hit.message.senderName), isolated(hit.conversationName),
                                 isolated(momentText(hit.message.createdAt)),
                                 isolated(firstWords(hit.message))));
    m_none->setVisible(messages.isEmpty());
    m_list->setVisible(!messages.isEmpty());
    fit();
}

void StarredSheet::take(QListWidgetItem* item) {
    const int index = m_list->row(item);
    if (index < 0 || index >= m_messages.size())
        return;
    emit chosen(m_messages.at(index).message);
    accept();
}

} // namespace valise::ui
