// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QAccessible>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <utility>

namespace valise::ui {

//! The room a body is laid out for. Lengths are pixels of the design, as everywhere in a MessageLayout.
struct BodyRoom {
    double width = 0; //!< the most it may take
    bool rtl = false; //!< direction of the window, not of the text
    int unfolded = 0; //!< how often more of a long message was asked for
};

//! The size of a body, and the place for the time of its message.
struct BodySize {
    double width = 0;
    double height = 0;
    //! The taken part of its last line, from the side where the window's lines begin. Negative: nothing
    //! may stand behind it, and the time gets a line of its own.
    double lastLine = -1;
    //! Distance from the time's upper edge down to the body's lower edge, when it shares the last line.
    double timeUp = 15.5;
    bool rigid = false; //!< it takes just its width, and what stands around it keeps to that
    qint64 lines = 0;   //!< of text, for LayoutWork
};

//! The look of a body at this moment; changing it needs no new layout.
struct BodyLook {
    std::pair<int, int> selection{0, 0}; //!< characters of plainText(); empty if they are the same
    QRectF visible;                      //!< the part of the row that can be seen
    int hovered = -1;                    //!< parts: under the pointer,
    int pressed = -1;                    //!< held down,
    int focused = -1;                    //!< and chosen with the keyboard
};

//! The thing at a point of a body, and the effect of a part that is triggered.
struct BodyHit {
    enum Kind {
        None,
        Character, //!< of the text
        Link,      //!< leads to `target`
        Button,    //!< an action of the message; `target` is its id
        More,      //!< shows more of a long message
    };
    Kind kind = None;
    int character = -1; //!< of plainText(), also in a link; -1 outside of text
    int part = -1;      //!< the part it belongs to, or -1
    QString target;
};

//! A piece of a body that assistive technology knows by itself.
struct BodyPart {
    QAccessible::Role role = QAccessible::StaticText;
    QString name;
    QRectF rect; //!< in the row
    BodyHit hit; //!< what triggering it does; None for what is only read
    bool enabled = true;
    bool checkable = false;
    bool checked = false;
    bool tabStop = false; //!< Tab goes there inside the focused message
    bool cut = false;     //!< not all of its text can be seen; a tool tip tells the rest
};

//! The content of a bubble: a text, a card. It lays itself out, paints itself and says what is at
//! a point. Name, quote, reactions, time and picture are the layout's. One body belongs to one layout of one
//! row; when the message changes another one is made.
class MessageBody {
public:
    MessageBody() = default;
    virtual ~MessageBody() = default;
    MessageBody(const MessageBody&) = delete;
    MessageBody& operator=(const MessageBody&) = delete;

    //! Lays the content out. Comes before everything below but words().
    virtual BodySize measure(const BodyRoom& room, const Theme& theme) = 0;
    //! Gives it its place in the row: as high as it asked for, at least as wide.
    virtual void place(const QRectF& area) = 0;
    //! Returns how many lines of text were painted. The painter is clipped to the bubble.
    virtual qint64 paint(QPainter& painter, const Theme& theme, const BodyLook& look) const = 0;
    //! The thing at a point of the row.
    virtual BodyHit hitTest(QPointF point) const = 0;
    //! The character of plainText() nearest to a point: where a selection ends that is drawn to there.
    virtual int nearestCharacter(QPointF point) const = 0;
    //! The text that can be selected, without marks of formatting and without the folded rest.
    virtual const QString& plainText() const = 0;
    //! All of it as text, for copying and for screen readers. Needs no layout.
    virtual QString words() const = 0;
    //! Its parts, in the order in which they are read.
    virtual int partCount() const { return 0; }
    virtual BodyPart part(int /*index*/) const { return {}; }
};

//! Start and end of the word at a character; nothing where there is none.
std::pair<int, int> wordAt(const QString& text, int character);

} // namespace valise::ui
