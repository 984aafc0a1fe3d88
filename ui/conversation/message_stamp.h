// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>

namespace valise::ui {

//! The small line at the end of a bubble: stars and clocks, the time, and the mark of delivery.
class MessageStamp {
public:
    MessageStamp() = default;
    MessageStamp(const client::MessageRecord& message, const Theme& theme);
    double width() const { return m_width; }
    void place(const QRectF& rect) { m_rect = rect; }
    const QRectF& rect() const { return m_rect; }
    void paint(QPainter& painter, const client::MessageRecord& message, bool rtl, const Theme& theme) const;

    static constexpr double kHeight = 14;

private:
    QString m_text;
    double m_width = 0;
    QRectF m_rect;
};

} // namespace valise::ui
