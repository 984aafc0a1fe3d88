// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/small_sheets.h"

#include "ui/format.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace valise::ui {
InvitationSheet::InvitationSheet(const client::AccountRecord& account, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("My invitation"),
            tr("Give this link to people who should be able to start a conversation with you. It holds no "
               "secret; it "
               "says only where to reach you."),
            parent) {
    setMinimumWidth(theme->px(540));
    field(tr("Invitation link"), account.invitationLink, tr("Copy the link"))
        ->setObjectName(QStringLiteral("invitationLink"));
    content()->addSpacing(8);
    field(tr("Address"), account.address, tr("Copy the address"))->setObjectName(QStringLiteral("address"));
    addHint(tr("To be sure that nobody is between you, compare the end of the address over another channel, "
               "for example "
               "in person."));
    auto* close = addCloseButton(tr("Close"));
    close->setDefault(true);
    close->setFocus();
}

QLineEdit* InvitationSheet::field(const QString& label, const QString& value, const QString& button) {
    addLabel(label);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* line = new QLineEdit(value, this);
    line->setReadOnly(true);
    line->setCursorPosition(0);
    line->setAccessibleName(label);
    line->setLayoutDirection(Qt::LeftToRight);
    auto* copy = new QPushButton(theme()->icon(QStringLiteral("copy")), button, this);
    copy->setAutoDefault(false);
    row->addWidget(line, 1);
    row->addWidget(copy);
    content()->addLayout(row);
    connect(copy, &QPushButton::clicked, this, [value, copy] {
        QApplication::clipboard()->setText(value);
        copy->setText(InvitationSheet::tr("Copied"));
    });
    return line;
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
        t->setWordWrap(false);
        t->setSelectionMode(QAbstractItemView::NoSelection);
        t->setFocusPolicy(Qt::TabFocus);
        t->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        t->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
        t->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
        return t;
    };
    m_relays = table(tr("Relays"), {tr("URL"), tr("State"), tr("Detail")});
    m_relays->setMaximumHeight(theme->px(150));
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
        const QString cells[] = {
            r.scope, r.category, r.reason, QLocale().toString(r.count),
            QLocale().toString(QDateTime::fromSecsSinceEpoch(r.lastAt).toLocalTime(), QLocale::ShortFormat)};
        for (int k = 0; k < 5; ++k)
            m_records->setItem(i, k, new QTableWidgetItem(cells[k]));
    }
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
        m_relays->setItem(i, 0, new QTableWidgetItem(r.url));
        m_relays->setItem(i, 1, new QTableWidgetItem(state));
        m_relays->setItem(i, 2, new QTableWidgetItem(r.detail));
    }
}

} // namespace valise::ui
