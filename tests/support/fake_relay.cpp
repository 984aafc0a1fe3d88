// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/fake_relay.h"

#include "core/base/result.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <memory>

namespace valise::test {

FakeRelay::FakeRelay(QObject* parent)
    : QObject(parent) {
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        abortInvariant("no free loopback port");
    m_port = m_server.serverPort();
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* client = m_server.nextPendingConnection()) {
            ++m_connections;
            m_clients.push_back(client);
            auto peer = std::make_shared<Peer>();
            connect(client, &QTcpSocket::readyRead, this, [this, client, peer] { read(client, *peer); });
            connect(client, &QTcpSocket::disconnected, this, [this, client] {
                std::erase(m_clients, client);
                client->deleteLater();
            });
        }
    });
}

FakeRelay::~FakeRelay() {
    for (QTcpSocket* client : m_clients)
        client->disconnect(this);
}

std::string FakeRelay::url() const {
    return "ws://127.0.0.1:" + std::to_string(m_port);
}

void FakeRelay::read(QTcpSocket* client, Peer& peer) {
    peer.buffer += client->readAll();
    if (!peer.open) {
        const qsizetype end = peer.buffer.indexOf("\r\n\r\n");
        if (end < 0 || silent)
            return;
        const QByteArray head = peer.buffer.left(end);
        peer.buffer.remove(0, end + 4);
        const qsizetype at = head.toLower().indexOf("sec-websocket-key:");
        if (at < 0 && !information.isEmpty()) {
            client->write("HTTP/1.1 200 OK\r\nContent-Type: application/nostr+json\r\nContent-Length: " +
                          QByteArray::number(information.size()) + "\r\nConnection: close\r\n\r\n" +
                          information);
            client->disconnectFromHost();
            return;
        }
        if (at < 0 || !refuseWith.isEmpty()) {
            client->write("HTTP/1.1 " + (refuseWith.isEmpty() ? QByteArray("404 Not Found") : refuseWith) +
                          "\r\n" + refuseHeader + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            client->disconnectFromHost();
            return;
        }
        qsizetype stop = head.indexOf("\r\n", at);
        if (stop < 0)
            stop = head.size();
        const QByteArray key = head.mid(at + 18, stop - at - 18).trimmed();
        const QByteArray accept =
            QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                .toBase64();
        client->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: " +
                      accept + "\r\n\r\n");
        peer.open = true;
        if (onOpen)
            onOpen(*this, client);
    }
    for (;;) {
        const auto& b = peer.buffer;
        if (b.size() < 2)
            return;
        const int opcode = b[0] & 0x0f;
        quint64 length = static_cast<quint8>(b[1]) & 0x7f;
        qsizetype at = 2;
        if (length >= 126) {
            const int octets = length == 126 ? 2 : 8;
            if (b.size() < 2 + octets)
                return;
            length = 0;
            for (int i = 0; i < octets; ++i)
                length = (length << 8) | static_cast<quint8>(b[2 + i]);
            at = 2 + octets;
        }
        if (static_cast<quint64>(b.size()) < static_cast<quint64>(at) + 4 + length)
            return;
        const QByteArray mask = b.mid(at, 4);
        QByteArray payload = b.mid(at + 4, static_cast<qsizetype>(length));
        for (qsizetype i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ mask[i % 4]);
        peer.buffer.remove(0, at + 4 + static_cast<qsizetype>(length));
        if (opcode == 1) {
            m_received.push_back(payload);
            if (onMessage)
                onMessage(*this, client, payload);
        } else if (opcode == 8) {
            sendFrame(client, 8, payload);
            client->disconnectFromHost();
            return;
        } else if (opcode == 9) {
            sendFrame(client, 10, payload);
        }
    }
}

void FakeRelay::send(QTcpSocket* client, const QByteArray& text) {
    sendFrame(client, 1, text);
}

QByteArray FakeRelay::frameHeader(int opcode, quint64 length) {
    QByteArray out;
    out += static_cast<char>(0x80 | opcode);
    if (length < 126) {
        out += static_cast<char>(length);
    } else if (length < 65536) {
        out += static_cast<char>(126);
        out += static_cast<char>(length >> 8);
        out += static_cast<char>(length & 0xff);
    } else {
        out += static_cast<char>(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            out += static_cast<char>((length >> shift) & 0xff);
    }
    return out;
}

void FakeRelay::sendFrame(QTcpSocket* client, int opcode, const QByteArray& payload) {
    client->write(frameHeader(opcode, static_cast<quint64>(payload.size())) + payload);
}

void FakeRelay::sendRaw(QTcpSocket* client, const QByteArray& bytes) {
    client->write(bytes);
}

void FakeRelay::dropAll() {
    const auto clients = m_clients;
    for (QTcpSocket* client : clients)
        client->abort();
}

QByteArray FakeRelay::requestId(const QByteArray& message) {
    const QJsonArray array = QJsonDocument::fromJson(message).array();
    return array.size() >= 2 && array[0].toString() == QLatin1String("REQ") ? array[1].toString().toUtf8()
                                                                            : QByteArray();
}

QByteArray FakeRelay::publishedId(const QByteArray& message) {
    const QJsonArray array = QJsonDocument::fromJson(message).array();
    return array.size() == 2 && array[0].toString() == QLatin1String("EVENT")
               ? array[1].toObject().value(QLatin1String("id")).toString().toUtf8()
               : QByteArray();
}

QByteArray FakeRelay::eventMessage(const QByteArray& sub, const std::string& eventJson) {
    return "[\"EVENT\",\"" + sub + "\"," + QByteArray::fromStdString(eventJson) + "]";
}

} // namespace valise::test
