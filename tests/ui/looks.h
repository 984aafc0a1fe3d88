// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/ui/application.h"
#include "ui/language/language.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QWidget>

#include <memory>

namespace valise::uitest {

//! The application in English and in the light theme, as a sheet or page needs it.
struct Looks {
    Looks() {
        application();
        language.use(QStringLiteral("en"));
        theme.setMode(ui::ThemeMode::Light);
    }
    ui::Language language;
    ui::Theme theme;
};

//! Shows a sheet and takes it over: it is not deleted when it closes.
template <typename T>
std::unique_ptr<T> shown(T* sheet) {
    sheet->setAttribute(Qt::WA_DeleteOnClose, false);
    sheet->show();
    QCoreApplication::sendPostedEvents();
    return std::unique_ptr<T>(sheet);
}

} // namespace valise::uitest
