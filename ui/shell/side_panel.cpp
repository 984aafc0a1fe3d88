// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/side_panel.h"

#include "ui/format.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

//! How far names, facts and the content of rows stand from the edge; a row's own ground begins a little
//! before.
constexpr int kEdge = 18;
constexpr int kRowInset = 8;

//! Never widens the panel: a name that is too long for it ends in an ellipsis and is told by the tool tip.
class ActionRow final : public QPushButton {
public:
    using QPushButton::QPushButton;
    QSize minimumSizeHint() const override { return {iconSize().width(), sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QStyleOptionButton option;
        initStyleOption(&option);
        QStylePainter painter(this);
        const int room = width() - (sizeHint().width() - fontMetrics().horizontalAdvance(text()));
        option.text = fontMetrics().elidedText(option.text, Qt::ElideRight, std::max(0, room));
        painter.drawControl(QStyle::CE_PushButton, option);
    }
};

} // namespace

SidePanel::SidePanel(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("sidePanel"));
    auto* frame = new QVBoxLayout(this);
    frame->setContentsMargins(1, 0, 1, 0);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    frame->addWidget(area);
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("page"));
    area->setWidget(content);
    auto* outer = new QVBoxLayout(content);
    theme->margins(outer, kEdge - kRowInset, kEdge, kEdge - kRowInset, kEdge);
    outer->setSpacing(0);

    m_title = new QLabel(content);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    const auto inset = [theme, content](QWidget* widget) {
        auto* row = new QHBoxLayout;
        theme->margins(row, kRowInset, 0, kRowInset, 0);
        row->addWidget(widget);
        return row;
    };
    outer->addLayout(inset(m_title));

    const auto section = [&](const QString& text) {
        outer->addSpacing(18);
        auto* label = new QLabel(text, content);
        label->setProperty("section", true);
        outer->addLayout(inset(label));
        outer->addSpacing(8);
        return label;
    };
    m_membersTitle = section(tr("Members"));
    m_membersBox = new QWidget(content);
    m_membersLayout = new QVBoxLayout(m_membersBox);
    m_membersLayout->setContentsMargins(0, 0, 0, 0);
    m_membersLayout->setSpacing(2);
    outer->addWidget(m_membersBox);

    m_securityTitle = section(tr("Security"));
    m_encryption = fact(tr("Encryption"), outer);
    m_verified = fact(tr("Verified members"), outer);
    m_kept = fact(tr("Messages kept"), outer);
    m_servers = fact(tr("Servers"), outer);

    m_actionsTitle = section(tr("Actions"));
    const auto action = [&](const QString& text) {
        auto* b = new ActionRow(text, content);
        b->setProperty("row", true);
        b->setToolTip(text);
        theme->iconSize(b, 18);
        b->setCursor(Qt::PointingHandCursor);
        outer->addWidget(b);
        return b;
    };
    m_add = action(tr("Add people…"));
    m_rename = action(tr("Rename…"));
    m_keep = action(tr("How long messages are kept…"));
    m_carry = action(tr("Servers…"));
    m_leave = action(tr("Leave…"));
    m_disband = action(tr("End for everybody…"));
    m_leave->setProperty("danger", true);
    m_disband->setProperty("danger", true);
    outer->addStretch();

    connect(m_add, &QPushButton::clicked, this, &SidePanel::addPeopleWanted);
    connect(m_rename, &QPushButton::clicked, this, &SidePanel::renameWanted);
    connect(m_keep, &QPushButton::clicked, this, &SidePanel::retentionWanted);
    connect(m_carry, &QPushButton::clicked, this, &SidePanel::serversWanted);
    connect(m_leave, &QPushButton::clicked, this, &SidePanel::leaveWanted);
    connect(m_disband, &QPushButton::clicked, this, &SidePanel::disbandWanted);
    connect(m_theme, &Theme::changed, this,
            &SidePanel::rebuild); // the rows paint in the palette of the moment
    rebuild();
}

QLabel* SidePanel::fact(const QString& name, QVBoxLayout* layout) {
    auto* row = new QHBoxLayout;
    m_theme->margins(row, kRowInset, 2, kRowInset, 2);
    auto* key = new QLabel(name);
    key->setProperty("dim", true);
    m_theme->follow(key, [this, key] { key->setFont(m_theme->font(12)); });
    auto* value = new QLabel;
    m_theme->follow(value, [this, value] { value->setFont(m_theme->font(12)); });
    value->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    value->setWordWrap(true);
    row->addWidget(key);
    row->addWidget(value, 1);
    layout->addLayout(row);
    return value;
}

