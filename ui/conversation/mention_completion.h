// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/completion/field_completion.h"

namespace valise::ui {

//! Completes `@name` in a text field to a member of the conversation.
class MentionCompletion : public FieldCompletion {
    Q_OBJECT

public:
    MentionCompletion(QTextEdit* field, const Theme* theme);

    void setMembers(const QVector<client::MemberRecord>& members) { m_members = members; }
    const QVector<client::MemberRecord>& members() const { return m_members; }

private:
    void look() override;
    void take(const QString& label) override;

    QVector<client::MemberRecord> m_members;
};

} // namespace valise::ui
