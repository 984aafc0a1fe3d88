// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/caret.h"
#include "ui/theme/system_appearance.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPalette>
#include <QPixmap>
#include <QPointer>
#include <QProxyStyle>
#include <QScreen>
#include <QStyle>
#include <QSvgRenderer>
#include <QTextLayout>
#include <QWidget>

#include <cmath>

// Q_INIT_RESOURCE must stand outside every namespace.
static void initializeValiseResources() {
    Q_INIT_RESOURCE(valise);
}

namespace valise::ui {
namespace {

//! Named, because otherwise a font of symbols that was found first draws some of them black and white.
const QStringList& emojiFamilies() {
    static const QStringList kFamilies{QStringLiteral("Noto Color Emoji"),
                                       QStringLiteral("Apple Color Emoji"), QStringLiteral("Segoe UI Emoji")};
    return kFamilies;
}

//! Pictures that point along the line of writing, or show where something stands in the window.
bool hasDirection(const QString& name) {
    static const QStringList kNames{QStringLiteral("back"),  QStringLiteral("forward"),
                                    QStringLiteral("leave"), QStringLiteral("list"),
                                    QStringLiteral("quote"), QStringLiteral("reply"),
                                    QStringLiteral("send"),  QStringLiteral("sidebar")};
    return kNames.contains(name);
}

//! How far the first baseline of the label's text stands below its upper edge.
double firstAscent(const QLabel* label) {
    QTextLayout layout(label->text(), label->font());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    return line.isValid() ? line.ascent() : 0;
}

QByteArray svgOf(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    svg.replace("#000", colour.name(QColor::HexRgb).toLatin1());
    return svg;
}

//! Renders the SVG anew for each size and scale, so that nothing is ever a stretched bitmap.
class TintedIcon final : public QIconEngine {
public:
    TintedIcon(QString name, QColor colour)
        : m_name(std::move(name))
        , m_colour(colour) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QColor colour = m_colour;
        if (mode == QIcon::Disabled)
            colour.setAlphaF(0.45F);
        Theme::paintIcon(*painter, m_name, rect, colour);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new TintedIcon(m_name, m_colour); }

private:
    QString m_name;
    QColor m_colour;
};

//! Fusion, still where the person wants stillness, and with icons and boxes that grow with the text.
class Style final : public QProxyStyle {
public:
    explicit Style(const Theme* theme)
        : QProxyStyle(QStringLiteral("Fusion"))
        , m_theme(theme) {}
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        if (hint == SH_Widget_Animation_Duration && m_theme && m_theme->isMotionReduced())
            return 0;
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        const auto scaled = [this](int design) { return m_theme ? m_theme->px(design) : design; };
        switch (metric) {
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
            return scaled(16);
        case PM_ListViewIconSize:
            return scaled(24);
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
            return scaled(QProxyStyle::pixelMetric(metric, option, widget));
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }
    using QProxyStyle::polish;
    void polish(QWidget* widget) override {
        QProxyStyle::polish(widget);
        // Qt puts the caret of an empty field where the keyboard's language begins, and its first letter
        // would move it to the other side. In a window from right to left fields begin on the right.
        auto* field = qobject_cast<QLineEdit*>(widget);
        if (field && field->layoutDirection() == Qt::RightToLeft && field->alignment() & Qt::AlignLeading)
            field->setAlignment(Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    }

private:
    // The style belongs to the application, which may outlive the theme.
    const QPointer<const Theme> m_theme;
};

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_palette(Palette::light())
    , m_design(new Theme(AtDesignSize{})) {
    initializeValiseResources();
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return;
    m_system = new SystemAppearance(this);
    m_caret = new CaretRest(this);
    connect(m_system, &SystemAppearance::changed, this, &Theme::refresh);
}

Theme::Theme(AtDesignSize)
    : m_palette(Palette::light()) {}

Theme::~Theme() = default;

void Theme::setMode(ThemeMode mode) {
    Appearance appearance = m_appearance;
    appearance.mode = mode;
    setAppearance(appearance);
}

void Theme::setAppearance(const Appearance& appearance) {
    m_appearance = appearance;
    m_appearance.textPercent = boundedText(appearance.textPercent);
    refresh();
}

void Theme::refresh() {
    const bool dark = m_appearance.mode == ThemeMode::Dark ||
                      (m_appearance.mode == ThemeMode::System && m_system && m_system->dark());
    const bool high = m_appearance.contrast == Contrast::High ||
                      (m_appearance.contrast == Contrast::System && m_system && m_system->highContrast());
    m_palette = Palette::of(dark, high);
    m_scale = m_appearance.textPercent / 100.0;
    if (m_design) {
        m_design->m_appearance = m_appearance;
        m_design->m_palette = m_palette;
    }
    apply();
    emit changed();
}

bool Theme::isMotionReduced() const {
    return m_appearance.motion == Motion::Reduced ||
           (m_appearance.motion == Motion::System && m_system && m_system->reducedMotion());
}

int Theme::px(double design) const {
    return static_cast<int>(std::lround(design * m_scale));
}

void Theme::follow(QObject* context, const std::function<void()>& apply) const {
    apply();
    connect(this, &Theme::changed, context, apply);
}

void Theme::fixSize(QWidget* widget, int width, int height) const {
    follow(widget, [this, widget, width, height] { widget->setFixedSize(px(width), px(height)); });
}

void Theme::fixWidth(QWidget* widget, int width) const {
    follow(widget, [this, widget, width] { widget->setFixedWidth(px(width)); });
}

void Theme::fixHeight(QWidget* widget, int height) const {
    follow(widget, [this, widget, height] { widget->setFixedHeight(px(height)); });
}

void Theme::iconSize(QAbstractButton* button, int size) const {
    follow(button, [this, button, size] { button->setIconSize(QSize(px(size), px(size))); });
}

void Theme::margins(QLayout* layout, int start, int top, int end, int bottom) const {
    follow(layout, [this, layout, start, top, end, bottom] {
        const bool rtl = QGuiApplication::layoutDirection() == Qt::RightToLeft;
        layout->setContentsMargins(px(rtl ? end : start), px(top), px(rtl ? start : end), px(bottom));
    });
}

void Theme::alignFirstLines(QLabel* first, QLabel* second) {
    for (auto* label : {first, second}) {
        const Qt::Alignment across = label->alignment() & ~Qt::AlignVertical_Mask;
        label->setAlignment(across | Qt::AlignTop);
    }
    const int lower = static_cast<int>(std::lround(firstAscent(first) - firstAscent(second)));
    first->setContentsMargins(0, std::max(0, -lower), 0, 0);
    second->setContentsMargins(0, std::max(0, lower), 0, 0);
}

QFont Theme::font(double px, QFont::Weight weight) const {
    QFont font;
    QStringList families{QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Segoe UI"),
                         QStringLiteral("Noto Sans Arabic")};
    families += emojiFamilies();
    families += QStringLiteral("sans-serif");
    font.setFamilies(families);
    const QScreen* screen = QGuiApplication::primaryScreen();
    const double dpi = screen ? screen->logicalDotsPerInchY() : 96.0;
    font.setPointSizeF(px * m_scale * 72.0 / dpi);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferAntialias);
    return font;
}

QFont Theme::emojiFont(double px) const {
    QFont emoji = font(px);
    emoji.setFamilies(emojiFamilies() + emoji.families());
    return emoji;
}

QFont Theme::codeFont(double px) const {
    QFont code = font(px);
    code.setFamilies({QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono"),
                      QStringLiteral("Consolas"), QStringLiteral("Menlo"), QStringLiteral("monospace")});
    code.setStyleHint(QFont::Monospace);
    return code;
}

QIcon Theme::icon(const QString& name, const QColor& colour) const {
    return QIcon(new TintedIcon(name, colour.isValid() ? colour : m_palette.dim));
}

void Theme::paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour) {
    QSvgRenderer renderer(svgOf(name, colour));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(painter.opacity() * colour.alphaF());
    if (hasDirection(name) && QGuiApplication::layoutDirection() == Qt::RightToLeft) {
        painter.translate(rect.left() + rect.right(), 0);
        painter.scale(-1, 1);
    }
    renderer.render(&painter, rect);
    painter.restore();
}

