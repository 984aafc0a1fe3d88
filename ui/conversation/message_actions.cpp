// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_actions.h"

#include "ui/links/link_finder.h"

#include <QCoreApplication>

namespace valise::ui {
namespace {

struct MessageActions {
    Q_DECLARE_TR_FUNCTIONS(MessageActions)
};

} // namespace

QVector<MessageAction> actionsFor(const client::MessageRecord& message, bool mayWrite) {
    if (message.system() != client::SystemKind::None)
        return {};
    QVector<MessageAction> out;
    const bool here = !message.isDeleted() && !message.eventId.isEmpty();
    if (here && mayWrite)
        out << MessageAction::Reply << MessageAction::React;
    if (here && mayWrite && message.own)
        out << MessageAction::Edit;
    if (here && !linksOf(message.text(), 1).isEmpty())
        out << MessageAction::OpenLink;
    if (here)
        out << MessageAction::Copy << MessageAction::Forward << MessageAction::Star << MessageAction::Pin;
    out << MessageAction::Details << MessageAction::Select << MessageAction::Delete;
    return out;
}

QString actionText(MessageAction action, const client::MessageRecord& message) {
    switch (action) {
    case MessageAction::Reply:
        return MessageActions::tr("Reply");
    case MessageAction::React:
        return MessageActions::tr("React…");
    case MessageAction::Edit:
        return MessageActions::tr("Edit");
    case MessageAction::OpenLink:
        return MessageActions::tr("Open the link…");
    case MessageAction::Copy:
        return MessageActions::tr("Copy the message");
    case MessageAction::Forward:
        return MessageActions::tr("Forward…");
    case MessageAction::Star:
        return message.starred ? MessageActions::tr("Remove the star") : MessageActions::tr("Star");
    case MessageAction::Pin:
        return message.pinned ? MessageActions::tr("Do not pin") : MessageActions::tr("Pin here");
    case MessageAction::Details:
        return MessageActions::tr("Details");
    case MessageAction::Select:
        return MessageActions::tr("Select");
    case MessageAction::Delete:
        return MessageActions::tr("Delete…");
    }
    return {};
}

QString actionIcon(MessageAction action, const client::MessageRecord& message) {
    switch (action) {
    case MessageAction::Reply:
        return QStringLiteral("reply");
    case MessageAction::React:
        return QStringLiteral("smile");
    case MessageAction::Edit:
        return QStringLiteral("edit");
    case MessageAction::OpenLink:
        return QStringLiteral("link");
    case MessageAction::Copy:
        return QStringLiteral("copy");
    case MessageAction::Forward:
        return QStringLiteral("forward");
    case MessageAction::Star:
        return message.starred ? QStringLiteral("star-full") : QStringLiteral("star");
    case MessageAction::Pin:
        return QStringLiteral("pin");
    case MessageAction::Details:
        return QStringLiteral("info");
    case MessageAction::Select:
        return QStringLiteral("select");
    case MessageAction::Delete:
        return QStringLiteral("trash");
    }
    return {};
}

QKeySequence actionKey(MessageAction action) {
    switch (action) {
    case MessageAction::Reply:
        return QKeySequence(Qt::Key_R);
    case MessageAction::React:
        return QKeySequence(Qt::Key_Plus);
    case MessageAction::Edit:
        return QKeySequence(Qt::Key_E);
    case MessageAction::OpenLink:
        return QKeySequence(Qt::Key_L);
    case MessageAction::Copy:
        return QKeySequence(QKeySequence::Copy);
    case MessageAction::Forward:
        return QKeySequence(Qt::Key_F);
    case MessageAction::Star:
        return QKeySequence(Qt::Key_S);
    case MessageAction::Pin:
        return QKeySequence(Qt::Key_P);
    case MessageAction::Details:
        return QKeySequence(Qt::Key_I);
    case MessageAction::Select:
        return QKeySequence(Qt::Key_Space);
    case MessageAction::Delete:
        return QKeySequence(Qt::Key_Delete);
    }
    return {};
}

} // namespace valise::ui
