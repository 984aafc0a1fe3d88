// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/completion/field_completion.h"
#include "ui/emoji/emoji_table.h"

namespace valise::ui {

//! Completes `:name` in a text field to an emoji, and replaces `:name:` at once.
class EmojiCompletion : public FieldCompletion {
    Q_OBJECT

public:
    EmojiCompletion(QTextEdit* field, const Theme* theme);

    //! Without a table nothing is offered.
    void setTable(const EmojiTable* table) { m_table = table; }

signals:
    void used(const QString& emoji);

private:
    void look() override;
    void take(const QString& emoji) override;

    const EmojiTable* m_table = nullptr;
};

} // namespace valise::ui
