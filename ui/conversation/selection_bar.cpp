// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/selection_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace valise::ui {

SelectionBar::SelectionBar(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("composerBar"));
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 12, 18, 12);
    row->setSpacing(8);
    m_count = new QLabel(this);
    row->addWidget(m_count);
    row->addStretch();
    const auto button = [&](const QString& text) {
        auto* b = new QPushButton(text, this);
        b->setAutoDefault(false);
        row->addWidget(b);
        return b;
    };
    m_copy = button(tr("Copy"));
    m_forward = button(tr("Forward…"));
    m_delete = button(tr("Delete…"));
    m_delete->setProperty("danger", true);
    m_cancel = button(tr("Cancel"));
    connect(m_copy, &QPushButton::clicked, this, &SelectionBar::copyWanted);
    connect(m_forward, &QPushButton::clicked, this, &SelectionBar::forwardWanted);
    connect(m_delete, &QPushButton::clicked, this, &SelectionBar::deleteWanted);
    connect(m_cancel, &QPushButton::clicked, this, &SelectionBar::cancelled);
    connect(m_theme, &Theme::changed, this, &SelectionBar::restyle);
    restyle();
    setCount(0);
}

void SelectionBar::restyle() {
    m_count->setFont(m_theme->font(13.5, QFont::DemiBold));
}

void SelectionBar::setCount(int count) {
    m_count->setText(tr("%n message(s) selected", nullptr, count));
    for (auto* b : {m_copy, m_forward, m_delete})
        b->setEnabled(count > 0);
}

} // namespace valise::ui
