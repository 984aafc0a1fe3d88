// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/chip_row.h"

#include <QEvent>

namespace valise::ui {
namespace {

constexpr int kGap = 6;

} // namespace

ChipRow::ChipRow(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ChipRow::place() {
    int x = 0;
    int y = 0;
    int line = 0;
    for (QWidget* chip : findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (chip->isHidden())
            continue;
        const QSize size = chip->sizeHint();
        if (x > 0 && x + size.width() > width()) {
            x = 0;
            y += line + kGap;
            line = 0;
        }
        const int left = layoutDirection() == Qt::RightToLeft ? width() - x - size.width() : x;
        chip->setGeometry(left, y, size.width(), size.height());
        x += size.width() + kGap;
        line = std::max(line, size.height());
    }
    setFixedHeight(y + line);
}

bool ChipRow::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::LayoutDirectionChange:
    case QEvent::StyleChange:
        place();
        break;
    default:
        break;
    }
    return handled;
}

} // namespace valise::ui
