// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/preferences.h"

#include <QSettings>

namespace valise::ui {
namespace {

// As the profile writes what is on or off.
const QString kOn = QStringLiteral("on");
const QString kOff = QStringLiteral("off");

} // namespace

namespace keeping {

QVariant write(bool value, Kept kept) {
    return kept == Kept::Window ? QVariant(value) : QVariant(value ? kOn : kOff);
}

QVariant write(int value, Kept) {
    return value;
}

QVariant write(qint64 value, Kept) {
    return value;
}

QVariant write(const QString& value, Kept) {
    return value;
}

QVariant write(const QByteArray& value, Kept) {
    return value;
}

QVariant write(const SpellingSettings& value, Kept) {
    return spellingToText(value);
}

std::optional<bool> read(const QVariant& value, Kept kept, const bool*) {
    if (kept == Kept::Window)
        return value.toBool();
    if (value.toString() == kOn)
        return true;
    if (value.toString() == kOff)
        return false;
    return std::nullopt;
}

std::optional<int> read(const QVariant& value, Kept, const int*) {
    bool understood = false;
    const int number = value.toInt(&understood);
    return understood ? std::optional(number) : std::nullopt;
}

std::optional<qint64> read(const QVariant& value, Kept, const qint64*) {
    bool understood = false;
    const qint64 number = value.toLongLong(&understood);
    return understood ? std::optional(number) : std::nullopt;
}

std::optional<QString> read(const QVariant& value, Kept, const QString*) {
    return value.toString();
}

std::optional<QByteArray> read(const QVariant& value, Kept, const QByteArray*) {
    return value.toByteArray();
}

std::optional<SpellingSettings> read(const QVariant& value, Kept, const SpellingSettings*) {
    return spellingFromText(value.toString());
}

} // namespace keeping

PreferenceEntry::PreferenceEntry(Preferences* table, const char* key, Kept kept)
    : m_table(table)
    , m_key(QLatin1String(key))
    , m_kept(kept) {
    table->m_entries.append(this);
}

void PreferenceEntry::keep(const QVariant& value) {
    m_table->keep(*this, value);
}

Preferences::Preferences(const QString& home, QObject* parent)
    : QObject(parent)
    , m_file(std::make_unique<QSettings>(home + QStringLiteral("/window.ini"), QSettings::IniFormat)) {
    for (PreferenceEntry* entry : std::as_const(m_entries)) {
        if (entry->m_kept != Kept::Window)
            continue;
        entry->m_known = true;
        entry->take(m_file->value(entry->m_key));
    }
}

Preferences::~Preferences() = default;

void Preferences::openProfile(Profile profile) {
    m_profile = std::move(profile);
    m_reading = std::make_unique<QObject>();
    const auto left = std::make_shared<qsizetype>(0);
    for (const PreferenceEntry* entry : std::as_const(m_entries))
        *left += entry->m_kept == Kept::Profile ? 1 : 0;
    for (PreferenceEntry* entry : std::as_const(m_entries)) {
        if (entry->m_kept != Kept::Profile)
            continue;
        m_profile.read(entry->m_key, m_reading.get(), [this, entry, left](Result<QString> kept) {
            if (kept) {
                entry->m_known = true;
                // The profile has an empty text where nothing is kept.
                entry->take(kept->isEmpty() ? QVariant() : QVariant(*kept));
                emit entry->changed();
            }
            if (--*left == 0)
                emit profileRead();
        });
    }
}

void Preferences::closeProfile() {
    m_reading.reset();
    m_profile = {};
    // All are forgotten before anybody is told, so that nobody uses one that is left beside one that is gone.
    QVector<PreferenceEntry*> forgotten;
    for (PreferenceEntry* entry : std::as_const(m_entries)) {
        if (entry->m_kept != Kept::Profile)
            continue;
        if (std::exchange(entry->m_known, false) | entry->take({}))
            forgotten.append(entry);
    }
    for (PreferenceEntry* entry : std::as_const(forgotten))
        emit entry->changed();
}

void Preferences::setGiven(const QHash<QString, Given>& given) {
    for (PreferenceEntry* entry : std::as_const(m_entries)) {
        const Given one = given.value(entry->m_key);
        const auto before = std::pair(entry->m_managed, entry->encoded());
        entry->m_managed = entry->takeGiven(one.value) && one.locked;
        if (before != std::pair(entry->m_managed, entry->encoded()))
            emit entry->changed();
    }
}

void Preferences::keep(const PreferenceEntry& entry, const QVariant& value) {
    if (entry.m_kept == Kept::Window)
        m_file->setValue(entry.m_key, value);
    else if (m_profile.write)
        m_profile.write(entry.m_key, value.toString());
}

Appearance Preferences::appearance() const {
    Appearance a;
    a.mode = theme.value();
    a.contrast = contrast.value();
    a.density = density.value();
    a.motion = motion.value();
    a.textPercent = textPercent.value();
    return a;
}

void Preferences::setAppearance(const Appearance& appearance) {
    theme.set(appearance.mode);
    contrast.set(appearance.contrast);
    density.set(appearance.density);
    motion.set(appearance.motion);
    textPercent.set(appearance.textPercent);
}

NotificationSettings Preferences::notifications() const {
    return {notificationContent.value(), notificationsStay.value(), quietUntil.value()};
}

void Preferences::setNotifications(const NotificationSettings& settings) {
    notificationContent.set(settings.content);
    notificationsStay.set(settings.persistent);
    quietUntil.set(settings.quietUntil);
}

void Preferences::followNotifications(QObject* context,
                                      const std::function<void(const NotificationSettings&)>& use) {
    use(notifications());
    for (PreferenceEntry* entry :
         std::initializer_list<PreferenceEntry*>{&notificationContent, &notificationsStay, &quietUntil})
        connect(entry, &PreferenceEntry::changed, context, [this, use] { use(notifications()); });
}

} // namespace valise::ui
