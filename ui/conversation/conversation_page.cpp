// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/conversation_page.h"

#include "ui/conversation/closed_bar.h"
#include "ui/format.h"

#include <QDesktopServices>
#include <QFrame>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr int kQuickReactions = 6;
constexpr int kMostRead = 3; //!< messages that come at once and are still read out one by one

bool same(const client::MemberRecord& a, const client::MemberRecord& b) {
    return a.key == b.key && a.name == b.name && a.address == b.address && a.admin == b.admin &&
           a.self == b.self && a.verified == b.verified;
}

//! The parts of a widget that Tab stops at, the widget itself included.
QVector<QWidget*> tabStops(QWidget* widget) {
    QVector<QWidget*> stops;
    const auto add = [&](QWidget* one) {
        if ((one->focusPolicy() & Qt::TabFocus) && !one->focusProxy() && one->window() == widget->window())
            stops.append(one);
    };
    add(widget);
    for (QWidget* part : widget->findChildren<QWidget*>())
        add(part);
    return stops;
}

} // namespace

ConversationPage::ConversationPage(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("mainPane"));
    setAttribute(Qt::WA_StyledBackground);
    const auto plainColumn = [](QWidget* of) {
        auto* column = new QVBoxLayout(of);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        return column;
    };
    auto* column = plainColumn(this);
    for (QVBoxLayout*& place : m_places)
        place = plainColumn(nullptr);
    const auto placeOf = [this](Place place) { return m_places.at(static_cast<std::size_t>(place)); };
    m_emoji = new EmojiChooser(theme, this);
    m_header = new ConversationHeader(theme, this);
    m_view = new TimelineView(&m_timeline, theme, this);
    m_line = new QFrame(this);
    m_line->setObjectName(QStringLiteral("hairline"));
    m_line->setFixedHeight(1);
    m_composer = new Composer(theme, this);
    m_composer->setEmojiTable(m_emoji->table());
    m_middle = plainColumn(nullptr);
    m_middle->addWidget(m_view, 1);
    column->addWidget(m_header);
    column->addLayout(placeOf(Place::BelowHeader));
    column->addLayout(placeOf(Place::AboveMessages));
    column->addLayout(m_middle, 1);
    column->addWidget(m_line);
    column->addLayout(placeOf(Place::AboveField));
    column->addWidget(m_composer);
    column->addLayout(placeOf(Place::InsteadOfField));
    setTabOrder(m_view, m_composer);
    addOwnBars();

    m_beside = new QStackedWidget(parent);
    m_side = new SidePanel(theme, m_beside);
    addPanel(m_side);
    connectParts();
    offerEmoji();
    setRecord(nullptr);
}

void ConversationPage::addOwnBars() {
    m_pinned = new PinnedStrip(m_theme, this);
    m_later = new LaterStrip(m_theme, this);
    m_selection = new SelectionBar(m_theme, this);
    m_request = new RequestBar(this);
    auto* closed = new ClosedBar(this);
    addBar(m_pinned, Place::BelowHeader);
    addBar(m_later, Place::AboveField);
    addBar(m_selection, Place::InsteadOfField);
    addBar(m_request, Place::InsteadOfField);
    addBar(closed, Place::InsteadOfField);
    connect(this, &ConversationPage::recordChanged, m_pinned, &PinnedStrip::setConversation);
    connect(this, &ConversationPage::recordChanged, m_later, &LaterStrip::setConversation);
    connect(this, &ConversationPage::recordChanged, m_request, &RequestBar::setConversation);
    connect(this, &ConversationPage::recordChanged, closed, &ClosedBar::setConversation);

    connect(m_pinned, &PinnedStrip::chosen, this, [this](qint64 row) { m_view->jump(row, -1); });
    connect(m_pinned, &PinnedStrip::unpinWanted, this,
            [this](const client::MessageRecord& m) { emit pinRequested(m.conversation, m.row, false); });
    connect(m_selection, &SelectionBar::copyWanted, this, [this] {
        m_view->copySelection();
        m_view->endSelecting();
    });
    connect(m_selection, &SelectionBar::forwardWanted, this,
            [this] { emit forwardRequested(m_view->selectedMessages()); });
    connect(m_selection, &SelectionBar::deleteWanted, this,
            [this] { emit deleteRequested(m_current, m_view->selectedMessages(), mayWrite()); });
    connect(m_selection, &SelectionBar::cancelled, m_view, &TimelineView::endSelecting);
}

