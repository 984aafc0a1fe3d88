// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/switch.h"

#include <QPainter>

namespace valise::ui {
namespace {

// In the design's sizes.
constexpr int kWidth = 36;
constexpr int kHeight = 20;
constexpr int kKnob = 14;
constexpr int kRing = 3; //!< room for the ring of the focus

} // namespace

Switch::Switch(const Theme* theme, QWidget* parent)
    : QCheckBox(parent)
    , m_theme(theme) {
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize Switch::sizeHint() const {
    return {m_theme->px(kWidth + 2 * kRing), m_theme->px(kHeight + 2 * kRing)};
}

void Switch::paintEvent(QPaintEvent*) {
    const Palette& colours = m_theme->palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(m_theme->scale(), m_theme->scale());
    if (layoutDirection() == Qt::RightToLeft) {
        painter.translate(kWidth + 2 * kRing, 0);
        painter.scale(-1, 1);
    }
    if (!isEnabled())
        painter.setOpacity(0.5);
    const QRectF track(kRing + 0.5, kRing + 0.5, kWidth - 1, kHeight - 1);
    const double round = track.height() / 2;
    painter.setPen(QPen(isChecked() ? colours.acc : colours.dim, 1));
    painter.setBrush(isChecked() ? colours.acc : colours.bg);
    painter.drawRoundedRect(track, round, round);
    // Off, the knob is filled with the colour of the border, so that both are told apart without colours.
    const double away = (kHeight - kKnob) / 2.0;
    const double left = isChecked() ? kRing + kWidth - away - kKnob : kRing + away;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? colours.accInk : colours.dim);
    painter.drawEllipse(QRectF(left, kRing + away, kKnob, kKnob));
    if (!hasFocus())
        return;
    painter.setPen(QPen(colours.acc, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(track.adjusted(-2.5, -2.5, 2.5, 2.5), round + 2.5, round + 2.5);
}

} // namespace valise::ui
