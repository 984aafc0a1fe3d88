// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/quick_reactions.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace valise::ui {

QuickReactions::QuickReactions(const QStringList& emoji, const client::MessageRecord& message,
                               const Theme* theme, QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 4, 6, 4);
    row->setSpacing(2);
    const auto button = [&] {
        auto* b = new QToolButton(this);
        b->setFixedSize(theme->px(36), theme->px(36));
        row->addWidget(b);
        return b;
    };
    for (const QString& one : emoji) {
        const bool own = std::any_of(message.reactions.begin(), message.reactions.end(),
                                     [&](const auto& r) { return r.own && r.emoji == one; });
        auto* b = button();
        b->setText(one);
        b->setFont(theme->emojiFont(18));
        b->setCheckable(true);
        b->setChecked(own);
        const QString what = own ? tr("Take back %1").arg(one) : tr("React with %1").arg(one);
        b->setAccessibleName(what);
        b->setToolTip(what);
        connect(b, &QToolButton::clicked, this, [this, one, own] { emit chosen(one, !own); });
    }
    auto* more = button();
    more->setObjectName(QStringLiteral("moreReactions"));
    more->setIcon(theme->icon(QStringLiteral("plus")));
    more->setAccessibleName(tr("All emoji"));
    more->setToolTip(tr("All emoji"));
    connect(more, &QToolButton::clicked, this, &QuickReactions::moreWanted);
    row->addStretch();
}

} // namespace valise::ui
