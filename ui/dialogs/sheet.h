// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace valise::ui {

//! What all dialogs share: a heading, an explanation, content, one place for errors, progress, and buttons.
//! Sheets are opened with open() and answer by signals; none runs an event loop of its own.
class Sheet : public QDialog {
    Q_OBJECT

public:
    Sheet(const Theme* theme, const QString& title, const QString& explanation, QWidget* parent);

    //! An error or a hint below the content; empty hides it.
    void showError(const QString& text);
    QString errorShown() const;
    //! While something is on its way: a bar runs and the main button is off.
    void setBusy(bool busy);
    QPushButton* mainButton() const { return m_main; }

protected:
    //! As high as the content needs at this width.
    void fit();
    void showEvent(QShowEvent* event) override;
    QVBoxLayout* content() const { return m_content; }
    //! The button that does it; at the end of the row.
    QPushButton* addMainButton(const QString& text, bool danger = false);
    QPushButton* addButton(const QString& text);
    //! Cancel or Close; closes the sheet.
    QPushButton* addCloseButton(const QString& text);
    QLabel* addLabel(const QString& text);
    QLabel* addHint(const QString& text);
    const Theme* theme() const { return m_theme; }

private:
    const Theme* m_theme;
    QVBoxLayout* m_content;
    QLabel* m_error;
    QProgressBar* m_progress;
    QWidget* m_buttons;
    QPushButton* m_main = nullptr;
};

} // namespace valise::ui
