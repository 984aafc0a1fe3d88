// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPainter>

namespace valise::ui {

enum class ThemeMode { System, Light, Dark };

//! The look of the program: colours, type, icons. One object made by the composition root and handed to every
//! widget that paints; widgets follow changed().
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);

    ThemeMode mode() const { return m_mode; }
    //! Changes the appearance of the whole program at once.
    void setMode(ThemeMode mode);
    const Palette& palette() const { return m_palette; }

    //! The program's typeface at `px` device-independent pixels.
    QFont font(double px, QFont::Weight weight = QFont::Normal) const;
    //! The typeface of code, where every character is as wide as the others.
    QFont codeFont(double px) const;
    //! The typeface of emoji that stand alone; of digits it is not made for.
    QFont emojiFont(double px) const;
    //! An icon of the family by its file name, tinted; sharp at every size and scale. An invalid colour means
    //! the palette's secondary text.
    QIcon icon(const QString& name, const QColor& colour = {}) const;
    //! Paints an icon into a rectangle.
    static void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour);
    //! Paints one line, elided at its end, on the window's leading side (or trailing), in the text's own
    //! direction.
    static void paintLine(QPainter& painter, const QRectF& rect, const QString& text, bool windowRtl,
                          bool trailing = false);
    //! Paints initials on the identity colour; a circle for people, a rounded square for groups.
    void paintAvatar(QPainter& painter, const QRectF& rect, const QByteArray& key, const QString& name,
                     bool group) const;
    //! Applies the current appearance to the application; called by setMode.
    void apply();

signals:
    void changed();

private:
    bool systemIsDark() const;

    ThemeMode m_mode = ThemeMode::System;
    Palette m_palette;
    bool m_startedDark = false;
};

//! The first letters of the first two words, in upper case: "Jean Kagabo" is "JK".
QString initials(const QString& name);

//! The style sheet of one appearance.
QString styleSheet(const Palette& palette);

} // namespace valise::ui
