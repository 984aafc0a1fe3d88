// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/keys_sheet.h"

#include "ui/dialogs/key_help.h"
#include "ui/format.h"

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
