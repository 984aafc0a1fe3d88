// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/output.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace valise::cli {

namespace {

constexpr qsizetype kShortId = 8;
constexpr qsizetype kQuote = 40;

void write(std::FILE* to, const QString& text) {
    const QByteArray utf8 = text.toUtf8() + '\n';
    std::fwrite(utf8.constData(), 1, static_cast<std::size_t>(utf8.size()), to);
    std::fflush(to);
}

// Replaces control characters: text from other people must not move the cursor or change the terminal.
QString printable(const QString& text) {
    QString out;
    for (const QChar c : text)
        out.append(c.category() == QChar::Other_Control && c != QLatin1Char('\n') && c != QLatin1Char('\t')
                       ? QChar(QChar::ReplacementCharacter)
                       : c);
    return out;
}

QString timeOf(qint64 seconds) {
    return QDateTime::fromSecsSinceEpoch(seconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString hex(const QByteArray& bytes) {
    return QString::fromLatin1(bytes.toHex());
}

} // namespace

QString nameOf(client::DeliveryState state) {
    switch (state) {
    case client::DeliveryState::Received:
        return QStringLiteral("received");
    case client::DeliveryState::Queued:
        return QStringLiteral("queued");
    case client::DeliveryState::Sent:
        return QStringLiteral("sent");
    case client::DeliveryState::Delivered:
        return QStringLiteral("delivered");
    case client::DeliveryState::Read:
        return QStringLiteral("read");
    case client::DeliveryState::Failed:
        return QStringLiteral("failed");
    case client::DeliveryState::Withdrawn:
        return QStringLiteral("withdrawn");
    }
    return {};
}

QString nameOf(client::ConversationState state) {
    switch (state) {
    case client::ConversationState::Request:
        return QStringLiteral("request");
    case client::ConversationState::Active:
        return QStringLiteral("active");
    case client::ConversationState::Leaving:
        return QStringLiteral("leaving");
    case client::ConversationState::Left:
        return QStringLiteral("left");
    case client::ConversationState::Removed:
        return QStringLiteral("removed");
    case client::ConversationState::Disbanded:
        return QStringLiteral("disbanded");
    case client::ConversationState::Damaged:
        return QStringLiteral("damaged");
    }
    return {};
}

QString nameOf(client::SystemKind kind) {
    switch (kind) {
    case client::SystemKind::None:
        return {};
    case client::SystemKind::Created:
        return QStringLiteral("created");
    case client::SystemKind::MemberAdded:
        return QStringLiteral("member_added");
    case client::SystemKind::MemberRemoved:
        return QStringLiteral("member_removed");
    case client::SystemKind::MemberLeft:
        return QStringLiteral("member_left");
    case client::SystemKind::Renamed:
        return QStringLiteral("renamed");
    case client::SystemKind::AdminAdded:
        return QStringLiteral("admin_added");
    case client::SystemKind::AdminRemoved:
        return QStringLiteral("admin_removed");
    case client::SystemKind::TimerChanged:
        return QStringLiteral("timer_changed");
    case client::SystemKind::Disbanded:
        return QStringLiteral("disbanded");
    case client::SystemKind::Joined:
        return QStringLiteral("joined");
    }
    return {};
}

QString nameOf(client::RelayState state) {
    switch (state) {
    case client::RelayState::Offline:
        return QStringLiteral("not connected");
    case client::RelayState::Connecting:
        return QStringLiteral("connecting");
    case client::RelayState::Connected:
        return QStringLiteral("connected");
    case client::RelayState::Refused:
        return QStringLiteral("not acceptable");
    }
    return {};
}

QString nameOf(client::ServerRecord::State state) {
    switch (state) {
    case client::ServerRecord::State::Accepted:
        return QStringLiteral("accepted");
    case client::ServerRecord::State::Waiting:
        return QStringLiteral("waiting");
    case client::ServerRecord::State::Unknown:
        return QStringLiteral("unknown");
    case client::ServerRecord::State::Refused:
        return QStringLiteral("refused");
    }
    return {};
}

QString plainReason(const QString& reason) {
    struct Words {
        const char* prefix;
        const char* meaning;
    };
    static constexpr Words kWords[] = {
        {"rate-limited:", "the server asks to slow down"},
        {"auth-required:", "the server wants to know who sends"},
        {"restricted:", "the server does not take this"},
        {"blocked:", "the server takes nothing from this account or network"},
        {"mute:", "the server passes nothing of this account on"},
        {"pow:", "the server wants proof of work, which this program does not give"},
        {"invalid:", "the server finds it faulty"},
        {"error:", "the server has a fault of its own"},
    };
    for (const Words& words : kWords) {
        if (!reason.startsWith(QLatin1String(words.prefix)))
            continue;
        const QString rest = reason.mid(static_cast<qsizetype>(qstrlen(words.prefix))).trimmed();
        const QString meaning = QString::fromLatin1(words.meaning);
        return rest.isEmpty() ? meaning : QStringLiteral("%1 (%2)").arg(meaning, rest);
    }
    return reason;
}

QString nameOf(client::ProxyRecord::Kind kind) {
    switch (kind) {
    case client::ProxyRecord::Kind::System:
        return QStringLiteral("system");
    case client::ProxyRecord::Kind::None:
        return QStringLiteral("none");
    case client::ProxyRecord::Kind::Http:
        return QStringLiteral("http");
    case client::ProxyRecord::Kind::Socks5:
        return QStringLiteral("socks5");
    }
    return {};
}

QString sentenceOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::WrongPassphrase:
        return QStringLiteral("The passphrase does not open this profile. Nothing was changed.");
    case ErrorCode::StorageBusy:
        return QStringLiteral("The profile is open in another program. Close it there first.");
    case ErrorCode::StorageDamaged:
        return QStringLiteral(
            "The profile's database is damaged. A copy was kept beside it; nothing was deleted.");
    case ErrorCode::StorageVersion:
        return QStringLiteral("The profile was written by a newer version of this program.");
    case ErrorCode::StorageFull:
        return QStringLiteral("There is no room left on the disk. Nothing was lost.");
    case ErrorCode::StorageReadOnly:
        return QStringLiteral("The profile's folder cannot be written.");
    case ErrorCode::Offline:
        return QStringLiteral("No server could be reached. Try again with a connection.");
    case ErrorCode::NoInvitation:
        return QStringLiteral(
            "Somebody cannot be invited yet: they have not published an invitation where this program "
            "looks.");
    case ErrorCode::NotAuthorized:
        return QStringLiteral("Only an admin of the group may do that.");
    case ErrorCode::InsecureUrl:
        return QStringLiteral(
            "The server's address is not encrypted (ws://). Use wss://, or allow it explicitly.");
    case ErrorCode::InvalidUrl:
        return QStringLiteral("That is not the address of a server.");
    case ErrorCode::NameNotFound:
        return QStringLiteral("The name of the server is not known on this network.");
    case ErrorCode::NoNetwork:
        return QStringLiteral("This computer is on no network.");
    case ErrorCode::ConnectionRefused:
        return QStringLiteral("Nothing listens at the server's address.");
    case ErrorCode::ConnectionLost:
        return QStringLiteral("The connection was closed by the server or the network.");
    case ErrorCode::Timeout:
        return QStringLiteral("There was no answer in the time allowed.");
    case ErrorCode::TlsFailed:
        return QStringLiteral("The server's certificate or encryption is not acceptable.");
    case ErrorCode::CertificateExpired:
        return QStringLiteral(
            "The server's certificate is not valid now, or this computer's clock is wrong.");
    case ErrorCode::CertificateWrongHost:
        return QStringLiteral("The certificate belongs to another host than the one asked for.");
    case ErrorCode::CertificateUnknownIssuer:
        return QStringLiteral("Nobody this computer trusts vouches for the server's certificate.");
    case ErrorCode::CaptivePortal:
        return QStringLiteral("The network answers with a sign-in page: sign in with a browser first.");
    case ErrorCode::ProxyFailed:
        return QStringLiteral(
            "The proxy does not answer or does not carry the connection; nothing goes round it.");
    case ErrorCode::ProxyNeedsPassword:
        return QStringLiteral("The proxy wants a user name and password, or others than those that are set.");
    case ErrorCode::NotARelay:
        return QStringLiteral("Something other than a relay answers at the server's address.");
    case ErrorCode::RelayBusy:
        return QStringLiteral("The server asks to come back later.");
    case ErrorCode::RelayRefused:
        return QStringLiteral("The server said no.");
    case ErrorCode::AlreadyExists:
        return QStringLiteral("That exists already.");
    case ErrorCode::NotFound:
        return QStringLiteral("That was not found.");
    default:
        return QStringLiteral("That did not work.");
    }
}

