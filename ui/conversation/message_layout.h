// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/message_format.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace valise::ui {

//! What a message's neighbours and the view say about how it is drawn.
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

//! How a row looks at this moment, without being laid out anew.
struct RowLook {
    std::pair<int, int> selection{0, 0}; //!< characters of plainText(); empty if they are the same
    bool focused = false;
    bool selected = false;    //!< among several
    bool highlighted = false; //!< one just jumped here
    QRectF visible;           //!< the part that can be seen, relative to the row; empty: all of it
};

//! What laying out and painting cost; counted, so that tests can bound it.
struct LayoutWork {
    qint64 layouts = 0;      //!< rows laid out
    qint64 lines = 0;        //!< lines of text in them
    qint64 paintedRows = 0;  //!< rows painted
    qint64 paintedLines = 0; //!< lines of text painted in them
};

//! One laid-out row of the timeline: where everything stands, in coordinates relative to the row's top, for a
//! viewport of a given width. Knows how to paint itself and what is at a point.
class MessageLayout {
public:
    MessageLayout(const client::MessageRecord& message, const RowContext& context, double width, bool rtl,
                  const Theme& theme);

    double height() const { return m_height; }
    //! Lines of its text.
    qint64 lineCount() const { return m_lines; }
    const RowContext& context() const { return m_context; }
    QRectF bubble() const { return m_bubble; }
    QRectF quote() const { return m_quote; }
    //! The link that shows the rest of a long message; empty if all is shown.
    QRectF moreLink() const { return m_more; }
    //! What stands in the bubble, without marks of formatting.
    const QString& plainText() const { return m_plain; }
    //! Character of plainText() at a point; -1 outside of the text.
    int characterAt(QPointF point) const;
    //! As characterAt, but the nearest one.
    int nearestCharacter(QPointF point) const;
    //! Start and end of the word at a character.
    std::pair<int, int> wordAt(int character) const;
    //! The reaction at a point, or -1.
    int reactionAt(QPointF point) const;
    //! What a link at a point leads to; empty if there is none.
    QString linkAt(QPointF point) const;
    //! Where the first line of a link stands; empty if there is no such link.
    QRectF linkRect(int index) const;
    //! Where a reaction stands.
    QRectF reaction(int index) const { return m_chips.at(static_cast<std::size_t>(index)).rect; }

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
    struct Paragraph {
        std::unique_ptr<QTextLayout> layout;
        TextBlock::Kind kind = TextBlock::Plain;
        QString marker;
        int start = 0; //!< of its first character in the text
        double indent = 0;
        double height = 0;
        QPointF at;
        bool rtl = false;
    };
    struct Chip {
        QRectF rect;
        QString emoji;
        QString count;
        double emojiWidth = 0;
    };
    struct Link {
        int start = 0; //!< in plainText()
        int length = 0;
        QString target;
    };
    QRectF mirrored(QRectF rect) const;
    //! False if there is no room for all of it.
    bool layOutText(const QString& text, const QVector<client::MentionRecord>& mentions, double maxText,
                    const Theme& theme);
    double layOutChips(const client::MessageRecord& message, double room, double timeWidth,
                       const Theme& theme);
    void paintQuote(QPainter& painter, const client::MessageRecord& message, const Theme& theme) const;
    qint64 paintText(QPainter& painter, const Theme& theme, const RowLook& look) const;
    void paintChips(QPainter& painter, const client::MessageRecord& message, const Theme& theme) const;
    void paintTime(QPainter& painter, const client::MessageRecord& message, const Theme& theme) const;

    double m_width;
    bool m_rtl;
    RowContext m_context;
    double m_height = 0;
    QRectF m_day;
    QRectF m_unread;
    QRectF m_bubble;
    QRectF m_name;
    QRectF m_quote;
    QRectF m_more;
    QRectF m_time;
    QRectF m_avatar;
    QRectF m_check;
    QString m_timeText;
    QString m_systemText;
    QString m_plain;
    QString m_moreText;
    qint64 m_lines = 0;
    std::vector<Paragraph> m_paragraphs;
    std::vector<Chip> m_chips;
    std::vector<Link> m_links;
    // Of the text while it is laid out.
    double m_textHeight = 0;
    double m_textUsed = 0;
    double m_lastLine = 0;
    bool m_lastPlain = true;
    bool m_lastRtl = false;
    bool m_deleted = false;
};

} // namespace valise::ui
