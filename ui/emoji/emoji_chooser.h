// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/emoji/emoji_picker.h"
#include "ui/emoji/emoji_table.h"
#include "ui/emoji/recent_emoji.h"

#include <QObject>

#include <functional>

namespace valise::ui {

//! The emoji of one window: all of them in its language, and those that were used last.
class EmojiChooser : public QObject {
    Q_OBJECT

public:
    //! `window` is what the picker opens over, and owns the chooser.
    EmojiChooser(const Theme* theme, QWidget* window);

    const EmojiTable* table() const { return &m_table; }
    const RecentEmoji& recent() const { return m_recent; }
    //! The emoji used last, as recentChanged() gave them.
    void setRecent(const QString& text);
    //! An emoji was used. A text that is no emoji is left alone.
    void use(const QString& emoji);
    //! Shows every emoji beside a place on the screen; `chosen` hears the one that is taken.
    EmojiPicker* show(QPoint global, std::function<void(const QString&)> chosen);

signals:
    //! The person used one. The text holds the emoji used last, to be kept.
    void recentChanged(const QString& text);
    //! The emoji to be offered first may be others now.
    void offerChanged();

private:
    const Theme* m_theme;
    QWidget* m_window;
    EmojiTable m_table;
    RecentEmoji m_recent;
};

} // namespace valise::ui
