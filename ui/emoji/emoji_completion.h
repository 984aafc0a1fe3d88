// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/emoji/emoji_table.h"
#include "ui/theme/theme.h"

#include <QObject>

class QListWidget;
class QTextEdit;

namespace valise::ui {

//! Completes `:name` in a text field to an emoji: offers what fits above the field, takes arrows, Enter and
//! Tab while it offers something, and replaces `:name:` at once.
class EmojiCompletion : public QObject {
    Q_OBJECT

public:
    EmojiCompletion(QTextEdit* field, const Theme* theme);

    //! Without a table nothing is offered.
    void setTable(const EmojiTable* table) { m_table = table; }
    QListWidget* list() const { return m_list; }

signals:
    void used(const QString& emoji);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();
    void take(const QString& emoji);
    void place();

    QTextEdit* m_field;
    const Theme* m_theme;
    const EmojiTable* m_table = nullptr;
    QListWidget* m_list;
    int m_start = -1; //!< of the colon in the document
};

} // namespace valise::ui