void SidePanel::setConversation(const client::ConversationRecord& conversation) {
    if (conversation.id != m_conversation.id) {
        m_members.clear();
        m_rowsStale = true;
    }
    m_conversation = conversation;
    rebuild();
}

void SidePanel::setMembers(const QVector<client::MemberRecord>& members) {
    m_members = members;
    m_rowsStale = true;
    rebuild();
}

void SidePanel::setConnection(const client::ConnectionRecord& connection) {
    m_connection = connection;
    rebuild();
}

void SidePanel::rebuild() {
    const Palette& c = m_theme->palette();
    m_title->setText(conversationTitle(m_conversation));
    m_title->setFont(m_theme->font(15, QFont::DemiBold));
    for (auto* label : {m_membersTitle, m_securityTitle, m_actionsTitle}) {
        QFont font = m_theme->font(11.5, QFont::DemiBold);
        // Spaced capitals are a Latin habit; scripts that join their letters would be torn apart.
        if (QLocale().textDirection() == Qt::LeftToRight) {
            font.setCapitalization(QFont::AllUppercase);
            font.setLetterSpacing(QFont::AbsoluteSpacing, 0.7);
        }
        label->setFont(font);
    }
    m_membersTitle->setText(m_members.isEmpty()
                                ? tr("Members")
                                : tr("%n member(s)", nullptr, static_cast<int>(m_members.size())));

    // QLabel aligns by its text's direction; here the window's decides.
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    const Qt::Alignment leading =
        (rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter;
    const Qt::Alignment trailing =
        (rtl ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignAbsolute | Qt::AlignVCenter;
    for (auto* label : {m_title, m_membersTitle, m_securityTitle, m_actionsTitle})
        label->setAlignment(leading);
    for (auto* label : {m_encryption, m_verified, m_kept, m_servers})
        label->setAlignment(trailing);

    const bool active = m_conversation.state == client::ConversationState::Active;
    const bool admin = active && m_conversation.admin;
    const bool closed = m_conversation.state == client::ConversationState::Left ||
                        m_conversation.state == client::ConversationState::Removed ||
                        m_conversation.state == client::ConversationState::Disbanded;
    if (m_rowsStale || m_rowsForAdmin != admin) {
        m_rowsStale = false;
        m_rowsForAdmin = admin;
        while (QLayoutItem* item = m_membersLayout->takeAt(0)) {
            if (item->widget()) {
                item->widget()->hide();
                item->widget()->deleteLater();
            }
            delete item;
        }
        for (const auto& m : std::as_const(m_members)) {
            auto* row = new MemberRow(m, admin, !m_conversation.direct, m_theme, m_membersBox);
            connect(row, &MemberRow::removeWanted, this, &SidePanel::removeWanted);
            connect(row, &MemberRow::administratorWanted, this, &SidePanel::administratorWanted);
            m_membersLayout->addWidget(row);
            row->show();
        }
    }
    // One does not verify oneself.
    int verified = 0;
    int all = 0;
    for (const auto& m : std::as_const(m_members)) {
        all += m.self ? 0 : 1;
        verified += m.verified && !m.self ? 1 : 0;
    }

    const auto good = [&](QLabel* label, bool is) {
        label->setStyleSheet(QStringLiteral("color: %1").arg((is ? c.ok : c.dim).name()));
    };
    m_encryption->setText(closed ? tr("Closed") : tr("End to end"));
    good(m_encryption, !closed);
    m_verified->setText(all > 0 ? tr("%1 of %2").arg(QLocale().toString(verified), QLocale().toString(all))
                                : QStringLiteral("—"));
    good(m_verified, all > 0 && verified == all);
    const QString kept = durationText(m_conversation.retentionSeconds);
    m_kept->setText(kept.isEmpty() ? tr("Without limit") : kept);
    good(m_kept, false);
    int up = 0;
    int known = 0;
    for (const auto& r : std::as_const(m_connection.relays)) {
        if (m_conversation.relays.contains(r.url)) {
            ++known;
            up += r.state == client::RelayState::Connected ? 1 : 0;
        }
    }
    const int servers = std::max(known, static_cast<int>(m_conversation.relays.size()));
    m_servers->setText(tr("%1 of %2 reached").arg(QLocale().toString(up), QLocale().toString(servers)));
    m_servers->setToolTip(plainToolTip(m_conversation.relays.join(QLatin1Char('\n'))));
    good(m_servers, servers > 0 && up == servers);

    m_add->setIcon(m_theme->icon(QStringLiteral("person-add")));
    m_rename->setIcon(m_theme->icon(QStringLiteral("edit")));
    m_keep->setIcon(m_theme->icon(QStringLiteral("hourglass")));
    m_carry->setIcon(m_theme->icon(QStringLiteral("server")));
    m_leave->setIcon(m_theme->icon(QStringLiteral("leave"), c.rest));
    m_disband->setIcon(m_theme->icon(QStringLiteral("remove"), c.rest));
    m_add->setVisible(admin);
    m_rename->setVisible(admin && !m_conversation.direct);
    m_keep->setVisible(admin);
    m_carry->setVisible(admin);
    m_leave->setVisible(active);
    m_disband->setVisible(admin && !m_conversation.direct);
    m_actionsTitle->setVisible(active);
    update();
}

void SidePanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->palette().pane);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 1 : 0;
    painter.fillRect(QRect(x, 0, 1, height()), m_theme->palette().line);
}

