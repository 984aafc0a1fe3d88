// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/later_strip.h"

namespace valise::ui {

LaterStrip::LaterStrip(const Theme* theme, QWidget* parent)
    : QPushButton(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("laterStrip"));
    setFlat(true);
    setCursor(Qt::PointingHandCursor);
    connect(this, &QPushButton::clicked, this, [this] { emit scheduledWanted(m_conversation); });
    connect(m_theme, &Theme::changed, this, &LaterStrip::restyle);
    restyle();
    hide();
}

void LaterStrip::restyle() {
    setFont(m_theme->font(12));
    m_theme->iconSize(this, 15);
    const Palette& p = m_theme->palette();
    setIcon(m_missed ? m_theme->icon(QStringLiteral("warning"), p.warn)
                     : m_theme->icon(QStringLiteral("clock"), p.dim));
}

void LaterStrip::setConversation(const client::ConversationRecord& conversation) {
    m_conversation = conversation.id;
    m_missed = conversation.scheduledMissed;
    setText(m_missed ? tr("A message was not sent at its time")
                     : tr("%n message(s) to be sent later", nullptr, conversation.scheduled));
    restyle();
    setVisible(conversation.scheduled > 0);
}

} // namespace valise::ui
