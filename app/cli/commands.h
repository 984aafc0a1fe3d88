// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "core/client/client.h"
#include "core/host/relay_server.h"

#include <QTimer>

#include <memory>

namespace valise::cli {

//! The default time in seconds for which a command waits for the servers.
inline constexpr int kIdleSeconds = 30;

//! Runs one command over the core's facade and ends the program with its exit code.
class Commands : public QObject {
    Q_OBJECT

public:
    explicit Commands(Arguments arguments);
    //! Call it once, from the event loop.
    void start();

private:
    using Next = std::function<void()>;

    void finish(int code);
    void fail(const Error& error);
    void startClient();
    //! Opens the profile, then calls `next`.
    void open(bool online, Next next);
    std::optional<crypto::Secret> passphrase(bool confirm);
    //! Waits until everything was fetched and sent, but at most `seconds`, then calls `next`. `reached` is
    //! true if a server was reached.
    void untilIdle(int seconds, std::function<void(bool reached)> next);
    void withMember(const client::ConversationRecord& conversation, const QString& who,
                    const std::function<void(const client::MemberRecord&)>& next);
    void withGroup(const QString& word, std::function<void(client::ConversationRecord)> next);
    //! Finds the messages whose identifiers begin with the words.
    void withMessages(const client::ConversationId& group, const QStringList& words,
                      std::function<void(QVector<client::MessageRecord>)> next);
    void findMessages(const client::ConversationId& group, QStringList words, qint64 beforeRow,
                      QVector<client::MessageRecord> found,
                      std::function<void(QVector<client::MessageRecord>)> next);
    //! Replaces the names of contacts by their addresses.
    void withAddresses(const QStringList& words, std::function<void(QStringList)> next);
    //! Calls `next` with the answer, or ends the program with the error.
    template <typename T>
    client::Client::Reply<T> orFail(std::function<void(T)> next) {
        return [this, next = std::move(next)](Result<T> result) {
            if (result)
                next(std::move(result).value());
            else
                fail(result.error());
        };
    }
    client::Client::Reply<void> orFail(Next next);

    // commands.cpp
    void init();
    void sync();
    void doctor();
    //! Prints a note if the clock is so wrong that nothing is sent.
    void noteClock();
    void endAfterSending();
    // commands_groups.cpp
    void contactAdd();
    void contactList();
    void groupCreate();
    void groupList();
    void groupShow();
    void groupChange();
    // commands_messages.cpp
    void send();
    void sendNext(const client::ConversationId& group);
    void changeMessages();
    void history();
    void historyPage(const client::ConversationId& group, QVector<client::MessageRecord> collected,
                     int limit);
    // commands_queue.cpp
    void queue();
    void queueChange();
    // commands_network.cpp
    struct Proxy {
        client::ProxyRecord record;
        std::optional<QString> password;
    };
    //! Reads "system", "none" or a URL. Anything else ends the program.
    std::optional<Proxy> proxyArgument(const QString& word);
    void networkShow();
    void networkSet();
    void endWithProxy();
    void relayServe();

    Arguments m_arguments;
    Output m_output;
    std::unique_ptr<client::Client> m_client;
    std::unique_ptr<host::RelayServer> m_server;
    client::AccountRecord m_account; // set when the profile is open
    client::ConnectionRecord m_connection;
    bool m_reached = false;
    bool m_finished = false;
};

} // namespace valise::cli
