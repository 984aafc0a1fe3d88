// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/invented.h"
#include "ui/language/language.h"
#include "ui/shell/main_window.h"

#include <QListView>
#include <QSignalSpy>

namespace valise::uitest {

//! The window of an unlocked profile with the invented conversations, the group of the picture open.
struct WorkspaceFixture {
    explicit WorkspaceFixture(const QString& languageCode = QStringLiteral("en")) {
        application();
        language.use(languageCode);
        theme.setMode(ui::ThemeMode::Light);
        window = std::make_unique<ui::MainWindow>(&theme);
        space = window->workspace();
        space->setConversations(invented::conversations());
        window->showWorkspace();
        window->show();
        const auto give = [this](const QByteArray& id) {
            auto page = invented::page();
            page.conversation = id;
            for (auto& m : page.messages)
                m.conversation = id;
            space->page()->timelineModel()->setPage(page);
        };
        QObject::connect(space->page()->timelineModel(), &ui::TimelineModel::newestWanted, space, give);
        QObject::connect(space->page()->timelineModel(), &ui::TimelineModel::openingWanted, space, give);
        space->openConversation(invented::allies());
    }
    //! Later tests find the program in English.
    ~WorkspaceFixture() {
        window.reset();
        language.use(QStringLiteral("en"));
    }
    void clickRow(int row) {
        auto* list = space->listPane()->list();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(space->listModel()->index(row)).center());
    }
    ui::ConversationPage* page() const { return space->page(); }
    ui::TimelineView* view() const { return space->page()->timelineView(); }
    ui::ComposerField* field() const { return space->page()->composer()->field(); }

    ui::Language language;
    ui::Theme theme;
    std::unique_ptr<ui::MainWindow> window;
    ui::Workspace* space = nullptr;
};

} // namespace valise::uitest
