// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/keys_sheet.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

struct Keys {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

KeyHelp line(std::initializer_list<const char*> keys, const QString& what) {
    KeyHelp help{{}, what};
    for (const char* one : keys)
        help.keys.append(QKeySequence(QLatin1String(one)));
    return help;
}

KeyHelp line(const char* keys, const QString& what) {
    return line({keys}, what);
}

//! The section with which the second column begins, so that the longer of the two is as short as it can be.
qsizetype secondColumn(const QVector<KeyHelpSection>& sections) {
    const auto height = [&sections](qsizetype from, qsizetype to) {
        qsizetype lines = 0;
        for (qsizetype i = from; i < to; ++i)
            lines += sections.at(i).keys.size() + 2;
        return lines;
    };
    qsizetype best = 1;
    qsizetype least = height(0, sections.size());
    for (qsizetype i = 1; i < sections.size(); ++i) {
        const qsizetype longer = std::max(height(0, i), height(i, sections.size()));
        if (longer < least) {
            least = longer;
            best = i;
        }
    }
    return best;
}

} // namespace

QVector<KeyHelpSection> keyHelp() {
    return {
        {Keys::tr("Everywhere"),
         {
             line("Ctrl+N", Keys::tr("Start a conversation")),
             line("Ctrl+K", Keys::tr("Go to a person, a group or a message")),
             line("Ctrl+F", Keys::tr("Search")),
             line("Alt+Up", Keys::tr("Previous conversation")),
             line("Alt+Down", Keys::tr("Next conversation")),
             line("F6", Keys::tr("To the next part of the window")),
             line("Shift+F6", Keys::tr("To the previous part of the window")),
             line("Ctrl+Shift+M", Keys::tr("Show or hide members and security")),
             line({"Ctrl++", "Ctrl+="}, Keys::tr("Larger text")),
             line("Ctrl+-", Keys::tr("Smaller text")),
             line("Ctrl+0", Keys::tr("Normal text size")),
             line("Ctrl+,", Keys::tr("Settings")),
             line({"F1", "Ctrl+/"}, Keys::tr("This page")),
             line("Esc", Keys::tr("Close, or back to the message field")),
             line("Ctrl+Q", Keys::tr("Quit")),
         }},
        {Keys::tr("In a conversation"),
         {
             line("Ctrl+Shift+F", Keys::tr("Search in this conversation")),
             line("Ctrl+G", Keys::tr("Go to a date")),
             line("Ctrl+U", Keys::tr("Go to the first unread message")),
             line("Home", Keys::tr("To the oldest message that is loaded")),
             line("End", Keys::tr("To the newest message")),
         }},
        {Keys::tr("In the message field"),
         {
             line("Return", Keys::tr("Send the message")),
             line("Shift+Return", Keys::tr("New line in the message")),
             line("Ctrl+Return", Keys::tr("Send the message, whatever is set")),
             line("Ctrl+Shift+Return", Keys::tr("Send the message later, or show what is to be sent later")),
             line("Ctrl+E", Keys::tr("Emoji")),
             line("@", Keys::tr("Mention a member")),
             line("Ctrl+B", Keys::tr("Bold")),
             line("Ctrl+I", Keys::tr("Italic")),
             line("Ctrl+Shift+X", Keys::tr("Struck through")),
             line("Ctrl+Shift+C", Keys::tr("Code")),
             line("Ctrl+Shift+Q", Keys::tr("Quotation")),
             line("Ctrl+Shift+L", Keys::tr("List")),
             line({"Menu", "Shift+F10"}, Keys::tr("On a marked word: what may have been meant")),
             line("Up", Keys::tr("From the empty field to the messages")),
         }},
        {Keys::tr("On a message"),
         {
             line({"R", "Return"}, Keys::tr("Reply")),
             line("+", Keys::tr("React")),
             line("E", Keys::tr("Edit, if it is your own")),
             line("Ctrl+C", Keys::tr("Copy the selected text or message")),
             line("L", Keys::tr("Open its link")),
             line("F", Keys::tr("Forward")),
             line("S", Keys::tr("Star")),
             line("P", Keys::tr("Pin, or do not pin any more")),
             line("I", Keys::tr("Details")),
             line("M", Keys::tr("Show the whole of a long message")),
             line("O", Keys::tr("Go to the message it answers")),
             line("Backspace", Keys::tr("Back to where one came from")),
             line("Space", Keys::tr("Select several")),
             line("Del", Keys::tr("Delete")),
             line("Menu", Keys::tr("Everything that can be done with it")),
         }},
    };
}

KeysSheet::KeysSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Keys"), {}, parent) {
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("Keys"));
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("page"));
    auto* columns = new QHBoxLayout(page);
    theme->margins(columns, 0, 0, 8, 0);
    columns->setSpacing(36);
    const QVector<KeyHelpSection> sections = keyHelp();
    const qsizetype second = secondColumn(sections);
    // By the window: most names of keys are in Latin letters in every language.
    const Qt::Alignment leading =
        (layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;
    QGridLayout* grid = nullptr;
    for (qsizetype i = 0; i < sections.size(); ++i) {
        const KeyHelpSection& section = sections.at(i);
        if (!grid || i == second) {
            auto* column = new QVBoxLayout;
            grid = new QGridLayout;
            grid->setHorizontalSpacing(20);
            grid->setVerticalSpacing(7);
            grid->setColumnStretch(1, 1);
            column->addLayout(grid);
            column->addStretch();
            columns->addLayout(column, 1);
        }
        int row = grid->rowCount();
        auto* title = new QLabel(section.title, page);
        title->setFont(theme->font(13, QFont::DemiBold));
        title->setContentsMargins(0, row > 1 ? 12 : 0, 0, 2);
        grid->addWidget(title, row++, 0, 1, 2);
        for (const KeyHelp& help : section.keys) {
            QStringList names;
            for (const QKeySequence& one : help.keys)
                names << keysText(one);
            //: Between keys that do the same: "F1 or Ctrl+/"
            auto* keys = new QLabel(names.join(tr(" or ")), page);
            keys->setFont(theme->font(12.5, QFont::DemiBold));
            keys->setProperty("dim", true);
            keys->setAlignment(leading);
            auto* what = new QLabel(help.what, page);
            what->setWordWrap(true);
            Theme::alignFirstLines(keys, what);
            grid->addWidget(keys, row, 0, Qt::AlignTop);
            grid->addWidget(what, row++, 1, Qt::AlignTop);
        }
    }
    area->setWidget(page);
    content()->addWidget(area, 1);
    addCloseButton(tr("Close"))->setDefault(true);
    const int wide = theme->px(860);
    const QScreen* screen = QGuiApplication::primaryScreen();
    const QSize most = screen ? screen->availableSize() * 0.9 : QSize(1024, 700);
    setMinimumWidth(std::min(wide, most.width()));
    const int high = columns->hasHeightForWidth() ? columns->totalHeightForWidth(minimumWidth() - 72)
                                                  : columns->totalSizeHint().height();
    area->setMinimumHeight(std::min(high + 4, std::max(200, most.height() - 180)));
}

} // namespace valise::ui
