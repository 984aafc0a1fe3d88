// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/emoji/recent_emoji.h"

namespace valise::ui {

void RecentEmoji::setText(const QString& text) {
    m_recent = text.split(QLatin1Char(' '), Qt::SkipEmptyParts).mid(0, kMost);
}

QString RecentEmoji::asText() const {
    return m_recent.join(QLatin1Char(' '));
}

void RecentEmoji::use(const QString& emoji) {
    m_recent.removeAll(emoji);
    m_recent.prepend(emoji);
    m_recent = m_recent.mid(0, kMost);
}

QStringList RecentEmoji::quick(int count) const {
    QStringList out = m_recent;
    for (const char* common : {"👍", "🤝", "❤️", "🙏", "👏", "🎉", "😂", "😮", "👀"})
        out.append(QString::fromUtf8(common));
    out.removeDuplicates();
    return out.mid(0, count);
}

} // namespace valise::ui
