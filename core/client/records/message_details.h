// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/client/records/message_record.h"

#include <optional>

namespace valise::client {

//! One text a message has had.
struct VersionRecord {
    QString text;
    qint64 at = 0; //!< seconds since 1970, by the author's clock
};

//! How a message stands with one server.
struct ServerRecord {
    enum class State {
        Accepted,
        Waiting, //!< not given to it yet, or it asked to be asked again
        Unknown, //!< given to it, without an answer: the same octets are given again
        Refused, //!< for good
    };
    QString url;
    State state = State::Waiting;
    QString reason;        //!< the server's, in its own words
    qint64 acceptedAt = 0; //!< milliseconds since 1970; 0 if not accepted
    //! Why it was not reached, where that is so.
    std::optional<ErrorCode> failure = std::nullopt;
};

//! A member who has an own message.
struct ReaderRecord {
    AccountKey key;
    QString name;
    qint64 deliveredAt = 0; //!< seconds since 1970, by their clock
    qint64 readAt = 0;      //!< the same; 0 if they did not say that they read it
};

//! Everything about one message.
struct MessageDetails {
    MessageRecord message;
    QVector<ServerRecord> servers;   //!< of own messages
    QVector<ReaderRecord> readers;   //!< of own messages; those who read it first
    QVector<VersionRecord> versions; //!< oldest first; one if it was never edited, none if it was deleted
};

//! An own message that is not, or not everywhere, where it should be.
struct QueueRecord {
    MessageRecord message;
    QString conversationName;
    //! Not sealed yet: it can be edited or withdrawn, and nobody will ever see that.
    bool held = false;
    QVector<ServerRecord> servers; //!< none while it is held
};

} // namespace valise::client
