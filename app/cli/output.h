// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QJsonObject>

namespace valise::cli {

//! Prints results on the standard output, for people or as one JSON object a line, and errors on the standard
//! error.
class Output {
public:
    //! With `ids`, messages for people begin with the first characters of their identifiers.
    explicit Output(bool json, bool ids = false)
        : m_json(json)
        , m_ids(ids) {}
    void account(const client::AccountRecord& account) const;
    void contact(const client::ContactRecord& contact) const;
    void conversation(const client::ConversationRecord& conversation) const;
    void member(const client::MemberRecord& member) const;
    void message(const client::MessageRecord& message) const;
    void diagnostic(const client::DiagnosticRecord& diagnostic) const;
    //! What waits, and how it stands with each server.
    void queued(const client::QueueRecord& record) const;
    void proxy(const client::ProxyRecord& proxy) const;
    //! A server, how it stands and, in a sentence, why it is not connected.
    void server(const client::RelayRecord& server) const;
    //! A fact with a name, such as a listening address.
    void fact(const QString& name, const QString& value) const;
    //! A sentence for the person on the standard error; with JSON also {"error": name, "detail": ...}.
    void error(const Error& error) const;
    //! The profile can only be read, and why.
    void restriction(const Error& why) const;
    void note(const QString& sentence) const;

private:
    void line(const QJsonObject& object, const QString& text) const;
    bool m_json;
    bool m_ids;
};

//! What an error means and what to do, in English.
QString sentenceOf(const Error& error);
//! A server's refusal with its machine-readable prefix (NIP-01) said in words.
QString plainReason(const QString& reason);
QString nameOf(client::DeliveryState state);
QString nameOf(client::ConversationState state);
QString nameOf(client::SystemKind kind);
QString nameOf(client::RelayState state);
QString nameOf(client::ServerRecord::State state);
QString nameOf(client::ProxyRecord::Kind kind);

} // namespace valise::cli