void ConversationPage::connectParts() {
    connect(this, &ConversationPage::recordChanged, m_header, &ConversationHeader::setConversation);
    connect(this, &ConversationPage::recordChanged, m_side, &SidePanel::setConversation);
    // The header's menu and the panel offer the same.
    connect(m_header, &ConversationHeader::addPeopleWanted, m_side, &SidePanel::addPeopleWanted);
    connect(m_header, &ConversationHeader::renameWanted, m_side, &SidePanel::renameWanted);
    connect(m_header, &ConversationHeader::leaveWanted, m_side, &SidePanel::leaveWanted);

    connect(m_view, &TimelineView::replyRequested, this, [this](const client::MessageRecord& m) {
        if (!mayWrite() || m.eventId.isEmpty())
            return;
        m_composer->setReply(m.eventId, m.senderName, wordsOf(m));
        m_composer->field()->setFocus();
    });
    connect(m_view, &TimelineView::actionRequested, this, &ConversationPage::onAction);
    connect(m_view, &TimelineView::reactionChosen, this, &ConversationPage::react);
    connect(m_view, &TimelineView::linkChosen, this, &ConversationPage::showLink);
    connect(m_view, &TimelineView::selectionChanged, this, &ConversationPage::onSelection);
    connect(m_composer, &Composer::notice, this, &ConversationPage::notice);
    connect(m_composer, &Composer::leftUpwards, this, [this] { m_view->setFocus(Qt::TabFocusReason); });
    connect(m_composer, &Composer::emojiUsed, m_emoji, &EmojiChooser::use);
    connect(m_composer, &Composer::emojiWanted, this, [this](QPoint global) {
        m_emoji->show(global, [this](const QString& emoji) { m_composer->insertEmoji(emoji); });
    });
    connect(m_emoji, &EmojiChooser::offerChanged, this, &ConversationPage::offerEmoji);
    connect(&m_writers, &Writers::changed, this, &ConversationPage::showWriting);
}

void ConversationPage::addBar(QWidget* bar, Place place) {
    m_places.at(static_cast<std::size_t>(place))->addWidget(bar);
    orderTabs(bar, place);
}

void ConversationPage::orderTabs(QWidget* bar, Place place) {
    // Tab goes from top to bottom, in whatever order the parts were made.
    QVector<QWidget*> above{m_header};
    for (std::size_t i = 0; i <= static_cast<std::size_t>(place); ++i) {
        if (i == static_cast<std::size_t>(Place::AboveField))
            above.append(m_view);
        if (i == static_cast<std::size_t>(Place::InsteadOfField))
            above.append(m_composer);
        for (int k = 0; k < m_places.at(i)->count(); ++k)
            if (QWidget* other = m_places.at(i)->itemAt(k)->widget(); other && other != bar)
                above.append(other);
    }
    QWidget* last = nullptr;
    for (QWidget* part : std::as_const(above))
        if (const QVector<QWidget*> stops = tabStops(part); !stops.isEmpty())
            last = stops.constLast();
    for (QWidget* stop : tabStops(bar)) {
        if (last)
            setTabOrder(last, stop);
        last = stop;
    }
}

void ConversationPage::addPanel(QWidget* panel) {
    m_beside->addWidget(panel);
}

void ConversationPage::showPanel(QWidget* panel) {
    m_beside->setCurrentWidget(panel ? panel : m_side);
    emit besideWanted();
}

void ConversationPage::setEmptyState(QWidget* state) {
    m_emptyState = state;
    m_middle->insertWidget(0, state, 1);
    state->setVisible(!m_record);
}

void ConversationPage::open(const client::ConversationRecord& conversation) {
    m_view->endSelecting();
    m_composer->open(conversation.id, conversation.draft);
    m_current = conversation.id;
    m_members.clear();
    m_view->setGroup(!conversation.direct);
    m_view->setUnreadOnOpen(conversation.unread);
    m_timeline.open(m_current);
    setRecord(&conversation);
    showWriting();
    emit opened(m_current);
    if (conversation.unread > 0)
        m_timeline.wantOpening();
    else
        m_timeline.wantNewest();
}

void ConversationPage::setRecord(const client::ConversationRecord* conversation) {
    m_record = conversation ? std::optional(*conversation) : std::nullopt;
    const bool open = m_record.has_value();
    m_header->setVisible(open);
    m_view->setVisible(open);
    m_line->setVisible(open);
    if (m_emptyState)
        m_emptyState->setVisible(!open);
    showInput();
    if (open) {
        m_view->setGroup(!m_record->direct);
        m_composer->setPlaceholder(composerPlaceholder(*m_record));
    }
    emit recordChanged(m_record.value_or(client::ConversationRecord()));
}

bool ConversationPage::mayWrite() const {
    return m_record && m_record->state == client::ConversationState::Active;
}

void ConversationPage::showInput() {
    const bool choosing = m_view->isSelecting();
    m_selection->setVisible(choosing && m_record);
    m_composer->setVisible(mayWrite() && !choosing);
    m_view->setMayWrite(mayWrite());
}

void ConversationPage::onSelection(int count) {
    m_selection->setCount(std::max(0, count));
    showInput();
    if (count >= 0)
        m_view->setFocus();
    else if (mayWrite())
        m_composer->field()->setFocus();
}

void ConversationPage::onAction(MessageAction action, const client::MessageRecord& message, QPoint global) {
    switch (action) {
    case MessageAction::React:
        m_emoji->show(global, [this, message](const QString& emoji) { react(message, emoji, true); });
        break;
    case MessageAction::Edit:
        m_composer->setEditing(message.eventId, wordsOf(message));
        m_composer->field()->setFocus();
        break;
    case MessageAction::Forward:
        emit forwardRequested({message});
        break;
    case MessageAction::Star:
        emit starRequested(m_current, message.row, !message.starred);
        break;
    case MessageAction::Pin:
        emit pinRequested(m_current, message.row, !message.pinned);
        break;
    case MessageAction::Details:
        emit detailsRequested(m_current, message.row);
        break;
    case MessageAction::Delete:
        emit deleteRequested(m_current, {message}, mayWrite());
        break;
    case MessageAction::Reply:
    case MessageAction::OpenLink:
    case MessageAction::Copy:
    case MessageAction::Select:
        break; // done by the timeline
    }
}

