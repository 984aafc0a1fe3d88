// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/bodies/message_bodies.h"

#include "ui/conversation/bodies/text_body.h"

#include <array>

namespace valise::ui {
namespace {

//! A kind of body: whether it shows a message, how it is made of one, and how high it may become.
struct Entry {
    bool (*shows)(const client::MessageRecord&);
    std::unique_ptr<MessageBody> (*make)(const client::MessageRecord&);
    double (*estimate)(const client::MessageRecord&, double room);
};

template <typename Body>
std::unique_ptr<MessageBody> made(const client::MessageRecord& message) {
    return std::make_unique<Body>(message);
}

bool isDeleted(const client::MessageRecord& message) {
    return message.isDeleted();
}

bool isAny(const client::MessageRecord&) {
    return true;
}

// The first that shows a message makes its body. Nothing is left of a deleted message but a sentence,
// whatever it was; so this comes first. A text comes last, for every message can be told as one.
constexpr std::array<Entry, 2> kBodies{{
    {&isDeleted, &made<TextBody>, &TextBody::estimate},
    {&isAny, &made<TextBody>, &TextBody::estimate},
}};

const Entry& entryOf(const client::MessageRecord& message) {
    std::size_t at = 0;
    while (at + 1 < kBodies.size() && !kBodies[at].shows(message))
        ++at;
    return kBodies[at];
}

} // namespace

std::unique_ptr<MessageBody> makeBody(const client::MessageRecord& message) {
    return entryOf(message).make(message);
}

double estimateBody(const client::MessageRecord& message, double room) {
    return entryOf(message).estimate(message, room);
}

} // namespace valise::ui
