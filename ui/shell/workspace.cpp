// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/workspace.h"

#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QResizeEvent>
#include <QStackedWidget>

namespace valise::ui {
namespace {

constexpr int kRail = 56;
constexpr int kList = 322;
constexpr int kNarrowList = 304;
constexpr int kSide = 286;
constexpr int kNarrow = 1060;    //!< below, the side panel lies over the timeline
constexpr int kVeryNarrow = 900; //!< below, the list gives way a little

} // namespace

Workspace::Workspace(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("workspace"));
    m_rail = new Rail(theme, this);
    m_pane = new ConversationPane(&m_list, theme, this);
    m_page = new ConversationPage(theme, this);
    m_banner = new Banner(theme, m_page);
    m_notice = new Notice(theme, m_page);
    m_empty = new EmptyState(theme, m_page);
    m_page->addBar(m_banner, ConversationPage::Place::AboveMessages);
    m_page->addBar(m_notice, ConversationPage::Place::AboveMessages);
    m_page->setEmptyState(m_empty);
    m_announcer = new Announcer(this);
    connectParts();
    setTabOrder(m_rail, m_pane);
    setTabOrder(m_pane, m_page);
    connect(m_theme, &Theme::changed, this, &Workspace::place);
    place();
    refreshCurrent();
}

void Workspace::connectParts() {
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
    connect(m_empty, &EmptyState::newConversationWanted, this, &Workspace::newConversationRequested);
    connect(m_empty, &EmptyState::invitationWanted, this, &Workspace::invitationRequested);
    connect(m_pane, &ConversationPane::conversationChosen, this, &Workspace::openConversation);
    connect(m_pane, &ConversationPane::hitChosen, this,
            [this](const client::MessageRecord& m) { openMessage(m.conversation, m.row); });
    connect(m_page, &ConversationPage::membersChanged, m_pane, &ConversationPane::setPeople);
    connect(m_page, &ConversationPage::notice, this, &Workspace::showNotice);
    connect(m_page, &ConversationPage::said, m_announcer, &Announcer::announce);
    connect(m_page, &ConversationPage::besideWanted, this, [this] { setSidePanelShown(true); });
    connect(m_page->header(), &ConversationHeader::searchWanted, m_pane, &ConversationPane::focusSearchHere);
    connect(m_page->header(), &ConversationHeader::sidePanelToggled, this,
            [this] { setSidePanelShown(!m_page->beside()->isVisible()); });
}

QuickSwitcher* Workspace::showSwitcher() {
    if (m_switcher)
        return m_switcher;
    m_switcher = new QuickSwitcher(m_list.conversations(), m_theme, this);
    connect(m_switcher, &QuickSwitcher::conversationChosen, this, &Workspace::openConversation);
    connect(m_switcher, &QuickSwitcher::hitChosen, this,
            [this](const client::MessageRecord& m) { openMessage(m.conversation, m.row); });
    emit switcherOpened(m_switcher);
    m_switcher->open();
    return m_switcher;
}

void Workspace::setConversations(const QVector<client::ConversationRecord>& conversations) {
    m_list.setConversations(conversations);
    m_rail->setRequests(m_list.requests());
    refreshCurrent();
}

void Workspace::updateConversation(const client::ConversationRecord& conversation) {
    m_list.update(conversation);
    m_rail->setRequests(m_list.requests());
    if (conversation.id == current() || current().isEmpty())
        refreshCurrent();
}

void Workspace::setConnection(const client::ConnectionRecord& connection) {
    const QString before = m_banner->text();
    m_banner->setConnection(connection);
    if (m_banner->text() != before)
        m_announcer->announce(m_banner->text());
    m_page->sidePanel()->setConnection(connection);
}

void Workspace::showNotice(const QString& text) {
    m_notice->showText(text);
    m_announcer->announce(text);
}

void Workspace::stepPart(int direction) {
    const QVector<QWidget*> parts = QVector<QWidget*>{m_rail, m_pane} + m_page->parts();
    const auto first = [this](QWidget* part) -> QWidget* {
        if (part == m_pane)
            return m_pane->list()->isVisible() ? static_cast<QWidget*>(m_pane->list())
                                               : m_pane->searchField();
        if (part == m_page->composer())
            return m_page->composer()->field();
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
    if (!record)
        return;
    if (id == current())
        return m_page->composer()->field()->setFocus();
    const bool walking = m_pane->list()->hasFocus() || m_pane->searchField()->hasFocus();
    m_notice->hide();
    // The list may change while drafts are reported.
    const client::ConversationRecord opened = *record;
    m_page->open(opened);
    refreshCurrent();
    if (!walking)
        m_page->composer()->field()->setFocus();
}

void Workspace::openMessage(const client::ConversationId& id, qint64 row) {
    openConversation(id);
    m_page->timelineModel()->wantAround(row);
}

void Workspace::refreshCurrent() {
    m_pane->setCurrent(current());
    m_page->setRecord(currentRecord());
    m_empty->setConversations(m_list.total() > 0);
    place();
}

void Workspace::setSidePanelShown(bool shown) {
    m_sideWanted = shown;
    place();
    if (m_sideFloats)
        m_page->beside()->setVisible(shown && currentRecord());
    m_page->header()->setSidePanelShown(m_page->beside()->isVisibleTo(this));
}

void Workspace::place() {
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    QWidget* beside = m_page->beside();
    const int w = width();
    const int h = height();
    const int side = std::min(m_theme->px(kSide), w - m_theme->px(kRail) - 60);
    const bool floats = w < m_theme->px(kNarrow);
    // A panel that would suddenly lie over the text is put away.
    if (floats && !m_sideFloats && beside->isVisibleTo(this))
        beside->hide();
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
        beside->setVisible(m_sideWanted && open);
    else if (!open || !m_sideWanted)
        beside->hide();
    const bool docked = !floats && m_sideWanted && open;
    const int mainLeft = rail + list;
    put(m_page, mainLeft, w - mainLeft - (docked ? side : 0));
    put(beside, w - side, side);
    if (floats) {
        // The header and the way to close the panel stay free.
        QRect r = beside->geometry();
        r.setTop(m_page->header()->height());
        beside->setGeometry(r);
    }
    beside->raise();
    m_page->header()->setSidePanelShown(beside->isVisibleTo(this));
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
