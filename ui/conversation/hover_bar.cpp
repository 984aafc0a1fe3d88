// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/hover_bar.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace valise::ui {

HoverBar::HoverBar(const Theme* theme, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("hoverBar"));
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3, 2, 3, 2);
    row->setSpacing(1);
    const auto button = [&](const QString& name) {
        auto* b = new QToolButton(this);
        theme->fixSize(b, 28, 26);
        theme->iconSize(b, 17);
        b->setToolTip(name);
        b->setAccessibleName(name);
        // The keyboard does all of it on the message itself.
        b->setFocusPolicy(Qt::NoFocus);
        row->addWidget(b);
        return b;
    };
    m_react = button(tr("React"));
    m_reply = button(tr("Reply"));
    m_menu = button(tr("More actions"));
    connect(m_react, &QToolButton::clicked, this, [this] { emit actionChosen(MessageAction::React); });
    connect(m_reply, &QToolButton::clicked, this, [this] { emit actionChosen(MessageAction::Reply); });
    connect(m_menu, &QToolButton::clicked, this, &HoverBar::menuWanted);
    connect(m_theme, &Theme::changed, this, &HoverBar::restyle);
    restyle();
    hide();
}

void HoverBar::restyle() {
    m_react->setIcon(m_theme->icon(QStringLiteral("smile")));
    m_reply->setIcon(m_theme->icon(QStringLiteral("reply")));
    m_menu->setIcon(m_theme->icon(QStringLiteral("more")));
}

QToolButton* HoverBar::button(MessageAction action) const {
    return action == MessageAction::React ? m_react : action == MessageAction::Reply ? m_reply : nullptr;
}

void HoverBar::showFor(const client::MessageRecord& message, bool mayWrite) {
    const QVector<MessageAction> actions = actionsFor(message, mayWrite);
    m_react->setVisible(actions.contains(MessageAction::React));
    m_reply->setVisible(actions.contains(MessageAction::Reply));
    layout()->activate();
    adjustSize();
    setVisible(!actions.isEmpty());
}

} // namespace valise::ui
