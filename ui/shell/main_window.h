// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/lock/unlock_page.h"
#include "ui/onboarding/onboarding_page.h"
#include "ui/shell/workspace.h"

#include <QMainWindow>

class QStackedWidget;

namespace valise::ui {

//! The window: onboarding, the lock, or the workspace, one at a time; and the shortcuts.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const Theme* theme, QWidget* parent = nullptr);

    OnboardingPage* onboarding() const { return m_onboarding; }
    UnlockPage* unlock() const { return m_unlock; }
    Workspace* workspace() const { return m_workspace; }
    void showOnboarding();
    void showUnlock();
    void showWorkspace();
    bool workspaceShown() const;

signals:
    void keysRequested();
    //! Larger (1), smaller (-1) or normal (0) text.
    void textStepRequested(int steps);
    void quitRequested();
    void closing();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void shortcut(const QKeySequence& keys, const std::function<void()>& action, bool workspaceOnly = true);

    QStackedWidget* m_pages;
    OnboardingPage* m_onboarding;
    UnlockPage* m_unlock;
    Workspace* m_workspace;
};

} // namespace valise::ui
