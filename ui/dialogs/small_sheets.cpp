// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/small_sheets.h"

#include "ui/format.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QStyleOptionFrame>
#include <QTableWidget>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

//! Shows the beginning and the end of what does not fit. Whoever goes into it finds, and copies, the whole.
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

//! Words that are English in every window keep their order in one from right to left.
QString technical(const QString& text) {
    constexpr QChar kLeftToRightMark(0x200E);
    return QGuiApplication::layoutDirection() == Qt::RightToLeft ? kLeftToRightMark + text : text;
}

QTableWidgetItem* cell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(plainToolTip(text));
    return item;
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

RenameSheet::RenameSheet(const QString& name, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Rename the conversation"), tr("All members see the new name."), parent)
    , m_name(new QLineEdit(name, this)) {
    m_name->setMaxLength(80);
    m_name->setAccessibleName(tr("Name"));
    m_name->selectAll();
    content()->addWidget(m_name);
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Rename")), &QPushButton::clicked, this, [this] {
        const QString text = m_name->text().simplified();
        if (text.isEmpty()) {
            showError(tr("A group needs a name. Please write one."));
            return;
        }
        setBusy(true);
        emit chosen(text);
    });
    m_name->setFocus();
}

ConfirmSheet::ConfirmSheet(const QString& title, const QString& explanation, const QString& action,
                           const Theme* theme, QWidget* parent)
    : Sheet(theme, title, explanation, parent) {
    auto* cancel = addCloseButton(tr("Cancel"));
    cancel->setDefault(true);
    connect(addMainButton(action, true), &QPushButton::clicked, this, [this] {
        setBusy(true);
        emit confirmed();
    });
    cancel->setFocus();
}

DiagnosticsSheet::DiagnosticsSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Diagnostics"),
            tr("For your help desk. Nothing here contains messages, names or keys."), parent) {
    setMinimumSize(theme->px(720), theme->px(520));
    const auto table = [this](const QString& name, const QStringList& columns) {
        addLabel(name);
        auto* t = new QTableWidget(0, static_cast<int>(columns.size()), this);
        t->setAccessibleName(name);
        t->setProperty("boxed", true);
        t->setHorizontalHeaderLabels(columns);
        t->verticalHeader()->hide();
        t->setEditTriggers(QAbstractItemView::NoEditTriggers);
        t->setSelectionBehavior(QAbstractItemView::SelectRows);
        t->setShowGrid(false);
        // What is long takes several lines; nothing of a reason may be missing.
        t->setWordWrap(true);
        t->setSelectionMode(QAbstractItemView::NoSelection);
        t->setFocusPolicy(Qt::TabFocus);
        t->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        t->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
        t->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
        connect(t->horizontalHeader(), &QHeaderView::sectionResized, t, &QTableView::resizeRowsToContents);
        return t;
    };
    m_relays = table(tr("Relays"), {tr("URL"), tr("State"), tr("Detail")});
    m_relays->setMaximumHeight(theme->px(180));
    content()->addWidget(m_relays);
    m_records = table(tr("Events refused or waiting"),
                      {tr("Scope"), tr("Category"), tr("Reason"), tr("Count"), tr("Last")});
    content()->addWidget(m_records, 1);
    m_none = addHint(tr("Nothing was refused and nothing waits."));
    auto* close = addCloseButton(tr("Close"));
    close->setDefault(true);
    close->setFocus();
    setRecords({});
}

void DiagnosticsSheet::setRecords(const QVector<client::DiagnosticRecord>& records) {
    m_records->setRowCount(static_cast<int>(records.size()));
    for (int i = 0; i < records.size(); ++i) {
        const auto& r = records.at(i);
        const QString cells[] = {technical(r.scope), technical(r.category), technical(r.reason),
                                 QLocale().toString(r.count), momentText(r.lastAt)};
        for (int k = 0; k < 5; ++k)
            m_records->setItem(i, k, cell(cells[k]));
    }
    m_records->resizeRowsToContents();
    m_none->setVisible(records.isEmpty());
}

void DiagnosticsSheet::setConnection(const client::ConnectionRecord& connection) {
    m_relays->setRowCount(static_cast<int>(connection.relays.size()));
    for (int i = 0; i < connection.relays.size(); ++i) {
        const auto& r = connection.relays.at(i);
        QString state;
        switch (r.state) {
        case client::RelayState::Offline:
            state = tr("offline");
            break;
        case client::RelayState::Connecting:
            state = tr("connecting");
            break;
        case client::RelayState::Connected:
            state = tr("connected");
            break;
        case client::RelayState::Refused:
            state = tr("refused");
            break;
        }
        m_relays->setItem(i, 0, cell(technical(r.url)));
        m_relays->setItem(i, 1, cell(state));
        m_relays->setItem(i, 2, cell(technical(r.detail)));
    }
    m_relays->resizeRowsToContents();
}

} // namespace valise::ui
