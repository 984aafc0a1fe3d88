// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/relay_types.h"

#include <QObject>

#include <string>

namespace valise::net {

//! A connection to one relay, with the functions of a WebSocket (RFC 6455). Each object is used for one
//! connection only. Signals come on the owner's thread, and never inside a call of these functions. No signal
//! follows failed() or closed().
class RelaySocket : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Starts to connect to `url` (ws or wss). The result is opened() or failed().
    virtual void open(const std::string& url, const RelayOptions& options) = 0;
    virtual void sendText(const std::string& text) = 0;
    virtual void ping() = 0;
    //! Ends the connection. If `politely` and connected, it sends a closing handshake; otherwise it ends at
    //! once.
    virtual void end(bool politely) = 0;
    //! After failed(): the relay's Retry-After in milliseconds. 0 if it sent none.
    virtual qint64 retryAfterMs() const { return 0; }

    //! The reason why the other side or the network ended the connection.
    enum class Ending {
        Lost,         //!< no close frame, or a normal closure
        TooLarge,     //!< a frame or message above RelayOptions::maxMessageBytes
        NotText,      //!< a text that is not UTF-8
        BrokenFrames, //!< frames that break RFC 6455
        Policy,       //!< status code 1008
    };
    Q_ENUM(Ending)

signals:
    void opened();
    void textReceived(const QString& text);
    void binaryReceived();
    void pongReceived();
    //! The connection could not be opened, or the transport failed.
    void failed(const valise::Error& error);
    void closed(valise::net::RelaySocket::Ending ending, const QString& reason);
};

//! Makes the WebSocket that the program uses.
RelaySocket* makeRelaySocket(QObject* parent);

} // namespace valise::net
