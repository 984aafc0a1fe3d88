// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/system_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

#include <optional>

namespace valise::ui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kSpace = QStringLiteral("org.freedesktop.appearance");
const QString kScheme = QStringLiteral("color-scheme");
const QString kContrast = QStringLiteral("contrast");
const QString kMotion = QStringLiteral("reduced-motion");
constexpr uint kPreferDark = 1;
constexpr uint kMore = 1;

} // namespace

class SystemAppearance::Private : public QObject {
    Q_OBJECT

public:
    explicit Private(SystemAppearance* owner)
        : m_owner(owner)
        // Before a style sheet and our own palette are in force.
        , m_startedDark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {
        QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        // The slot is found by the names of its types.
        qRegisterMetaType<QDBusVariant>();
        bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                    SLOT(onSetting(QString, QString, QDBusVariant)));
        for (const QString& key : {kScheme, kContrast, kMotion})
            ask(key);
    }

    std::optional<uint> scheme;
    std::optional<uint> contrast;
    std::optional<uint> motion;
    bool startedDark() const { return m_startedDark; }

public slots:
    void onSetting(const QString& space, const QString& key, const QDBusVariant& value) {
        if (space == kSpace)
            set(key, value.variant());
    }

private:
    void ask(const QString& key) {
        QDBusMessage call =
            QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
        call << kSpace << key;
        auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
                [this, key](QDBusPendingCallWatcher* done) {
                    const QDBusPendingReply<QDBusVariant> reply = *done;
                    if (reply.isValid())
                        set(key, reply.value().variant());
                    done->deleteLater();
                });
    }

    void set(const QString& key, QVariant value) {
        // Read() wraps its answer twice in portals before version 2.
        while (value.canConvert<QDBusVariant>() && value.metaType() == QMetaType::fromType<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        bool isNumber = false;
        const uint number = value.toUInt(&isNumber);
        if (!isNumber)
            return;
        std::optional<uint>* kept = key == kScheme     ? &scheme
                                    : key == kContrast ? &contrast
                                    : key == kMotion   ? &motion
                                                       : nullptr;
        if (!kept || *kept == number)
            return;
        *kept = number;
        emit m_owner->changed();
    }

    SystemAppearance* m_owner;
    bool m_startedDark;
};

SystemAppearance::SystemAppearance(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this)) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
            &SystemAppearance::changed);
#endif
}

SystemAppearance::~SystemAppearance() = default;

bool SystemAppearance::dark() const {
    if (d->scheme)
        return *d->scheme == kPreferDark;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    return d->startedDark();
#endif
}

bool SystemAppearance::highContrast() const {
    return d->contrast == kMore;
}

bool SystemAppearance::reducedMotion() const {
    return d->motion == kMore;
}

} // namespace valise::ui

#include "system_appearance_linux.moc"
