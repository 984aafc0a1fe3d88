// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

//! Records of invented delegations, for the tests and the gallery.
namespace valise::invented {

//! The data of the design's picture.
QVector<client::ConversationRecord> conversations();
client::MessagePage page();
//! The same with everything that can happen to messages: reactions, edits, a deletion, stars, formatting.
client::MessagePage discussedPage();
//! Servers, versions and reactions of one of its messages.
client::MessageDetails details();
//! The conversations with pins, mutes, failures and an archive.
QVector<client::ConversationRecord> arrangedConversations();
QVector<client::MemberRecord> members();
client::ConnectionRecord waitingConnection();
client::AccountRecord account();
QVector<client::ContactRecord> contacts();
//! Messages to be sent later, one of them missed.
QVector<client::ScheduledRecord> scheduled();
QVector<client::SearchHit> hits(const QString& text);

//! The id of the group the picture shows.
client::ConversationId allies();
//! A plain message.
client::MessageRecord message(qint64 row, const QString& sender, const QString& text, qint64 at,
                              bool own = false);
//! `count` messages with rows first, first + 1, ...
QVector<client::MessageRecord> many(qint64 first, int count);

} // namespace valise::invented
