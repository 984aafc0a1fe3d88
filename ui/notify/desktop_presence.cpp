// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/notify/desktop_presence.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace valise::ui {
namespace {

//! A timer holds 24 days; who wants more quiet is asked for the rest then.
constexpr qint64 kLongestTimerSeconds = 20 * 86'400;

} // namespace

DesktopPresence::DesktopPresence(const Theme* theme, std::function<bool(const QByteArray&)> inSight,
                                 QObject* parent)
    : QObject(parent)
    , m_tray(theme)
    , m_notifier(Notifier::make(m_tray.systemIcon(), this))
    , m_center(m_notifier, std::move(inSight), [] { return QDateTime::currentSecsSinceEpoch(); }) {
    m_quietEnds.setSingleShot(true);
    connect(&m_quietEnds, &QTimer::timeout, this, [this] { setSettings(m_center.settings()); });
    connect(&m_center, &NotificationCenter::waitingChanged, &m_tray, &Tray::setCount);
    connect(m_notifier, &Notifier::activated, this, &DesktopPresence::openWanted);
    connect(m_notifier, &Notifier::replied, this, &DesktopPresence::replyWritten);
    connect(&m_tray, &Tray::openWanted, this, [this] { emit openWanted({}); });
    connect(&m_tray, &Tray::quitWanted, this, &DesktopPresence::quitWanted);
    connect(&m_tray, &Tray::quietWanted, this, [this](qint64 seconds) {
        NotificationSettings settings = m_center.settings();
        settings.quietUntil = seconds > 0 ? QDateTime::currentSecsSinceEpoch() + seconds : 0;
        setSettings(settings);
        emit settingsChanged(settings);
    });
}

void DesktopPresence::setSettings(const NotificationSettings& settings) {
    m_center.setSettings(settings);
    const qint64 left = settings.quietUntil - QDateTime::currentSecsSinceEpoch();
    m_tray.setQuiet(left > 0);
    if (left > 0)
        m_quietEnds.start(std::chrono::seconds(std::min(left, kLongestTimerSeconds)));
    else
        m_quietEnds.stop();
}

} // namespace valise::ui
