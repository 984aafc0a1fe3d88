// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QMetaType>
#include <QString>
#include <QVector>

#include <optional>

namespace valise::client {

enum class RelayState { Offline, Connecting, Connected, Refused };

//! One server and how it is doing.
struct RelayRecord {
    QString url;
    RelayState state = RelayState::Offline;
    QString detail; //!< why it is not connected, in technical words, for diagnostics
    //! Why the last attempt or connection ended; nothing once connected.
    std::optional<ErrorCode> failure = std::nullopt;
    qint64 retryAt = 0; //!< when it is tried again, milliseconds since 1970; 0 if that is not settled
};

//! How the servers are reached.
struct ProxyRecord {
    enum class Kind {
        System, //!< as the operating system says
        None,   //!< straight
        Http,   //!< through an HTTP proxy (CONNECT)
        Socks5, //!< through a SOCKS5 proxy, which also looks up the names of the servers
    };
    Kind kind = Kind::System;
    QString host;             //!< of the proxy; for Http and Socks5
    int port = 0;             //!< 1 to 65535; for Http and Socks5
    QString user;             //!< empty if it wants none
    bool hasPassword = false; //!< one is kept; it is never shown

    friend bool operator==(const ProxyRecord&, const ProxyRecord&) = default;
};

//! The connection as a whole.
struct ConnectionRecord {
    int connected = 0;
    int total = 0;
    int queued = 0; //!< messages and changes that wait to be sent
    bool catchingUp = false;
    QVector<RelayRecord> relays;
    //! Why nothing is connected, where one reason explains it.
    std::optional<ErrorCode> failure = std::nullopt;
    //! By how much this computer's clock is ahead of the relays' (behind: negative), seconds, where that is
    //! so much that nothing is sent; 0 otherwise.
    qint64 clockAheadSeconds = 0;
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::ConnectionRecord)
