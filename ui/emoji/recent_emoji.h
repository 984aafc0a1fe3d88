// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace valise::ui {

//! The emoji a person used last, newest first, and a few that serve until then.
class RecentEmoji {
public:
    static constexpr int kMost = 24;

    //! Takes what asText() gave.
    void setText(const QString& text);
    QString asText() const;
    void use(const QString& emoji);
    //! `count` emoji: the recent ones, filled up with common ones.
    QStringList quick(int count) const;
    const QStringList& all() const { return m_recent; }

private:
    QStringList m_recent;
};

} // namespace valise::ui
