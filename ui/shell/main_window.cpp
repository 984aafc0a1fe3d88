// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QLineEdit>
#include <QListView>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>

namespace valise::ui {

MainWindow::MainWindow(const Theme* theme, QWidget* parent)
    : QMainWindow(parent) {
    setWindowTitle(QStringLiteral("Valise"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/valise.svg")));
    setMinimumSize(760, 520); // whatever the text size: the parts give way
    resize(1320, 840);
    m_pages = new QStackedWidget(this);
    setCentralWidget(m_pages);
    m_onboarding = new OnboardingPage(theme, this);
    m_unlock = new UnlockPage(theme, this);
    m_workspace = new Workspace(theme, this);
    m_pages->addWidget(m_onboarding);
    m_pages->addWidget(m_unlock);
    m_pages->addWidget(m_workspace);

    auto* w = m_workspace;
    shortcut(QKeySequence(QStringLiteral("Ctrl+N")), [w] { emit w->newConversationRequested(); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+K")), [w] { w->showSwitcher(); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+E")), [w] {
        if (w->page()->composer()->isVisible())
            w->page()->composer()->emojiButton()->click();
    });
    shortcut(QKeySequence(QStringLiteral("Ctrl+G")), [w] { w->page()->askForDate(); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+U")), [w] { w->page()->timelineView()->showUnread(); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+F")), [w] { w->listPane()->focusSearch(); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+Shift+F")), [w] { w->listPane()->focusSearchHere(); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+,")), [w] { emit w->settingsRequested(); });
    shortcut(QKeySequence(QStringLiteral("Alt+Up")), [w] { w->listPane()->step(-1); });
    shortcut(QKeySequence(QStringLiteral("Alt+Down")), [w] { w->listPane()->step(1); });
    shortcut(QKeySequence(QStringLiteral("F6")), [w] { w->stepPart(1); });
    shortcut(QKeySequence(QStringLiteral("Shift+F6")), [w] { w->stepPart(-1); });
    shortcut(QKeySequence(QStringLiteral("Ctrl+Shift+M")),
             [w] { w->setSidePanelShown(!w->page()->beside()->isVisible()); });
    shortcut(QKeySequence(Qt::Key_Escape), [w] {
        if (w->page()->timelineView()->isSelecting())
            w->page()->timelineView()->endSelecting();
        else if (!w->page()->composer()->cancel() && !w->listPane()->searchField()->text().isEmpty())
            w->listPane()->clearSearch();
        if (w->page()->composer()->isVisible())
            w->page()->composer()->field()->setFocus();
    });
    // The plus sign is a shifted key on some keyboards, and the equals sign below it on others.
    for (const auto& [keys, steps] :
         {std::pair("Ctrl++", 1), std::pair("Ctrl+=", 1), std::pair("Ctrl+-", -1), std::pair("Ctrl+0", 0)})
        shortcut(
            QKeySequence(QLatin1String(keys)), [this, step = steps] { emit textStepRequested(step); }, false);
    shortcut(
        QKeySequence(QStringLiteral("Ctrl+Q")), [this] { emit quitRequested(); }, false);
    shortcut(
        QKeySequence(QStringLiteral("F1")), [this] { emit keysRequested(); }, false);
    shortcut(
        QKeySequence(QStringLiteral("Ctrl+/")), [this] { emit keysRequested(); }, false);
}

void MainWindow::shortcut(const QKeySequence& keys, const std::function<void()>& action, bool workspaceOnly) {
    auto* s = new QShortcut(keys, this);
    connect(s, &QShortcut::activated, this, [this, action, workspaceOnly] {
        if (!workspaceOnly || workspaceShown())
            action();
    });
}

bool MainWindow::workspaceShown() const {
    return m_pages->currentWidget() == m_workspace;
}

void MainWindow::showOnboarding() {
    m_pages->setCurrentWidget(m_onboarding);
}

void MainWindow::showUnlock() {
    m_pages->setCurrentWidget(m_unlock);
    m_unlock->field()->setFocus();
}

void MainWindow::showWorkspace() {
    m_pages->setCurrentWidget(m_workspace);
    m_workspace->listPane()->list()->setFocus();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_workspace->page()->composer()->flushDraft();
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace valise::ui
