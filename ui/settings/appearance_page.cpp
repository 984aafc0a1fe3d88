// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/appearance_page.h"

#include "ui/format.h"

#include <QKeySequence>
#include <QLocale>

#include <algorithm>

namespace valise::ui {

AppearancePage::AppearancePage(const SettingsContext& context)
    : SettingsPage(context.theme) {
    Preferences* kept = context.preferences;
    addGroup({});
    m_mode = addChoice(tr("Colours"), {}, &kept->theme,
                       {{tr("As the system"), ThemeMode::System},
                        {tr("Light"), ThemeMode::Light},
                        {tr("Dark"), ThemeMode::Dark}});
    m_contrast = addChoice(tr("Contrast"), {}, &kept->contrast,
                           {{tr("As the system"), Contrast::System},
                            {tr("Normal"), Contrast::Normal},
                            {tr("High"), Contrast::High}});
    QVector<int> percents{80, 90, 100, 110, 125, 150, 175, 200};
    // The keys go in steps of their own.
    if (!percents.contains(kept->textPercent.value()))
        percents.append(kept->textPercent.value());
    std::sort(percents.begin(), percents.end());
    QVector<std::pair<QString, int>> sizes;
    for (const int percent : std::as_const(percents))
        //: A text size
        sizes.append({tr("%1%").arg(QLocale().toString(percent)), percent});
    m_text = addChoice(tr("Size of text and icons"),
                       tr("Also with %1 and %2; %3 is the normal size.")
                           .arg(keysText(QKeySequence(QKeySequence::ZoomIn)),
                                keysText(QKeySequence(QKeySequence::ZoomOut)),
                                keysText(QKeySequence(QStringLiteral("Ctrl+0")))),
                       &kept->textPercent, sizes);
    m_density = addChoice(tr("Rows"), {}, &kept->density,
                          {{tr("Comfortable"), Density::Comfortable}, {tr("Compact"), Density::Compact}});
    m_motion = addChoice(tr("Motion"), {}, &kept->motion,
                         {{tr("As the system"), Motion::System},
                          {tr("Normal"), Motion::Full},
                          {tr("Nothing moves or blinks"), Motion::Reduced}});
}

QString AppearancePage::title() const {
    return tr("Appearance");
}

QString AppearancePage::icon() const {
    return QStringLiteral("contrast");
}

QString AppearancePage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("theme dark mode font zoom larger smaller density animation");
}

} // namespace valise::ui
