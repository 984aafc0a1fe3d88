// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/format.h"

#include "core/client/history/mentions.h"
#include "core/client/history/shown_text.h"
#include "ui/text/message_format.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QKeySequence>
#include <QLocale>
#include <QTextDocument>

#include <algorithm>

namespace valise::ui {
namespace {

//! The strings of this file stand in one translation context.
struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

constexpr qsizetype kPreview = 600;

//! The names that Qt gives to the keys, for lists, tool tips and menus. They stand here so that Valise's
//! translations have them: Qt's own may not be installed.
[[maybe_unused]] constexpr const char* kKeyNames[] = {
    QT_TRANSLATE_NOOP("QShortcut", "Space"),     QT_TRANSLATE_NOOP("QShortcut", "Del"),
    QT_TRANSLATE_NOOP("QShortcut", "Return"),    QT_TRANSLATE_NOOP("QShortcut", "Enter"),
    QT_TRANSLATE_NOOP("QShortcut", "Backspace"), QT_TRANSLATE_NOOP("QShortcut", "Up"),
    QT_TRANSLATE_NOOP("QShortcut", "Down"),      QT_TRANSLATE_NOOP("QShortcut", "Home"),
    QT_TRANSLATE_NOOP("QShortcut", "End"),       QT_TRANSLATE_NOOP("QShortcut", "Menu"),
    QT_TRANSLATE_NOOP("QShortcut", "Esc"),       QT_TRANSLATE_NOOP("QShortcut", "Shift"),
};

constexpr QChar kFirstStrongIsolate(0x2068);
constexpr QChar kLeftToRightIsolate(0x2066);
constexpr QChar kEndOfIsolate(0x2069);

//! Whether text can stand in a sentence of the window as it is: all of it runs as the window does.
bool runsAlong(const QString& text) {
    if (QGuiApplication::layoutDirection() == Qt::RightToLeft)
        return false;
    const QVector<uint> characters = text.toUcs4();
    return std::none_of(characters.begin(), characters.end(), [](uint c) {
        return QChar::direction(c) == QChar::DirR || QChar::direction(c) == QChar::DirAL;
    });
}

} // namespace

QString isolated(const QString& text) {
    if (text.isEmpty() || runsAlong(text))
        return text;
    return kFirstStrongIsolate + text + kEndOfIsolate;
}

QString listTime(qint64 seconds, const QDateTime& now) {
    if (seconds <= 0)
        return {};
    const QDateTime at = QDateTime::fromSecsSinceEpoch(seconds).toLocalTime();
    const qint64 days = at.date().daysTo(now.date());
    if (days <= 0)
        return clockTime(seconds);
    if (days == 1)
        return Format::tr("Yesterday");
    if (days < 7)
        return QLocale().dayName(at.date().dayOfWeek(), QLocale::ShortFormat);
    return QLocale().toString(at.date(), QLocale::ShortFormat);
}

QString clockTime(qint64 seconds) {
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds).toLocalTime().time(),
                              QStringLiteral("HH:mm"));
}

QString momentText(qint64 seconds) {
    //: The date, in the order of the language: "24 Nov 2026"
    const QString day = QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds).toLocalTime().date(),
                                           Format::tr("d MMM yyyy"));
    //: A day and the time of it: "24 Nov 2026, 14:29"
    return Format::tr("%1, %2").arg(day, clockTime(seconds));
}

