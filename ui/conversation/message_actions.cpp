// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_actions.h"

#include "ui/links/link_finder.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QToolButton>
#include <QWidgetAction>

#include <algorithm>

namespace valise::ui {
namespace {

struct MessageActions {
    Q_DECLARE_TR_FUNCTIONS(MessageActions)
};

} // namespace

QVector<MessageAction> actionsFor(const client::MessageRecord& message, bool mayWrite) {
    if (message.system() != client::SystemKind::None)
        return {};
    QVector<MessageAction> out;
    const bool here = !message.isDeleted() && !message.eventId.isEmpty();
    if (here && mayWrite)
        out << MessageAction::Reply << MessageAction::React;
    if (here && mayWrite && message.own)
        out << MessageAction::Edit;
    if (here && !linksOf(message.text(), 1).isEmpty())
        out << MessageAction::OpenLink;
    if (here)
        out << MessageAction::Copy << MessageAction::Forward << MessageAction::Star << MessageAction::Pin;
    out << MessageAction::Details << MessageAction::Select << MessageAction::Delete;
    return out;
}

QString actionText(MessageAction action, const client::MessageRecord& message) {
    switch (action) {
    case MessageAction::Reply:
        return MessageActions::tr("Reply");
    case MessageAction::React:
        return MessageActions::tr("React…");
    case MessageAction::Edit:
        return MessageActions::tr("Edit");
    case MessageAction::OpenLink:
        return MessageActions::tr("Open the link…");
    case MessageAction::Copy:
        return MessageActions::tr("Copy the message");
    case MessageAction::Forward:
        return MessageActions::tr("Forward…");
    case MessageAction::Star:
        return message.starred ? MessageActions::tr("Remove the star") : MessageActions::tr("Star");
    case MessageAction::Pin:
        return message.pinned ? MessageActions::tr("Do not pin") : MessageActions::tr("Pin here");
    case MessageAction::Details:
        return MessageActions::tr("Details");
    case MessageAction::Select:
        return MessageActions::tr("Select");
    case MessageAction::Delete:
        return MessageActions::tr("Delete…");
    }
    return {};
}

QString actionIcon(MessageAction action, const client::MessageRecord& message) {
    switch (action) {
    case MessageAction::Reply:
        return QStringLiteral("reply");
    case MessageAction::React:
        return QStringLiteral("smile");
    case MessageAction::Edit:
        return QStringLiteral("edit");
    case MessageAction::OpenLink:
        return QStringLiteral("link");
    case MessageAction::Copy:
        return QStringLiteral("copy");
    case MessageAction::Forward:
        return QStringLiteral("forward");
    case MessageAction::Star:
        return message.starred ? QStringLiteral("star-full") : QStringLiteral("star");
    case MessageAction::Pin:
        return QStringLiteral("pin");
    case MessageAction::Details:
        return QStringLiteral("info");
    case MessageAction::Select:
        return QStringLiteral("select");
    case MessageAction::Delete:
        return QStringLiteral("trash");
    }
    return {};
}

QKeySequence actionKey(MessageAction action) {
    switch (action) {
    case MessageAction::Reply:
        return QKeySequence(Qt::Key_R);
    case MessageAction::React:
        return QKeySequence(Qt::Key_Plus);
    case MessageAction::Edit:
        return QKeySequence(Qt::Key_E);
    case MessageAction::OpenLink:
        return QKeySequence(Qt::Key_L);
    case MessageAction::Copy:
        return QKeySequence(QKeySequence::Copy);
    case MessageAction::Forward:
        return QKeySequence(Qt::Key_F);
    case MessageAction::Star:
        return QKeySequence(Qt::Key_S);
    case MessageAction::Pin:
        return QKeySequence(Qt::Key_P);
    case MessageAction::Details:
        return QKeySequence(Qt::Key_I);
    case MessageAction::Select:
        return QKeySequence(Qt::Key_Space);
    case MessageAction::Delete:
        return QKeySequence(Qt::Key_Delete);
    }
    return {};
}

QuickReactions::QuickReactions(const QStringList& emoji, const client::MessageRecord& message,
                               const Theme* theme, QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 4, 6, 4);
    row->setSpacing(2);
    const auto button = [&] {
        auto* b = new QToolButton(this);
        b->setFixedSize(theme->px(36), theme->px(36));
        row->addWidget(b);
        return b;
    };
    for (const QString& one : emoji) {
        const bool own = std::any_of(message.reactions.begin(), message.reactions.end(),
                                     [&](const auto& r) { return r.own && r.emoji == one; });
        auto* b = button();
        b->setText(one);
        b->setFont(theme->emojiFont(18));
        b->setCheckable(true);
        b->setChecked(own);
        const QString what = own ? tr("Take back %1").arg(one) : tr("React with %1").arg(one);
        b->setAccessibleName(what);
        b->setToolTip(what);
        connect(b, &QToolButton::clicked, this, [this, one, own] { emit chosen(one, !own); });
    }
    auto* more = button();
    more->setObjectName(QStringLiteral("moreReactions"));
    more->setIcon(theme->icon(QStringLiteral("plus")));
    more->setAccessibleName(tr("All emoji"));
    more->setToolTip(tr("All emoji"));
    connect(more, &QToolButton::clicked, this, &QuickReactions::moreWanted);
    row->addStretch();
}

MessageMenu::MessageMenu(const client::MessageRecord& message, bool mayWrite, bool selectedText,
                         const QStringList& quickEmoji, const Theme* theme, QWidget* parent)
    : QMenu(parent) {
    setObjectName(QStringLiteral("messageMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QVector<MessageAction> actions = actionsFor(message, mayWrite);
    if (actions.contains(MessageAction::React)) {
        auto* quick = new QuickReactions(quickEmoji, message, theme, this);
        connect(quick, &QuickReactions::chosen, this, [this](const QString& emoji, bool on) {
            close();
            emit reactionChosen(emoji, on);
        });
        connect(quick, &QuickReactions::moreWanted, this, [this] {
            close();
            emit actionChosen(MessageAction::React);
        });
        auto* holder = new QWidgetAction(this);
        holder->setDefaultWidget(quick);
        addAction(holder);
        addSeparator();
    }
    for (const MessageAction action : actions) {
        if (action == MessageAction::Details)
            addSeparator();
        if (action == MessageAction::Copy && selectedText)
            addAction(theme->icon(QStringLiteral("copy")), tr("Copy the selected text"), this,
                      &MessageMenu::copySelectionWanted);
        const bool danger = action == MessageAction::Delete;
        auto* entry =
            addAction(theme->icon(actionIcon(action, message), danger ? theme->palette().rest : QColor()),
                      actionText(action, message), this, [this, action] { emit actionChosen(action); });
        entry->setData(static_cast<int>(action));
        // Shown only; the timeline itself hears the keys.
        entry->setShortcut(actionKey(action));
        entry->setShortcutContext(Qt::WidgetShortcut);
        entry->setShortcutVisibleInContextMenu(true);
    }
}

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
