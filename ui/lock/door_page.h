// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace valise::ui {

//! The frame of the pages one sees while the valise is closed: its picture above a column in the middle.
class DoorPage : public QWidget {
    Q_OBJECT

public:
    explicit DoorPage(const Theme* theme, QWidget* parent = nullptr);

protected:
    //! Below the picture.
    QVBoxLayout* column() const { return m_column; }
    //! The column is complete.
    void closeColumn();
    //! A heading, in the middle of the column. It is not put into the column.
    QLabel* makeTitle(const QString& text, QWidget* parent);
    const Theme* theme() const { return m_theme; }
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    void styleTitles();

    const Theme* m_theme;
    QVBoxLayout* m_column;
    QLabel* m_picture;
    QList<QLabel*> m_titles;
};

} // namespace valise::ui
