// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/emoji/emoji_table.h"
#include "ui/emoji/recent_emoji.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace valise::ui {

//! A window that offers every emoji: the recent ones, groups, search in the window's language. Opens over
//! another widget and closes when something is chosen, or with Escape.
class EmojiPicker : public QFrame {
    Q_OBJECT

public:
    EmojiPicker(const EmojiTable* table, const RecentEmoji& recent, const Theme* theme, QWidget* parent);

    //! Shows it beside a place on the screen, wholly on that screen.
    void popup(QPoint global);
    QLineEdit* searchField() const { return m_search; }
    QListWidget* grid() const { return m_grid; }

signals:
    void chosen(const QString& emoji);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refill();
    void add(const QString& emoji, const QString& name);
    void take(QListWidgetItem* item);

    const EmojiTable* m_table;
    const Theme* m_theme;
    QStringList m_recent;
    QLineEdit* m_search;
    QListWidget* m_grid;
    QVector<QToolButton*> m_groups;
    int m_group = -1; // the recent ones
};

} // namespace valise::ui
