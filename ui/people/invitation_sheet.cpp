// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/invitation_sheet.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStyleOptionFrame>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

//! Shows the beginning and the end of a text that does not fit. With the focus, the whole can be read and
//! copied.
class LongLine final : public QLineEdit {
public:
    using QLineEdit::QLineEdit;

protected:
    void paintEvent(QPaintEvent* event) override {
        if (hasFocus()) {
            QLineEdit::paintEvent(event);
            return;
        }
        QPainter painter(this);
        QStyleOptionFrame frame;
        initStyleOption(&frame);
        style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
        const QRect room =
            style()->subElementRect(QStyle::SE_LineEditContents, &frame, this).adjusted(2, 0, -2, 0);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(room, Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width()));
    }
};

//! In groups, as one reads it out to somebody.
QString grouped(const QString& address) {
    constexpr qsizetype kGroup = 5;
    QStringList groups;
    for (qsizetype i = 0; i < address.size(); i += kGroup)
        groups.append(address.mid(i, kGroup));
    return groups.join(QLatin1Char(' '));
}

} // namespace

InvitationSheet::InvitationSheet(const client::AccountRecord& account, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("My invitation"),
            tr("Give this link to people who should be able to start a conversation with you. It holds no "
               "secret; it "
               "says only where to reach you."),
            parent)
    , m_lines(new QGridLayout) {
    setMinimumWidth(theme->px(540));
    // Both buttons stand in one column and are as wide as the wider.
    m_lines->setSpacing(8);
    m_lines->setColumnStretch(0, 1);
    content()->addLayout(m_lines);
    auto* link = new LongLine(account.invitationLink, this);
    link->setObjectName(QStringLiteral("invitationLink"));
    link->setReadOnly(true);
    link->setCursorPosition(0);
    link->setLayoutDirection(Qt::LeftToRight);
    line(tr("Invitation link"), link, account.invitationLink, tr("Copy the link"));
    m_lines->setRowMinimumHeight(m_lines->rowCount(), theme->px(4));
    auto* address = new QLabel(grouped(account.address), this);
    address->setObjectName(QStringLiteral("address"));
    address->setTextFormat(Qt::PlainText);
    address->setFont(theme->codeFont(13));
    address->setWordWrap(true);
    address->setLayoutDirection(Qt::LeftToRight);
    address->setAlignment(Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter);
    line(tr("Address"), address, account.address, tr("Copy the address"));
    addHint(tr("To be sure that nobody is between you, compare the end of the address over another channel, "
               "for example "
               "in person."));
    auto* close = addCloseButton(tr("Close"));
    close->setDefault(true);
    close->setFocus();
}

void InvitationSheet::line(const QString& name, QWidget* shown, const QString& value, const QString& button) {
    const int row = m_lines->rowCount();
    auto* label = new QLabel(name, this);
    label->setFont(theme()->font(13, QFont::DemiBold));
    shown->setAccessibleName(name);
    auto* copy = new QPushButton(theme()->icon(QStringLiteral("copy")), button, this);
    copy->setAutoDefault(false);
    m_lines->addWidget(label, row, 0, 1, 2);
    m_lines->addWidget(shown, row + 1, 0);
    m_lines->addWidget(copy, row + 1, 1, Qt::AlignVCenter);
    connect(copy, &QPushButton::clicked, this, [value, copy] {
        QApplication::clipboard()->setText(value);
        copy->setText(InvitationSheet::tr("Copied"));
    });
}

} // namespace valise::ui