void Output::line(const QJsonObject& object, const QString& text) const {
    write(stdout,
          m_json ? QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) : printable(text));
}

void Output::account(const client::AccountRecord& a) const {
    line({{"account", a.address},
          {"public_key", hex(a.key)},
          {"name", a.name},
          {"invitation", a.invitationLink},
          {"relays", QJsonArray::fromStringList(a.relays)},
          {"insecure_relays", a.insecureRelays}},
         QStringLiteral("name        %1\naddress     %2\ninvitation  %3\nservers     %4%5")
             .arg(a.name, a.address, a.invitationLink, a.relays.join(QLatin1Char(' ')),
                  a.insecureRelays ? QStringLiteral("\n            (unencrypted ones are allowed everywhere)")
                                   : QString()));
}

void Output::contact(const client::ContactRecord& c) const {
    line({{"account", c.address},
          {"public_key", hex(c.key)},
          {"name", c.name},
          {"relays", QJsonArray::fromStringList(c.relays)}},
         c.name + QLatin1String("  ") + c.address);
}

void Output::conversation(const client::ConversationRecord& c) const {
    line({{"group", hex(c.id)},
          {"name", c.name},
          {"state", nameOf(c.state)},
          {"members", c.members},
          {"admin", c.admin},
          {"unread", c.unread},
          {"queued", c.queued},
          {"failed", c.failed},
          {"epoch", static_cast<qint64>(c.epoch)},
          {"relays", QJsonArray::fromStringList(c.relays)}},
         QStringLiteral("%1  %2  %3 members, %4%5")
             .arg(hex(c.id), c.name)
             .arg(c.members)
             .arg(nameOf(c.state),
                  c.queued > 0 ? QStringLiteral(", %1 wait to be sent").arg(c.queued) : QString()));
}

