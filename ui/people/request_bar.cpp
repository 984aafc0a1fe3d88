// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/request_bar.h"

#include "ui/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

RequestBar::RequestBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_accept(new QPushButton(tr("Accept"), this))
    , m_decline(new QPushButton(tr("Decline"), this)) {
    setObjectName(QStringLiteral("composerBar"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_accept->setProperty("primary", true);
    m_accept->setObjectName(QStringLiteral("acceptButton"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_accept);
    buttons->addWidget(m_decline);
    buttons->addStretch();
    column->addWidget(m_text);
    column->addLayout(buttons);
    connect(m_accept, &QPushButton::clicked, this, [this] { emit acceptWanted(m_conversation.id); });
    connect(m_decline, &QPushButton::clicked, this, [this] { emit declineWanted(m_conversation); });
    hide();
}

void RequestBar::setConversation(const client::ConversationRecord& conversation) {
    m_conversation = conversation;
    m_text->setText(
        conversation.invitedBy.isEmpty()
            ? tr("You are invited to this conversation. If you accept, its members see that you joined.")
            : tr("%1 invites you to this conversation. If you accept, its members see that you joined. If "
                 "you "
                 "decline, nobody is told why.")
                  .arg(isolated(conversation.invitedBy)));
    setVisible(!conversation.id.isEmpty() && conversation.state == client::ConversationState::Request);
}

} // namespace valise::ui
