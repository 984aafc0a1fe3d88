// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/invented.h"

#include "ui/theme/palette.h"

#include <QColor>
#include <QDateTime>
#include <QTimeZone>

namespace valise::invented {

using namespace client;

namespace {

//! A key whose stable colour is the wanted one.
QByteArray keyFor(const QByteArray& seed, QRgb colour) {
    for (int i = 0;; ++i) {
        const QByteArray key = (seed + QByteArray::number(i)).leftJustified(32, '.', true);
        if (ui::identityColour(key) == QColor(colour))
            return key;
    }
}

qint64 todayAt(int hour, int minute) {
    return QDateTime(QDate::currentDate(), QTime(hour, minute)).toSecsSinceEpoch();
}

QByteArray personKey(const QString& name) {
    if (name.startsWith(QLatin1String("Ingrid")))
        return keyFor("ingrid", 0x2F7D6B);
    if (name.startsWith(QLatin1String("Jean")))
        return keyFor("jean", 0x6A4C93);
    if (name.startsWith(QLatin1String("Amina")))
        return keyFor("amina", 0x9C5B2B);
    if (name.startsWith(QLatin1String("Mei")))
        return keyFor("mei", 0x9C5B2B);
    return keyFor(name.toUtf8(), 0x2B6C9C);
}

ConversationRecord conversation(const QByteArray& id, const QString& name, bool direct, qint64 at) {
    ConversationRecord c;
    c.id = id;
    c.name = name;
    c.direct = direct;
    c.members = direct ? 2 : 14;
    c.lastAt = at;
    c.lastState = DeliveryState::Received;
    c.relays = QStringList{QStringLiteral("wss://relay.kasara.example"),
                           QStringLiteral("wss://relay.nordvale.example"),
                           QStringLiteral("wss://relay.tamir.example")};
    return c;
}

} // namespace

ConversationId allies() {
    static const QByteArray kId = keyFor("allies", 0x24487A);
    return kId;
}

QVector<ConversationRecord> conversations() {
    QVector<ConversationRecord> list;
    auto c = conversation(allies(), QStringLiteral("Coolants Amendment — Allies"), false, todayAt(14, 32));
    c.lastSender = QStringLiteral("Amina Diallo");
    c.lastText = QStringLiteral("Kasara and Nordvale co-sponsor. We follow.");
    c.unread = 3;
    c.admin = true;
    c.retentionSeconds = 30 * 86400;
    c.members = static_cast<int>(members().size());
    list << c;
    c = conversation(keyFor("ingrid", 0x2F7D6B), QStringLiteral("Ingrid Nordli"), true, todayAt(14, 20));
    c.lastSender = QStringLiteral("Jean Kagabo");
    c.lastText = QStringLiteral("Room 4 at 16:00 then.");
    c.lastOwn = true;
    c.lastState = DeliveryState::Delivered;
    list << c;
    c = conversation(keyFor("host", 0x7A4A24), QStringLiteral("Delegation — Host city"), false,
                     todayAt(13, 58));
    c.lastSender = QStringLiteral("Mei Lin");
    c.lastText = QStringLiteral("Buses leave at 08:15");
    c.unread = 1;
    list << c;
    c = conversation(keyFor("jean", 0x6A4C93), QStringLiteral("Jean Kagabo"), true, todayAt(13, 11));
    c.lastOwn = true;
    c.lastText = QStringLiteral("Non-paper, third revision");
    c.lastState = DeliveryState::Queued;
    c.queued = 1;
    list << c;
    c = conversation(keyFor("consul", 0x425466), QStringLiteral("Consular Service"), false, todayAt(12, 40));
    c.state = ConversationState::Request;
    c.invitedBy = QStringLiteral("Tomas Brekke");
    list << c;
    c = conversation(keyFor("mei", 0x9C5B2B), QStringLiteral("Mei Lin"), true, todayAt(12, 0) - 86400);
    c.draft = QStringLiteral("I can support para 7 if the review stays");
    list << c;
    c = conversation(keyFor("sherpas", 0x2B6C9C), QStringLiteral("Group of 20 Sherpas"), false,
                     todayAt(9, 30) - 3 * 86400);
    c.lastSystem = SystemKind::MemberAdded;
    c.lastSender = QStringLiteral("Amina Diallo");
    c.lastSystemSubject = QStringLiteral("Mei Lin");
    list << c;
    return list;
}

MessageRecord message(qint64 row, const QString& sender, const QString& text, qint64 at, bool own) {
    MessageRecord m;
    m.row = row;
    m.conversation = allies();
    m.eventId = QByteArray::number(row).rightJustified(32, '0');
    m.senderName = sender;
    m.sender = personKey(sender);
    m.own = own;
    m.content = TextContent{text};
    m.createdAt = at;
    m.order.position = at * (1 << 20);
    m.order.id = m.eventId;
    m.receivedAt = at * 1000;
    m.delivery.state = own ? DeliveryState::Delivered : DeliveryState::Received;
    m.order.epoch = 1;
    return m;
}

MessagePage page() {
    MessagePage p;
    p.conversation = allies();
    const QString me = QStringLiteral("Lea Marchetti");
    auto joined = message(1, QStringLiteral("Amina Diallo"), {}, todayAt(14, 2));
    joined.content = SystemContent{SystemKind::MemberAdded, QStringLiteral("Ingrid Nordli")};
    p.messages << joined;
    p.messages << message(
        2, QStringLiteral("Ingrid Nordli"),
        QStringLiteral("If we freeze baselines in 2024 for Group 2, can everyone live with the "
                       "phase-down steps in paragraph 7?"),
        todayAt(14, 21));
    p.messages << message(3, QStringLiteral("Jean Kagabo"),
                          QStringLiteral("Non-paper rev 3 is with the secretariat."), todayAt(14, 23));
    auto annex = message(4, QStringLiteral("Jean Kagabo"), QStringLiteral("Bracketed text is in annex B."),
                         todayAt(14, 24));
    annex.reactions = {
        {QStringLiteral("👍"), 5, true, {QStringLiteral("Ingrid Nordli"), QStringLiteral("Mei Lin")}},
        {QStringLiteral("🤝"), 1, false, {QStringLiteral("Amina Diallo")}}};
    p.messages << annex;
    auto own = message(
        5, me,
        QStringLiteral("We can, with the technology review in 2028 kept. I have put it into the draft — "
                       "please send me your position before 16:00."),
        todayAt(14, 29), true);
    own.quote.eventId = p.messages.at(1).eventId;
    own.quote.row = 2;
    own.quote.sender = QStringLiteral("Ingrid Nordli");
    own.quote.text =
        QStringLiteral("If we freeze baselines in 2024 for Group 2, can everyone live with the phase-down "
                       "steps in paragraph 7?");
    own.delivery.state = DeliveryState::Read;
    p.messages << own;
    p.messages << message(6, QStringLiteral("Amina Diallo"),
                          QStringLiteral("Kasara and Nordvale co-sponsor. We follow."), todayAt(14, 32));
    p.messages << message(7, QStringLiteral("Amina Diallo"),
                          QStringLiteral("نؤيد الفقرة السابعة بصيغتها الحالية."), todayAt(14, 32));
    auto waiting =
        message(8, me, QStringLiteral("Thank you. Meeting in Room 4, 16:00 local."), todayAt(14, 33), true);
    waiting.delivery.state = DeliveryState::Queued;
    p.messages << waiting;
    return p;
}

MessagePage discussedPage() {
    MessagePage p = page();
    for (MessageRecord& message : p.messages)
        message.expiresAt = message.createdAt + 30 * 86'400;
    MessageRecord& question = p.messages[1];
    question.content =
        TextContent{QStringLiteral("If we freeze baselines in **2024** for Group 2, can everyone live with:\n"
                                   "1. the phase-down steps in *paragraph 7*\n"
                                   "2. ~~no review~~ the review in 2028\n"
                                   "> Article 2J as adopted\n"
                                   "Draft: `CA/Pro.38/L.2`, https://www.example.org/annex")};
    question.starred = true;
    question.reactions = {{QStringLiteral("👍"), 8, true, {}},
                          {QStringLiteral("🙏"), 2, false, {}},
                          {QStringLiteral("👀"), 1, false, {}}};
    MessageRecord& taken = p.messages[2];
    taken.content = DeletedContent();
    std::get<TextContent>(p.messages[4].content).editedAt = p.messages[4].createdAt + 60;
    p.messages[5].quote.eventId = taken.eventId;
    p.messages[5].quote.sender = taken.senderName;
    p.messages[5].quote.deleted = true;
    p.messages[6].reactions = {{QStringLiteral("🤝"), 3, false, {}}};
    p.messages[7].reactions = {{QStringLiteral("👍"), 1, false, {}}};
    return p;
}

MessageDetails details() {
    MessageDetails d;
    d.message = page().messages.at(4);
    d.message.delivery.state = DeliveryState::Sent;
    d.message.delivery.acceptedBy = 2;
    d.message.delivery.ofRelays = 3;
    std::get<TextContent>(d.message.content).editedAt = todayAt(14, 31);
    d.message.reactions = {
        {QStringLiteral("👍"), 3, true, {QStringLiteral("Ingrid Nordli"), QStringLiteral("Mei Lin")}}};
    const qint64 at = todayAt(14, 29) * 1000;
    d.servers = {
        {QStringLiteral("wss://relay.kasara.example"), ServerRecord::State::Accepted, {}, at},
        {QStringLiteral("wss://relay.nordvale.example"), ServerRecord::State::Accepted, {}, at + 2000},
        {QStringLiteral("wss://relay.tamir.example"), ServerRecord::State::Refused,
         QStringLiteral("blocked: not on the list"), 0}};
    d.message.delivery.state = DeliveryState::Read;
    d.message.delivery.deliveredTo = 3;
    d.message.delivery.readBy = 2;
    d.readers = {{"ingrid", QStringLiteral("Ingrid Nordli"), todayAt(14, 29), todayAt(14, 30)},
                 {"mei", QStringLiteral("Mei Lin"), todayAt(14, 30), todayAt(14, 32)},
                 {"amina", QStringLiteral("Amina Diallo"), todayAt(14, 30), 0}};
    d.versions = {{QStringLiteral("We can, with the review kept."), todayAt(14, 29)},
                  {d.message.text(), todayAt(14, 31)}};
    return d;
}

QVector<ConversationRecord> arrangedConversations() {
    QVector<ConversationRecord> list = conversations();
    list[0].mentions = 1;
    list[2].muted = true;
    list[3].failed = 1;
    list[3].queued = 0;
    list[3].lastState = DeliveryState::Failed;
    list[5].pinned = true;
    list[6].archived = true;
    return list;
}

QVector<MemberRecord> members() {
    QVector<MemberRecord> list;
    const auto add = [&](const char* name, bool admin, bool self, bool verified) {
        MemberRecord m;
        m.name = QString::fromUtf8(name);
        m.key = personKey(m.name);
        m.address = QStringLiteral("npub1q8s7kasara00invented00address00of00a00person");
        m.admin = admin;
        m.self = self;
        m.verified = verified;
        list << m;
    };
    add("Lea Marchetti", true, true, false);
    add("Amina Diallo", true, false, true);
    add("Ingrid Nordli", false, false, true);
    add("Jean Kagabo", false, false, true);
    add("Mei Lin", false, false, false);
    add("Tomas Brekke", false, false, false);
    return list;
}

ConnectionRecord waitingConnection() {
    ConnectionRecord c;
    c.total = 3;
    c.queued = 2;
    for (const char* url :
         {"wss://relay.kasara.example", "wss://relay.nordvale.example", "wss://relay.tamir.example"})
        c.relays << RelayRecord{QLatin1String(url), RelayState::Offline, QStringLiteral("host not found")};
    return c;
}

AccountRecord account() {
    AccountRecord a;
    a.name = QStringLiteral("Lea Marchetti");
    a.key = personKey(a.name);
    a.address = QStringLiteral("npub1k4s4r4lea0march3tt1invented0address0for0pictures0only0xx");
    a.invitationLink =
        QStringLiteral("nostr:nprofile1qqsinvented0link0of0lea0marchetti0for0the0pictures0and0tests0only");
    a.relays = QStringList{QStringLiteral("wss://relay.kasara.example"),
                           QStringLiteral("wss://relay.tamir.example")};
    return a;
}

QVector<ContactRecord> contacts() {
    QVector<ContactRecord> list;
    for (const char* name : {"Amina Diallo", "Ingrid Nordli", "Jean Kagabo", "Mei Lin"}) {
        ContactRecord c;
        c.name = QString::fromUtf8(name);
        c.key = personKey(c.name);
        c.address = QStringLiteral("npub1") + c.name.section(QLatin1Char(' '), 0, 0).toLower();
        list << c;
    }
    return list;
}

QVector<ScheduledRecord> scheduled() {
    const auto at = [](int day, int hour, const char* zone) {
        return QDateTime(QDate(2026, 11, day), QTime(hour, 0), QTimeZone(zone)).toMSecsSinceEpoch();
    };
    ScheduledRecord missed;
    missed.id = 1;
    missed.conversation = allies();
    missed.conversationName = QStringLiteral("Coolants Amendment — Allies");
    missed.text = QStringLiteral("The room is 4 instead of 2. Please be there ten minutes earlier.");
    missed.dueMs = at(27, 9, "Africa/Nairobi");
    missed.zone = QStringLiteral("Africa/Nairobi");
    missed.state = ScheduledRecord::State::Missed;
    ScheduledRecord waiting = missed;
    waiting.id = 2;
    waiting.text = QStringLiteral("Good morning to all. The revised draft is in annex two.");
    waiting.dueMs = at(30, 9, "America/New_York");
    waiting.zone = QStringLiteral("America/New_York");
    waiting.state = ScheduledRecord::State::Waiting;
    return {missed, waiting};
}

QVector<SearchHit> hits(const QString& text) {
    QVector<SearchHit> list;
    for (const auto& m : page().messages) {
        if (m.text().contains(text, Qt::CaseInsensitive))
            list << SearchHit{m, QStringLiteral("Coolants Amendment — Allies")};
    }
    return list;
}

QVector<MessageRecord> many(qint64 first, int count) {
    QVector<MessageRecord> list;
    for (int i = 0; i < count; ++i) {
        const qint64 row = first + i;
        const char* names[] = {"Ingrid Nordli", "Jean Kagabo", "Amina Diallo"};
        QString text = QStringLiteral("Message %1.").arg(row);
        for (qint64 k = 0; k < row % 5; ++k)
            text += QStringLiteral(" The text in brackets stays open until the plenary has met again.");
        list << message(row, QString::fromUtf8(names[row % 3]), text, todayAt(0, 0) - 500000 + row * 60,
                        row % 4 == 0);
    }
    return list;
}

} // namespace valise::invented