void Theme::paintLine(QPainter& painter, const QRectF& rect, const QString& text, bool windowRtl,
                      bool trailing) {
    // A Latin name in an Arabic window stands on the right, but its own order and ellipsis are Latin.
    const Qt::LayoutDirection outside = painter.layoutDirection();
    painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    const Qt::Alignment side = windowRtl != trailing ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(rect, static_cast<int>(side | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine,
                     QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, rect.width()));
    painter.setLayoutDirection(outside);
}

void Theme::paintMarked(QPainter& painter, const QRectF& rect, const QString& text,
                        const QVector<std::pair<int, int>>& marks, const QColor& colour, bool windowRtl) {
    QTextLayout layout(QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, rect.width()),
                       painter.font());
    const int length = static_cast<int>(layout.text().size());
    QVector<QTextLayout::FormatRange> formats;
    for (const auto& [first, count] : marks) {
        if (first >= length)
            break;
        QTextLayout::FormatRange range;
        range.start = first;
        range.length = std::min(count, length - first);
        range.format.setForeground(colour);
        // A line under it and not a heavier letter: the width stays, and so does the place to cut the line.
        range.format.setFontUnderline(true);
        formats.append(range);
    }
    layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment((windowRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    layout.draw(&painter, QPointF(rect.left(), rect.center().y() - line.height() / 2));
}

void Theme::paintAvatar(QPainter& painter, const QRectF& rect, const QByteArray& key, const QString& name,
                        bool group) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(identityColour(key));
    if (group)
        painter.drawRoundedRect(rect, rect.width() * 12 / 42, rect.width() * 12 / 42);
    else
        painter.drawEllipse(rect);
    painter.setPen(Qt::white);
    painter.setFont(atDesignSize().font(rect.width() < 34 ? rect.width() * 0.367 : rect.width() * 0.357,
                                        QFont::DemiBold));
    painter.drawText(rect, Qt::AlignCenter, initials(name));
    painter.restore();
}

