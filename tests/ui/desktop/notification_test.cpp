// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/desktop/bus.h"
#include "tests/ui/invented.h"
#include "ui/language/language.h"
#include "ui/notify/notification_center.h"
#include "ui/notify/tray.h"

#include <QDBusMessage>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QVariantMap>

using namespace valise;
using namespace valise::ui;

namespace {

struct Call {
    uint replaces;
    QString title;
    QString body;
    QStringList actions;
    QVariantMap hints;
    int expires;
};

//! The notification service of a desktop.
class FakeService : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    FakeService(QDBusConnection bus, QStringList capabilities)
        : m_bus(std::move(bus))
        , m_capabilities(std::move(capabilities)) {
        m_bus.registerObject(kPath, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(kService);
    }
    ~FakeService() override {
        m_bus.unregisterService(kService);
        m_bus.unregisterObject(kPath);
    }
    QVector<Call> calls;
    QVector<uint> closed;
    uint last = 0;

public slots:
    QStringList GetCapabilities() { return m_capabilities; }
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& body,
                const QStringList& actions, const QVariantMap& hints, int expires) {
        calls.append({replaces, title, body, actions, hints, expires});
        return replaces != 0 ? replaces : ++last;
    }
    void CloseNotification(uint id) { closed.append(id); }

signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationReplied(uint id, const QString& text);
    void NotificationClosed(uint id, uint reason);

private:
    static inline const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
    static inline const QString kService = QStringLiteral("org.freedesktop.Notifications");
    QDBusConnection m_bus;
    QStringList m_capabilities;
};

const QStringList kRich{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup"),
                        QStringLiteral("inline-reply")};
const QStringList kPlain{QStringLiteral("body")};

client::ConversationRecord group() {
    client::ConversationRecord c;
    c.id = QByteArray("group");
    c.name = QStringLiteral("Harbour talks");
    c.unread = 1;
    return c;
}

client::MessageRecord message(const QString& text) {
    client::MessageRecord m;
    m.conversation = QByteArray("group");
    m.senderName = QStringLiteral("Ingrid Nordli");
    m.content = client::TextContent{text};
    m.row = 7;
    return m;
}

struct Fixture {
    explicit Fixture(const QStringList& capabilities = kRich)
        : ready((uitest::application(), language.use(QStringLiteral("en")), uitest::bus().isRunning()))
        , service(uitest::bus().connect(QStringLiteral("notifications")), capabilities)
        , notifier(Notifier::make(nullptr, nullptr))
        , center(
              notifier.get(), [this](const QByteArray& id) { return id == inSight; },
              [this] { return now; }) {
        settings.content = NotificationContent::Full;
        center.setSettings(settings);
        center.start({group()});
    }
    bool told(int calls) {
        return uitest::eventually([&] { return service.calls.size() >= calls; });
    }
    //! Everything that was on its way has arrived: an answer to a later question came.
    void settle() {
        center.onMessages({other(QStringLiteral("end"))});
        const auto marker = [this] {
            return std::any_of(service.calls.begin(), service.calls.end(),
                               [](const Call& c) { return c.title == QLatin1String("Marker"); });
        };
        REQUIRE(uitest::eventually(marker));
        service.calls.removeIf([](const Call& c) { return c.title == QLatin1String("Marker"); });
    }
    client::MessageRecord other(const QString& text) {
        client::ConversationRecord c = group();
        c.id = QByteArray("marker ") + QByteArray::number(++markers);
        c.name = QStringLiteral("Marker");
        center.onConversation(c);
        client::MessageRecord m = message(text);
        m.conversation = c.id;
        return m;
    }
    Language language;
    bool ready;
    FakeService service;
    std::unique_ptr<Notifier> notifier;
    QByteArray inSight;
    qint64 now = 1'000'000;
    int markers = 0;
    NotificationSettings settings;
    NotificationCenter center;
};

//! False, loudly, where there is no bus.
bool hasBus() {
    uitest::application();
    if (uitest::bus().isRunning())
        return true;
    WARN("skipped: dbus-daemon is not installed");
    return false;
}

} // namespace

