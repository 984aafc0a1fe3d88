// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/timeline_controller.h"

#include "ui/conversation/conversation_page.h"
#include "ui/conversation/date_sheet.h"
#include "ui/conversation/starred_sheet.h"

namespace valise::ui {
namespace {

constexpr int kMostStarred = 500;

} // namespace

using client::Client;
using client::MessagePage;

TimelineController::TimelineController(Client* client, const Theme* theme, ConversationPage* page)
    : Controller(client, theme, page->window())
    , m_page(page) {
    connectPages();
    connectClient();
    connect(page->timelineView(), &TimelineView::seen, this, [this](qint64 row) {
        const client::ConversationId id = m_page->current();
        this->client()->messages()->markRead(id, row);
        emit seen(id);
    });
    connect(page->header(), &ConversationHeader::starredWanted, this, &TimelineController::showStarred);
    connect(page->header(), &ConversationHeader::dateWanted, this, &TimelineController::showDate);
}

void TimelineController::connectPages() {
    TimelineModel* timeline = m_page->timelineModel();
    constexpr int kPage = TimelineModel::kPage;
    const auto show = [this, timeline](Result<MessagePage> r) {
        if (r)
            timeline->setPage(*r);
        else
            emit failed(r.error());
    };
    connect(timeline, &TimelineModel::newestWanted, this,
            [this, show](const QByteArray& id) { client()->history()->latestPage(id, kPage, this, show); });
    connect(timeline, &TimelineModel::openingWanted, this,
            [this, show](const QByteArray& id) { client()->history()->openingPage(id, kPage, this, show); });
    connect(timeline, &TimelineModel::olderWanted, this, [this, timeline](const QByteArray& id, qint64 row) {
        client()->history()->pageBefore(id, row, kPage, this, [timeline](Result<MessagePage> r) {
            if (r)
                timeline->prepend(*r);
            else
                timeline->requestFailed();
        });
    });
    connect(timeline, &TimelineModel::newerWanted, this, [this, timeline](const QByteArray& id, qint64 row) {
        client()->history()->pageAfter(id, row, kPage, this, [timeline](Result<MessagePage> r) {
            if (r)
                timeline->append(*r);
            else
                timeline->requestFailed();
        });
    });
    connect(timeline, &TimelineModel::aroundWanted, this, [this](const QByteArray& id, qint64 row) {
        client()->history()->pageAround(id, row, kPage, this,
                                        [this, row](Result<MessagePage> r) { showPage(std::move(r), row); });
    });
    connect(timeline, &TimelineModel::sinceWanted, this, [this](const QByteArray& id, qint64 seconds) {
        client()->history()->pageSince(id, seconds, kPage, this, [this, seconds](Result<MessagePage> r) {
            showSince(std::move(r), seconds);
        });
    });
}

void TimelineController::connectClient() {
    connect(client(), &Client::messagesAdded, m_page,
            [page = m_page](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                page->addMessages(messages);
            });
    connect(client(), &Client::messageChanged, m_page, &ConversationPage::changeMessage);
    connect(client(), &Client::messageRemoved, m_page, &ConversationPage::removeMessage);
    connect(client(), &Client::typingChanged, m_page, &ConversationPage::setWriting);
}

void TimelineController::showPage(Result<MessagePage> page, qint64 row) {
    if (!page) {
        emit failed(page.error());
        return;
    }
    m_page->timelineModel()->setPage(*page);
    m_page->timelineView()->showRow(row);
}

void TimelineController::showSince(Result<MessagePage> page, qint64 seconds) {
    qint64 first = 0;
    if (page)
        for (const client::MessageRecord& m : page->messages)
            if (first == 0 && m.createdAt >= seconds)
                first = m.row;
    showPage(std::move(page), first);
}

void TimelineController::showStarred(const client::ConversationId& id) {
    auto* sheet = new StarredSheet(theme(), window());
    client()->history()->starred(
        id, kMostStarred, sheet,
        sheet->showing<QVector<client::SearchHit>>(
            [sheet](const QVector<client::SearchHit>& hits) { sheet->setMessages(hits); }));
    connect(
        sheet, &StarredSheet::chosen, m_page->timelineModel(),
        [this](const client::MessageRecord& message) { m_page->timelineModel()->wantAround(message.row); });
    sheet->open();
}

void TimelineController::showDate() {
    auto* sheet = new DateSheet(QDate::currentDate(), theme(), window());
    connect(sheet, &DateSheet::chosen, m_page->timelineModel(), [this](const QDate& day) {
        m_page->timelineModel()->wantSince(day.startOfDay().toSecsSinceEpoch());
    });
    sheet->open();
}

} // namespace valise::ui
