// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QJsonObject>

namespace valise::cli {

//! Prints results on standard output and errors on standard error. Results are text for people, or one JSON
//! object per line.
class Output {
public:
    //! With `ids`, each message line for people begins with the start of its identifier.
    explicit Output(bool json, bool ids = false)
        : m_json(json)
        , m_ids(ids) {}
    void account(const client::AccountRecord& account) const;
    void contact(const client::ContactRecord& contact) const;
    void conversation(const client::ConversationRecord& conversation) const;
    void member(const client::MemberRecord& member) const;
    void message(const client::MessageRecord& message) const;
    void diagnostic(const client::DiagnosticRecord& diagnostic) const;
    //! A waiting message and its state at each server.
    void queued(const client::QueueRecord& record) const;
    void proxy(const client::ProxyRecord& proxy) const;
    //! A server, its state and, if it is not connected, a sentence with the reason.
    void server(const client::RelayRecord& server) const;
    //! A named value, such as a listening address.
    void fact(const QString& name, const QString& value) const;
    //! A sentence for the person on standard error. With JSON also {"error": name, "detail": ...}.
    void error(const Error& error) const;
    //! Says that the profile can only be read, and why.
    void restriction(const Error& why) const;
    void note(const QString& sentence) const;

private:
    void line(const QJsonObject& object, const QString& text) const;
    bool m_json;
    bool m_ids;
};

//! An English sentence with the meaning of an error and what to do.
QString sentenceOf(const Error& error);
//! A server's refusal, with its machine-readable prefix (NIP-01) replaced by words.
QString plainReason(const QString& reason);
QString nameOf(client::DeliveryState state);
QString nameOf(client::ConversationState state);
QString nameOf(client::SystemKind kind);
QString nameOf(client::RelayState state);
QString nameOf(client::ServerRecord::State state);
QString nameOf(client::ProxyRecord::Kind kind);

} // namespace valise::cli
