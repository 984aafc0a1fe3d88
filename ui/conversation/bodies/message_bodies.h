// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/bodies/message_body.h"

#include <functional>
#include <memory>

namespace valise::ui {

//! Makes the body of a message.
using BodyFactory = std::function<std::unique_ptr<MessageBody>(const client::MessageRecord& message)>;

//! The body of a message, chosen by what it holds. A new kind of message has its entry in the table of
//! message_bodies.cpp; no view knows it. Never null; not for lines about the group, which have no bubble.
std::unique_ptr<MessageBody> makeBody(const client::MessageRecord& message);

//! A quick guess of its height in a room of that width, without making it.
double estimateBody(const client::MessageRecord& message, double room);

} // namespace valise::ui
