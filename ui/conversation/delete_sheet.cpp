// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/delete_sheet.h"

#include <QPushButton>

#include <algorithm>

namespace valise::ui {

DeleteSheet::DeleteSheet(const QVector<client::MessageRecord>& messages, bool mayWrite, const Theme* theme,
                         QWidget* parent)
    : Sheet(
          theme, tr("Delete %n message(s)?", nullptr, static_cast<int>(messages.size())),
          tr("For you: it disappears from this device only. For everyone: the others' programs are asked to "
             "remove it; who has read it has read it."),
          parent) {
    setMinimumWidth(theme->px(500));
    const bool all = std::all_of(messages.begin(), messages.end(), [](const auto& m) {
        return m.own && !m.isDeleted() && !m.eventId.isEmpty();
    });
    auto* cancel = addCloseButton(tr("Cancel"));
    cancel->setDefault(true);
    m_forMe = addButton(tr("Delete for me"));
    connect(m_forMe, &QPushButton::clicked, this, [this] {
        setBusy(true);
        emit forMe();
    });
    if (all && mayWrite) {
        m_forEveryone = addMainButton(tr("Delete for everyone"), true);
        connect(m_forEveryone, &QPushButton::clicked, this, [this] {
            setBusy(true);
            emit forEveryone();
        });
    }
    cancel->setFocus();
}

} // namespace valise::ui
