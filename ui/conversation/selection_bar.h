// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace valise::ui {

//! Stands in the composer's place while messages are chosen: their number, and buttons for actions on them.
//! The buttons show pictures if there is no room for words.
class SelectionBar : public QWidget {
    Q_OBJECT

public:
    explicit SelectionBar(const Theme* theme, QWidget* parent = nullptr);
    void setCount(int count);
    QPushButton* copyButton() const { return m_copy; }
    QPushButton* forwardButton() const { return m_forward; }
    QPushButton* deleteButton() const { return m_delete; }
    QPushButton* cancelButton() const { return m_cancel; }

signals:
    void copyWanted();
    void forwardWanted();
    void deleteWanted();
    void cancelled();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Form { Words, Pictures, TwoLines };
    void restyle();
    //! Takes the first form that fits into the width.
    void arrange();
    void setForm(Form form);

    const Theme* m_theme;
    QBoxLayout* m_row;
    QHBoxLayout* m_buttons;
    QLabel* m_count;
    QPushButton* m_copy;
    QPushButton* m_forward;
    QPushButton* m_delete;
    QPushButton* m_cancel;
};

} // namespace valise::ui
