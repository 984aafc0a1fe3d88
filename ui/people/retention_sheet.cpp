// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/retention_sheet.h"

#include "ui/format.h"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr quint64 kDay = 86'400;

} // namespace

RetentionSheet::RetentionSheet(quint64 seconds, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("How long messages are kept"),
            tr("It counts for every member and every device. Somebody who copied a message keeps the copy."),
            parent)
    , m_box(new QComboBox(this)) {
    QVector<quint64> choices{0, kDay, 7 * kDay, 30 * kDay, 90 * kDay, 365 * kDay};
    if (!choices.contains(seconds))
        choices.append(seconds);
    // The longest first, and before it no limit.
    std::sort(choices.begin() + 1, choices.end(), std::greater<>());
    for (const quint64 choice : std::as_const(choices))
        m_box->addItem(choice == 0 ? tr("Without limit") : durationText(choice), choice);
    m_box->setCurrentIndex(m_box->findData(seconds));
    m_box->setAccessibleName(tr("How long messages are kept"));
    content()->addWidget(m_box);
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Change")), &QPushButton::clicked, this, [this, seconds] {
        const quint64 now = m_box->currentData().toULongLong();
        if (now == seconds)
            return reject();
        setBusy(true);
        emit chosen(now);
    });
    m_box->setFocus();
}

} // namespace valise::ui
