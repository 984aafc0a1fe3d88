// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/bodies/card.h"
#include "ui/conversation/bodies/fitted_text.h"
#include "ui/conversation/bodies/message_body.h"

#include <vector>

namespace valise::ui {

//! A card: title, rows to choose from or to read, buttons. Its parts are answers, rows and buttons, in this
//! order. Triggering a part gives a BodyHit::Button with its id. The height and the cost of a card are
//! bounded for any content: rows beyond the bound are counted, not shown.
class CardBody final : public MessageBody {
public:
    explicit CardBody(Card card);

    BodySize measure(const BodyRoom& room, const Theme& theme) override;
    void place(const QRectF& area) override;
    qint64 paint(QPainter& painter, const Theme& theme, const BodyLook& look) const override;
    BodyHit hitTest(QPointF point) const override;
    //! A card is selected whole or not at all.
    int nearestCharacter(QPointF point) const override;
    const QString& plainText() const override { return m_words; }
    QString words() const override { return m_words; }
    int partCount() const override { return static_cast<int>(m_parts.size()); }
    BodyPart part(int index) const override;

    // Of these the first are shown.
    static constexpr int kMostRows = 12;
    static constexpr int kMostAnswers = 4;
    static constexpr int kMostButtons = 4;

private:
    enum class Ink { Plain, Dim, Accent, Good, Warning, Bad, Button };
    enum class Side { Begin, Middle, End };
    //! A text and where it stands, within the body and from left to right until it is placed.
    struct Line {
        FittedText text;
        QRectF at;
        Ink ink = Ink::Plain;
        Side side = Side::Begin;
    };
    struct Picture {
        QString icon;
        QRectF at;
        Ink ink = Ink::Dim;
    };
    //! A piece that assistive technology knows by itself: the title, a row, a button.
    struct Part {
        enum class Kind { Title, Row, Button };
        Kind kind = Kind::Title;
        int index = 0; //!< of the row or button in the card
        QRectF at;
        std::vector<Line> lines;
        QRectF mark;
        QRectF bar;
    };

    void bound();
    void write();
    QString rowName(const CardRow& row) const;
    //! Adds a text of at most that width; returns its height.
    double put(std::vector<Line>& lines, FittedText text, QPointF at, double width, Ink ink,
               Side side = Side::Begin);
    double naturalWidth(const Theme& theme) const;
    // Each lays out a section below `y` and returns where it ends.
    double layOutHead(double y, const Theme& theme);
    double layOutNotice(double y, const Theme& theme);
    double layOutAnswers(double y, const Theme& theme);
    double layOutRows(double y, const Theme& theme);
    double layOutChoice(Part& part, double y, const Theme& theme);
    double layOutResult(Part& part, double y, double column, const Theme& theme);
    double layOutFoot(double y, const Theme& theme, BodySize& size);
    FittedText fitted(const QString& text, const QFont& font, double lineHeight, int lines = 1) const;

    const CardRow& rowOf(const Part& part) const { return m_card.rows.at(part.index); }
    const CardButton& buttonOf(const Part& part) const { return m_card.buttons.at(part.index); }
    const QString& targetOf(const Part& part) const;
    bool isEnabled(const Part& part) const;
    bool isAnswer(const Part& part) const;

    void paintText(QPainter& painter, const Line& line, const QColor& colour) const;
    void paintPicture(QPainter& painter, const Picture& picture, const Palette& c) const;
    void paintRow(QPainter& painter, const Part& part, bool hovered, bool pressed, const Palette& c) const;
    void paintButton(QPainter& painter, const Part& part, bool hovered, bool pressed, const Palette& c) const;
    void paintMark(QPainter& painter, const Part& part, const Palette& c) const;
    void paintBar(QPainter& painter, const Part& part, const Palette& c) const;
    static QColor colour(Ink ink, const Palette& c);

    Card m_card;
    int m_moreRows = 0; //!< rows that are not shown
    QString m_moreText; //!< says how many
    QString m_words;
    bool m_rtl = false;
    bool m_compact = false;
    double m_width = 0;
    qint64 m_textLines = 0;
    QRectF m_area;
    std::vector<Part> m_parts;
    std::vector<Line> m_lines; //!< those of no part
    std::vector<Picture> m_pictures;
    QRectF m_tile;
    QRectF m_notice;
    QRectF m_rule; //!< the hairline above the buttons
};

} // namespace valise::ui
