// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/notify/tray.h"

#include <QDateTime>
#include <QLocale>
#include <QMenu>
#include <QPainter>

namespace valise::ui {
namespace {

constexpr int kHourSeconds = 3600;
constexpr int kMostShown = 99;

} // namespace

qint64 secondsUntilMorning(const QDateTime& now) {
    return now.secsTo(QDateTime(now.date().addDays(1), QTime(8, 0)));
}

Tray::Tray(const Theme* theme, QObject* parent)
    : QObject(parent)
    , m_theme(theme)
    , m_menu(std::make_unique<QMenu>()) {
    m_menu->addAction(tr("Open Valise"), this, &Tray::openWanted);
    m_menu->addSeparator();
    m_hour =
        m_menu->addAction(tr("Do not disturb for an hour"), this, [this] { emit quietWanted(kHourSeconds); });
    m_tomorrow = m_menu->addAction(tr("Do not disturb until tomorrow morning"), this, [this] {
        emit quietWanted(secondsUntilMorning(QDateTime::currentDateTime()));
    });
    m_disturb = m_menu->addAction(tr("Notify again"), this, [this] { emit quietWanted(0); });
    m_menu->addSeparator();
    m_menu->addAction(tr("Quit"), this, &Tray::quitWanted);
    setQuiet(false);
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason != QSystemTrayIcon::Context)
                    emit openWanted();
            });
    setCount(0);
    m_icon->show();
}

Tray::~Tray() = default;

void Tray::setQuiet(bool quiet) {
    m_hour->setVisible(!quiet);
    m_tomorrow->setVisible(!quiet);
    m_disturb->setVisible(quiet);
}

QIcon Tray::icon(int count) const {
    const QIcon plain(QStringLiteral(":/icons/valise.svg"));
    if (count <= 0)
        return plain;
    QIcon out;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QPixmap picture = plain.pixmap(QSize(size, size), 1.0);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        const double d = size * 0.66;
        const QRectF badge(size - d, size - d, d, d);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0xB3261E)); // on whatever the panel's colour is
        painter.drawEllipse(badge);
        painter.setPen(Qt::white);
        // Two digits are all that can be read there.
        const QString number = count > kMostShown ? QString(QChar(0x2026)) : QLocale().toString(count);
        QFont font = m_theme->atDesignSize().font(d * (number.size() > 1 ? 0.58 : 0.76), QFont::Bold);
        painter.setFont(font);
        painter.drawText(badge, Qt::AlignCenter, number);
        painter.end();
        out.addPixmap(picture);
    }
    return out;
}

void Tray::setCount(int count) {
    m_count = count;
    if (!m_icon)
        return;
    m_icon->setIcon(icon(count));
    m_icon->setToolTip(count > 0 ? tr("Valise — %n unread", nullptr, count) : QStringLiteral("Valise"));
}

} // namespace valise::ui
