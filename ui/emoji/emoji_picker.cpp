// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/emoji/emoji_picker.h"

#include "ui/theme/line_field.h"

#include <QButtonGroup>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr int kMostFound = 120;
constexpr int kCell = 38;
constexpr int kColumns = 9;

// The pictures on the buttons of the groups.
const QStringList& groupMarks() {
    static const QStringList kMarks{QStringLiteral("😀"), QStringLiteral("👋"),      QStringLiteral("🌿"),
                                    QStringLiteral("🍎"), QStringLiteral("🚌"),      QStringLiteral("⚽"),
                                    QStringLiteral("💡"), QStringLiteral("❤️"), QStringLiteral("🏳️")};
    return kMarks;
}

} // namespace

EmojiPicker::EmojiPicker(const EmojiTable* table, const RecentEmoji& recent, const Theme* theme,
                         QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_table(table)
    , m_theme(theme)
    , m_recent(recent.quick(RecentEmoji::kMost)) {
    setObjectName(QStringLiteral("emojiPicker"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Choose an emoji"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 8);
    column->setSpacing(8);
    auto* search = new LineField(this);
    search->setHint(tr("Search emoji"));
    m_search = search;
    m_search->setAccessibleName(tr("Search emoji"));
    theme->fixHeight(m_search, 34);
    column->addWidget(m_search);
    m_grid = new QListWidget(this);
    m_grid->setObjectName(QStringLiteral("emojiGrid"));
    m_grid->setAccessibleName(tr("Emoji"));
    m_grid->setViewMode(QListView::IconMode);
    m_grid->setMovement(QListView::Static);
    m_grid->setResizeMode(QListView::Adjust);
    m_grid->setUniformItemSizes(true);
    m_grid->setGridSize(QSize(theme->px(kCell), theme->px(kCell)));
    m_grid->setFont(m_theme->emojiFont(20));
    m_grid->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_grid->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    // The bar takes its width from the style sheet, which it is given when it is shown.
    m_grid->verticalScrollBar()->ensurePolished();
    m_grid->setFixedSize(theme->px(kCell) * kColumns + m_grid->verticalScrollBar()->sizeHint().width() + 4,
                         theme->px(kCell) * 6);
    column->addWidget(m_grid);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    auto* groups = new QButtonGroup(this);
    for (int group = -1; group < EmojiTable::kGroups; ++group) {
        auto* button = new QToolButton(this);
        button->setCheckable(true);
        theme->fixSize(button, 35, 34);
        const QString name = group < 0 ? tr("Recently used") : EmojiTable::groupName(group);
        button->setToolTip(name);
        button->setAccessibleName(name);
        if (group < 0) {
            button->setIcon(m_theme->icon(QStringLiteral("clock")));
            theme->iconSize(button, 18);
        } else {
            button->setText(groupMarks().at(group));
            button->setFont(m_theme->emojiFont(15));
        }
        groups->addButton(button, group + 1);
        row->addWidget(button);
        m_groups.append(button);
    }
    m_groups.first()->setChecked(true);
    column->addLayout(row);

    for (QWidget* watched : {static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_grid)})
        watched->installEventFilter(this);
    connect(groups, &QButtonGroup::idClicked, this, [this](int id) {
        m_group = id - 1;
        m_search->clear();
        refill();
    });
    connect(m_search, &QLineEdit::textChanged, this, &EmojiPicker::refill);
    connect(m_grid, &QListWidget::itemClicked, this, &EmojiPicker::take);
    refill();
    setFocusProxy(m_search);
}

void EmojiPicker::add(const QString& emoji, const QString& name) {
    auto* item = new QListWidgetItem(emoji, m_grid);
    item->setTextAlignment(Qt::AlignCenter);
    item->setSizeHint(m_grid->gridSize());
    item->setToolTip(name);
    item->setData(Qt::AccessibleTextRole, name);
}

void EmojiPicker::refill() {
    m_grid->clear();
    if (!m_search->text().trimmed().isEmpty()) {
        for (const Emoji& emoji : m_table->search(m_search->text(), kMostFound))
            add(emoji.text, emoji.name);
    } else if (m_group < 0) {
        for (const QString& text : m_recent) {
            const Emoji* emoji = m_table->find(text);
            add(text, emoji ? emoji->name : text);
        }
    } else {
        for (const Emoji& emoji : m_table->all())
            if (emoji.group == m_group)
                add(emoji.text, emoji.name);
    }
    m_grid->setCurrentRow(m_grid->count() > 0 ? 0 : -1);
}

void EmojiPicker::take(QListWidgetItem* item) {
    if (!item)
        return;
    emit chosen(item->text());
    close();
}

void EmojiPicker::popup(QPoint global) {
    adjustSize();
    const QScreen* screen = QGuiApplication::screenAt(global);
    const QRect room = (screen ? screen : QGuiApplication::primaryScreen())->availableGeometry();
    const int x = std::clamp(global.x() - width() / 2, room.left() + 4,
                             std::max(room.left() + 4, room.right() - width() - 4));
    const int above = global.y() - height() - 8;
    const int y = above >= room.top()
                      ? above
                      : std::min(global.y() + 8, std::max(room.top(), room.bottom() - height() - 4));
    move(x, y);
    show();
    m_search->setFocus();
}

bool EmojiPicker::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        take(m_grid->currentItem());
        return true;
    }
    if (key->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (watched == m_search && key->key() == Qt::Key_Down) {
        m_grid->setFocus();
        return true;
    }
    if (watched == m_grid && key->key() == Qt::Key_Up && m_grid->currentRow() < kColumns) {
        m_search->setFocus();
        return true;
    }
    if (watched == m_grid && !key->text().isEmpty() && key->text().front().isLetterOrNumber()) {
        m_search->setFocus();
        m_search->setText(m_search->text() + key->text());
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace valise::ui
