// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QRegularExpression>

#include <cmath>

namespace valise::ui {
namespace {

//! Every length but the hairlines, which stay sharp.
QString scaled(const QString& css, double scale) {
    static const QRegularExpression kLength(QStringLiteral("(\\d+)px"));
    QString out;
    qsizetype last = 0;
    for (auto it = kLength.globalMatch(css); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const int length = match.capturedView(1).toInt();
        out += QStringView(css).mid(last, match.capturedStart() - last);
        out += QString::number(length <= 2 ? length : static_cast<int>(std::lround(length * scale))) +
               QStringLiteral("px");
        last = match.capturedEnd();
    }
    out += QStringView(css).mid(last);
    return out;
}

} // namespace

QString styleSheet(const Palette& p, double scale) {
    QString css = QStringLiteral(R"(
QMainWindow, QDialog, QWidget#workspace, QWidget#page { background: @pane; }
QToolTip { background: @ink; color: @pane; border: 1px solid @ink; padding: 4px 7px; }

QWidget#settingsPage, QScrollArea#settingsArea { background: @bg; }

QWidget#rail { background: @pane; }
QWidget#rail QToolButton { border: 2px solid transparent; border-radius: 10px; background: transparent; }
QWidget#rail QToolButton:hover { background: @hover; }
QWidget#rail QToolButton:checked { background: @acc2; }
QWidget#rail QToolButton:focus { border-color: @acc; }

QWidget#listPane, QWidget#sidePanel, QWidget#conversationHeader, QWidget#composerBar { background: @pane; }
QFrame#hairline { background: @line; border: none; }
QWidget#mainPane, QWidget#emptyState { background: @bg; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateTimeEdit, QSpinBox {
    background: @bg; border: 1px solid @line; border-radius: 9px; padding: 7px 11px;
    selection-background-color: @acc; selection-color: @accInk; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateTimeEdit:focus, QSpinBox:focus { border: 1px solid @acc; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] { border: 1px solid @rest; }
QLineEdit:read-only { color: @dim; }
QComboBox, QDateTimeEdit, QSpinBox { padding: 6px 13px; min-height: 21px; }
QComboBox[flat="true"] { background: transparent; border: 1px solid transparent; }
QComboBox[flat="true"]:hover { background: @hover; }
QComboBox[flat="true"]:focus { border: 1px solid @acc; }
QComboBox:disabled { color: @dim; }
QComboBox QLineEdit { background: transparent; border: none; padding: 0; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url(:/icons/chevron-down-@look.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @pane; border: 1px solid @line; selection-background-color: @acc2;
    selection-color: @ink; outline: 0; }

QPushButton { background: @pane; border: 1px solid @line; border-radius: 9px; padding: 7px 16px; font-weight: 500; max-height: 20px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @sel; }
QPushButton:focus { border: 1px solid @acc; }
QPushButton:disabled { color: @dim; background: @bg; }
QPushButton[primary="true"] { background: @acc; color: @accInk; border: 2px solid @acc; font-weight: 600; padding: 6px 17px; }
QPushButton[primary="true"]:hover { background: @accHover; border-color: @accHover; }
QPushButton[primary="true"]:focus { border: 2px solid @focus; }
QPushButton[primary="true"]:disabled { background: @line; color: @dim; border-color: @line; }
QPushButton[danger="true"] { background: @pane; color: @rest; border: 1px solid @rest; font-weight: 600; }
QPushButton[danger="true"]:hover { background: @bg; }
QPushButton[danger="true"]:focus { border: 2px solid @rest; padding: 6px 15px; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: @acc; padding: 4px 6px; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 1px solid @acc; }
QPushButton[iconOnly="true"], QPushButton[iconOnly="true"][danger="true"]:focus { padding: 7px 6px; }
QPushButton[chip="true"] { background: transparent; border: 1px solid @line; border-radius: 11px; padding: 0 9px;
    min-height: 22px; max-height: 22px; font-weight: 400; color: @dim; }
QPushButton[chip="true"]:hover { background: @hover; }
QPushButton[chip="true"]:checked { background: @acc2; color: @acc; border: 1px solid @acc2; font-weight: 600; }
QPushButton[chip="true"]:focus { border: 1px solid @acc; }
QPushButton[row="true"] { background: transparent; border: 1px solid transparent; border-radius: 9px; text-align: @start;
    padding: 7px 5px; font-weight: 500; }
QPushButton[row="true"]:hover { background: @hover; }
QPushButton[row="true"]:focus { border: 1px solid @acc; }
QPushButton[row="true"][danger="true"] { color: @rest; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 9px; padding: 4px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @acc2; }
QToolButton:focus { border: 1px solid @acc; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton#sendButton { background: @acc; border: 2px solid @acc; border-radius: 12px; }
QToolButton#sendButton:hover { background: @accHover; border-color: @accHover; }
QToolButton#sendButton:focus { border-color: @focus; }
QToolButton#sendButton:disabled { background: @bg; border: 1px solid @line; }
QToolButton#jumpButton { background: @pane; border: 1px solid @line; border-radius: 18px; }
QToolButton#jumpButton:hover { background: @hover; }
QToolButton#jumpButton:focus { border: 1px solid @acc; }

QPushButton#unreadButton { background: @pane; border: 1px solid @line; border-radius: 15px; padding: 5px 14px; color: @acc; }
QPushButton#unreadButton:hover { background: @hover; }
QPushButton#unreadButton:focus { border: 1px solid @acc; }
QFrame#hoverBar { background: @pane; border: 1px solid @line; border-radius: 9px; }
QFrame#hoverBar QToolButton { border-radius: 7px; padding: 2px; }
QFrame#emojiPicker { background: @pane; border: 1px solid @line; border-radius: 12px; }
QListWidget#emojiGrid::item { padding: 0; border: 1px solid transparent; }
QListWidget#emojiGrid::item:hover { background: @hover; }
QListWidget#emojiGrid::item:selected { background: @acc2; border: 1px solid @acc; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @pane; }
QCalendarWidget QToolButton { font-weight: 600; padding: 5px 8px; color: @ink; }
QCalendarWidget QSpinBox { background: @bg; color: @ink; border: 1px solid @line; border-radius: 7px; padding: 3px; }
QCalendarWidget QAbstractItemView { background: @pane; alternate-background-color: @pane; color: @ink; selection-background-color: @acc;
    selection-color: @accInk; outline: 0; }
QCalendarWidget QAbstractItemView:disabled { color: @dim; }
QListWidget#emojiCompletion { background: @pane; }
QListWidget#emojiCompletion::item { padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[dim="true"] { color: @dim; }
QLabel[section="true"] { color: @dim; font-weight: 600; }
QLabel[error="true"] { color: @rest; }
QLabel[managed="true"] { color: @acc; font-weight: 600; }
QWidget#settingsRow[found="true"] { background: @acc2; border-radius: 10px; }
QLabel[found="true"] { color: @acc; font-weight: 600; text-decoration: underline; }
QLabel[good="true"] { color: @ok; }
QLabel[warning="true"] { color: @warn; }
QFrame[card="true"] { border: 1px solid @line; border-radius: 11px; background: @card; }
QWidget#banner { background: @warnBg; }
QWidget#banner QLabel { color: @warn; }
QWidget#banner QPushButton { background: transparent; border: 1px solid transparent; color: @warn; font-weight: 600;
    padding: 1px 8px; text-decoration: underline; }
QWidget#banner QPushButton:focus { border: 1px solid @warn; }
QWidget#notice { background: @acc2; }
QPushButton#laterStrip { text-align: left; border: none; border-radius: 0; padding: 7px 18px 0 18px; color: @dim;
    background: @pane; }
QPushButton#laterStrip:hover, QPushButton#laterStrip:focus { color: @ink; text-decoration: underline; }
QWidget#quoteBar { background: @acc2; border-radius: 8px; }

QPlainTextEdit#composerField, QTextEdit#composerField { border-radius: 12px; padding: 7px 10px; }

QListView, QTreeView, QTableView, QTableWidget, QScrollArea { background: @pane; border: none; outline: 0; }
QListWidget[boxed="true"], QTableWidget[boxed="true"] { border: 1px solid @line; border-radius: 9px; padding: 4px; }
QListWidget[boxed="true"]:focus, QTableWidget[boxed="true"]:focus { border: 1px solid @acc; }
QListWidget::item { padding: 6px 8px; border-radius: 7px; color: @ink; }
QListWidget::item:selected { background: @acc2; color: @ink; }
QListWidget#settingsSections::item { padding: 8px 10px; border: 1px solid transparent; border-radius: 9px; }
QListWidget#settingsSections::item:hover { background: @hover; }
QListWidget#settingsSections::item:selected { background: @acc2; color: @acc; }
QListWidget#settingsSections::item:selected:focus { border: 1px solid @acc; }
QListWidget::indicator, QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid @dim; border-radius: 4px; background: @bg; }
QListWidget::indicator:checked, QCheckBox::indicator:checked { background: @mark; border: 1px solid @mark; image: url(:/icons/check-mark.svg); }
QCheckBox::indicator:focus { border: 2px solid @acc; }
QCheckBox:disabled, QListWidget::item:disabled { color: @dim; }
QHeaderView::section { background: @pane; color: @dim; border: none; border-bottom: 1px solid @line; padding: 6px 4px;
    font-weight: 600; }
QTableWidget { gridline-color: @line; alternate-background-color: @bg; }
QTableWidget::item { padding: 4px 8px; }
QTableWidget::item:selected { background: @acc2; color: @ink; }

QMenu { background: @pane; border: 1px solid @line; border-radius: 9px; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: @acc2; color: @ink; }
QMenu::item:disabled { color: @dim; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; padding-right: 8px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @thumb; border-radius: 3px; min-height: 34px; margin: 2px 2px 2px 2px; }
QScrollBar::handle:vertical:hover { background: @dim; }
QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle:horizontal { background: @thumb; border-radius: 3px; min-width: 34px; margin: 2px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { border: none; border-radius: 3px; background: @line; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @acc; border-radius: 3px; }
QRadioButton, QCheckBox { spacing: 8px; }
)");
    const auto with = [&css](const char* name, const QColor& colour) {
        css.replace(QLatin1String(name), colour.name(QColor::HexRgb));
    };
    // Longer names first: @acc is a prefix of @acc2, @accInk and @accHover.
    with("@mark", p.dark ? p.acc.darker(160) : p.acc);
    with("@accHover", p.dark ? p.acc.lighter(110) : p.acc.lighter(118));
    with("@accInk", p.accInk);
    with("@acc2", p.acc2);
    with("@acc", p.acc);
    with("@focus", p.ink);
    with("@warnBg", p.warnBg);
    with("@warn", p.warn);
    with("@thumb", p.highContrast ? p.dim : p.dark ? QColor(0x3C4653) : QColor(0xCFCABF));
    with("@card", p.pane);
    with("@bg", p.bg);
    with("@pane", p.pane);
    with("@line", p.line);
    with("@ink", p.ink);
    with("@dim", p.dim);
    with("@sel", p.sel);
    with("@hover", p.hover);
    with("@ok", p.ok);
    with("@rest", p.rest);
    // Pictures of a style sheet cannot be coloured; there is one for each palette.
    css.replace(QLatin1String("@look"),
                QLatin1String(p.highContrast ? (p.dark ? "contrast-dark" : "contrast-light")
                                             : (p.dark ? "dark" : "light")));
    css.replace(QLatin1String("@start"), QLatin1String("left"));
    return qFuzzyCompare(scale, 1.0) ? css : scaled(css, scale);
}

} // namespace valise::ui
