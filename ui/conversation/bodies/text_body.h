// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/bodies/message_body.h"
#include "ui/text/message_format.h"

#include <QTextLayout>

#include <memory>
#include <vector>

namespace valise::ui {

//! A text with its formatting, links and mentions. A long one is folded and shown in steps.
class TextBody final : public MessageBody {
public:
    explicit TextBody(const client::MessageRecord& message);

    BodySize measure(const BodyRoom& room, const Theme& theme) override;
    void place(const QRectF& area) override;
    qint64 paint(QPainter& painter, const Theme& theme, const BodyLook& look) const override;
    BodyHit hitTest(QPointF point) const override;
    int nearestCharacter(QPointF point) const override;
    const QString& plainText() const override { return m_plain; }
    QString words() const override;
    //! Its links, and at the end what shows the rest.
    int partCount() const override;
    BodyPart part(int index) const override;

    //! A guess of its height, by the number of its characters.
    static double estimate(const client::MessageRecord& message, double room);

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
    struct Link {
        int start = 0; //!< in plainText()
        int length = 0;
        QString target;
    };
    //! The part of it that is laid out, without the rest of a long one.
    struct Shown {
        QString text;
        bool complete = true;
        bool endKnown = true; //!< the next step shows the rest
    };
    Shown shown(const BodyRoom& room) const;
    //! False if there is no room for all of it.
    bool layOut(const QString& text, const BodyRoom& room, const Theme& theme);
    int characterAt(QPointF point) const;
    QRectF linkRect(const Link& link) const;

    QString m_text; //!< as it was written, or what stands where a deleted message stood
    QVector<client::MentionRecord> m_mentions;
    bool m_deleted;
    bool m_rtl = false; // the window's direction
    QRectF m_area;
    QRectF m_more;
    QString m_moreText;
    QString m_plain;
    qint64 m_lines = 0;
    std::vector<Paragraph> m_paragraphs;
    std::vector<Link> m_links;
    // Of the text while it is laid out.
    double m_textHeight = 0;
    double m_textUsed = 0;
    double m_lastLine = 0;
    bool m_lastPlain = true;
    bool m_lastRtl = false;
};

} // namespace valise::ui
