// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QWidget>

namespace valise::ui {

//! Small buttons in a row that goes on below where there is no room.
class ChipRow : public QWidget {
    Q_OBJECT

public:
    explicit ChipRow(QWidget* parent = nullptr);
    //! Places the visible children again; call when one changed its text or was shown or hidden.
    void place();

protected:
    bool event(QEvent* event) override;
};

} // namespace valise::ui
