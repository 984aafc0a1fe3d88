// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace valise::ui {

//! A short message with a close button: an error, or that something was done.
class Notice : public QWidget {
    Q_OBJECT

public:
    explicit Notice(const Theme* theme, QWidget* parent = nullptr);
    void showText(const QString& text);

private:
    void restyle();
    const Theme* m_theme;
    QLabel* m_text;
    QToolButton* m_close;
};

} // namespace valise::ui
