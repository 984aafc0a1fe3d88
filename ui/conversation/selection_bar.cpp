// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/selection_bar.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QStyle>

#include <utility>

namespace valise::ui {

SelectionBar::SelectionBar(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_buttons(new QHBoxLayout) {
    setObjectName(QStringLiteral("composerBar"));
    setAttribute(Qt::WA_StyledBackground);
    // The conversation decides how wide it is; the bar makes do with that.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_count = new QLabel(this);
    m_row->addWidget(m_count, 1);
    m_row->addLayout(m_buttons);
    const auto button = [&](const QString& text) {
        auto* b = new QPushButton(this);
        b->setAutoDefault(false);
        b->setAccessibleName(text);
        m_buttons->addWidget(b);
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
    arrange();
}

void SelectionBar::setCount(int count) {
    m_count->setText(tr("%n message(s) selected", nullptr, count));
    for (auto* b : {m_copy, m_forward, m_delete})
        b->setEnabled(count > 0);
    arrange();
}

void SelectionBar::arrange() {
    // From the most telling to the narrowest.
    for (const Form form : {Form::Words, Form::Pictures, Form::TwoLines}) {
        setForm(form);
        if (m_row->sizeHint().width() <= width())
            break;
    }
    // The height is fixed because the conversation's layout asks for it before the width is known.
    setFixedHeight(m_row->hasHeightForWidth() ? m_row->totalHeightForWidth(width())
                                              : m_row->totalSizeHint().height());
}

void SelectionBar::setForm(Form form) {
    const bool pictures = form != Form::Words;
    const std::pair<QPushButton*, const char*> all[] = {
        {m_copy, "copy"}, {m_forward, "forward"}, {m_delete, "trash"}, {m_cancel, "close"}};
    for (const auto& [b, icon] : all) {
        const QString name = b->accessibleName();
        b->setText(pictures ? QString() : name);
        b->setToolTip(pictures ? name : QString());
        b->setIcon(pictures ? m_theme->icon(QLatin1String(icon),
                                            b == m_delete ? m_theme->palette().rest : m_theme->palette().ink)
                            : QIcon());
        if (b->property("iconOnly").toBool() != pictures) {
            // A rule of the style sheet hangs on it.
            b->setProperty("iconOnly", pictures);
            b->style()->unpolish(b);
            b->style()->polish(b);
        }
        b->updateGeometry();
    }
    const bool tight = form == Form::TwoLines;
    m_count->setWordWrap(tight);
    m_row->setContentsMargins(m_theme->px(tight ? 8 : 18), m_theme->px(tight ? 8 : 12),
                              m_theme->px(tight ? 8 : 18), m_theme->px(tight ? 8 : 12));
    for (QBoxLayout* box : {m_row, static_cast<QBoxLayout*>(m_buttons)})
        box->setSpacing(m_theme->px(tight ? 4 : 8));
    m_row->setDirection(tight ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_buttons->invalidate();
    m_row->invalidate();
}

void SelectionBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        arrange();
}

} // namespace valise::ui
