// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/side_panel.h"

#include "ui/format.h"
#include "ui/people/member_row.h"

#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

//! How far names, facts and the content of rows stand from the edge; a row's own ground begins a little
//! before.
constexpr int kEdge = 18;
constexpr int kRowInset = 8;

//! Never widens the panel: a name that is too long for it ends in an ellipsis. The tool tip shows it whole.
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

    connect(m_add, &QPushButton::clicked, this, [this] { emit addPeopleWanted(m_conversation); });
    connect(m_rename, &QPushButton::clicked, this, [this] { emit renameWanted(m_conversation); });
    connect(m_keep, &QPushButton::clicked, this, [this] { emit retentionWanted(m_conversation); });
    connect(m_carry, &QPushButton::clicked, this, [this] { emit serversWanted(m_conversation); });
    connect(m_leave, &QPushButton::clicked, this, [this] { emit leaveWanted(m_conversation); });
    connect(m_disband, &QPushButton::clicked, this, [this] { emit disbandWanted(m_conversation); });
    connect(m_theme, &Theme::changed, this, &SidePanel::refresh);
    refresh();
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
    if (conversation.id != m_conversation.id)
        m_members.clear();
    m_conversation = conversation;
    refresh();
}

void SidePanel::setMembers(const QVector<client::MemberRecord>& members) {
    m_members = members;
    refresh();
}

void SidePanel::setConnection(const client::ConnectionRecord& connection) {
    m_connection = connection;
    refresh();
}

void SidePanel::refreshRows(bool manages) {
    const bool group = !m_conversation.direct;
    QMultiHash<client::AccountKey, MemberRow*> before;
    for (MemberRow* row : std::as_const(m_rows))
        before.insert(row->member().key, row);
    const QWidget* focused = m_membersBox->window()->focusWidget();
    qsizetype focusedAt = -1;
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        if (m_rows.at(i) == focused)
            focusedAt = i;
    m_rows.clear();
    for (const client::MemberRecord& member : std::as_const(m_members)) {
        MemberRow* row = before.take(member.key);
        if (row) {
            row->setMember(member, manages, group);
        } else {
            row = new MemberRow(member, manages, group, m_theme, m_membersBox);
            const auto wanted = [this](const client::MemberRecord& m) {
                emit removeWanted(m_conversation, m);
            };
            connect(row, &MemberRow::removeWanted, this, wanted);
            connect(row, &MemberRow::administratorWanted, this,
                    [this](const client::MemberRecord& m, bool on) {
                        emit administratorWanted(m_conversation, m, on);
                    });
        }
        const int place = static_cast<int>(m_rows.size());
        if (m_membersLayout->indexOf(row) != place)
            m_membersLayout->insertWidget(place, row);
        if (!m_rows.isEmpty())
            setTabOrder(m_rows.constLast(), row);
        row->show();
        m_rows.append(row);
    }
    // The keyboard stays where it was: with the member who stands there now.
    for (MemberRow* gone : std::as_const(before)) {
        if (gone == focused && !m_rows.isEmpty())
            m_rows.at(std::min(focusedAt, m_rows.size() - 1))->setFocus();
        m_membersLayout->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
}

void SidePanel::refresh() {
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
    refreshRows(admin);
    // One does not verify oneself.
    int verified = 0;
    int all = 0;
    for (const auto& m : std::as_const(m_members)) {
        all += m.self ? 0 : 1;
        verified += m.verified && !m.self ? 1 : 0;
    }

    const auto good = [&](QLabel* label, bool is) {
        const QString sheet = QStringLiteral("color: %1").arg((is ? c.ok : c.dim).name());
        if (label->styleSheet() != sheet)
            label->setStyleSheet(sheet);
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

} // namespace valise::ui
