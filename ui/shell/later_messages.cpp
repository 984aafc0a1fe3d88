// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/later_messages.h"

#include "core/client/history/mentions.h"
#include "ui/error_text.h"

#include <QPointer>

namespace valise::ui {

LaterMessages::LaterMessages(client::Client* client, const Theme* theme, MainWindow* window)
    : QObject(window)
    , m_client(client)
    , m_theme(theme)
    , m_window(window) {
    const Workspace* w = window->workspace();
    connect(w, &Workspace::laterRequested, this, &LaterMessages::showLater);
    connect(w, &Workspace::scheduledRequested, this, &LaterMessages::showScheduled);
}

void LaterMessages::showLater(const client::ConversationId& id, const QString& text,
                              const QByteArray& replyTo) {
    auto* sheet = new SendLaterSheet(QDateTime::currentDateTimeUtc(),
                                     m_zones.value(id, QTimeZone::systemTimeZone()), {}, m_theme, m_window);
    connect(sheet, &SendLaterSheet::chosen, this,
            [this, sheet, id, text, replyTo](const QDateTime& when, const QTimeZone& zone) {
                m_zones.insert(id, zone);
                m_client->messages()->scheduleText(id, text, replyTo, when.toMSecsSinceEpoch(),
                                                   QString::fromLatin1(zone.id()), sheet,
                                                   [this, sheet, id, text](Result<void> r) {
                                                       sheet->setBusy(false);
                                                       if (!r) {
                                                           sheet->showError(errorText(r.error()));
                                                           return;
                                                       }
                                                       m_window->workspace()->takeAway(id, text);
                                                       sheet->accept();
                                                   });
            });
    sheet->open();
}

void LaterMessages::showScheduled(const client::ConversationId& id) {
    auto* list = new ScheduledSheet(m_theme, m_window);
    connect(list, &ScheduledSheet::sendWanted, this, [this, list](const client::ScheduledRecord& message) {
        m_client->messages()->sendScheduledNow(message.conversation, message.id, list,
                                               reloading(message.conversation, list));
    });
    connect(list, &ScheduledSheet::deleteWanted, this, [this, list](const client::ScheduledRecord& message) {
        m_client->messages()->cancelScheduled(message.conversation, message.id, list,
                                              reloading(message.conversation, list));
    });
    connect(list, &ScheduledSheet::timeWanted, this,
            [this, list](const client::ScheduledRecord& message) { showTime(message, list); });
    connect(list, &ScheduledSheet::editWanted, this,
            [this, list](const client::ScheduledRecord& message) { edit(message, list); });
    // One may leave by itself while one looks at them.
    connect(m_client, &client::Client::conversationChanged, list,
            [this, list, id](const client::ConversationRecord& changed) {
                if (changed.id == id)
                    load(id, list);
            });
    load(id, list);
    list->open();
}

void LaterMessages::load(const client::ConversationId& id, ScheduledSheet* list) {
    m_client->history()->scheduled(id, list, [list](Result<QVector<client::ScheduledRecord>> r) {
        if (r)
            list->setMessages(*r);
        else
            list->showError(errorText(r.error()));
    });
}

client::Client::Reply<void> LaterMessages::reloading(const client::ConversationId& id, ScheduledSheet* list) {
    return [this, id, list](Result<void> r) {
        if (!r)
            list->showError(errorText(r.error()));
        load(id, list);
    };
}

void LaterMessages::showTime(const client::ScheduledRecord& message, ScheduledSheet* list) {
    const QTimeZone chosen(message.zone.toLatin1());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime due = QDateTime::fromMSecsSinceEpoch(message.dueMs);
    auto* sheet = new SendLaterSheet(now, chosen.isValid() ? chosen : QTimeZone::systemTimeZone(),
                                     due > now ? due : QDateTime(), m_theme, list);
    connect(sheet, &SendLaterSheet::chosen, this,
            [this, sheet, message, list = QPointer(list)](const QDateTime& when, const QTimeZone& zone) {
                m_client->messages()->rescheduleText(message.conversation, message.id,
                                                     when.toMSecsSinceEpoch(), QString::fromLatin1(zone.id()),
                                                     sheet, [this, sheet, message, list](Result<void> r) {
                                                         sheet->setBusy(false);
                                                         if (!r) {
                                                             sheet->showError(errorText(r.error()));
                                                             return;
                                                         }
                                                         sheet->accept();
                                                         if (list)
                                                             load(message.conversation, list);
                                                     });
            });
    sheet->open();
}

void LaterMessages::edit(const client::ScheduledRecord& message, ScheduledSheet* list) {
    // Asked before anything is taken away: neither text may be lost.
    if (!m_window->workspace()->canTakeBack(message.conversation)) {
        list->showError(tr("Please send or clear first what stands in the message field."));
        return;
    }
    m_client->messages()->cancelScheduled(
        message.conversation, message.id, list, [this, message, list](Result<void> r) {
            if (!r) {
                list->showError(errorText(r.error()));
                return load(message.conversation, list);
            }
            m_window->workspace()->takeBack(message.conversation,
                                            client::withMentionNames(message.text, message.mentions));
            list->accept();
        });
}

} // namespace valise::ui
