// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QDateTime>
#include <QKeySequence>
#include <QString>

//! How records are put into words: times, days, system rows, previews.
namespace valise::ui {

//! A name or a text as a part of a sentence or a list: it can neither turn the order of the others around nor
//! be torn apart by them (Unicode, UAX #9, isolates). Left as it is where nothing runs from right to left.
QString isolated(const QString& text);
//! For the list: the time today, "Yesterday", the weekday within a week, else the date.
QString listTime(qint64 seconds, const QDateTime& now = QDateTime::currentDateTime());
//! For a bubble: the time of day.
QString clockTime(qint64 seconds);
//! A day and its time, "24 Nov 2026, 14:29".
QString momentText(qint64 seconds);
//! For a separator: "Today", "Yesterday", or the full date.
QString dayTitle(const QDate& day, const QDate& today = QDate::currentDate());
//! The sentence of a system row.
QString systemText(client::SystemKind kind, const QString& actor, bool own, const QString& subject);
//! The second line of a row in the list, without a draft.
QString previewText(const client::ConversationRecord& conversation);
//! "14 members · encrypted · messages kept 30 days".
QString conversationSubtitle(const client::ConversationRecord& conversation);
//! "30 days", "12 hours", "5 minutes"; empty for 0.
QString durationText(quint64 seconds);
//! A message's text with names in the place of mentioned addresses; for copying, editing and previews.
QString wordsOf(const client::MessageRecord& message);
//! The beginning of it on one line, made safe.
QString firstWords(const client::MessageRecord& message);
//! The text in place of a deleted message.
QString deletedText(const client::MessageRecord& message);
//! The two lines of a quote: whose, and the first words or why there are none.
QString quoteTitle(const client::MessageRecord& message);
QString quoteText(const client::MessageRecord& message);
//! "👍 Ingrid Nordli, Mei Lin and you"; for tool tips, screen readers and details.
QString reactionText(const client::ReactionRecord& reaction);
//! The truth about a message in words, for tool tips and screen readers.
QString deliveryText(const client::MessageRecord& message);
//! "Disappears on 4 Dec 2026, 14:05"; empty for a message that stays.
QString disappearsText(const client::MessageRecord& message);
//! "Ingrid Nordli is writing…"; empty for nobody.
QString writingText(const QStringList& names, bool direct);
//! "Message — encrypted for 14 members".
QString composerPlaceholder(const client::ConversationRecord& conversation);
//! The name to show; a friendly stand-in if the record has none.
QString conversationTitle(const client::ConversationRecord& conversation);
//! The key that chooses the colour of a conversation's picture. A direct conversation has its person's key.
QByteArray conversationColourKey(const client::ConversationRecord& conversation);
//! Lower case without accents, so that "fete" finds "fête".
QString foldedText(const QString& text);
//! A text as a tool tip, which Qt would otherwise read as HTML where it looks like some.
QString plainToolTip(const QString& text);
//! "Settings (Ctrl+,)": a name, and the keys that do it, as this system writes them. The name alone without
//! keys.
QString withKeys(const QString& name, const QString& keys);
//! Keys as this system and the window's language write them: "Ctrl+K", "Space".
QString keysText(const QKeySequence& keys);
//! The first and last characters of an address, with an ellipsis between.
QString shortAddress(const QString& address);

} // namespace valise::ui
