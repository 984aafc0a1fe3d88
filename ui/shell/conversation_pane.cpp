// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/conversation_pane.h"

#include "ui/format.h"
#include "ui/shell/chip_row.h"
#include "ui/shell/conversation_delegate.h"

#include <QButtonGroup>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace valise::ui {

ConversationPane::ConversationPane(ConversationListModel* model, const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_theme(theme) {
    setObjectName(QStringLiteral("listPane"));
    setAttribute(Qt::WA_StyledBackground);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);

    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->setSpacing(12);
    m_search = new LineField(this);
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setHint(tr("Search messages and people"));
    m_search->setAccessibleName(tr("Search messages and people"));
    theme->fixHeight(m_search, 34);
    m_search->installEventFilter(this);
    auto* inside = new QHBoxLayout(m_search);
    inside->setContentsMargins(12, 0, 12, 0);
    inside->addStretch();
    m_hint = new QLabel(QKeySequence(QStringLiteral("Ctrl+F"))
                            .toString(QKeySequence::NativeText)
                            .replace(QLatin1Char('+'), QLatin1Char(' ')),
                        m_search);
    m_hint->setProperty("dim", true);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    inside->addWidget(m_hint);
    top->addWidget(m_search);

    m_chipRow = new ChipRow(this);
    auto* group = new QButtonGroup(this);
    for (int i = 0; i < 5; ++i) {
        m_chips[i] = new QPushButton(m_chipRow);
        m_chips[i]->setCheckable(true);
        m_chips[i]->setProperty("chip", true);
        m_chips[i]->setCursor(Qt::PointingHandCursor);
        m_chips[i]->setAutoDefault(false);
        group->addButton(m_chips[i], i);
    }
    m_chips[0]->setChecked(true);
    top->addWidget(m_chipRow);
    makeSearchChips(top);
    outer->addLayout(top);

    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("conversationList"));
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ConversationDelegate(m_theme, m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(false);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &ConversationPane::showMenu);
    outer->addWidget(m_list, 1);
    m_nothing = new QLabel(this);
    m_nothing->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_nothing->setWordWrap(true);
    m_nothing->setProperty("dim", true);
    m_nothing->setContentsMargins(24, 28, 24, 0);
    m_nothing->hide();
    outer->addWidget(m_nothing, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        placeHint();
        m_model->setSearch(text);
        emit searchWanted(text.trimmed());
        refresh();
    });
    connect(group, &QButtonGroup::idClicked, this,
            [this](int id) { setFilter(static_cast<ListFilter>(id)); });
    connect(m_list, &QListView::clicked, this, &ConversationPane::choose);
    connect(m_list, &QListView::activated, this, &ConversationPane::choose);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                // Walking with the keys opens conversations at once; a hit needs Enter or a click.
                if (window()->focusWidget() == m_list &&
                    index.data(ConversationListModel::KindRole).toInt() ==
                        ConversationListModel::Conversation)
                    choose(index);
            });
    // Assistive technology selects a row without making it the current one, which keys and mouse do at once.
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                const QModelIndexList chosen = m_list->selectionModel()->selectedIndexes();
                if (chosen.size() != 1 || chosen.front() == m_list->currentIndex())
                    return;
                const QModelIndex index = chosen.front();
                m_list->setCurrentIndex(index);
                choose(index);
            },
            Qt::QueuedConnection);
    });
    connect(m_model, &ConversationListModel::changed, this, &ConversationPane::refresh);
    connect(m_theme, &Theme::changed, this, &ConversationPane::restyle);
    restyle();
    refresh();
}

void ConversationPane::restyle() {
    m_hint->setFont(m_theme->font(11));
    for (auto* chip : m_chips)
        chip->setFont(m_theme->font(12));
    for (auto* chip : {m_here, m_person, m_time, m_links})
        chip->setFont(m_theme->font(12));
    placeHint();
    // The rows' heights follow the text size and the density.
    m_list->doItemsLayout();
}

void ConversationPane::placeHint() {
    // Only where the words of the empty field leave room for it.
    const int words = m_search->fontMetrics().horizontalAdvance(m_search->hint());
    const int room = m_search->width() - words - m_theme->px(34);
    m_hint->setVisible(m_search->text().isEmpty() && m_hint->sizeHint().width() <= room);
}

