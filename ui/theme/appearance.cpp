// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/appearance.h"

#include <QSettings>

#include <algorithm>

namespace valise::ui {
namespace {

template <typename Choice>
Choice choiceOf(const QSettings& settings, const char* name, Choice most) {
    const int value = settings.value(QLatin1String(name), 0).toInt();
    return value < 0 || value > static_cast<int>(most) ? Choice{} : static_cast<Choice>(value);
}

} // namespace

int boundedText(int percent) {
    return std::clamp(percent, Appearance::kLeastText, Appearance::kMostText);
}

Appearance loadAppearance(const QSettings& settings) {
    Appearance a;
    a.mode = choiceOf(settings, "theme", ThemeMode::Dark);
    a.contrast = choiceOf(settings, "contrast", Contrast::High);
    a.density = choiceOf(settings, "density", Density::Compact);
    a.motion = choiceOf(settings, "motion", Motion::Reduced);
    a.textPercent =
        boundedText(settings.value(QStringLiteral("textPercent"), Appearance::kPlainText).toInt());
    return a;
}

void saveAppearance(QSettings& settings, const Appearance& appearance) {
    settings.setValue(QStringLiteral("theme"), static_cast<int>(appearance.mode));
    settings.setValue(QStringLiteral("contrast"), static_cast<int>(appearance.contrast));
    settings.setValue(QStringLiteral("density"), static_cast<int>(appearance.density));
    settings.setValue(QStringLiteral("motion"), static_cast<int>(appearance.motion));
    settings.setValue(QStringLiteral("textPercent"), appearance.textPercent);
}

} // namespace valise::ui
