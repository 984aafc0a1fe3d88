// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/bodies/card.h"
#include "ui/conversation/bodies/message_bodies.h"

#include <map>

//! Cards of invented delegations, in English or Arabic as the window, for the tests and the gallery.
namespace valise::invented {

//! A poll that was answered, with its results; several answers.
ui::Card countedPoll();
//! A poll to choose an answer in; the second is chosen.
ui::Card openPoll();
//! A meeting that was moved, and who comes.
ui::Card meeting();
ui::Card file();
//! A file that is on its way, and one that was refused.
ui::Card sendingFile();
ui::Card refusedFile();

//! A conversation that holds all of them, some written by this account.
client::MessagePage cardPage();
//! Makes cards of the messages with these rows, and of the others what the product makes of them.
ui::BodyFactory cardBodies(std::map<qint64, ui::Card> cards);
//! Those of cardPage().
ui::BodyFactory cardBodies();

} // namespace valise::invented