void ConversationPane::refresh() {
    // A new day says the times of all rows differently.
    if (const QDate today = QDate::currentDate(); std::exchange(m_today, today) != today)
        m_list->viewport()->update();
    const int unread = m_model->unreadConversations();
    const int requests = m_model->requests();
    const QLocale locale;
    m_chips[0]->setText(tr("All"));
    m_chips[1]->setText(unread > 0 ? tr("Unread %1").arg(locale.toString(unread)) : tr("Unread"));
    m_chips[2]->setText(tr("Groups"));
    m_chips[3]->setText(requests > 0 ? tr("Requests %1").arg(locale.toString(requests)) : tr("Requests"));
    m_chips[4]->setText(tr("Archived"));
    m_chips[4]->setVisible(m_model->archived() > 0 || m_model->filter() == ListFilter::Archived);
    m_chipRow->place();
    const bool searching = !m_model->search().isEmpty();
    m_here->setText(tr("In this conversation"));
    m_here->setEnabled(!m_current.isEmpty());
    m_person->setText(m_from.key.isEmpty()
                          ? tr("From anybody")
                          : tr("From %1").arg(m_from.self ? tr("you") : isolated(m_from.name)));
    m_person->setChecked(!m_from.key.isEmpty());
    m_time->setText(m_days == 0   ? tr("Whenever")
                    : m_days == 1 ? tr("Today")
                    : m_days < 10 ? tr("In the last 7 days")
                    : m_days < 60 ? tr("In the last 30 days")
                                  : tr("In the last year"));
    m_time->setChecked(m_days > 0);
    m_links->setText(tr("With links"));
    m_chipRow->setVisible(!searching);
    m_searchRow->setVisible(searching || (m_here->isChecked() && m_search->hasFocus()));
    m_searchRow->place();
    const bool empty = m_model->rowCount() == 0;
    m_list->setVisible(!empty);
    m_nothing->setVisible(empty);
    if (!m_model->search().isEmpty())
        m_nothing->setText(tr("Nothing found for “%1”.").arg(isolated(m_model->search())));
    else if (m_model->filter() == ListFilter::Unread)
        m_nothing->setText(tr("Everything is read."));
    else if (m_model->filter() == ListFilter::Requests)
        m_nothing->setText(tr("Nobody waits for your answer."));
    else if (m_model->filter() == ListFilter::Groups)
        m_nothing->setText(tr("No groups yet."));
    else if (m_model->filter() == ListFilter::Archived)
        m_nothing->setText(tr("The archive is empty."));
    else
        m_nothing->setText(tr("No conversations yet."));
}

void ConversationPane::makeSearchChips(QVBoxLayout* column) {
    m_searchRow = new ChipRow(this);
    const auto chip = [this](const QString& name) {
        auto* button = new QPushButton(m_searchRow);
        button->setCheckable(true);
        button->setProperty("chip", true);
        button->setCursor(Qt::PointingHandCursor);
        button->setAutoDefault(false);
        button->setObjectName(name);
        return button;
    };
    m_here = chip(QStringLiteral("hereChip"));
    m_person = chip(QStringLiteral("personChip"));
    m_time = chip(QStringLiteral("timeChip"));
    m_links = chip(QStringLiteral("linksChip"));
    column->addWidget(m_searchRow);
    connect(m_here, &QPushButton::clicked, this, &ConversationPane::searchAgain);
    connect(m_links, &QPushButton::clicked, this, &ConversationPane::searchAgain);
    connect(m_person, &QPushButton::clicked, this, &ConversationPane::showPeople);
    connect(m_time, &QPushButton::clicked, this, &ConversationPane::showTimes);
}

client::SearchFilter ConversationPane::searchFilter() const {
    client::SearchFilter filter;
    if (m_here->isChecked())
        filter.conversation = m_current;
    filter.sender = m_from.key;
    if (m_days > 0)
        filter.from = QDate::currentDate().addDays(1 - m_days).startOfDay().toSecsSinceEpoch();
    filter.withLinks = m_links->isChecked();
    return filter;
}

void ConversationPane::setHits(const QString& text, const QVector<client::SearchHit>& hits) {
    if (text == m_model->search())
        m_model->setHits(hits);
    emit searchAnswered(text);
}

void ConversationPane::searchAgain() {
    refresh();
    if (!m_search->text().trimmed().isEmpty())
        emit searchWanted(m_search->text().trimmed());
}