MemberRow::MemberRow(const client::MemberRecord& member, bool manages, bool group, const Theme* theme,
                     QWidget* parent)
    : QWidget(parent)
    , m_member(member)
    , m_manages(manages)
    , m_group(group)
    , m_theme(theme) {
    theme->fixHeight(this, 42);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(member.name);
    setToolTip(member.address);
}

void MemberRow::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme->palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_hover || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(c.acc, 1.2) : QPen(Qt::NoPen));
        painter.setBrush(m_hover ? c.hover : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    }
    // Painted in the design's sizes by a scaled painter.
    const Theme& theme = m_theme->atDesignSize();
    const double z = m_theme->scale();
    const double wide = width() / z;
    const double high = height() / z;
    painter.scale(z, z);
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](QRectF r) {
        if (rtl)
            r.moveLeft(wide - r.right());
        return r;
    };
    theme.paintAvatar(painter, place(QRectF(kRowInset, 6, 30, 30)), m_member.key, m_member.name, false);
    const double left = kRowInset + 40;
    const QString label = m_member.self && m_member.admin ? tr("You · manages")
                          : m_member.self                 ? tr("You")
                          : m_member.admin                ? tr("Manages")
                                                          : QString();
    const QFont bold = theme.font(13, QFont::Medium);
    const QFont small = theme.font(11.5);
    const double labelWidth = label.isEmpty() ? 0 : QFontMetricsF(small).horizontalAdvance(label) + 8;
    const double room = wide - left - kRowInset - labelWidth;
    painter.setPen(c.ink);
    painter.setFont(bold);
    const QString shownName =
        QFontMetricsF(bold).elidedText(m_member.name, Qt::ElideRight, room - (m_member.verified ? 18 : 0));
    Theme::paintLine(painter, place(QRectF(left, 0, room, high)), shownName, rtl);
    if (m_member.verified) {
        const double x = left + QFontMetricsF(bold).horizontalAdvance(shownName) + 4;
        Theme::paintIcon(painter, QStringLiteral("check"), place(QRectF(x, (high - 13) / 2.0, 13, 13)), c.ok);
    }
    painter.setFont(small);
    painter.setPen(c.dim);
    Theme::paintLine(painter, place(QRectF(wide - kRowInset - labelWidth, 0, labelWidth, high)), label, rtl,
                     true);
}

void MemberRow::showMenu(QPoint where) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("memberMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString address = m_member.address;
    menu->addAction(m_theme->icon(QStringLiteral("copy")), tr("Copy the address"), this,
                    [address] { QApplication::clipboard()->setText(address); });
    if (m_manages && m_group) {
        const bool on = !m_member.admin;
        const QString text = on              ? tr("Let manage the conversation…")
                             : m_member.self ? tr("Give up managing the conversation…")
                                             : tr("Take the right to manage…");
        menu->addAction(m_theme->icon(QStringLiteral("shield")), text, this,
                        [this, on] { emit administratorWanted(m_member, on); });
    }
    if (m_manages && !m_member.self)
        menu->addAction(m_theme->icon(QStringLiteral("remove"), m_theme->palette().rest), tr("Remove…"), this,
                        [this] { emit removeWanted(m_member); });
    menu->popup(where);
}

void MemberRow::contextMenuEvent(QContextMenuEvent* event) {
    showMenu(event->globalPos());
}

void MemberRow::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        showMenu(event->globalPosition().toPoint());
}

void MemberRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space ||
        event->key() == Qt::Key_Menu) {
        showMenu(mapToGlobal(rect().center()));
        return;
    }
    QWidget::keyPressEvent(event);
}

void MemberRow::enterEvent(QEnterEvent*) {
    m_hover = true;
    update();
}

void MemberRow::leaveEvent(QEvent*) {
    m_hover = false;
    update();
}

} // namespace valise::ui
