// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/notice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace valise::ui {

Notice::Notice(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("notice"));
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    theme->margins(row, 18, 6, 10, 6);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_close = new QToolButton(this);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));
    row->addWidget(m_text, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_theme, &Theme::changed, this, &Notice::restyle);
    restyle();
    hide();
}

void Notice::restyle() {
    m_close->setIcon(m_theme->icon(QStringLiteral("close")));
    m_text->setFont(m_theme->font(12.5));
}

void Notice::showText(const QString& text) {
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

} // namespace valise::ui
