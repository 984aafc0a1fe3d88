// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/relay_types.h"

#include <QObject>

#include <string>

namespace valise::net {

//! The way to one relay: what a WebSocket (RFC 6455) offers a connection. Used once: opened, closed, thrown
//! away. Signals come on the owner's thread, and never from inside a call of these functions. No signal
//! follows failed() or closed().
class RelaySocket : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Starts to connect to `url` (ws or wss). Ends with opened() or failed().
    virtual void open(const std::string& url, const RelayOptions& options) = 0;
    virtual void sendText(const std::string& text) = 0;
    virtual void ping() = 0;
    //! Ends the connection: with a closing handshake if `politely` and it stands, otherwise at once.
    virtual void end(bool politely) = 0;
    //! After failed(): how long the relay asked to be left alone, in milliseconds; 0 if it did not.
    virtual qint64 retryAfterMs() const { return 0; }

    //! The other side or the network ended the connection.
    enum class Ending {
        Lost,         //!< without a word, or a normal closure
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
    //! Could not be opened, or the transport failed.
    void failed(const valise::Error& error);
    void closed(valise::net::RelaySocket::Ending ending, const QString& reason);
};

//! The WebSocket of the product.
RelaySocket* makeRelaySocket(QObject* parent);

} // namespace valise::net
