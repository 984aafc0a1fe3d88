// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/later_controller.h"

#include "core/client/history/mentions.h"
#include "ui/conversation/conversation_page.h"
#include "ui/conversation/scheduled_sheet.h"
#include "ui/conversation/send_later_sheet.h"

#include <QPointer>

#include <memory>

namespace valise::ui {

LaterController::LaterController(client::Client* client, const Theme* theme, ConversationPage* page)
    : Controller(client, theme, page->window())
    , m_page(page) {
    connect(page->composer(), &Composer::laterRequested, this, &LaterController::showLater);
    connect(page->composer(), &Composer::scheduledRequested, this, &LaterController::showScheduled);
    connect(page->laterStrip(), &LaterStrip::scheduledWanted, this, &LaterController::showScheduled);
}

void LaterController::showLater(const client::ConversationId& id, const QString& text,
                                const QByteArray& replyTo) {
    auto* sheet = new SendLaterSheet(QDateTime::currentDateTimeUtc(),
                                     m_zones.value(id, QTimeZone::systemTimeZone()), {}, theme(), window());
    connect(sheet, &SendLaterSheet::chosen, this,
            [this, sheet, id, text, replyTo](const QDateTime& when, const QTimeZone& zone) {
                m_zones.insert(id, zone);
                client()->messages()->scheduleText(
                    id, text, replyTo, when.toMSecsSinceEpoch(), QString::fromLatin1(zone.id()), sheet,
                    sheet->closing([this, id, text] { m_page->takeAway(id, text); }));
            });
    sheet->open();
}

void LaterController::showScheduled(const client::ConversationId& id) {
    auto* list = new ScheduledSheet(theme(), window());
    connect(list, &ScheduledSheet::sendWanted, this, [this, list](const client::ScheduledRecord& message) {
        client()->messages()->sendScheduledNow(message.conversation, message.id, list,
                                               reloading(message.conversation, list));
    });
    connect(list, &ScheduledSheet::deleteWanted, this, [this, list](const client::ScheduledRecord& message) {
        client()->messages()->cancelScheduled(message.conversation, message.id, list,
                                              reloading(message.conversation, list));
    });
    connect(list, &ScheduledSheet::timeWanted, this,
            [this, list](const client::ScheduledRecord& message) { showTime(message, list); });
    connect(list, &ScheduledSheet::editWanted, this,
            [this, list](const client::ScheduledRecord& message) { edit(message, list); });
    follow(id, list);
    load(id, list);
    list->open();
}

void LaterController::follow(const client::ConversationId& id, ScheduledSheet* list) {
    // Most changes of a conversation are messages, drafts and read marks, which are nothing to this list.
    const auto known = std::make_shared<std::optional<std::pair<int, bool>>>();
    if (const client::ConversationRecord* open = m_page->record(); open && open->id == id)
        *known = {open->scheduled, open->scheduledMissed};
    connect(client(), &client::Client::conversationChanged, list,
            [this, list, id, known](const client::ConversationRecord& changed) {
                if (changed.id != id)
                    return;
                const std::pair<int, bool> now{changed.scheduled, changed.scheduledMissed};
                if (*known != now)
                    load(id, list);
                *known = now;
            });
}

void LaterController::load(const client::ConversationId& id, ScheduledSheet* list) {
    client()->history()->scheduled(
        id, list,
        list->showing<QVector<client::ScheduledRecord>>(
            [list](const QVector<client::ScheduledRecord>& all) { list->setMessages(all); }));
}

client::Client::Reply<void> LaterController::reloading(const client::ConversationId& id,
                                                       ScheduledSheet* list) {
    return [this, id, list](Result<void> r) {
        if (!r)
            list->explain(r.error());
        load(id, list);
    };
}

void LaterController::showTime(const client::ScheduledRecord& message, ScheduledSheet* list) {
    const QTimeZone chosen(message.zone.toLatin1());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime due = QDateTime::fromMSecsSinceEpoch(message.dueMs);
    auto* sheet = new SendLaterSheet(now, chosen.isValid() ? chosen : QTimeZone::systemTimeZone(),
                                     due > now ? due : QDateTime(), theme(), list);
    connect(sheet, &SendLaterSheet::chosen, this,
            [this, sheet, message, list = QPointer(list)](const QDateTime& when, const QTimeZone& zone) {
                const auto reload = [this, message, list] {
                    if (list)
                        load(message.conversation, list);
                };
                client()->messages()->rescheduleText(message.conversation, message.id,
                                                     when.toMSecsSinceEpoch(), QString::fromLatin1(zone.id()),
                                                     sheet, sheet->closing(reload));
            });
    sheet->open();
}

void LaterController::edit(const client::ScheduledRecord& message, ScheduledSheet* list) {
    // Asked before anything is taken away: neither text may be lost.
    if (!m_page->canTakeBack(message.conversation)) {
        list->showError(tr("Please send or clear first what stands in the message field."));
        return;
    }
    client()->messages()->cancelScheduled(
        message.conversation, message.id, list, [this, message, list](Result<void> r) {
            if (!r) {
                list->explain(r.error());
                return load(message.conversation, list);
            }
            m_page->takeBack(message.conversation, client::withMentionNames(message.text, message.mentions));
            list->accept();
        });
}

} // namespace valise::ui
