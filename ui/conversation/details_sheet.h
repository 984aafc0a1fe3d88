// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

namespace valise::ui {

//! A message's details: its writer and time, the servers that hold it, its earlier texts, its reactions.
class DetailsSheet : public Sheet {
    Q_OBJECT

public:
    DetailsSheet(const Theme* theme, QWidget* parent);
    void setDetails(const client::MessageDetails& details);
    //! Everything it says, line by line.
    QStringList lines() const { return m_lines; }

private:
    void row(const QString& name, const QString& value);
    void heading(const QString& text);
    void paragraph(const QString& text, const QString& note);

    QStringList m_lines;
    QWidget* m_body;
};

} // namespace valise::ui
