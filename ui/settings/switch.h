// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QCheckBox>

namespace valise::ui {

//! A box that is on or off, drawn as a switch. Its name stands in the row around it.
class Switch : public QCheckBox {
    Q_OBJECT

public:
    explicit Switch(const Theme* theme, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool hitButton(const QPoint& at) const override { return rect().contains(at); }

private:
    const Theme* m_theme;
};

} // namespace valise::ui
