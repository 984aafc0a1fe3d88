// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages of the timeline in words: for screen readers, and for copying.
#include "ui/conversation/timeline_view.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"

namespace valise::ui {
namespace {

constexpr qsizetype kMostSpoken = 4000; //!< characters of a message a screen reader is given at once

} // namespace

QString TimelineView::wordsOfBody(const client::MessageRecord& message) const {
    return message.system() == client::SystemKind::None ? m_bodies(message)->words() : QString();
}

QString TimelineView::wordsAt(int index) const {
    const Row& row = m_rows[static_cast<std::size_t>(index)];
    return row.layout && row.layout->body() ? row.layout->body()->words() : wordsOfBody(m_model->at(index));
}

QString TimelineView::spokenText(int index) const {
    return index < 0 || index >= m_model->count() ? QString()
                                                  : client::shownText(wordsAt(index), kMostSpoken);
}

QString TimelineView::describe(int index) const {
    if (index < 0 || index >= m_model->count())
        return {};
    const auto& m = m_model->at(index);
    if (m.system() != client::SystemKind::None)
        return systemText(m.system(), m.senderName, m.own, m.systemSubject());
    const QString quote =
        m.quote.eventId.isEmpty() && m.quote.sender.isEmpty()
            ? QString()
            : tr("in reply to %1: %2. ").arg(isolated(quoteTitle(m)), isolated(quoteText(m)));
    QStringList more;
    if (m.editedAt() > 0)
        more << tr("Edited");
    if (m.starred)
        more << tr("Starred");
    if (m.pinned)
        more << tr("Pinned");
    if (m.expiresAt > 0)
        more << disappearsText(m);
    for (const client::ReactionRecord& reaction : m.reactions)
        more << reactionText(reaction);
    if (m.own && !m.isDeleted())
        more << deliveryText(m);
    //: For screen readers: author, time
    QStringList sentences{
        tr("%1, %2").arg(m.own ? tr("You") : isolated(m.senderName), clockTime(m.createdAt)),
        quote + spokenText(index)};
    sentences += more;
    for (QString& sentence : sentences)
        if (!sentence.isEmpty() && sentence.back().isLetterOrNumber())
            sentence += QLatin1Char('.');
    return sentences.join(QLatin1Char(' '));
}

} // namespace valise::ui
