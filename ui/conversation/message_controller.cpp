// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_controller.h"

#include "ui/conversation/conversation_page.h"
#include "ui/conversation/delete_sheet.h"
#include "ui/conversation/details_sheet.h"
#include "ui/conversation/forward_sheet.h"

#include <memory>

namespace valise::ui {

MessageController::MessageController(client::Client* client, const Theme* theme, ConversationPage* page,
                                     Conversations conversations)
    : Controller(client, theme, page->window())
    , m_page(page)
    , m_conversations(std::move(conversations)) {
    connectComposer();
    connectMessages();
    connect(page->pinnedStrip(), &PinnedStrip::messagesWanted, this, &MessageController::loadPinned);
    connect(page, &ConversationPage::membersChanged, this, &MessageController::loadAudience);
}

void MessageController::connectComposer() {
    const Composer* composer = m_page->composer();
    connect(composer, &Composer::sendRequested, this, &MessageController::send);
    connect(composer, &Composer::editRequested, this, &MessageController::edit);
    connect(composer, &Composer::draftChanged, this,
            [this](const QByteArray& id, const QString& text) { client()->messages()->saveDraft(id, text); });
    connect(composer, &Composer::typing, this,
            [this](const QByteArray& id, bool on) { client()->messages()->setTyping(id, on); });
}

void MessageController::connectMessages() {
    connect(m_page, &ConversationPage::reactionRequested, this,
            [this](const QByteArray& id, const QByteArray& event, const QString& emoji, bool on) {
                client()->messages()->react(id, event, emoji, on, this, orFailed());
            });
    connect(m_page, &ConversationPage::starRequested, this,
            [this](const QByteArray& id, qint64 row, bool on) {
                client()->messages()->setStarred(id, row, on, this, orFailed());
            });
    connect(m_page, &ConversationPage::pinRequested, this, [this](const QByteArray& id, qint64 row, bool on) {
        client()->messages()->setMessagePinned(id, row, on, this, orFailed());
    });
    connect(m_page, &ConversationPage::forwardRequested, this, &MessageController::showForward);
    connect(m_page, &ConversationPage::deleteRequested, this, &MessageController::showDelete);
    connect(m_page, &ConversationPage::detailsRequested, this, &MessageController::showDetails);
}

void MessageController::send(const client::ConversationId& id, const QString& text,
                             const QByteArray& replyTo) {
    client()->messages()->sendText(id, text, replyTo, this,
                                   [this, id, text](Result<client::MessageRecord> r) {
                                       Composer* composer = m_page->composer();
                                       if (r) {
                                           m_page->timelineModel()->add({*r});
                                           if (m_page->current() == id && !composer->audience().isEmpty())
                                               loadAudience();
                                           return;
                                       }
                                       emit failed(r.error());
                                       // The text is not lost: it stands in the field again.
                                       if (composer->conversation() == id && composer->text().isEmpty()) {
                                           composer->setDraft(text);
                                           client()->messages()->saveDraft(id, text);
                                       }
                                   });
}

void MessageController::edit(const client::ConversationId& id, const QByteArray& event, const QString& text) {
    client()->messages()->editMessage(id, event, text, this, [this, id, event, text](Result<void> r) {
        if (r)
            return;
        emit failed(r.error());
        // The text is not lost: it stands in the field again.
        if (m_page->current() == id)
            m_page->composer()->setEditing(event, text);
    });
}

void MessageController::loadPinned(const client::ConversationId& id) {
    client()->history()->pinned(id, this, [this, id](Result<QVector<client::MessageRecord>> r) {
        if (r)
            m_page->pinnedStrip()->setMessages(id, *r);
    });
}

void MessageController::loadAudience() {
    const client::ConversationRecord* open = m_page->record();
    if (!open || open->direct)
        return;
    client()->groups()->audience(open->id, this, [this, id = open->id](Result<client::AudienceRecord> r) {
        if (r)
            m_page->setAudience(id, *r);
    });
}

void MessageController::showForward(const QVector<client::MessageRecord>& messages) {
    QVector<client::MessageRecord> written;
    for (const client::MessageRecord& message : messages)
        if (!message.isDeleted())
            written.append(message);
    if (written.isEmpty())
        return;
    auto* sheet = new ForwardSheet(written, m_conversations(), theme(), window());
    connect(sheet, &ForwardSheet::chosen, this, [this, sheet, written](const QVector<QByteArray>& to) {
        // The last answer closes the sheet; all are written in order by the core thread.
        const auto left = std::make_shared<qsizetype>(to.size() * written.size());
        for (const QByteArray& id : to) {
            for (const client::MessageRecord& message : written) {
                client()->messages()->sendText(id, message.text(), {}, sheet,
                                               [this, sheet, left](Result<client::MessageRecord> r) {
                                                   if (!r)
                                                       return sheet->fail(r.error());
                                                   if (--*left > 0)
                                                       return;
                                                   m_page->timelineView()->endSelecting();
                                                   sheet->accept();
                                               });
            }
        }
    });
    sheet->open();
}

void MessageController::showDelete(const client::ConversationId& id,
                                   const QVector<client::MessageRecord>& messages, bool mayWrite) {
    if (messages.isEmpty())
        return;
    auto* sheet = new DeleteSheet(messages, mayWrite, theme(), window());
    const auto done = sheet->closing([this] { m_page->timelineView()->endSelecting(); });
    connect(sheet, &DeleteSheet::forMe, this, [this, sheet, id, messages, done] {
        QVector<qint64> rows;
        for (const client::MessageRecord& message : messages)
            rows.append(message.row);
        client()->messages()->deleteForMe(id, rows, sheet, done);
    });
    connect(sheet, &DeleteSheet::forEveryone, this, [this, sheet, id, messages, done] {
        QVector<QByteArray> ids;
        for (const client::MessageRecord& message : messages)
            ids.append(message.eventId);
        client()->messages()->deleteForEveryone(id, ids, sheet, done);
    });
    sheet->open();
}

void MessageController::showDetails(const client::ConversationId& id, qint64 row) {
    auto* sheet = new DetailsSheet(theme(), window());
    client()->history()->messageDetails(
        id, row, sheet, sheet->showing<client::MessageDetails>([sheet](const client::MessageDetails& d) {
            sheet->setDetails(d);
        }));
    sheet->open();
}

} // namespace valise::ui
