// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QTableWidget;

namespace valise::ui {

//! The only place with technical words: what was refused or waits, and the servers' state.
class DiagnosticsSheet : public Sheet {
    Q_OBJECT

public:
    DiagnosticsSheet(const Theme* theme, QWidget* parent);
    void setRecords(const QVector<client::DiagnosticRecord>& records);
    void setConnection(const client::ConnectionRecord& connection);

private:
    QTableWidget* m_relays;
    QTableWidget* m_records;
    QLabel* m_none;
};

} // namespace valise::ui