TEST_CASE("a message is notified, escaped for servers that read markup, and replaced by the next") {
    if (!hasBus())
        return;
    Fixture f;
    f.center.onMessages({message(QStringLiteral("<b>Room 4</b> & <a href='x'>here</a>\u202Eevil"))});
    REQUIRE(f.told(1));
    CHECK(f.service.calls[0].title == QStringLiteral("Harbour talks"));
    CHECK(f.service.calls[0].body ==
          QStringLiteral(
              "Ingrid Nordli: &lt;b&gt;Room 4&lt;/b&gt; &amp; &lt;a href='x'&gt;here&lt;/a&gt;evil"));
    CHECK(f.service.calls[0].replaces == 0);
    CHECK(f.service.calls[0].actions.contains(QStringLiteral("inline-reply")));
    CHECK(f.service.calls[0].hints.value(QStringLiteral("category")).toString() ==
          QStringLiteral("im.received"));
    CHECK(f.service.calls[0].expires == -1);
    // Several within a moment are told once; the newest takes the place of the one before.
    f.settle();
    f.service.calls.clear();
    f.center.onMessages({message(QStringLiteral("one"))});
    f.center.onMessages({message(QStringLiteral("two")), message(QStringLiteral("three"))});
    REQUIRE(f.told(1));
    CHECK(f.service.calls[0].body == QStringLiteral("Ingrid Nordli: three"));
    CHECK(f.service.calls[0].replaces == 1);
    f.settle();
    CHECK(f.service.calls.size() == 1);
}

TEST_CASE("servers without markup, buttons or replies get the plain text") {
    if (!hasBus())
        return;
    Fixture f(kPlain);
    f.center.onMessages({message(QStringLiteral("a < b & c"))});
    REQUIRE(f.told(1));
    CHECK(f.service.calls[0].body == QStringLiteral("Ingrid Nordli: a < b & c"));
    CHECK(f.service.calls[0].actions.isEmpty());
}

TEST_CASE("a notification tells as much as the person allows") {
    if (!hasBus())
        return;
    Fixture f;
    f.settings.content = NotificationContent::Sender;
    f.settings.persistent = true;
    f.center.setSettings(f.settings);
    f.center.onMessages({message(QStringLiteral("secret one")), message(QStringLiteral("secret two"))});
    REQUIRE(f.told(1));
    CHECK(f.service.calls[0].title == QStringLiteral("Ingrid Nordli in Harbour talks"));
    CHECK(f.service.calls[0].body == QStringLiteral("2 new messages"));
    CHECK(f.service.calls[0].expires == 0);
    f.settings.content = NotificationContent::Bare;
    f.center.setSettings(f.settings);
    f.center.onMessages({message(QStringLiteral("secret three"))});
    REQUIRE(f.told(2));
    CHECK(f.service.calls[1].title == QStringLiteral("Valise"));
    CHECK(f.service.calls[1].body == QStringLiteral("3 new messages"));
    CHECK_FALSE(f.service.calls[1].actions.contains(QStringLiteral("inline-reply")));
    for (const Call& call : f.service.calls)
        CHECK_FALSE(call.body.contains(QStringLiteral("secret")));
}

TEST_CASE("nothing is notified that is seen, muted, archived, one's own, or in quiet") {
    if (!hasBus())
        return;
    Fixture f;
    auto own = message(QStringLiteral("own"));
    own.own = true;
    f.center.onMessages({own});
    f.inSight = QByteArray("group");
    f.center.onMessages({message(QStringLiteral("seen"))});
    f.inSight.clear();
    auto muted = group();
    muted.muted = true;
    f.center.onConversation(muted);
    f.center.onMessages({message(QStringLiteral("muted"))});
    f.settle();
    muted.muted = false;
    muted.archived = true;
    f.center.onConversation(muted);
    f.center.onMessages({message(QStringLiteral("archived"))});
    f.settle();
    f.center.onConversation(group());
    f.settings.quietUntil = f.now + 3600;
    f.center.setSettings(f.settings);
    f.center.onMessages({message(QStringLiteral("quiet"))});
    f.now += 3600;
    f.settle();
    CHECK(f.service.calls.isEmpty());
    f.center.onMessages({message(QStringLiteral("after"))});
    REQUIRE(f.told(1));
    CHECK(f.service.calls[0].body == QStringLiteral("Ingrid Nordli: after"));
    // Opened before the moment was over: nobody has to be told any more.
    f.center.onMessages({message(QStringLiteral("late"))});
    f.inSight = QByteArray("group");
    f.settle();
    CHECK(f.service.calls.size() == 1);
}

TEST_CASE("a conversation may say more or less than the others, and nothing where nothing is wanted") {
    using Detail = client::NotificationDetail;
    NotificationSettings settings;
    settings.content = NotificationContent::Sender;
    client::ConversationRecord talks = group();
    const client::MessageRecord words = message(QStringLiteral("bring the draft"));
    CHECK_FALSE(describeMessage(talks, words, 1, settings).body.contains(words.text()));
    talks.notification = Detail::Full;
    CHECK(describeMessage(talks, words, 1, settings).body.contains(words.text()));
    talks.notification = Detail::Bare;
    CHECK(describeMessage(talks, words, 1, settings).title == QStringLiteral("Valise"));
    talks.notification = Detail::Sender;
    settings.content = NotificationContent::Bare;
    CHECK(describeMessage(talks, words, 1, settings).title.contains(words.senderName));
    settings.content = NotificationContent::Off;
    CHECK(describeMessage(talks, words, 1, settings).title.isEmpty());
}

