// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/notifications_page.h"

#include "ui/format.h"
#include "ui/notify/tray.h"

#include <QDateTime>

namespace valise::ui {
namespace {

// Choices of the time of quiet besides a number of seconds.
constexpr qint64 kDisturb = 0;
constexpr qint64 kAsItIs = -1;

} // namespace

NotificationsPage::NotificationsPage(const SettingsContext& context)
    : SettingsPage(context.theme)
    , m_until(&context.preferences->quietUntil) {
    Preferences* kept = context.preferences;
    addGroup({});
    m_content = addChoice(tr("What notifications show"),
                          tr("Others can see a screen. Muted conversations send no notifications."),
                          &kept->notificationContent,
                          {{tr("Who writes, and what"), NotificationContent::Full},
                           {tr("Who writes"), NotificationContent::Sender},
                           {tr("Only that something came"), NotificationContent::Bare},
                           {tr("Nothing: there are none"), NotificationContent::Off}});
    m_stay = addChoice(tr("How long they stay"), {}, &kept->notificationsStay,
                       {{tr("As long as the system decides"), false}, {tr("Until they are read"), true}});
    m_quiet = addChoice(tr("Do not disturb"), {});
    rows().last()->followEntry(m_until);
    fillQuiet();
    connect(m_quiet, &QComboBox::currentIndexChanged, this, &NotificationsPage::chooseQuiet);
    connect(m_until, &PreferenceEntry::changed, this, [this] {
        // The list stays as it is while it is gone through with the keys.
        if (!m_choosing)
            fillQuiet();
    });
}

void NotificationsPage::fillQuiet() {
    const QSignalBlocker silent(m_quiet);
    const QDateTime now = QDateTime::currentDateTime();
    m_quiet->clear();
    m_quiet->addItem(tr("Off"), kDisturb);
    if (m_until->value() > now.toSecsSinceEpoch()) {
        m_quiet->addItem(tr("Until %1").arg(isolated(momentText(m_until->value()))), kAsItIs);
        m_quiet->setCurrentIndex(1);
    }
    m_quiet->addItem(tr("For an hour"), qint64{3600});
    m_quiet->addItem(tr("For eight hours"), qint64{8 * 3600});
    m_quiet->addItem(tr("Until tomorrow morning"), secondsUntilMorning(now));
    m_quiet->updateGeometry();
}

void NotificationsPage::chooseQuiet() {
    const qint64 chosen = m_quiet->currentData().toLongLong();
    if (chosen == kAsItIs)
        return;
    m_choosing = true;
    m_until->set(chosen == kDisturb ? 0 : QDateTime::currentSecsSinceEpoch() + chosen);
    m_choosing = false;
}

QString NotificationsPage::title() const {
    return tr("Notifications");
}

QString NotificationsPage::icon() const {
    return QStringLiteral("bell");
}

QString NotificationsPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("quiet silence pop-up message alert preview");
}

} // namespace valise::ui
