// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/rename_sheet.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

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

} // namespace valise::ui