TEST_CASE("what is read is withdrawn, also before the service has answered") {
    if (!hasBus())
        return;
    Fixture f;
    f.center.onMessages({message(QStringLiteral("one"))});
    REQUIRE(f.told(1));
    f.settle();
    auto read = group();
    read.unread = 0;
    f.center.onConversation(read);
    CHECK(uitest::eventually([&] { return f.service.closed.contains(1); }));
    Notification n = describeMessage(group(), message(QStringLiteral("two")), 1, f.settings);
    n.conversation = QByteArray("fresh");
    const uint before = f.service.last;
    f.notifier->show(n);
    f.notifier->withdraw(n.conversation);
    CHECK(uitest::eventually([&] { return f.service.closed.contains(before + 1); }));
    // Withdrawn and told again before the service answered: the last word counts.
    const auto calls = f.service.calls.size();
    n.conversation = QByteArray("again");
    f.notifier->show(n);
    f.notifier->withdraw(n.conversation);
    n.body = QStringLiteral("last word");
    f.notifier->show(n);
    CHECK(uitest::eventually([&] {
        return f.service.calls.size() > calls && f.service.calls.back().body == QLatin1String("last word");
    }));
    f.settle();
    CHECK_FALSE(f.service.closed.contains(before + 2));
}

TEST_CASE("an answer written into a notification goes to its conversation, and a click opens it") {
    if (!hasBus())
        return;
    Fixture f;
    QSignalSpy replied(f.notifier.get(), &Notifier::replied);
    QSignalSpy activated(f.notifier.get(), &Notifier::activated);
    f.center.onMessages({message(QStringLiteral("one"))});
    REQUIRE(f.told(1));
    f.settle();
    emit f.service.NotificationReplied(1, QStringLiteral("  At seven, then. "));
    emit f.service.NotificationReplied(999, QStringLiteral("nobody"));
    emit f.service.ActionInvoked(1, QStringLiteral("default"));
    REQUIRE(uitest::eventually([&] { return !activated.isEmpty(); }));
    REQUIRE(replied.size() == 1);
    CHECK(replied.at(0).at(0).toByteArray() == QByteArray("group"));
    CHECK(replied.at(0).at(1).toString() == QStringLiteral("At seven, then."));
    CHECK(activated.at(0).at(0).toByteArray() == QByteArray("group"));
}

TEST_CASE("an invitation is notified once, and the tray counts what waits") {
    if (!hasBus())
        return;
    Fixture f;
    QSignalSpy waiting(&f.center, &NotificationCenter::waitingChanged);
    CHECK(f.center.waiting() == 1);
    auto request = group();
    request.id = QByteArray("request");
    request.state = client::ConversationState::Request;
    request.invitedBy = QStringLiteral("Tomas Brekke");
    request.unread = 0;
    f.center.onConversation(request);
    f.center.onConversation(request);
    REQUIRE(f.told(1));
    CHECK(f.service.calls[0].body == QStringLiteral("Tomas Brekke invites you to a conversation"));
    CHECK(waiting.size() == 1);
    CHECK(f.center.waiting() == 2);
    auto muted = group();
    muted.muted = true;
    f.center.onConversation(muted);
    CHECK(f.center.waiting() == 1);
    f.center.stop();
    CHECK(f.center.waiting() == 0);
    f.center.start({});
    f.settle();
    CHECK(f.service.calls.size() == 1);
}

TEST_CASE("the tray icon shows the number, and quiet ends in the morning") {
    uitest::application();
    Theme theme;
    theme.setAppearance({});
    Tray tray(&theme);
    const auto picture = [&](int count) { return tray.icon(count).pixmap(QSize(32, 32), 1.0).toImage(); };
    CHECK(picture(0) != picture(1));
    CHECK(picture(1) != picture(2));
    CHECK(picture(100) == picture(5000));
    QSignalSpy quiet(&tray, &Tray::quietWanted);
    for (QAction* action : tray.menu()->actions())
        if (!action->isSeparator() && action->isVisible())
            action->trigger();
    REQUIRE(quiet.size() == 2);
    CHECK(quiet.at(0).at(0).toLongLong() == 3600);
    CHECK(quiet.at(1).at(0).toLongLong() > 0);
    CHECK(secondsUntilMorning(QDateTime(QDate(2026, 11, 27), QTime(22, 0))) == 10 * 3600);
    CHECK(secondsUntilMorning(QDateTime(QDate(2026, 11, 27), QTime(6, 0))) == 26 * 3600);
}

#include "notification_test.moc"
