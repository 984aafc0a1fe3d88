// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/appearance.h"
#include "ui/theme/palette.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPainter>

#include <functional>
#include <memory>

class QAbstractButton;
class QLabel;
class QLayout;
class QWidget;

namespace valise::ui {

class CaretRest;
class SystemAppearance;

//! The look of the program: colours, type, icons, sizes. One object made by the composition root and handed
//! to every widget that paints; widgets follow changed().
//!
//! Sizes are written as in the design, for text of 100 %. Widgets scale them with the functions below; what
//! is painted by hand is painted in the design's sizes, with atDesignSize(), by a painter that is scaled.
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);
    ~Theme() override;

    const Appearance& appearance() const { return m_appearance; }
    //! Changes the appearance of the whole program at once.
    void setAppearance(const Appearance& appearance);
    //! Light, dark or as the system; the rest of the appearance stays.
    void setMode(ThemeMode mode);
    const Palette& palette() const { return m_palette; }
    bool isHighContrast() const { return m_palette.highContrast; }
    bool isCompact() const { return m_appearance.density == Density::Compact; }
    //! Nothing may move that need not.
    bool isMotionReduced() const;

    //! How much larger than in the design everything is: 0.8 to 2.
    double scale() const { return m_scale; }
    //! This theme at the scale of 1, for painting with a scaled painter and for what is laid out for it.
    const Theme& atDesignSize() const { return m_design ? *m_design : *this; }
    //! A length of the design on the screen, device-independent pixels.
    int px(double design) const;
    //! Fixes the size of a widget, of an icon or of one side, now and whenever the scale changes.
    void fixSize(QWidget* widget, int width, int height) const;
    void fixWidth(QWidget* widget, int width) const;
    void fixHeight(QWidget* widget, int height) const;
    void iconSize(QAbstractButton* button, int size) const;
    //! The margins of a layout, scaled; start is the side where lines of the window's language begin.
    void margins(QLayout* layout, int start, int top, int end, int bottom) const;
    //! Puts the first lines of two labels that stand side by side on one baseline. Scripts differ in how high
    //! their lines are, so that equal upper edges are not enough. Both are aligned at the top.
    static void alignFirstLines(QLabel* first, QLabel* second);
    //! Calls now and whenever the appearance changes, while `context` lives.
    void follow(QObject* context, const std::function<void()>& apply) const;

    //! The program's typeface at `px` pixels of the design.
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
    //! As paintLine, with parts of the text made to stand out. `marks`: first and length of each, UTF-16
    //! units.
    static void paintMarked(QPainter& painter, const QRectF& rect, const QString& text,
                            const QVector<std::pair<int, int>>& marks, const QColor& colour, bool windowRtl);
    //! Paints initials on the identity colour; a circle for people, a rounded square for groups.
    void paintAvatar(QPainter& painter, const QRectF& rect, const QByteArray& key, const QString& name,
                     bool group) const;
    //! Applies the current appearance to the application; called by setMode.
    void apply();

signals:
    void changed();

private:
    struct AtDesignSize {};
    explicit Theme(AtDesignSize);
    void refresh();

    Appearance m_appearance;
    Palette m_palette;
    double m_scale = 1;
    SystemAppearance* m_system = nullptr;
    CaretRest* m_caret = nullptr;
    std::unique_ptr<Theme> m_design;
};

//! The first letters of the first two words, in upper case: "Jean Kagabo" is "JK".
QString initials(const QString& name);

//! The style sheet of one appearance; `scale` as in Theme.
QString styleSheet(const Palette& palette, double scale);

} // namespace valise::ui
