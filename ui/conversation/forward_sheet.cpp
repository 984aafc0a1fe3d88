// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/forward_sheet.h"

#include "ui/format.h"
#include "ui/theme/line_field.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

ForwardSheet::ForwardSheet(const QVector<client::MessageRecord>& messages,
                           const QVector<client::ConversationRecord>& conversations, const Theme* theme,
                           QWidget* parent)
    : Sheet(theme, tr("Forward"),
            messages.size() == 1
                ? QStringLiteral("“%1”").arg(isolated(firstWords(messages.first())))
                : tr("%n message(s), in their order", nullptr, static_cast<int>(messages.size())),
            parent) {
    setMinimumWidth(theme->px(480));
    auto* filter = new LineField(this);
    filter->setHint(tr("Search conversations"));
    m_filter = filter;
    m_filter->setAccessibleName(tr("Search conversations"));
    content()->addWidget(m_filter);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("forwardList"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setMinimumHeight(theme->px(240));
    content()->addWidget(m_list, 1);
    for (const client::ConversationRecord& c : conversations) {
        if (c.state != client::ConversationState::Active)
            continue;
        auto* item = new QListWidgetItem(conversationTitle(c), m_list);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setData(Qt::UserRole, c.id);
    }
    addHint(tr("The text goes as your own message. Who receives it does not see who wrote it first."));
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Forward")), &QPushButton::clicked, this, &ForwardSheet::submit);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setHidden(
                !m_list->item(i)->text().contains(text.trimmed(), Qt::CaseInsensitive));
    });
    m_filter->setFocus();
}

void ForwardSheet::submit() {
    QVector<QByteArray> all;
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->checkState() == Qt::Checked)
            all.append(m_list->item(i)->data(Qt::UserRole).toByteArray());
    if (all.isEmpty()) {
        showError(tr("No conversation is chosen yet."));
        m_list->setFocus();
        return;
    }
    showError({});
    setBusy(true);
    emit chosen(all);
}

} // namespace valise::ui
