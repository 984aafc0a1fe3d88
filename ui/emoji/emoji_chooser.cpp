// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/emoji/emoji_chooser.h"

#include <QLocale>
#include <QWidget>

namespace valise::ui {

EmojiChooser::EmojiChooser(const Theme* theme, QWidget* window)
    : QObject(window)
    , m_theme(theme)
    , m_window(window)
    , m_table(QLocale().name()) {}

void EmojiChooser::setRecent(const QString& text) {
    m_recent.setText(text);
    emit offerChanged();
}

void EmojiChooser::use(const QString& emoji) {
    if (!m_table.find(emoji))
        return; // somebody's own word, answered in kind
    m_recent.use(emoji);
    emit offerChanged();
    emit recentChanged(m_recent.asText());
}

EmojiPicker* EmojiChooser::show(QPoint global, std::function<void(const QString&)> chosen) {
    auto* picker = new EmojiPicker(&m_table, m_recent, m_theme, m_window);
    connect(picker, &EmojiPicker::chosen, this, [this, chosen = std::move(chosen)](const QString& emoji) {
        use(emoji);
        chosen(emoji);
    });
    picker->popup(global);
    return picker;
}

} // namespace valise::ui
