// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/accessibility/announcer.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QMetaObject>

namespace valise::ui {
namespace {

QAccessibleInterface* announcerFactory(const QString&, QObject* object) {
    if (auto* announcer = qobject_cast<Announcer*>(object))
        return new QAccessibleWidget(announcer, QAccessible::Notification);
    return nullptr;
}

} // namespace

Announcer::Announcer(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("announcer"));
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    // A hidden widget is left out of the tree; one pixel of nothing is not.
    setGeometry(0, 0, 1, 1);
}

void Announcer::announce(const QString& text) {
    if (text.isEmpty() || (m_saidNow && text == m_last))
        return;
    m_last = text;
    m_saidNow = true;
    QMetaObject::invokeMethod(
        this, [this] { m_saidNow = false; }, Qt::QueuedConnection);
    setAccessibleName(text);
    emit announced(text);
    if (!QAccessible::isActive())
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(this, text);
    QAccessible::updateAccessibility(&event);
#else
    // Before Qt 6.8 there is no such event: screen readers speak a notification that comes into sight.
    QAccessibleEvent shown(this, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&shown);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
#endif
}

void installAnnouncerAccessibility() {
    QAccessible::installFactory(&announcerFactory);
}

} // namespace valise::ui
