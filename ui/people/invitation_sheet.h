// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QGridLayout;

namespace valise::ui {

//! Shows the link and the address with which others can start a conversation with this account.
class InvitationSheet : public Sheet {
    Q_OBJECT

public:
    InvitationSheet(const client::AccountRecord& account, const Theme* theme, QWidget* parent);

private:
    //! A name, below it what is shown of the value, and beside that what copies all of it.
    void line(const QString& name, QWidget* shown, const QString& value, const QString& button);
    QGridLayout* m_lines;
};

} // namespace valise::ui