void ConversationPage::react(const client::MessageRecord& message, const QString& emoji, bool on) {
    if (on)
        m_emoji->use(emoji);
    emit reactionRequested(message.conversation, message.eventId, emoji, on);
}

void ConversationPage::offerEmoji() {
    m_view->setQuickReactions(m_emoji->recent().quick(kQuickReactions));
}

LinkSheet* ConversationPage::showLink(const QString& target) {
    auto* sheet = new LinkSheet(target, m_theme, this);
    connect(sheet, &LinkSheet::confirmed, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    sheet->open();
    return sheet;
}

void ConversationPage::askForDate() {
    if (m_record)
        emit m_header->dateWanted(m_record->id);
}

void ConversationPage::setMembers(const client::ConversationId& id,
                                  const QVector<client::MemberRecord>& members) {
    if (id != m_current ||
        std::equal(members.begin(), members.end(), m_members.begin(), m_members.end(), same))
        return;
    m_members = members;
    m_side->setMembers(members);
    m_composer->setMembers(members);
    emit membersChanged(members);
}

void ConversationPage::addMessages(const QVector<client::MessageRecord>& messages) {
    m_timeline.add(messages);
    QVector<int> heard;
    for (const client::MessageRecord& message : messages) {
        m_writers.set(message.conversation, message.sender, {}, false);
        const int index =
            message.conversation == m_current && !message.own ? m_timeline.indexOfRow(message.row) : -1;
        if (index >= 0)
            heard << index;
    }
    if (heard.isEmpty() || !isVisible())
        return;
    if (heard.size() > kMostRead) {
        emit said(tr("%n new message(s)", nullptr, static_cast<int>(heard.size())));
        return;
    }
    QStringList sentences;
    for (const int index : std::as_const(heard))
        sentences << m_view->describe(index);
    emit said(sentences.join(QLatin1Char(' ')));
}

void ConversationPage::changeMessage(const client::MessageRecord& message) {
    m_pinned->changeMessage(message);
    const int index = message.conversation == m_current ? m_timeline.indexOfRow(message.row) : -1;
    const auto before = index < 0 ? message.delivery.state : m_timeline.at(index).delivery.state;
    m_timeline.change(message);
    const bool lost = message.delivery.state == client::DeliveryState::Failed ||
                      message.delivery.state == client::DeliveryState::Withdrawn;
    if (message.own && lost && before != message.delivery.state)
        emit said(deliveryText(message));
}

void ConversationPage::removeMessage(const client::ConversationId& id, qint64 row) {
    m_pinned->removeMessage(id, row);
    if (id == m_current)
        m_timeline.remove(row);
}

void ConversationPage::setWriting(const client::ConversationId& id, const client::AccountKey& member,
                                  const QString& name, bool on) {
    m_writers.set(id, member, name, on);
}

void ConversationPage::showWriting() {
    m_header->setWriting(m_writers.names(m_current));
}

void ConversationPage::setAudience(const client::ConversationId& id, const client::AudienceRecord& audience) {
    if (id != m_current)
        return;
    if (!m_record || m_record->direct)
        return m_composer->setAudience({});
    QStringList sentences;
    QStringList joined;
    for (const QString& name : audience.joined.mid(0, 5))
        joined << isolated(name);
    if (!joined.isEmpty())
        sentences << tr("New since you last wrote here: %1.").arg(QLocale().createSeparatedList(joined));
    if (audience.first || !audience.joined.isEmpty()) {
        sentences << tr("%n member(s) will read what you write.", nullptr, audience.members);
        if (audience.unverified > 0)
            sentences << tr("You have not verified %n of them.", nullptr, audience.unverified);
    }
    m_composer->setAudience(sentences.join(QLatin1Char(' ')));
}

void ConversationPage::takeAway(const client::ConversationId& id, const QString& text) {
    // Only what was taken: the person may have written on, or gone elsewhere.
    if (id == m_current && m_composer->editing().isEmpty() && m_composer->textToSend() == text)
        m_composer->clearText();
}

bool ConversationPage::canTakeBack(const client::ConversationId& id) const {
    return id == m_current && mayWrite() && m_composer->editing().isEmpty() &&
           m_composer->text().trimmed().isEmpty();
}

void ConversationPage::takeBack(const client::ConversationId& id, const QString& text) {
    if (id == m_current)
        m_composer->putText(text);
}

QVector<QWidget*> ConversationPage::parts() const {
    const bool writing = m_composer->isVisibleTo(this);
    return {m_header, m_view, writing ? static_cast<QWidget*>(m_composer) : m_request, m_beside};
}

} // namespace valise::ui
