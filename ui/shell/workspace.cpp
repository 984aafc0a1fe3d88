// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/workspace.h"

#include "core/client/client.h"
#include "ui/format.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

constexpr int kRail = 56;
constexpr int kList = 322;
constexpr int kNarrowList = 304;
constexpr int kSide = 286;
constexpr int kNarrow = 1060; //!< below, the side panel lies over the timeline
constexpr int kQuickReactions = 6;
constexpr int kMostRead = 3; //!< messages that come at once and are still read out one by one
constexpr qsizetype kMostWriters = 64;
constexpr int kVeryNarrow = 900; //!< below, the list gives way a little

} // namespace

Workspace::Workspace(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_emoji(QLocale().name()) {
    setObjectName(QStringLiteral("workspace"));
    m_rail = new Rail(theme, this);
    m_pane = new ConversationPane(&m_list, theme, this);
    m_main = new QWidget(this);
    m_main->setObjectName(QStringLiteral("mainPane"));
    m_main->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(m_main);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_header = new ConversationHeader(theme, m_main);
    m_banner = new Banner(theme, m_main);
    m_notice = new Notice(theme, m_main);
    m_view = new TimelineView(&m_timeline, theme, m_main);
    m_composer = new Composer(theme, m_main);
    m_composer->setEmojiTable(&m_emoji);
    m_selection = new SelectionBar(theme, m_main);
    m_selection->hide();
    m_empty = makeEmptyState();

    const auto hairline = [&] {
        auto* line = new QFrame(m_main);
        line->setObjectName(QStringLiteral("hairline"));
        line->setFixedHeight(1);
        return line;
    };
    m_request = new QWidget(m_main);
    m_request->setObjectName(QStringLiteral("composerBar"));
    m_request->setAttribute(Qt::WA_StyledBackground);
    auto* requestColumn = new QVBoxLayout(m_request);
    requestColumn->setContentsMargins(18, 14, 18, 14);
    requestColumn->setSpacing(10);
    m_requestText = new QLabel(m_request);
    m_requestText->setWordWrap(true);
    m_requestText->setTextFormat(Qt::PlainText);
    auto* requestButtons = new QHBoxLayout;
    m_accept = new QPushButton(tr("Accept"), m_request);
    m_accept->setProperty("primary", true);
    m_accept->setObjectName(QStringLiteral("acceptButton"));
    m_decline = new QPushButton(tr("Decline"), m_request);
    requestButtons->addWidget(m_accept);
    requestButtons->addWidget(m_decline);
    requestButtons->addStretch();
    requestColumn->addWidget(m_requestText);
    requestColumn->addLayout(requestButtons);
    m_closed = new QLabel(m_main);
    m_closed->setAlignment(Qt::AlignCenter);
    m_closed->setWordWrap(true);
    m_closed->setProperty("dim", true);
    m_closed->setContentsMargins(18, 16, 18, 16);

    m_pinned = new PinnedStrip(theme, m_main);
    column->addWidget(m_header);
    column->addWidget(m_pinned);
    column->addWidget(m_banner);
    column->addWidget(m_notice);
    column->addWidget(m_empty, 1);
    column->addWidget(m_view, 1);
    m_line = hairline();
    column->addWidget(m_line);
    m_laterStrip = new LaterStrip(theme, m_main);
    column->addWidget(m_laterStrip);
    column->addWidget(m_composer);
    column->addWidget(m_selection);
    column->addWidget(m_request);
    column->addWidget(m_closed);
    m_side = new SidePanel(theme, this);
    m_announcer = new Announcer(this);

    connect(m_rail, &Rail::conversationsWanted, this, [this] {
        m_pane->setFilter(ListFilter::All);
        m_rail->setRequestsShown(false);
    });
    connect(m_rail, &Rail::requestsWanted, this, [this] {
        m_pane->setFilter(ListFilter::Requests);
        m_rail->setRequestsShown(true);
    });
    connect(m_rail, &Rail::newConversationWanted, this, &Workspace::newConversationRequested);
    connect(m_rail, &Rail::invitationWanted, this, &Workspace::invitationRequested);
    connect(m_rail, &Rail::settingsWanted, this, &Workspace::settingsRequested);
    connect(m_pane, &ConversationPane::conversationChosen, this, &Workspace::openConversation);
    connect(m_pane, &ConversationPane::hitChosen, this, [this](const client::MessageRecord& m) {
        openConversation(m.conversation);
        emit hitOpened(m.conversation, m.row);
    });
    connect(m_pane, &ConversationPane::searchWanted, this, &Workspace::searchRequested);
    connect(m_header, &ConversationHeader::searchWanted, m_pane, &ConversationPane::focusSearchHere);
    connect(m_header, &ConversationHeader::sidePanelToggled, this,
            [this] { setSidePanelShown(!m_side->isVisible()); });
    connect(m_header, &ConversationHeader::addPeopleWanted, this,
            [this] { emit addPeopleRequested(m_current); });
    connect(m_header, &ConversationHeader::renameWanted, this, [this] { emit renameRequested(m_current); });
    connect(m_header, &ConversationHeader::leaveWanted, this, [this] { emit leaveRequested(m_current); });
    connect(m_side, &SidePanel::addPeopleWanted, this, [this] { emit addPeopleRequested(m_current); });
    connect(m_side, &SidePanel::renameWanted, this, [this] { emit renameRequested(m_current); });
    connect(m_side, &SidePanel::leaveWanted, this, [this] { emit leaveRequested(m_current); });
    connect(m_side, &SidePanel::removeWanted, this,
            [this](const client::MemberRecord& m) { emit removeRequested(m_current, m); });
    connect(m_side, &SidePanel::administratorWanted, this, [this](const client::MemberRecord& m, bool on) {
        emit administratorRequested(m_current, m, on);
    });
    connect(m_side, &SidePanel::retentionWanted, this, [this] { emit retentionRequested(m_current); });
    connect(m_side, &SidePanel::serversWanted, this,
            [this] { emit conversationServersRequested(m_current); });
    connect(m_side, &SidePanel::disbandWanted, this, [this] { emit disbandRequested(m_current); });
    connect(m_banner, &Banner::tryNow, this, &Workspace::tryNowRequested);
    connectMessages();
    connect(m_pane, &ConversationPane::flagWanted, this, &Workspace::flagRequested);
    connect(m_pane, &ConversationPane::notificationWanted, this, &Workspace::notificationRequested);
    connect(m_header, &ConversationHeader::notificationWanted, this,
            [this](std::optional<client::NotificationDetail> detail) {
                emit notificationRequested(m_current, detail);
            });
    connect(m_header, &ConversationHeader::flagWanted, this,
            [this](ListFlag flag, bool on) { emit flagRequested(m_current, flag, on); });
    connect(m_header, &ConversationHeader::starredWanted, this, [this] { emit starredRequested(m_current); });
    connect(m_header, &ConversationHeader::dateWanted, this, [this] { emit dateRequested(m_current); });
    connect(m_view, &TimelineView::seen, this, [this](qint64 row) { emit seen(m_current, row); });
    connect(m_composer, &Composer::sendRequested, this,
            [this](const QString& text, const QByteArray& replyTo) {
                emit sendRequested(m_current, text, replyTo);
            });
    connect(m_composer, &Composer::laterRequested, this,
            [this](const QString& text, const QByteArray& replyTo) {
                emit laterRequested(m_current, text, replyTo);
            });
    connect(m_composer, &Composer::scheduledRequested, this, [this] { emit scheduledRequested(m_current); });
    connect(m_laterStrip, &QPushButton::clicked, this, [this] { emit scheduledRequested(m_current); });
    connect(m_composer, &Composer::draftChanged, this,
            [this](const QString& text) { emit draftChanged(m_current, text); });
    connect(m_composer, &Composer::typing, this, [this](bool on) { emit typing(m_current, on); });
    connect(m_composer, &Composer::notice, this, &Workspace::showNotice);
    m_writersTimer.setSingleShot(true);
    connect(&m_writersTimer, &QTimer::timeout, this, &Workspace::showWriting);
    connect(m_composer, &Composer::leftUpwards, this, [this] { m_view->setFocus(Qt::TabFocusReason); });
    connect(m_accept, &QPushButton::clicked, this, [this] { emit acceptRequested(m_current); });
    connect(m_decline, &QPushButton::clicked, this, [this] { emit declineRequested(m_current); });
    connect(m_theme, &Theme::changed, this, &Workspace::restyle);

    setTabOrder(m_rail, m_pane);
    setTabOrder(m_pane, m_main);
    setTabOrder(m_view, m_composer);
    restyle();
    refreshCurrent();
}

void Workspace::connectMessages() {
    connect(m_view, &TimelineView::replyRequested, this, [this](const client::MessageRecord& m) {
        if (!mayWrite() || m.eventId.isEmpty())
            return;
        m_composer->setReply(m.eventId, m.senderName, wordsOf(m));
        m_composer->field()->setFocus();
    });
    connect(m_view, &TimelineView::actionRequested, this, &Workspace::onAction);
    connect(m_view, &TimelineView::reactionChosen, this, &Workspace::react);
    connect(m_pinned, &PinnedStrip::chosen, this, [this](qint64 row) { m_view->jump(row, -1); });
    connect(m_pinned, &PinnedStrip::unpinWanted, this,
            [this](const client::MessageRecord& m) { emit pinRequested(m.conversation, m.row, false); });
    connect(m_view, &TimelineView::linkChosen, this, &Workspace::showLink);
    connect(m_view, &TimelineView::selectionChanged, this, [this](int count) {
        m_selection->setCount(std::max(0, count));
        showInput();
        if (count >= 0)
            m_view->setFocus();
        else if (mayWrite())
            m_composer->field()->setFocus();
    });
    connect(m_selection, &SelectionBar::copyWanted, this, [this] {
        m_view->copySelection();
        m_view->endSelecting();
    });
    connect(m_selection, &SelectionBar::forwardWanted, this,
            [this] { emit forwardRequested(m_view->selectedMessages()); });
    connect(m_selection, &SelectionBar::deleteWanted, this,
            [this] { emit deleteRequested(m_current, m_view->selectedMessages(), mayWrite()); });
    connect(m_selection, &SelectionBar::cancelled, m_view, &TimelineView::endSelecting);
    connect(m_composer, &Composer::editRequested, this,
            [this](const QByteArray& eventId, const QString& text) {
                emit editRequested(m_current, eventId, text);
            });
    connect(m_composer, &Composer::emojiUsed, this, &Workspace::useEmoji);
    connect(m_composer, &Composer::emojiWanted, this, [this](QPoint global) {
        showEmoji(global, [this](const QString& emoji) { m_composer->insertEmoji(emoji); });
    });
    m_view->setQuickReactions(m_recent.quick(kQuickReactions));
}

void Workspace::onAction(MessageAction action, const client::MessageRecord& message, QPoint global) {
    switch (action) {
    case MessageAction::React:
        showEmoji(global, [this, message](const QString& emoji) { react(message, emoji, true); });
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

void Workspace::react(const client::MessageRecord& message, const QString& emoji, bool on) {
    if (on)
        useEmoji(emoji);
    emit reactionRequested(message.conversation, message.eventId, emoji, on);
}

void Workspace::useEmoji(const QString& emoji) {
    if (!m_emoji.find(emoji))
        return; // somebody's own word, answered in kind
    m_recent.use(emoji);
    m_view->setQuickReactions(m_recent.quick(kQuickReactions));
    emit recentEmojiChanged(m_recent.asText());
}

void Workspace::setRecentEmoji(const QString& text) {
    m_recent.setText(text);
    m_view->setQuickReactions(m_recent.quick(kQuickReactions));
}

QuickSwitcher* Workspace::showSwitcher() {
    if (m_switcher)
        return m_switcher;
    m_switcher = new QuickSwitcher(m_list.conversations(), m_theme, this);
    connect(m_switcher, &QuickSwitcher::conversationChosen, this, &Workspace::openConversation);
    connect(m_switcher, &QuickSwitcher::hitChosen, this, [this](const client::MessageRecord& m) {
        openConversation(m.conversation);
        emit hitOpened(m.conversation, m.row);
    });
    connect(m_switcher, &QuickSwitcher::searchWanted, this, &Workspace::switcherSearchRequested);
    m_switcher->open();
    return m_switcher;
}

LinkSheet* Workspace::showLink(const QString& target) {
    auto* sheet = new LinkSheet(target, m_theme, this);
    connect(sheet, &LinkSheet::confirmed, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    sheet->open();
    return sheet;
}

EmojiPicker* Workspace::showEmoji(QPoint global, std::function<void(const QString&)> chosen) {
    auto* picker = new EmojiPicker(&m_emoji, m_recent, m_theme, this);
    connect(picker, &EmojiPicker::chosen, this, [this, chosen](const QString& emoji) {
        useEmoji(emoji);
        chosen(emoji);
    });
    picker->popup(global);
    return picker;
}

void Workspace::takeAway(const client::ConversationId& id, const QString& text) {
    // Only what was taken: the person may have written on, or gone elsewhere.
    if (id == m_current && m_composer->editing().isEmpty() && m_composer->textToSend() == text)
        m_composer->clearText();
}

bool Workspace::canTakeBack(const client::ConversationId& id) const {
    return id == m_current && mayWrite() && m_composer->editing().isEmpty() &&
           m_composer->text().trimmed().isEmpty();
}

void Workspace::takeBack(const client::ConversationId& id, const QString& text) {
    m_composer->setDraft(text);
    emit draftChanged(id, m_composer->text());
    m_composer->field()->setFocus();
}

bool Workspace::mayWrite() const {
    const auto* record = currentRecord();
    return record && record->state == client::ConversationState::Active;
}

void Workspace::showInput() {
    const bool choosing = m_view->isSelecting();
    m_selection->setVisible(choosing && currentRecord());
    m_composer->setVisible(mayWrite() && !choosing);
    m_view->setMayWrite(mayWrite());
}

void Workspace::setWriting(const client::ConversationId& id, const client::AccountKey& member,
                           const QString& name, bool on) {
    m_writers.removeIf([&](const Writer& w) { return w.conversation == id && w.member == member; });
    if (on && m_writers.size() < kMostWriters)
        m_writers.append({id, member, name, QDeadlineTimer(client::kTypingSeconds * 1000)});
    showWriting();
}

void Workspace::showWriting() {
    m_writers.removeIf([](const Writer& w) { return w.until.hasExpired(); });
    QStringList names;
    qint64 next = -1;
    for (const Writer& w : std::as_const(m_writers)) {
        if (w.conversation == m_current)
            names.append(w.name);
        next = next < 0 ? w.until.remainingTime() : std::min(next, w.until.remainingTime());
    }
    m_header->setWriting(names);
    if (next >= 0)
        m_writersTimer.start(static_cast<int>(next) + 1);
    else
        m_writersTimer.stop();
}

void Workspace::setAudience(const client::ConversationId& id, const client::AudienceRecord& audience) {
    const auto* record = currentRecord();
    if (id != m_current || !record || record->direct)
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

QWidget* Workspace::makeEmptyState() {
    auto* empty = new QWidget(m_main);
    empty->setObjectName(QStringLiteral("emptyState"));
    empty->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(empty);
    column->setContentsMargins(40, 40, 40, 40);
    column->setSpacing(10);
    m_emptyIcon = new QLabel(empty);
    m_emptyTitle = new QLabel(empty);
    m_emptyText = new QLabel(empty);
    m_emptyText->setWordWrap(true);
    m_emptyText->setProperty("dim", true);
    for (auto* label : {m_emptyIcon, m_emptyTitle, m_emptyText})
        label->setAlignment(Qt::AlignCenter);
    auto* start = new QPushButton(tr("Start a conversation"), empty);
    start->setProperty("primary", true);
    auto* invite = new QPushButton(tr("Show my invitation"), empty);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(start);
    buttons->addWidget(invite);
    buttons->addStretch();
    column->addStretch(2);
    column->addWidget(m_emptyIcon, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    column->addWidget(m_emptyTitle, 0, Qt::AlignHCenter);
    auto* textRow = new QHBoxLayout;
    textRow->addStretch();
    textRow->addWidget(m_emptyText, 10);
    textRow->addStretch();
    column->addLayout(textRow);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);
    connect(start, &QPushButton::clicked, this, &Workspace::newConversationRequested);
    connect(invite, &QPushButton::clicked, this, &Workspace::invitationRequested);
    return empty;
}

void Workspace::restyle() {
    m_emptyIcon->setPixmap(QIcon(QStringLiteral(":/icons/valise.svg"))
                               .pixmap(QSize(m_theme->px(88), m_theme->px(88)), devicePixelRatioF()));
    m_emptyTitle->setFont(m_theme->font(18, QFont::DemiBold));
    m_emptyText->setFont(m_theme->font(13.5));
    m_emptyText->setMaximumWidth(m_theme->px(420));
    place();
}

void Workspace::setConversations(const QVector<client::ConversationRecord>& conversations) {
    m_list.setConversations(conversations);
    m_rail->setRequests(m_list.requests());
    refreshCurrent();
}

void Workspace::updateConversation(const client::ConversationRecord& conversation) {
    m_list.update(conversation);
    m_rail->setRequests(m_list.requests());
    if (conversation.id == m_current)
        refreshCurrent();
    else if (m_current.isEmpty())
        refreshCurrent();
}

void Workspace::setConnection(const client::ConnectionRecord& connection) {
    m_connection = connection;
    const QString before = m_banner->text();
    m_banner->setConnection(connection);
    if (m_banner->text() != before)
        m_announcer->announce(m_banner->text());
    m_side->setConnection(connection);
}

void Workspace::setMembers(const client::ConversationId& id, const QVector<client::MemberRecord>& members) {
    if (id != m_current)
        return;
    m_side->setMembers(members);
    m_composer->setMembers(members);
    m_pane->setPeople(members);
}

void Workspace::setSearchHits(const QString& text, const QVector<client::SearchHit>& hits) {
    if (text == m_list.search())
        m_list.setHits(hits);
    emit searchAnswered(text);
}

void Workspace::showNotice(const QString& text) {
    m_notice->showText(text);
    m_announcer->announce(text);
}

void Workspace::addMessages(const QVector<client::MessageRecord>& messages) {
    m_timeline.add(messages);
    QVector<int> heard;
    for (const client::MessageRecord& message : messages) {
        setWriting(message.conversation, message.sender, {}, false);
        const int index =
            message.conversation == m_current && !message.own ? m_timeline.indexOfRow(message.row) : -1;
        if (index >= 0)
            heard << index;
    }
    if (heard.isEmpty() || !isVisible())
        return;
    if (heard.size() > kMostRead) {
        m_announcer->announce(tr("%n new message(s)", nullptr, static_cast<int>(heard.size())));
        return;
    }
    QStringList sentences;
    for (const int index : std::as_const(heard))
        sentences << m_view->describe(index);
    m_announcer->announce(sentences.join(QLatin1Char(' ')));
}

void Workspace::setPinned(const client::ConversationId& id, const QVector<client::MessageRecord>& messages) {
    if (id == m_current)
        m_pinned->setMessages(messages);
}

void Workspace::changeMessage(const client::MessageRecord& message) {
    if (message.conversation == m_current && (message.pinned || m_pinned->holds(message.row)))
        emit pinnedWanted(m_current);
    const int index = message.conversation == m_current ? m_timeline.indexOfRow(message.row) : -1;
    const auto before = index < 0 ? message.state : m_timeline.at(index).state;
    m_timeline.change(message);
    const bool lost =
        message.state == client::DeliveryState::Failed || message.state == client::DeliveryState::Withdrawn;
    if (message.own && lost && before != message.state)
        m_announcer->announce(deliveryText(message));
}

void Workspace::stepPart(int direction) {
    const bool writing = m_composer->isVisibleTo(this);
    const QVector<QWidget*> parts{m_rail, m_pane, m_header, m_view, writing ? m_composer : m_request, m_side};
    const auto first = [this](QWidget* part) -> QWidget* {
        if (part == m_pane)
            return m_pane->list()->isVisible() ? static_cast<QWidget*>(m_pane->list())
                                               : m_pane->searchField();
        if (part == m_composer)
            return m_composer->field();
        for (QWidget* at = part; at; at = at->nextInFocusChain()) {
            if ((at == part || part->isAncestorOf(at)) && at->isVisible() && at->isEnabled() &&
                (at->focusPolicy() & Qt::TabFocus))
                return at;
            if (at->nextInFocusChain() == part)
                break;
        }
        return nullptr;
    };
    QWidget* focused = window()->focusWidget();
    qsizetype now = -1;
    for (qsizetype i = 0; i < parts.size(); ++i)
        if (focused && (focused == parts.at(i) || parts.at(i)->isAncestorOf(focused)))
            now = i;
    for (qsizetype step = 1; step <= parts.size(); ++step) {
        const qsizetype n = parts.size();
        const qsizetype at = ((now < 0 ? (direction > 0 ? -1 : 0) : now) + direction * step + n * n) % n;
        QWidget* target = parts.at(at)->isVisible() ? first(parts.at(at)) : nullptr;
        if (target) {
            target->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void Workspace::openConversation(const client::ConversationId& id) {
    const auto* record = m_list.find(id);
    if (!record || id == m_current) {
        if (record)
            m_composer->field()->setFocus();
        return;
    }
    m_composer->setEditing({}, {});
    m_composer->flushDraft();
    m_view->endSelecting();
    m_current = id;
    showWriting();
    m_composer->setAudience({});
    m_notice->hide();
    m_composer->setReply({}, {}, {});
    m_composer->setDraft(record->draft);
    m_view->setGroup(!record->direct);
    m_view->setUnreadOnOpen(record->unread);
    m_timeline.open(id);
    m_side->setMembers({});
    m_composer->setMembers({});
    m_pinned->setMessages({});
    refreshCurrent();
    if (!m_pane->list()->hasFocus() && !m_pane->searchField()->hasFocus())
        m_composer->field()->setFocus();
    emit conversationOpened(id);
    if (record->unread > 0)
        m_timeline.wantOpening();
    else
        m_timeline.wantNewest();
}

void Workspace::refreshCurrent() {
    const auto* record = m_list.find(m_current);
    m_pane->setCurrent(m_current);
    const bool open = record != nullptr;
    m_header->setVisible(open);
    m_view->setVisible(open);
    if (!open)
        m_pinned->setMessages({});
    m_empty->setVisible(!open);
    m_line->setVisible(open);
    using client::ConversationState;
    const auto state = open ? record->state : ConversationState::Left;
    showInput();
    m_request->setVisible(open && state == ConversationState::Request);
    QString closed;
    if (open) {
        switch (state) {
        case ConversationState::Leaving:
            closed = tr("You are leaving. The others' programs confirm it when they are next connected.");
            break;
        case ConversationState::Left:
            closed = tr("You left this conversation. What was written stays here.");
            break;
        case ConversationState::Removed:
            closed = tr("You were removed from this conversation. What was written stays here.");
            break;
        case ConversationState::Disbanded:
            closed = tr("This conversation was ended for everybody. What was written stays here.");
            break;
        case ConversationState::Damaged:
            closed =
                tr("This conversation cannot be followed any more. Ask a member to remove and add you again; "
                   "what was written stays here.");
            break;
        case ConversationState::Request:
        case ConversationState::Active:
            break;
        }
    }
    m_closed->setText(closed);
    m_closed->setVisible(!closed.isEmpty());
    m_laterStrip->setConversation(open ? *record : client::ConversationRecord());
    if (open) {
        m_header->setConversation(*record);
        m_side->setConversation(*record);
        m_view->setGroup(!record->direct);
        m_composer->setPlaceholder(composerPlaceholder(*record));
        m_requestText->setText(
            record->invitedBy.isEmpty()
                ? tr("You are invited to this conversation. If you accept, its members see that you joined.")
                : tr("%1 invites you to this conversation. If you accept, its members see that you joined. "
                     "If you "
                     "decline, nobody is told why.")
                      .arg(isolated(record->invitedBy)));
    }
    const bool none = m_list.total() == 0;
    m_emptyTitle->setText(none ? tr("Your valise is ready") : tr("Choose a conversation"));
    m_emptyText->setText(
        none ? tr("Start a conversation with somebody's invitation, or give yours to the person you "
                  "want to talk to. Only the people in a conversation can read it.")
             : tr("Pick one on the list, go there with Ctrl+K, or start a new one."));
    place();
}

void Workspace::setSidePanelShown(bool shown) {
    m_sideWanted = shown;
    place();
    if (m_sideFloats)
        m_side->setVisible(shown && currentRecord());
    m_header->setSidePanelShown(m_side->isVisibleTo(this));
}

void Workspace::place() {
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    const int w = width();
    const int h = height();
    const int side = std::min(m_theme->px(kSide), w - m_theme->px(kRail) - 60);
    const bool floats = w < m_theme->px(kNarrow);
    // A panel that would suddenly lie over the text is put away.
    if (floats && !m_sideFloats && m_side->isVisibleTo(this))
        m_side->hide();
    m_sideFloats = floats;
    // With large text the list takes what it needs, but leaves the larger part to the conversation.
    const int wanted = m_theme->px(w < kVeryNarrow ? kNarrowList : kList);
    const int rail = m_theme->px(kRail);
    const int list = std::min(wanted, std::max(kNarrowList, (w - rail) * 2 / 5));
    const auto put = [&](QWidget* widget, int x, int width) {
        widget->setGeometry(rtl ? w - x - width : x, 0, width, h);
    };
    put(m_rail, 0, rail);
    put(m_pane, rail, list - 1);
    const bool open = currentRecord() != nullptr;
    if (!floats)
        m_side->setVisible(m_sideWanted && open);
    else if (!open || !m_sideWanted)
        m_side->hide();
    const bool docked = !floats && m_sideWanted && open;
    const int mainLeft = rail + list;
    put(m_main, mainLeft, w - mainLeft - (docked ? side : 0));
    put(m_side, w - side, side);
    if (floats) {
        // The header and the way to close the panel stay free.
        QRect r = m_side->geometry();
        r.setTop(m_header->height());
        m_side->setGeometry(r);
    }
    m_side->raise();
    m_header->setSidePanelShown(m_side->isVisibleTo(this));
    update();
}

void Workspace::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void Workspace::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        place();
}

void Workspace::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->palette().pane);
    // The hairline between list and main pane.
    const QRect pane = m_pane->geometry();
    const int x = layoutDirection() == Qt::RightToLeft ? pane.left() - 1 : pane.right() + 1;
    painter.fillRect(QRect(x, 0, 1, height()), m_theme->palette().line);
}

} // namespace valise::ui
