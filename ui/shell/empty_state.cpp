// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/empty_state.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

EmptyState::EmptyState(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this)) {
    setObjectName(QStringLiteral("emptyState"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(40, 40, 40, 40);
    column->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setProperty("dim", true);
    for (auto* label : {m_picture, m_title, m_text})
        label->setAlignment(Qt::AlignCenter);
    auto* start = new QPushButton(tr("Start a conversation"), this);
    start->setProperty("primary", true);
    auto* invite = new QPushButton(tr("Show my invitation"), this);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(start);
    buttons->addWidget(invite);
    buttons->addStretch();
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    auto* textRow = new QHBoxLayout;
    textRow->addStretch();
    textRow->addWidget(m_text, 10);
    textRow->addStretch();
    column->addLayout(textRow);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);
    connect(start, &QPushButton::clicked, this, &EmptyState::newConversationWanted);
    connect(invite, &QPushButton::clicked, this, &EmptyState::invitationWanted);
    connect(m_theme, &Theme::changed, this, &EmptyState::restyle);
    restyle();
    setConversations(false);
}

void EmptyState::restyle() {
    m_picture->setPixmap(QIcon(QStringLiteral(":/icons/valise.svg"))
                             .pixmap(QSize(m_theme->px(88), m_theme->px(88)), devicePixelRatioF()));
    m_title->setFont(m_theme->font(18, QFont::DemiBold));
    m_text->setFont(m_theme->font(13.5));
    m_text->setMaximumWidth(m_theme->px(420));
}

void EmptyState::setConversations(bool any) {
    m_title->setText(any ? tr("Choose a conversation") : tr("Your valise is ready"));
    m_text->setText(
        any ? tr("Pick one on the list, go there with Ctrl+K, or start a new one.")
            : tr("Start a conversation with somebody's invitation, or give yours to the person you "
                 "want to talk to. Only the people in a conversation can read it."));
}

} // namespace valise::ui
