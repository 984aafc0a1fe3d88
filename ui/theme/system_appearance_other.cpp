// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/system_appearance.h"

#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

namespace valise::ui {

class SystemAppearance::Private {
public:
    bool startedDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
};

SystemAppearance::SystemAppearance(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>()) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
            &SystemAppearance::changed);
#endif
}

SystemAppearance::~SystemAppearance() = default;

bool SystemAppearance::dark() const {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    return d->startedDark;
#endif
}

bool SystemAppearance::highContrast() const {
    return false;
}

bool SystemAppearance::reducedMotion() const {
    return false;
}

} // namespace valise::ui