void Output::member(const client::MemberRecord& m) const {
    line({{"account", m.address},
          {"public_key", hex(m.key)},
          {"name", m.name},
          {"admin", m.admin},
          {"self", m.self},
          {"verified", m.verified}},
         QStringLiteral("  %1  %2%3%4")
             .arg(m.address, m.name, m.admin ? QStringLiteral("  admin") : QString(),
                  m.self ? QStringLiteral("  (this account)") : QString()));
}

void Output::message(const client::MessageRecord& m) const {
    QJsonObject o{{"group", hex(m.conversation)},
                  {"created_at", m.createdAt},
                  {"epoch", static_cast<qint64>(m.order.epoch)}};
    if (m.system() != client::SystemKind::None) {
        o["system"] = nameOf(m.system());
        o["subject"] = m.systemSubject();
        line(o,
             QStringLiteral("%1  -- %2 %3").arg(timeOf(m.createdAt), nameOf(m.system()), m.systemSubject()));
        return;
    }
    o["event_id"] = hex(m.eventId);
    o["sender"] = hex(m.sender);
    o["sender_name"] = m.senderName;
    o["text"] = m.text();
    o["own"] = m.own;
    o["state"] = nameOf(m.delivery.state);
    if (m.own) {
        o["accepted_by"] = m.delivery.acceptedBy;
        o["of_relays"] = m.delivery.ofRelays;
    }
    if (!m.delivery.failure.isEmpty())
        o["failure"] = m.delivery.failure;
    if (m.isDeleted())
        o["deleted"] = true;
    if (m.editedAt() > 0)
        o["edited_at"] = m.editedAt();
    if (m.starred)
        o["starred"] = true;
    if (!m.quote.eventId.isEmpty())
        o["reply_to"] = hex(m.quote.eventId);
    QJsonArray reactions;
    QString marks;
    for (const client::ReactionRecord& reaction : m.reactions) {
        reactions.append(
            QJsonObject{{"emoji", reaction.emoji}, {"count", reaction.count}, {"own", reaction.own}});
        marks += QStringLiteral("  %1 %2").arg(reaction.emoji).arg(reaction.count);
    }
    if (!reactions.isEmpty())
        o["reactions"] = reactions;

    QString text = timeOf(m.createdAt) + QLatin1String("  ");
    if (m_ids)
        text += hex(m.eventId).left(kShortId) + QLatin1String("  ");
    text += m.senderName + QLatin1String(": ");
    if (!m.quote.eventId.isEmpty())
        text += m.quote.sender.isEmpty() ? QStringLiteral("(answers a message that is not here) ")
                                         : QStringLiteral("(answers %1: \"%2\") ")
                                               .arg(m.quote.sender, m.quote.text.simplified().left(kQuote));
    text += m.isDeleted() ? QStringLiteral("(deleted)") : m.text();
    if (m.editedAt() > 0)
        text += QLatin1String(" (edited)");
    if (m.own)
        text += QStringLiteral("  [%1]").arg(nameOf(m.delivery.state));
    line(o, text + marks);
}

void Output::diagnostic(const client::DiagnosticRecord& d) const {
    line({{"scope", d.scope},
          {"category", d.category},
          {"reason", d.reason},
          {"count", d.count},
          {"last_at", d.lastAt}},
         QStringLiteral("%1  %2  %3  x%4  last %5")
             .arg(d.scope.isEmpty() ? QStringLiteral("-") : d.scope, d.category, d.reason)
             .arg(d.count)
             .arg(timeOf(d.lastAt)));
}

