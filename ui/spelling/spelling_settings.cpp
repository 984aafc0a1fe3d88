// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/spelling/spelling_settings.h"

namespace valise::ui {
namespace {

constexpr int kMostCodes = 64;
const QString kOff = QStringLiteral("off");
const QString kOn = QStringLiteral("on");
const QString kAuto = QStringLiteral("auto");

} // namespace

QString spellingToText(const SpellingSettings& settings) {
    QStringList words{settings.on ? kOn : kOff};
    if (settings.automatic)
        words << kAuto;
    else
        words << settings.dictionaries;
    return words.join(QLatin1Char(' '));
}

SpellingSettings spellingFromText(const QString& text) {
    QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    SpellingSettings settings;
    if (words.isEmpty())
        return settings;
    settings.on = words.takeFirst() != kOff;
    settings.automatic = words.contains(kAuto);
    if (!settings.automatic)
        settings.dictionaries = words.mid(0, kMostCodes);
    return settings;
}

} // namespace valise::ui
