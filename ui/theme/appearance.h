// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QMetaType>

namespace valise::ui {

enum class ThemeMode { System, Light, Dark };
enum class Contrast { System, Normal, High };
enum class Density { Comfortable, Compact };
enum class Motion { System, Full, Reduced };

//! How the program looks, as the person chose it.
struct Appearance {
    static constexpr int kLeastText = 80;  //!< per cent
    static constexpr int kMostText = 200;  //!< per cent
    static constexpr int kTextStep = 10;   //!< per cent, of the keys
    static constexpr int kPlainText = 100; //!< per cent

    ThemeMode mode = ThemeMode::System;
    Contrast contrast = Contrast::System;
    Density density = Density::Comfortable;
    Motion motion = Motion::System;
    int textPercent = kPlainText; //!< size of text, icons and what holds them

    friend bool operator==(const Appearance&, const Appearance&) = default;
};

//! The text size within its bounds.
int boundedText(int percent);

} // namespace valise::ui

Q_DECLARE_METATYPE(valise::ui::Appearance)
