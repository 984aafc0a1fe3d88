// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/mention_completion.h"

#include "core/client/history/mentions.h"

#include <QListWidget>
#include <QTextBlock>
#include <QTextEdit>

namespace valise::ui {
namespace {

constexpr int kMostOffered = 6;
constexpr int kMostWords = 3; //!< of a name that are looked at behind the @

} // namespace

MentionCompletion::MentionCompletion(QTextEdit* field, const Theme* theme)
    : FieldCompletion(field, theme, tr("Members that fit")) {
    list()->setObjectName(QStringLiteral("mentionCompletion"));
}

void MentionCompletion::look() {
    const QTextCursor cursor = field()->textCursor();
    if (m_members.isEmpty() || cursor.hasSelection())
        return;
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    const qsizetype at = line.lastIndexOf(QLatin1Char('@'));
    // At the beginning of a word only: an e-mail address mentions nobody.
    if (at < 0 || (at > 0 && line.at(at - 1).isLetterOrNumber()))
        return;
    const QString begun = line.mid(at + 1);
    if (begun.startsWith(QLatin1Char(' ')) || begun.count(QLatin1Char(' ')) >= kMostWords)
        return;
    list()->clear();
    for (const client::MemberRecord& member : m_members) {
        const QString label = client::mentionLabel(member, m_members);
        // Every word of a name can be where one begins to write it.
        const bool fits = label.startsWith(begun, Qt::CaseInsensitive) ||
                          label.contains(QLatin1Char(' ') + begun, Qt::CaseInsensitive);
        if (member.self || !fits || label == begun)
            continue;
        auto* item = new QListWidgetItem(label, list());
        item->setData(Qt::UserRole, label);
        if (list()->count() == kMostOffered)
            break;
    }
    if (list()->count() > 0)
        offer(cursor.block().position() + static_cast<int>(at));
}

void MentionCompletion::take(const QString& label) {
    replace(QLatin1Char('@') + label + QLatin1Char(' '));
}

} // namespace valise::ui
