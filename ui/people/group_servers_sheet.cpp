// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/group_servers_sheet.h"

#include "ui/server_lines.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

GroupServersSheet::GroupServersSheet(const QStringList& urls, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Servers of this conversation"),
            tr("They carry its sealed messages and cannot look inside. All members move to the new ones by "
               "themselves; the old ones are listened to for some time."),
            parent)
    , m_field(new QPlainTextEdit(urls.join(QLatin1Char('\n')), this)) {
    setMinimumWidth(theme->px(520));
    m_field->setTabChangesFocus(true);
    m_field->setFixedHeight(theme->px(110));
    m_field->setAccessibleName(tr("Servers of this conversation"));
    m_field->setLayoutDirection(Qt::LeftToRight);
    content()->addWidget(m_field);
    addHint(tr("One on each line."));
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Move")), &QPushButton::clicked, this, [this, urls] {
        const QStringList wanted = serverLines(m_field->toPlainText());
        const QString problem = serverProblem(wanted);
        showError(problem);
        if (!problem.isEmpty())
            return;
        if (wanted == urls)
            return reject();
        setBusy(true);
        emit chosen(wanted);
    });
    m_field->setFocus();
}

} // namespace valise::ui
