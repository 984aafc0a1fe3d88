// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <string>
#include <vector>

namespace valise::test {

//! A relay that does whatever a test wants, down to the bytes: a hand-written WebSocket server over TCP, so
//! that it can also send what no library would.
class FakeRelay : public QObject {
public:
    //! Listens on a free loopback port.
    explicit FakeRelay(QObject* parent = nullptr);
    ~FakeRelay() override;

    std::string url() const;
    quint16 port() const { return m_server.serverPort(); }

    //! Called for every text message; `send` and the others answer. By default nothing is answered.
    std::function<void(FakeRelay&, QTcpSocket*, const QByteArray& message)> onMessage;
    //! Called when a client's handshake is done.
    std::function<void(FakeRelay&, QTcpSocket*)> onOpen;
    //! Refuse the handshake with this HTTP status line, such as "503 Service Unavailable".
    QByteArray refuseWith;
    //! Lines of the header of that answer, each ended by CRLF.
    QByteArray refuseHeader;
    //! What a plain HTTP request gets (the NIP-11 document); 404 if it is empty.
    QByteArray information;
    //! Never answer the handshake.
    bool silent = false;

    //! One text frame.
    void send(QTcpSocket* client, const QByteArray& text);
    //! One unmasked frame with this opcode.
    void sendFrame(QTcpSocket* client, int opcode, const QByteArray& payload);
    //! The header of a frame that claims `length` octets.
    static QByteArray frameHeader(int opcode, quint64 length);
    //! Bytes as they are.
    void sendRaw(QTcpSocket* client, const QByteArray& bytes);
    //! Cuts every connection.
    void dropAll();
    //! Stops and starts listening on the same port.
    void stopListening() { m_server.close(); }
    bool listenAgain() { return m_server.listen(QHostAddress::LocalHost, m_port); }

    //! Connections accepted so far, those refused included.
    int connections() const { return m_connections; }
    //! Text messages received so far.
    const std::vector<QByteArray>& received() const { return m_received; }
    //! The subscription id of a REQ, or empty.
    static QByteArray requestId(const QByteArray& message);
    //! The id of the event in an EVENT, or empty.
    static QByteArray publishedId(const QByteArray& message);
    //! ["EVENT", sub, event] and the like from parts that are JSON already.
    static QByteArray eventMessage(const QByteArray& sub, const std::string& eventJson);

private:
    struct Peer {
        QByteArray buffer;
        bool open = false;
    };
    void read(QTcpSocket* client, Peer& peer);

    QTcpServer m_server;
    quint16 m_port = 0;
    int m_connections = 0;
    std::vector<QByteArray> m_received;
    std::vector<QTcpSocket*> m_clients;
};

} // namespace valise::test
