// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_stamp.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <cmath>

namespace valise::ui {
namespace {

constexpr double kMark = 13;

struct Timeline {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

QString markIcon(const client::MessageRecord& m) {
    using client::DeliveryState;
    switch (m.delivery.state) {
    case DeliveryState::Queued:
        return QStringLiteral("clock");
    case DeliveryState::Sent:
        return QStringLiteral("check");
    case DeliveryState::Delivered:
    case DeliveryState::Read:
        return QStringLiteral("double-check");
    case DeliveryState::Failed:
    case DeliveryState::Withdrawn:
        return QStringLiteral("warning");
    case DeliveryState::Received:
        break;
    }
    return {};
}

} // namespace

MessageStamp::MessageStamp(const client::MessageRecord& message, const Theme& theme)
    : m_text(message.editedAt() > 0 ? Timeline::tr("edited %1").arg(clockTime(message.createdAt))
                                    : clockTime(message.createdAt)) {
    const QFontMetricsF metrics(theme.font(10.5));
    m_width = std::ceil(metrics.horizontalAdvance(m_text)) + (message.own ? 4 + kMark : 0) +
              (message.starred ? 4 + kMark : 0) + (message.expiresAt > 0 ? 4 + kMark : 0);
}

void MessageStamp::paint(QPainter& painter, const client::MessageRecord& message, bool rtl,
                         const Theme& theme) const {
    const Palette& c = theme.palette();
    painter.setFont(theme.font(10.5));
    const bool failed = message.delivery.state == client::DeliveryState::Failed ||
                        message.delivery.state == client::DeliveryState::Withdrawn;
    painter.setPen(failed ? c.rest : c.dim);
    const auto mark = [&](double x, const QString& icon, const QColor& colour) {
        QRectF rect(x, m_rect.center().y() - kMark / 2 - 0.5, kMark, kMark);
        if (rtl)
            rect.moveLeft(m_rect.left() + m_rect.right() - rect.right());
        Theme::paintIcon(painter, icon, rect, colour);
    };
    double lead = 0;
    if (message.starred) {
        mark(m_rect.left(), QStringLiteral("star-full"), c.warn);
        lead += kMark + 4;
    }
    if (message.expiresAt > 0) {
        mark(m_rect.left() + lead, QStringLiteral("hourglass"), c.dim);
        lead += kMark + 4;
    }
    painter.drawText(rtl ? m_rect.adjusted(0, 0, -lead, 0) : m_rect.adjusted(lead, 0, 0, 0),
                     (rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter, m_text);
    const QString icon = message.own ? markIcon(message) : QString();
    if (!icon.isEmpty())
        mark(m_rect.right() - kMark, icon,
             failed                                                  ? c.rest
             : message.delivery.state == client::DeliveryState::Read ? c.acc
                                                                     : c.dim);
}

} // namespace valise::ui
