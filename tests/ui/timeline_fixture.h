// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/ui/invented.h"
#include "tests/ui/looks.h"
#include "ui/conversation/timeline_view.h"

namespace valise::uitest {

//! A timeline of its own, with the invented allies' conversation open and empty.
struct TimelineFixture : Looks {
    TimelineFixture() {
        view = std::make_unique<ui::TimelineView>(&model, &theme);
        view->resize(656, 600);
        view->show();
        model.open(invented::allies());
    }
    //! Makes these messages the whole conversation. Nothing is painted yet.
    void set(QVector<client::MessageRecord> messages) {
        client::MessagePage page;
        page.conversation = invented::allies();
        page.messages = std::move(messages);
        model.setPage(page);
    }
    ui::TimelineModel model;
    std::unique_ptr<ui::TimelineView> view;
};

} // namespace valise::uitest
