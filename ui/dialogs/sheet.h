// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace valise::ui {

//! The common part of all dialogs: a heading, an explanation, content, a place for errors, progress, buttons.
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
    //! Says why something could not be done.
    void explain(const Error& error);
    //! The request failed. The sheet is no longer busy and says why.
    void fail(const Error& error);

    //! The reply to the sheet's request. The sheet is no longer busy. It says why the request failed, or
    //! calls `then` and closes.
    std::function<void(Result<void>)> closing(std::function<void()> then = {});
    template <typename T>
    std::function<void(Result<T>)> closing(std::function<void(const T&)> then) {
        return [this, then = std::move(then)](Result<T> r) {
            if (!r)
                return fail(r.error());
            setBusy(false);
            then(*r);
            accept();
        };
    }
    //! The reply to a question for what the sheet shows: `show` gets it, or the sheet says why there is none.
    template <typename T>
    std::function<void(Result<T>)> showing(std::function<void(const T&)> show) {
        return [this, show = std::move(show)](Result<T> r) {
            if (r)
                show(*r);
            else
                explain(r.error());
        };
    }
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
