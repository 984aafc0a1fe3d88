// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/bodies/message_body.h"
#include "ui/conversation/message_stamp.h"
#include "ui/conversation/reaction_chips.h"
#include "ui/theme/theme.h"

#include <QRectF>

#include <memory>

namespace valise::ui {

//! The influence of a message's neighbours and of the view on its row.
struct RowContext {
    QString dayTitle;        //!< a day begins here
    bool unreadHere = false; //!< the first unread message
    bool runStart = true;    //!< the first of several by the same author
    bool runEnd = true;      //!< the last of them; the picture stands here
    bool group = true;       //!< names and pictures are shown
    bool selecting = false;  //!< room for the mark of a selected message
    int unfolded = 0;        //!< how often more of a long message was asked for
    friend bool operator==(const RowContext&, const RowContext&) = default;
};

//! The look of a row at this moment; changing it needs no new layout.
struct RowLook {
    BodyLook body;            //!< `visible` relative to the row; empty: all of it
    bool focused = false;     //!< with the keyboard, as a whole or a part of its body
    bool selected = false;    //!< among several
    bool highlighted = false; //!< one just jumped here
};

//! One laid-out row of the timeline: a body, and around it day, name, quote, reactions, time and picture.
//! Knows where everything stands, in coordinates relative to the row's top, for a viewport of a given width,
//! and how to paint itself.
class MessageLayout {
public:
    //! `body` is null only for lines about the group.
    MessageLayout(const client::MessageRecord& message, std::unique_ptr<MessageBody> body,
                  const RowContext& context, double width, bool rtl, const Theme& theme);

    double height() const { return m_height; }
    //! Lines of its text.
    qint64 lineCount() const { return m_lines; }
    const RowContext& context() const { return m_context; }
    QRectF bubble() const { return m_bubble; }
    QRectF quote() const { return m_quote; }
    const ReactionChips& reactions() const { return m_chips; }
    //! The content of the bubble; null for lines about the group.
    const MessageBody* body() const { return m_body.get(); }
    //! The thing of the body at a point of the row.
    BodyHit hitTest(QPointF point) const;

    //! Returns how many lines of text were painted.
    qint64 paint(QPainter& painter, const client::MessageRecord& message, const Theme& theme,
                 const RowLook& look) const;

    //! A quick guess for rows that are not laid out yet.
    static double estimate(const client::MessageRecord& message, double width);

    // The measures of the design, in device-independent pixels.
    static constexpr double kSidePadding = 22;
    static constexpr double kAvatar = 30;
    static constexpr double kAvatarGap = 9;
    static constexpr double kRowGap = 3;
    static constexpr double kRunGap = 8;
    static constexpr double kSelectRoom = 30;

private:
    //! Places day and unread line; returns where the bubble begins.
    double layOutHead(const Theme& theme);
    void layOutSystem(const client::MessageRecord& message, double top, const Theme& theme);
    void layOutBubble(const client::MessageRecord& message, double top, const Theme& theme);
    QRectF mirrored(QRectF rect) const;
    void paintHead(QPainter& painter, const Theme& theme) const;
    void paintSystem(QPainter& painter, const Theme& theme, const RowLook& look) const;
    void paintBubble(QPainter& painter, bool own, const Theme& theme, const RowLook& look) const;
    void paintQuote(QPainter& painter, const client::MessageRecord& message, const Theme& theme) const;
    qint64 paintBody(QPainter& painter, const Theme& theme, const RowLook& look) const;

    double m_width;
    bool m_rtl;
    RowContext m_context;
    std::unique_ptr<MessageBody> m_body;
    double m_height = 0;
    qint64 m_lines = 0;
    QRectF m_day;
    QRectF m_unread;
    QRectF m_bubble;
    QRectF m_name;
    QRectF m_quote;
    QRectF m_avatar;
    QRectF m_check;
    QString m_systemText;
    MessageStamp m_stamp;
    ReactionChips m_chips;
};

} // namespace valise::ui
