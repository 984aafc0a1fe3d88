// SPDX-License-Identifier: AGPL-3.0-or-later
// Desktop Notifications Specification 1.2 (org.freedesktop.Notifications), with KDE's inline reply.
#include "ui/notify/notifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QHash>
#include <QVariantMap>

namespace valise::ui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kOpen = QStringLiteral("default");
const QString kReply = QStringLiteral("inline-reply");
constexpr int kAsTheDesktopLikes = -1;
constexpr int kNeverExpires = 0;

struct NotificationActions {
    Q_DECLARE_TR_FUNCTIONS(NotificationActions)
};

class DBusNotifier final : public Notifier {
    Q_OBJECT

public:
    explicit DBusNotifier(QObject* parent)
        : Notifier(parent)
        , m_bus(QDBusConnection::sessionBus()) {
        if (!m_bus.isConnected())
            return;
        m_bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                      SLOT(onAction(uint, QString)));
        m_bus.connect(kService, kPath, kService, QStringLiteral("NotificationReplied"), this,
                      SLOT(onReply(uint, QString)));
        m_bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                      SLOT(onClosed(uint, uint)));
    }

    void show(const Notification& notification) override {
        if (!m_bus.isConnected())
            return;
        Shown& shown = m_shown[notification.conversation];
        shown.wanted = notification;
        shown.withdrawn = false;
        // The answer tells by which number the next one replaces it; until then the newest waits.
        if (shown.asking) {
            shown.again = true;
            return;
        }
        if (m_capabilitiesKnown)
            send(notification.conversation);
        else
            askCapabilities(notification.conversation);
    }

    void withdraw(const client::ConversationId& conversation) override {
        const auto at = m_shown.find(conversation);
        if (at == m_shown.end())
            return;
        if (at->asking) {
            at->withdrawn = true;
            return;
        }
        const uint id = at->id;
        m_shown.erase(at);
        if (id != 0)
            m_bus.asyncCall(call(QStringLiteral("CloseNotification")) << id);
    }

    void withdrawAll() override {
        const QList<QByteArray> all = m_shown.keys();
        for (const QByteArray& conversation : all)
            withdraw(conversation);
    }

private slots:
    void onAction(uint id, const QString& action) {
        const QByteArray conversation = conversationOf(id);
        if (!conversation.isEmpty() && action == kOpen)
            emit activated(conversation);
    }
    void onReply(uint id, const QString& text) {
        const QByteArray conversation = conversationOf(id);
        if (!conversation.isEmpty() && !text.trimmed().isEmpty())
            emit replied(conversation, text.trimmed());
    }
    void onClosed(uint id, uint) {
        const QByteArray conversation = conversationOf(id);
        if (!conversation.isEmpty() && !m_shown.value(conversation).asking)
            m_shown.remove(conversation);
    }

private:
    struct Shown {
        Notification wanted;
        uint id = 0; //!< the service's number; 0 until it answered
        bool asking = false;
        bool again = false;
        bool withdrawn = false;
    };

    QDBusMessage call(const QString& method) const {
        return QDBusMessage::createMethodCall(kService, kPath, kService, method);
    }

    QByteArray conversationOf(uint id) const {
        for (auto it = m_shown.begin(); it != m_shown.end(); ++it)
            if (it->id == id && id != 0)
                return it.key();
        return {};
    }

    void askCapabilities(const QByteArray& conversation) {
        m_shown[conversation].asking = true;
        auto* watcher =
            new QDBusPendingCallWatcher(m_bus.asyncCall(call(QStringLiteral("GetCapabilities"))), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
                [this, conversation](QDBusPendingCallWatcher* done) {
                    done->deleteLater();
                    const QDBusPendingReply<QStringList> reply = *done;
                    if (reply.isValid()) {
                        m_capabilities = reply.value();
                        m_capabilitiesKnown = true;
                    }
                    Shown& shown = m_shown[conversation];
                    shown.asking = shown.again = false;
                    if (!reply.isValid() || shown.withdrawn)
                        m_shown.remove(conversation); // nobody shows notifications here
                    else
                        send(conversation);
                });
    }

    void send(const QByteArray& conversation) {
        Shown& shown = m_shown[conversation];
        shown.asking = true;
        const Notification& n = shown.wanted;
        QStringList actions;
        if (m_capabilities.contains(QLatin1String("actions"))) {
            actions << kOpen << NotificationActions::tr("Open");
            if (n.mayReply && m_capabilities.contains(kReply))
                actions << kReply << NotificationActions::tr("Reply");
        }
        // Servers with this capability read the body as markup; the others show it as it is.
        const QString body =
            m_capabilities.contains(QLatin1String("body-markup")) ? n.body.toHtmlEscaped() : n.body;
        QVariantMap hints{{QStringLiteral("category"), QStringLiteral("im.received")},
                          {QStringLiteral("desktop-entry"), QStringLiteral("valise")}};
        if (n.persistent)
            hints.insert(QStringLiteral("resident"), true);
        QDBusMessage message = call(QStringLiteral("Notify"));
        message << QStringLiteral("Valise") << shown.id << QStringLiteral("valise") << n.title << body
                << actions << hints << (n.persistent ? kNeverExpires : kAsTheDesktopLikes);
        auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
                [this, conversation](QDBusPendingCallWatcher* done) {
                    done->deleteLater();
                    const QDBusPendingReply<uint> reply = *done;
                    Shown& answered = m_shown[conversation];
                    answered.asking = false;
                    answered.id = reply.isValid() ? reply.value() : 0;
                    if (answered.withdrawn)
                        withdraw(conversation);
                    else if (answered.again) {
                        answered.again = false;
                        send(conversation);
                    }
                });
    }

    QDBusConnection m_bus;
    QStringList m_capabilities;
    bool m_capabilitiesKnown = false;
    QHash<QByteArray, Shown> m_shown;
};

} // namespace

Notifier* Notifier::make(QSystemTrayIcon*, QObject* parent) {
    return new DBusNotifier(parent);
}

} // namespace valise::ui

#include "notifier_linux.moc"
