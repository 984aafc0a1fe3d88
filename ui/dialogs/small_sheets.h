// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QGridLayout;
class QLineEdit;
class QTableWidget;

namespace valise::ui {

//! What one gives to others so that they can start a conversation.
class InvitationSheet : public Sheet {
    Q_OBJECT

public:
    InvitationSheet(const client::AccountRecord& account, const Theme* theme, QWidget* parent);

private:
    //! A name, below it what is shown of the value, and beside that what copies all of it.
    void line(const QString& name, QWidget* shown, const QString& value, const QString& button);
    QGridLayout* m_lines;
};

//! Gives a conversation another name.
class RenameSheet : public Sheet {
    Q_OBJECT

public:
    RenameSheet(const QString& name, const Theme* theme, QWidget* parent);
    QLineEdit* field() const { return m_name; }

signals:
    void chosen(const QString& name);

private:
    QLineEdit* m_name;
};

//! Asks before something that cannot be undone.
class ConfirmSheet : public Sheet {
    Q_OBJECT

public:
    ConfirmSheet(const QString& title, const QString& explanation, const QString& action, const Theme* theme,
                 QWidget* parent);

signals:
    void confirmed();
};

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
