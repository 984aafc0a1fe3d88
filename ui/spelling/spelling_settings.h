// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace valise::ui {

//! How this person wants to be helped with spelling.
struct SpellingSettings {
    bool on = true;
    bool automatic = true;    //!< the dictionaries of the languages of the system and of the program
    QStringList dictionaries; //!< codes, where it is not automatic

    friend bool operator==(const SpellingSettings&, const SpellingSettings&) = default;
};

//! As it is kept in the profile: "on" or "off", then "auto" or the codes, between blanks; empty: as usual.
QString spellingToText(const SpellingSettings& settings);
SpellingSettings spellingFromText(const QString& text);

} // namespace valise::ui

Q_DECLARE_METATYPE(valise::ui::SpellingSettings)
