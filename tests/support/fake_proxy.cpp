// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/fake_proxy.h"

#include "core/base/result.h"

#include <memory>

namespace valise::test {

namespace {

QByteArray octets(std::initializer_list<int> values) {
    QByteArray out;
    for (const int value : values)
        out.append(static_cast<char>(value));
    return out;
}

int at(const QByteArray& bytes, qsizetype index) {
    return static_cast<quint8>(bytes[index]);
}

} // namespace

FakeProxy::FakeProxy(QObject* parent)
    : QObject(parent) {
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        abortInvariant("no free loopback port");
    m_port = m_server.serverPort();
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* client = m_server.nextPendingConnection()) {
            m_clients.push_back(client);
            auto peer = std::make_shared<Peer>();
            connect(client, &QTcpSocket::readyRead, this, [this, client, peer] { read(client, *peer); });
            connect(client, &QTcpSocket::disconnected, this, [this, client, peer] {
                std::erase(m_clients, client);
                if (peer->beyond)
                    peer->beyond->disconnectFromHost();
                client->deleteLater();
            });
        }
    });
}

FakeProxy::~FakeProxy() {
    for (QTcpSocket* client : m_clients)
        client->disconnect(this);
}

void FakeProxy::stopListening() {
    m_server.close();
    const auto clients = m_clients;
    for (QTcpSocket* client : clients)
        client->abort();
}

void FakeProxy::read(QTcpSocket* client, Peer& peer) {
    peer.buffer += client->readAll();
    for (bool more = true; more && !peer.buffer.isEmpty();) {
        if (peer.step == Peer::Step::Tunnel) {
            if (peer.beyond) {
                peer.beyond->write(peer.buffer);
                peer.buffer.clear();
            }
            return;
        }
        const bool socks = peer.step != Peer::Step::First || at(peer.buffer, 0) == 5;
        more = socks ? readSocks(client, peer) : readHttp(client, peer);
    }
}

bool FakeProxy::readHttp(QTcpSocket* client, Peer& peer) {
    const qsizetype end = peer.buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = peer.buffer.left(end);
    peer.buffer.remove(0, end + 4);
    const QList<QByteArray> line = head.left(head.indexOf("\r\n")).split(' ');
    if (line.size() < 2 || line[0] != "CONNECT") {
        client->write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
        return true;
    }
    const QByteArray wanted = "basic " + (user + ":" + password).toBase64().toLower();
    if (!user.isEmpty() && !head.toLower().contains("proxy-authorization: " + wanted)) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                      "realm=\"delegations\"\r\n"
                      "Content-Length: 0\r\n\r\n");
        return true;
    }
    m_asked.push_back(line[1]);
    const qsizetype colon = line[1].lastIndexOf(':');
    connectBeyond(client, peer, line[1].left(colon), line[1].mid(colon + 1).toUShort(),
                  "HTTP/1.1 200 Connection established\r\n\r\n",
                  "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    return true;
}

bool FakeProxy::readSocks(QTcpSocket* client, Peer& peer) {
    const QByteArray& b = peer.buffer;
    switch (peer.step) {
    case Peer::Step::First: {
        if (b.size() < 2 || b.size() < 2 + at(b, 1))
            return false;
        const char method = user.isEmpty() ? '\0' : '\2';
        const bool offered = b.mid(2, at(b, 1)).contains(method);
        peer.buffer.remove(0, 2 + at(b, 1));
        client->write(octets({5, offered ? method : 0xff}));
        peer.step = user.isEmpty() ? Peer::Step::SocksRequest : Peer::Step::SocksPassword;
        if (!offered)
            client->disconnectFromHost();
        return offered;
    }
    case Peer::Step::SocksPassword: {
        if (b.size() < 2 || b.size() < 3 + at(b, 1) || b.size() < 3 + at(b, 1) + at(b, 2 + at(b, 1)))
            return false;
        const QByteArray name = b.mid(2, at(b, 1));
        const QByteArray word = b.mid(3 + name.size(), at(b, 2 + name.size()));
        peer.buffer.remove(0, 3 + name.size() + word.size());
        const bool right = name == user && word == password;
        client->write(octets({1, right ? 0 : 1}));
        peer.step = Peer::Step::SocksRequest;
        if (!right)
            client->disconnectFromHost();
        return right;
    }
    case Peer::Step::SocksRequest: {
        if (b.size() < 5)
            return false;
        const bool byName = at(b, 3) == 3;
        const qsizetype length = byName ? 1 + at(b, 4) : at(b, 3) == 1 ? 4 : 16;
        if (b.size() < 4 + length + 2)
            return false;
        const QByteArray host = byName ? b.mid(5, length - 1) : "address " + b.mid(4, length).toHex();
        const auto port = static_cast<quint16>((at(b, 4 + length) << 8) | at(b, 5 + length));
        peer.buffer.remove(0, 4 + length + 2);
        m_asked.push_back(host + ":" + QByteArray::number(port));
        connectBeyond(client, peer, host, port, octets({5, 0, 0, 1, 0, 0, 0, 0, 0, 0}),
                      octets({5, 4, 0, 1, 0, 0, 0, 0, 0, 0}));
        return true;
    }
    case Peer::Step::Tunnel:
        break;
    }
    return false;
}

void FakeProxy::connectBeyond(QTcpSocket* client, Peer& peer, const QByteArray& host, quint16,
                              const QByteArray& yes, const QByteArray& no) {
    if (!names.contains(host)) {
        client->write(no);
        client->disconnectFromHost();
        return;
    }
    peer.step = Peer::Step::Tunnel;
    auto* beyond = new QTcpSocket(client);
    connect(beyond, &QTcpSocket::connected, this, [this, client, &peer, beyond, yes] {
        ++m_tunnels;
        client->write(yes);
        peer.beyond = beyond;
        if (!peer.buffer.isEmpty())
            beyond->write(std::exchange(peer.buffer, {}));
    });
    connect(beyond, &QTcpSocket::readyRead, client, [client, beyond] { client->write(beyond->readAll()); });
    connect(beyond, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    connect(beyond, &QTcpSocket::errorOccurred, client, [client, no, &peer] {
        if (!peer.beyond)
            client->write(no);
        client->disconnectFromHost();
    });
    beyond->connectToHost(QHostAddress::LocalHost, names.value(host));
}

} // namespace valise::test
