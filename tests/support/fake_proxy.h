// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <string>
#include <vector>

namespace valise::test {

//! A proxy on loopback that speaks HTTP CONNECT and SOCKS5 (RFC 1928, 1929) and looks up names in a table of
//! its own: a connection to a name that exists nowhere else has gone through it.
class FakeProxy : public QObject {
public:
    explicit FakeProxy(QObject* parent = nullptr);
    ~FakeProxy() override;

    quint16 port() const { return m_port; }
    //! Names and the loopback ports behind them.
    QMap<QByteArray, quint16> names;
    //! If not empty, connections without these are refused.
    QByteArray user;
    QByteArray password;

    void stopListening();
    bool listenAgain() { return m_server.listen(QHostAddress::LocalHost, m_port); }

    //! "host:port" of each tunnel asked for, as it was spelled; a SOCKS5 request by address begins with
    //! "address ".
    const std::vector<QByteArray>& asked() const { return m_asked; }
    //! Tunnels that were opened.
    int tunnels() const { return m_tunnels; }

private:
    struct Peer {
        enum class Step { First, SocksPassword, SocksRequest, Tunnel } step = Step::First;
        QByteArray buffer;
        QTcpSocket* beyond = nullptr;
    };
    void read(QTcpSocket* client, Peer& peer);
    bool readHttp(QTcpSocket* client, Peer& peer);
    bool readSocks(QTcpSocket* client, Peer& peer);
    void connectBeyond(QTcpSocket* client, Peer& peer, const QByteArray& host, quint16 port,
                       const QByteArray& yes, const QByteArray& no);

    QTcpServer m_server;
    quint16 m_port = 0;
    std::vector<QTcpSocket*> m_clients;
    std::vector<QByteArray> m_asked;
    int m_tunnels = 0;
};

} // namespace valise::test
