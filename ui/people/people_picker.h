// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace valise::ui {

//! Chooses people: by pasting their invitation links or addresses, or from those already known. Used to start
//! a conversation and to add people to one.
class PeoplePicker : public Sheet {
    Q_OBJECT

public:
    enum class Purpose { Start, Add };
    PeoplePicker(Purpose purpose, const Theme* theme, QWidget* parent);

    void setContacts(const QVector<client::ContactRecord>& contacts);
    //! All chosen addresses, each once.
    QStringList addresses() const;
    QString name() const;
    QPlainTextEdit* addressField() const { return m_paste; }
    QLineEdit* nameField() const { return m_name; }

signals:
    void chosen(const QString& name, const QStringList& addresses);

private:
    void submit();
    Purpose m_purpose;
    QPlainTextEdit* m_paste;
    QListWidget* m_contacts;
    QLabel* m_contactsLabel;
    QLineEdit* m_name = nullptr;
};

} // namespace valise::ui
