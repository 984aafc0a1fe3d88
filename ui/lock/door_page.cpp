// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/lock/door_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr int kPicture = 84;

} // namespace

DoorPage::DoorPage(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout)
    , m_picture(new QLabel(this)) {
    setObjectName(QStringLiteral("page"));
    setAttribute(Qt::WA_StyledBackground);
    auto* across = new QHBoxLayout(this);
    across->addStretch();
    across->addLayout(m_column);
    across->addStretch();
    m_column->addStretch(2);
    m_column->addWidget(m_picture, 0, Qt::AlignHCenter);
    m_column->addSpacing(14);
    connect(m_theme, &Theme::changed, this, &DoorPage::restyle);
    restyle();
}

void DoorPage::closeColumn() {
    m_column->addStretch(3);
}

QLabel* DoorPage::makeTitle(const QString& text, QWidget* parent) {
    auto* title = new QLabel(text, parent);
    title->setAlignment(Qt::AlignHCenter);
    m_titles.append(title);
    styleTitles();
    return title;
}

void DoorPage::restyle() {
    m_picture->setPixmap(
        QIcon(QStringLiteral(":/icons/valise.svg"))
            .pixmap(QSize(m_theme->px(kPicture), m_theme->px(kPicture)), devicePixelRatioF()));
    styleTitles();
}

void DoorPage::styleTitles() {
    for (auto* title : std::as_const(m_titles))
        title->setFont(m_theme->font(22, QFont::DemiBold));
}

void DoorPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    // A page that was polished before it came into its window, as the first one is, loses its font there.
    if (event->type() == QEvent::StyleChange)
        styleTitles();
}

void DoorPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->palette().pane);
}

} // namespace valise::ui