void Output::queued(const client::QueueRecord& r) const {
    const client::MessageRecord& m = r.message;
    QJsonArray servers;
    QString text = QStringLiteral("%1  %2  %3: %4\n    ")
                       .arg(timeOf(m.createdAt), hex(m.eventId).left(kShortId), r.conversationName, m.text());
    if (r.held)
        text += QStringLiteral("held: waits to be sealed and sent");
    else if (m.delivery.state == client::DeliveryState::Failed)
        text += QStringLiteral("failed: every server refused it");
    else
        text += QStringLiteral("%1: accepted by %2 of %3")
                    .arg(nameOf(m.delivery.state))
                    .arg(m.delivery.acceptedBy)
                    .arg(m.delivery.ofRelays);
    for (const client::ServerRecord& server : r.servers) {
        QJsonObject o{{"server", server.url}, {"state", nameOf(server.state)}};
        QString words;
        if (server.failure) {
            o["failure"] = QString::fromLatin1(errorName(*server.failure).data());
            words = QStringLiteral("not reached: ") + sentenceOf({*server.failure, {}});
        } else if (server.state == client::ServerRecord::State::Unknown) {
            words = QStringLiteral("was given it and has not answered; it is given again");
        } else if (server.state == client::ServerRecord::State::Accepted) {
            words = QStringLiteral("has it");
        } else {
            words = server.state == client::ServerRecord::State::Refused ? QStringLiteral("refused")
                                                                         : QStringLiteral("waits");
            if (!server.reason.isEmpty()) {
                o["reason"] = server.reason;
                words += QStringLiteral(": ") + plainReason(server.reason);
            }
        }
        servers.append(o);
        text += QStringLiteral("\n    %1  %2").arg(server.url, words);
    }
    line({{"group", hex(m.conversation)},
          {"event_id", hex(m.eventId)},
          {"text", m.text()},
          {"created_at", m.createdAt},
          {"held", r.held},
          {"state", nameOf(m.delivery.state)},
          {"accepted_by", m.delivery.acceptedBy},
          {"of_relays", m.delivery.ofRelays},
          {"failure", m.delivery.failure},
          {"servers", servers}},
         text);
}

void Output::proxy(const client::ProxyRecord& p) const {
    QJsonObject o{{"proxy", nameOf(p.kind)}};
    QString text = nameOf(p.kind);
    if (!p.host.isEmpty()) {
        o["host"] = p.host;
        o["port"] = p.port;
        text += QStringLiteral("  %1:%2").arg(p.host).arg(p.port);
    }
    if (!p.user.isEmpty()) {
        o["user"] = p.user;
        o["password"] = p.hasPassword;
        text += QStringLiteral("  user %1").arg(p.user);
    }
    line(o, QStringLiteral("proxy  ") + text);
}

void Output::server(const client::RelayRecord& s) const {
    QJsonObject o{{"server", s.url}, {"state", nameOf(s.state)}};
    QString text = QStringLiteral("server  %1  %2").arg(s.url, nameOf(s.state));
    if (s.failure) {
        o["failure"] = QString::fromLatin1(errorName(*s.failure).data());
        o["detail"] = s.detail;
        text += QStringLiteral(": %1 (%2)").arg(sentenceOf({*s.failure, {}}), s.detail);
    }
    line(o, text);
}

void Output::fact(const QString& name, const QString& value) const {
    line({{name, value}}, name + QLatin1String(": ") + value);
}

void Output::error(const Error& error) const {
    const QString name = QString::fromLatin1(errorName(error.code).data());
    const QString detail = QString::fromStdString(error.detail);
    QString sentence = sentenceOf(error);
    if (error.code == ErrorCode::InvalidArgument && !detail.isEmpty())
        sentence = detail.left(1).toUpper() + detail.mid(1) + QLatin1Char('.');
    write(stderr, printable(QStringLiteral("valise-cli: %1 (%2: %3)").arg(sentence, name, detail)));
    if (m_json)
        write(stdout, QString::fromUtf8(QJsonDocument(QJsonObject{{"error", name}, {"detail", detail}})
                                            .toJson(QJsonDocument::Compact)));
}

void Output::restriction(const Error& why) const {
    note(sentenceOf(why) + QStringLiteral(" What can be read is shown; nothing is received or sent."));
    if (m_json)
        line({{"restriction", QString::fromLatin1(errorName(why.code).data())}}, {});
}

void Output::note(const QString& sentence) const {
    write(stderr, sentence);
}

} // namespace valise::cli
