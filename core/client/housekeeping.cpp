// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/housekeeping.h"

namespace valise::client {

namespace {

// Between two slices of tidying.
constexpr int kTidyMs = 250;

std::string settingOf(const QString& name) {
    return "window." + toStd(name);
}

} // namespace

Housekeeping::Housekeeping(Profile& profile, QObject* parent)
    : QObject(parent)
    , m_profile(profile) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Housekeeping::tidy);
}

void Housekeeping::onIdle() {
    if (!m_timer.isActive())
        m_timer.start(kTidyMs);
}

void Housekeeping::tidy() {
    if (m_profile.database->restriction())
        return;
    const auto done = m_profile.stores().search.forgetDeleted();
    if (done && !*done)
        m_timer.start(kTidyMs);
}

Result<void> Housekeeping::checkIntegrity() {
    return m_profile.database->checkIntegrity();
}

Result<QString> Housekeeping::preference(const QString& name) {
    VALISE_TRY(const auto value, m_profile.stores().settings.text(settingOf(name)));
    return value ? toQString(*value) : QString();
}

Result<void> Housekeeping::setPreference(const QString& name, const QString& value) {
    return m_profile.write(
        [&] { return m_profile.stores().settings.setText(settingOf(name), toStd(value)); });
}

} // namespace valise::client