void ConversationPane::showPeople() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("peopleMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const client::MemberRecord& person) {
        QString shown = text;
        auto* action =
            menu->addAction(shown.replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, person] {
                m_from = person;
                searchAgain();
            });
        action->setCheckable(true);
        action->setChecked(person.key == m_from.key);
    };
    add(tr("Anybody"), {});
    for (const client::MemberRecord& person : std::as_const(m_people))
        add(person.self ? tr("You") : person.name, person);
    // The button itself is pressed in by what is chosen, not by the click.
    connect(menu, &QMenu::aboutToHide, this, &ConversationPane::refresh);
    menu->popup(m_person->mapToGlobal(QPoint(0, m_person->height() + 2)));
}

void ConversationPane::showTimes() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("timesMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& [text, days] :
         {std::pair(tr("Whenever"), 0), std::pair(tr("Today"), 1), std::pair(tr("In the last 7 days"), 7),
          std::pair(tr("In the last 30 days"), 30), std::pair(tr("In the last year"), 365)}) {
        auto* action = menu->addAction(text, this, [this, days = days] {
            m_days = days;
            searchAgain();
        });
        action->setCheckable(true);
        action->setChecked(days == m_days);
    }
    connect(menu, &QMenu::aboutToHide, this, &ConversationPane::refresh);
    menu->popup(m_time->mapToGlobal(QPoint(0, m_time->height() + 2)));
}

void ConversationPane::focusSearchHere() {
    m_here->setChecked(!m_current.isEmpty());
    searchAgain();
    focusSearch();
}

void ConversationPane::choose(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const int kind = index.data(ConversationListModel::KindRole).toInt();
    if (kind == ConversationListModel::Conversation)
        emit conversationChosen(index.data(ConversationListModel::IdRole).toByteArray());
    else if (kind == ConversationListModel::Hit)
        emit hitChosen(index.data(ConversationListModel::HitRole).value<client::MessageRecord>());
}

void ConversationPane::showMenu(QPoint at) {
    // Without a mouse the menu belongs to the current row.
    QModelIndex index = m_list->indexAt(at);
    if (!index.isValid())
        index = m_list->currentIndex();
    if (!index.isValid() ||
        index.data(ConversationListModel::KindRole).toInt() != ConversationListModel::Conversation)
        return;
    const auto record =
        index.data(ConversationListModel::ConversationRole).value<client::ConversationRecord>();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("conversationMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addFlagActions(menu, record, m_theme,
                   [this, id = record.id](ListFlag flag, bool on) { emit flagWanted(id, flag, on); });
    addNotificationMenu(menu, record, m_theme,
                        [this, id = record.id](std::optional<client::NotificationDetail> detail) {
                            emit notificationWanted(id, detail);
                        });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

void ConversationPane::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ConversationPane::clearSearch() {
    // The next search begins without limits.
    m_here->setChecked(false);
    m_links->setChecked(false);
    m_from = {};
    m_days = 0;
    m_search->clear();
    refresh();
}

void ConversationPane::setCurrent(const client::ConversationId& id) {
    m_current = id;
    const QModelIndex index = m_model->indexOf(id);
    if (index == m_list->currentIndex() && m_list->selectionModel()->isSelected(index))
        return;
    const QSignalBlocker blocker(m_list->selectionModel());
    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_list->viewport()->update();
}

void ConversationPane::setFilter(ListFilter filter) {
    m_chips[static_cast<int>(filter)]->setChecked(true);
    m_model->setFilter(filter);
    refresh();
}

void ConversationPane::step(int direction) {
    const int n = m_model->rowCount();
    if (n == 0)
        return;
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() + direction : 0;
    row = std::clamp(row, 0, n - 1);
    const QModelIndex index = m_model->index(row);
    m_list->setCurrentIndex(index);
    choose(index);
}

void ConversationPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeHint();
}

bool ConversationPane::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Down) {
            m_list->setFocus();
            if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
                m_list->setCurrentIndex(m_model->index(0));
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            for (int i = 0; i < m_model->rowCount(); ++i) {
                const QModelIndex index = m_model->index(i);
                if (index.data(ConversationListModel::KindRole).toInt() != ConversationListModel::Heading) {
                    choose(index);
                    break;
                }
            }
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
            clearSearch();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace valise::ui