QString dayTitle(const QDate& day, const QDate& today) {
    const qint64 days = day.daysTo(today);
    if (days == 0)
        return Format::tr("Today");
    if (days == 1)
        return Format::tr("Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

QString systemText(client::SystemKind kind, const QString& who, bool own, const QString& whom) {
    using client::SystemKind;
    const QString actor = isolated(who);
    const QString subject = isolated(whom);
    switch (kind) {
    case SystemKind::None:
        return {};
    case SystemKind::Created:
        return own || actor.isEmpty() ? Format::tr("You started this conversation")
                                      : Format::tr("%1 started this conversation").arg(actor);
    case SystemKind::MemberAdded:
        return own               ? Format::tr("You added %1").arg(subject)
               : actor.isEmpty() ? Format::tr("%1 was added").arg(subject)
                                 : Format::tr("%1 added %2").arg(actor, subject);
    case SystemKind::MemberRemoved:
        return own               ? Format::tr("You removed %1").arg(subject)
               : actor.isEmpty() ? Format::tr("%1 was removed").arg(subject)
                                 : Format::tr("%1 removed %2").arg(actor, subject);
    case SystemKind::MemberLeft:
        return own ? Format::tr("You left this conversation")
                   : Format::tr("%1 left this conversation").arg(subject.isEmpty() ? actor : subject);
    case SystemKind::Renamed:
        return own               ? Format::tr("You named this conversation “%1”").arg(subject)
               : actor.isEmpty() ? Format::tr("This conversation is now named “%1”").arg(subject)
                                 : Format::tr("%1 named this conversation “%2”").arg(actor, subject);
    case SystemKind::AdminAdded:
        return Format::tr("%1 may now manage this conversation").arg(subject);
    case SystemKind::AdminRemoved:
        return Format::tr("%1 may no longer manage this conversation").arg(subject);
    case SystemKind::TimerChanged:
        return subject.isEmpty() ? Format::tr("How long messages are kept was changed")
                                 : Format::tr("How long messages are kept was changed: %1").arg(subject);
    case SystemKind::Disbanded:
        return Format::tr("This conversation was ended for everybody");
    case SystemKind::Joined:
        return Format::tr("You joined this conversation");
    }
    return {};
}

QString previewText(const client::ConversationRecord& c) {
    if (c.state == client::ConversationState::Request)
        return c.invitedBy.isEmpty() ? Format::tr("Invites you to a conversation")
                                     : Format::tr("%1 invites you").arg(isolated(c.invitedBy));
    if (c.lastSystem != client::SystemKind::None)
        return systemText(c.lastSystem, c.lastSender, c.lastOwn, c.lastSystemSubject);
    if (c.lastDeleted)
        return c.lastOwn ? Format::tr("You deleted a message") : Format::tr("A message was deleted");
    const QString text = client::shownText(c.lastText, kPreview).simplified();
    if (text.isEmpty())
        return Format::tr("No messages yet");
    if (c.lastOwn)
        return Format::tr("You: %1").arg(isolated(text));
    if (!c.direct && !c.lastSender.isEmpty())
        return Format::tr("%1: %2").arg(isolated(c.lastSender.section(QLatin1Char(' '), 0, 0)),
                                        isolated(text));
    return text;
}

QString durationText(quint64 seconds) {
    if (seconds == 0)
        return {};
    constexpr quint64 kHour = 3600;
    constexpr quint64 kDay = 24 * kHour;
    if (seconds >= kDay)
        return Format::tr("%n day(s)", nullptr, static_cast<int>((seconds + kDay / 2) / kDay));
    if (seconds >= kHour)
        return Format::tr("%n hour(s)", nullptr, static_cast<int>((seconds + kHour / 2) / kHour));
    return Format::tr("%n minute(s)", nullptr, static_cast<int>((seconds + 59) / 60));
}

QString conversationSubtitle(const client::ConversationRecord& c) {
    QStringList parts;
    if (c.direct)
        parts << Format::tr("direct conversation");
    else
        parts << Format::tr("%n member(s)", nullptr, c.members);
    parts << Format::tr("encrypted");
    const QString kept = durationText(c.retentionSeconds);
    if (!kept.isEmpty())
        parts << Format::tr("messages kept %1").arg(kept);
    return parts.join(QStringLiteral(" · "));
}

QString wordsOf(const client::MessageRecord& message) {
    return client::withMentionNames(message.text(), message.mentions());
}

QString firstWords(const client::MessageRecord& message) {
    constexpr qsizetype kWords = 120;
    QString plain;
    for (const TextBlock& block : parseText(client::shownText(wordsOf(message), 2 * kWords)))
        plain += block.text + QLatin1Char(' ');
    plain = plain.simplified();
    return plain.size() > kWords ? plain.left(kWords) + QChar(0x2026) : plain;
}

QString deletedText(const client::MessageRecord& message) {
    return message.own ? Format::tr("You deleted this message") : Format::tr("This message was deleted");
}

QString quoteTitle(const client::MessageRecord& message) {
    return message.quote.sender.isEmpty() ? Format::tr("Reply") : message.quote.sender;
}

QString quoteText(const client::MessageRecord& message) {
    if (message.quote.deleted)
        return Format::tr("This message was deleted");
    if (message.quote.text.isEmpty())
        return Format::tr("A message that is not on this device");
    return client::shownText(message.quote.text).simplified();
}

QString reactionText(const client::ReactionRecord& reaction) {
    QStringList people;
    for (const QString& name : reaction.names)
        people.append(isolated(name));
    if (reaction.own)
        people.append(Format::tr("you"));
    const int others = reaction.count - static_cast<int>(people.size());
    if (others > 0)
        people.append(Format::tr("%n more", nullptr, others));
    return QStringLiteral("%1 %2").arg(client::shownText(reaction.emoji),
                                       QLocale().createSeparatedList(people));
}

QString deliveryText(const client::MessageRecord& m) {
    using client::DeliveryState;
    switch (m.delivery.state) {
    case DeliveryState::Received:
        return Format::tr("Received");
    case DeliveryState::Queued:
        return Format::tr("Waits to be sent");
    case DeliveryState::Sent:
        return m.delivery.ofRelays > 1 ? Format::tr("Sent; held by %1 of %2 servers")
                                             .arg(m.delivery.acceptedBy)
                                             .arg(m.delivery.ofRelays)
                                       : Format::tr("Sent");
    case DeliveryState::Delivered:
        return m.delivery.deliveredTo > 1
                   ? Format::tr("Delivered to %n member(s)", nullptr, m.delivery.deliveredTo)
                   : Format::tr("Delivered");
    case DeliveryState::Read:
        return m.delivery.readBy > 1 ? Format::tr("Read by %n member(s)", nullptr, m.delivery.readBy)
                                     : Format::tr("Read");
    case DeliveryState::Failed:
        return m.delivery.failure.isEmpty()
                   ? Format::tr("Not sent: every server refused it")
                   : Format::tr("Not sent: every server refused it (%1)").arg(isolated(m.delivery.failure));
    case DeliveryState::Withdrawn:
        return Format::tr("Not seen by the others: two changes crossed. Please write it again.");
    }
    return {};
}

QString disappearsText(const client::MessageRecord& m) {
    if (m.expiresAt <= 0)
        return {};
    return Format::tr("Disappears on %1").arg(momentText(m.expiresAt));
}

QString writingText(const QStringList& names, bool direct) {
    if (names.isEmpty())
        return {};
    if (direct)
        return Format::tr("is writing…");
    if (names.size() > 2)
        return Format::tr("%n member(s) are writing…", nullptr, static_cast<int>(names.size()));
    return names.size() == 1
               ? Format::tr("%1 is writing…").arg(isolated(names.first()))
               : Format::tr("%1 and %2 are writing…").arg(isolated(names.first()), isolated(names.last()));
}

QString composerPlaceholder(const client::ConversationRecord& c) {
    if (c.direct)
        return Format::tr("Message — encrypted for %1").arg(isolated(conversationTitle(c)));
    return Format::tr("Message — encrypted for %n member(s)", nullptr, c.members);
}

QString conversationTitle(const client::ConversationRecord& c) {
    if (!c.name.isEmpty())
        return c.name;
    if (!c.invitedBy.isEmpty())
        return c.invitedBy;
    return Format::tr("Conversation without a name");
}

QByteArray conversationColourKey(const client::ConversationRecord& c) {
    return c.peer.isEmpty() ? c.id : c.peer;
}

QString foldedText(const QString& text) {
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.category() != QChar::Mark_NonSpacing)
            out.append(c.toLower());
    }
    return out;
}

QString plainToolTip(const QString& text) {
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

QString withKeys(const QString& name, const QString& keys) {
    if (keys.isEmpty())
        return name;
    //: A name, and the keys that do it: "Settings (Ctrl+,)"
    return Format::tr("%1 (%2)").arg(name, keysText(QKeySequence(keys)));
}

QString keysText(const QKeySequence& keys) {
    const QString text = keys.toString(QKeySequence::NativeText);
    // Keys are pressed in the order in which they are written, from the left.
    return text.isEmpty() || runsAlong(text) ? text : kLeftToRightIsolate + text + kEndOfIsolate;
}

QString shortAddress(const QString& address) {
    if (address.size() <= 22)
        return address;
    return address.left(12) + QStringLiteral("…") + address.right(6);
}

} // namespace valise::ui