void Theme::apply() {
    if (!qobject_cast<QApplication*>(QCoreApplication::instance()))
        return;
    if (!property("styled").toBool()) {
        QApplication::setStyle(new Style(this));
        setProperty("styled", true);
    }
    const Palette& p = m_palette;
    QPalette q;
    q.setColor(QPalette::Window, p.pane);
    q.setColor(QPalette::WindowText, p.ink);
    q.setColor(QPalette::Base, p.pane);
    q.setColor(QPalette::AlternateBase, p.bg);
    q.setColor(QPalette::Text, p.ink);
    q.setColor(QPalette::PlaceholderText, p.dim);
    q.setColor(QPalette::Button, p.pane);
    q.setColor(QPalette::ButtonText, p.ink);
    q.setColor(QPalette::BrightText, p.rest);
    q.setColor(QPalette::ToolTipBase, p.ink);
    q.setColor(QPalette::ToolTipText, p.pane);
    q.setColor(QPalette::Highlight, p.acc);
    q.setColor(QPalette::HighlightedText, p.accInk);
    q.setColor(QPalette::Link, p.acc);
    q.setColor(QPalette::LinkVisited, p.acc);
    q.setColor(QPalette::Light, p.pane.lighter(105));
    q.setColor(QPalette::Midlight, p.line);
    q.setColor(QPalette::Mid, p.line);
    q.setColor(QPalette::Dark, p.line.darker(115));
    q.setColor(QPalette::Shadow, QColor(0, 0, 0, 60));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        q.setColor(QPalette::Disabled, role, p.dim);
    QApplication::setFont(font(13.5));
    QApplication::setPalette(q);
    // Combo boxes that roll open and the like.
    for (const auto effect : {Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo, Qt::UI_AnimateTooltip,
                              Qt::UI_FadeTooltip})
        QApplication::setEffectEnabled(effect, false);
    if (m_caret)
        m_caret->setBlinking(!isMotionReduced());
    // Parsing and polishing every widget is the dearest part of a start: not for nothing.
    const QString sheet = styleSheet(p, m_scale);
    if (qApp->styleSheet() != sheet)
        qApp->setStyleSheet(sheet);
}

QString initials(const QString& name) {
    QString out;
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        for (const QChar c : word) {
            if (c.isLetterOrNumber()) {
                out += c.toUpper();
                break;
            }
        }
        if (out.size() == 2)
            break;
    }
    return out.isEmpty() ? QStringLiteral("?") : out;
}

} // namespace valise::ui
