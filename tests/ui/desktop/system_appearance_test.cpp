// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/desktop/bus.h"
#include "ui/theme/theme.h"

#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QMap>

using namespace valise;
using namespace valise::ui;

namespace {

//! The settings portal of a desktop, as far as the program asks it.
class FakePortal : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit FakePortal(QDBusConnection bus)
        : m_bus(std::move(bus)) {
        qRegisterMetaType<QDBusVariant>();
        m_bus.registerObject(kPath, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(kService);
    }
    ~FakePortal() override {
        m_bus.unregisterService(kService);
        m_bus.unregisterObject(kPath);
    }
    void set(const QString& key, uint value) {
        m_values[key] = value;
        emit SettingChanged(QStringLiteral("org.freedesktop.appearance"), key, QDBusVariant(value));
    }
    int asked = 0;

public slots:
    QDBusVariant Read(const QString& space, const QString& key) {
        ++asked;
        if (space != QLatin1String("org.freedesktop.appearance") || !m_values.contains(key)) {
            sendErrorReply(QStringLiteral("org.freedesktop.portal.Error.NotFound"),
                           QStringLiteral("not found"));
            return {};
        }
        // As portals before version 2 do: a variant inside a variant.
        return QDBusVariant(QVariant::fromValue(QDBusVariant(m_values.value(key))));
    }

signals:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    static inline const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
    static inline const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
    QDBusConnection m_bus;
    QMap<QString, uint> m_values;
};

} // namespace

TEST_CASE("the program looks as the desktop says, and follows it") {
    uitest::application();
    if (!uitest::bus().isRunning()) {
        WARN("skipped: dbus-daemon is not installed");
        return;
    }
    FakePortal portal(uitest::bus().connect(QStringLiteral("portal")));
    portal.set(QStringLiteral("color-scheme"), 1);
    Theme theme;
    theme.setAppearance({});
    REQUIRE(uitest::eventually([&] { return portal.asked >= 3; }));
    CHECK(uitest::eventually([&] { return theme.palette().dark; }));
    CHECK_FALSE(theme.isHighContrast());
    CHECK_FALSE(theme.isMotionReduced());
    int changes = 0;
    QObject::connect(&theme, &Theme::changed, &theme, [&] { ++changes; });
    portal.set(QStringLiteral("color-scheme"), 2);
    CHECK(uitest::eventually([&] { return !theme.palette().dark; }));
    CHECK(changes == 1);
    portal.set(QStringLiteral("contrast"), 1);
    CHECK(uitest::eventually([&] { return theme.isHighContrast(); }));
    portal.set(QStringLiteral("reduced-motion"), 1);
    CHECK(uitest::eventually([&] { return theme.isMotionReduced(); }));
    // The person's choice counts more than the desktop's.
    Appearance own;
    own.mode = ThemeMode::Light;
    own.contrast = Contrast::Normal;
    own.motion = Motion::Full;
    theme.setAppearance(own);
    portal.set(QStringLiteral("color-scheme"), 1);
    portal.set(QStringLiteral("unknown"), 7);
    const int before = changes;
    CHECK(uitest::eventually([&] { return changes > before; }));
    CHECK_FALSE(theme.palette().dark);
    CHECK_FALSE(theme.isHighContrast());
    CHECK_FALSE(theme.isMotionReduced());
}

#include "system_appearance_test.moc"
