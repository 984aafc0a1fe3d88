// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/conversation_header.h"

#include "ui/format.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace valise::ui {

ConversationHeader::ConversationHeader(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("conversationHeader"));
    theme->fixHeight(this, 58);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 0, 18, 0);
    row->setSpacing(4);
    row->addStretch();
    const auto button = [&](const QString& tip, const QString& keys = {}) {
        auto* b = new QToolButton(this);
        theme->fixSize(b, 34, 34);
        theme->iconSize(b, 19);
        b->setToolTip(withKeys(tip, keys));
        b->setAccessibleName(tip);
        row->addWidget(b);
        return b;
    };
    m_search = button(tr("Search in this conversation"), QStringLiteral("Ctrl+Shift+F"));
    m_side = button(tr("Members and security"), QStringLiteral("Ctrl+Shift+M"));
    m_side->setCheckable(true);
    m_more = button(tr("More actions"));
    connect(m_search, &QToolButton::clicked, this, &ConversationHeader::searchWanted);
    connect(m_side, &QToolButton::clicked, this, &ConversationHeader::sidePanelToggled);
    connect(m_more, &QToolButton::clicked, this, &ConversationHeader::showMenu);
    connect(m_theme, &Theme::changed, this, &ConversationHeader::restyle);
    restyle();
}

void ConversationHeader::restyle() {
    m_search->setIcon(m_theme->icon(QStringLiteral("search")));
    m_side->setIcon(m_theme->icon(QStringLiteral("sidebar")));
    m_more->setIcon(m_theme->icon(QStringLiteral("more")));
    update();
}

void ConversationHeader::setConversation(const client::ConversationRecord& conversation) {
    m_conversation = conversation;
    setAccessibleName(conversationTitle(conversation) + QStringLiteral(", ") +
                      conversationSubtitle(conversation));
    update();
}

void ConversationHeader::setWriting(const QStringList& names) {
    if (names == m_writing)
        return;
    m_writing = names;
    update();
}

void ConversationHeader::setSidePanelShown(bool shown) {
    m_side->setChecked(shown);
}

void ConversationHeader::showMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool active = m_conversation.state == client::ConversationState::Active;
    auto* add = menu->addAction(m_theme->icon(QStringLiteral("person-add")), tr("Add people…"), this,
                                [this] { emit addPeopleWanted(m_conversation); });
    add->setEnabled(active && m_conversation.admin);
    auto* rename = menu->addAction(m_theme->icon(QStringLiteral("edit")), tr("Rename…"), this,
                                   [this] { emit renameWanted(m_conversation); });
    rename->setEnabled(active && m_conversation.admin);
    menu->addSeparator();
    auto* date = menu->addAction(m_theme->icon(QStringLiteral("calendar")), tr("Go to a date…"), this,
                                 [this] { emit dateWanted(m_conversation.id); });
    // Shown only; the window hears the key.
    date->setShortcut(QKeySequence(QStringLiteral("Ctrl+G")));
    date->setShortcutContext(Qt::WidgetShortcut);
    date->setShortcutVisibleInContextMenu(true);
    menu->addAction(m_theme->icon(QStringLiteral("star")), tr("Starred messages…"), this,
                    [this] { emit starredWanted(m_conversation.id); });
    menu->addSeparator();
    addFlagActions(menu, m_conversation, m_theme,
                   [this](ListFlag flag, bool on) { emit flagWanted(m_conversation.id, flag, on); });
    addNotificationMenu(menu, m_conversation, m_theme,
                        [this](std::optional<client::NotificationDetail> detail) {
                            emit notificationWanted(m_conversation.id, detail);
                        });
    menu->addSeparator();
    auto* leave = menu->addAction(m_theme->icon(QStringLiteral("leave"), m_theme->palette().rest),
                                  tr("Leave…"), this, [this] { emit leaveWanted(m_conversation); });
    leave->setEnabled(active);
    const QPoint corner =
        layoutDirection() == Qt::RightToLeft
            ? m_more->mapToGlobal(QPoint(0, m_more->height() + 4))
            : m_more->mapToGlobal(QPoint(m_more->width() - menu->sizeHint().width(), m_more->height() + 4));
    menu->popup(corner);
}

void ConversationHeader::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme->palette();
    QPainter painter(this);
    painter.fillRect(rect(), c.pane);
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.line);
    if (m_conversation.id.isEmpty())
        return;
    // Painted in the design's sizes by a scaled painter.
    const Theme& theme = m_theme->atDesignSize();
    const double z = m_theme->scale();
    const double wide = width() / z;
    painter.scale(z, z);
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](QRectF r) {
        if (rtl)
            r.moveLeft(wide - r.right());
        return r;
    };
    const QString title = conversationTitle(m_conversation);
    theme.paintAvatar(painter, place(QRectF(18, 11, 36, 36)), conversationColourKey(m_conversation), title,
                      !m_conversation.direct);
    const double left = 66;
    const double room = wide - left - 18 - 3 * 38 - 12;
    const QFont bold = theme.font(13.5, QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(c.ink);
    Theme::paintLine(painter, place(QRectF(left, 12, room, 18)), title, rtl);
    const QFont small = theme.font(12);
    painter.setFont(small);
    painter.setPen(m_writing.isEmpty() ? c.dim : c.acc);
    Theme::paintLine(painter, place(QRectF(left, 29, room, 17)),
                     m_writing.isEmpty()
                         ? conversationSubtitle(m_conversation)
                         : QChar(rtl ? 0x200F : 0x200E) + writingText(m_writing, m_conversation.direct),
                     rtl);
}

} // namespace valise::ui
