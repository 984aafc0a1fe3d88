// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace valise::ui {

//! What a message's neighbours say about how it is drawn.
struct RowContext {
    QString dayTitle;        //!< a day begins here
    bool unreadHere = false; //!< the first unread message
    bool runStart = true;    //!< the first of several by the same author
    bool runEnd = true;      //!< the last of them; the picture stands here
    bool group = true;       //!< names and pictures are shown
    friend bool operator==(const RowContext&, const RowContext&) = default;
};

//! One laid-out row of the timeline: where everything stands, in coordinates relative to the row's top, for a
//! viewport of a given width. Knows how to paint itself and which character is at a point.
class MessageLayout {
public:
    MessageLayout(const client::MessageRecord& message, const RowContext& context, double width, bool rtl,
                  const Theme& theme);

    double height() const { return m_height; }
    const RowContext& context() const { return m_context; }
    QRectF bubble() const { return m_bubble; }
    QRectF quote() const { return m_quote; }
    //! Character of the text at a point; -1 outside of the text.
    int characterAt(QPointF point) const;
    //! As characterAt, but the nearest one.
    int nearestCharacter(QPointF point) const;
    //! Start and end of the word at a character.
    std::pair<int, int> wordAt(int character) const;

    //! `selection` is a range of characters of the text, empty if start == end.
    void paint(QPainter& painter, const client::MessageRecord& message, const Theme& theme,
               std::pair<int, int> selection, bool focused) const;

    //! A quick guess for rows that are not laid out yet.
    static double estimate(const client::MessageRecord& message, double width);

    // The measures of the design, in device-independent pixels.
    static constexpr double kSidePadding = 22;
    static constexpr double kAvatar = 30;
    static constexpr double kAvatarGap = 9;
    static constexpr double kRowGap = 3;
    static constexpr double kRunGap = 8;

private:
    struct Paragraph {
        std::unique_ptr<QTextLayout> layout;
        int start = 0; //!< of its first character in the text
        QPointF at;
        bool rtl = false;
    };
    QRectF mirrored(QRectF rect) const;

    double m_width;
    bool m_rtl;
    RowContext m_context;
    double m_height = 0;
    QRectF m_day;
    QRectF m_unread;
    QRectF m_bubble;
    QRectF m_name;
    QRectF m_quote;
    QRectF m_time;
    QRectF m_avatar;
    QString m_timeText;
    QString m_systemText;
    std::vector<Paragraph> m_paragraphs;
};

} // namespace valise::ui
