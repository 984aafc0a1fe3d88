// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/diagnostics_sheet.h"

#include "ui/format.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

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
        // A long reason takes several lines, because all of it must be readable.
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
