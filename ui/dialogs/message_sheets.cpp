// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/message_sheets.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"
#include "ui/theme/line_field.h"

#include <QCalendarWidget>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QTextCharFormat>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {

ForwardSheet::ForwardSheet(const QVector<client::MessageRecord>& messages,
                           const QVector<client::ConversationRecord>& conversations, const Theme* theme,
                           QWidget* parent)
    : Sheet(theme, tr("Forward"),
            messages.size() == 1
                ? QStringLiteral("“%1”").arg(isolated(firstWords(messages.first())))
                : tr("%n message(s), in their order", nullptr, static_cast<int>(messages.size())),
            parent) {
    setMinimumWidth(theme->px(480));
    auto* filter = new LineField(this);
    filter->setHint(tr("Search conversations"));
    m_filter = filter;
    m_filter->setAccessibleName(tr("Search conversations"));
    content()->addWidget(m_filter);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("forwardList"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setMinimumHeight(theme->px(240));
    content()->addWidget(m_list, 1);
    for (const client::ConversationRecord& c : conversations) {
        if (c.state != client::ConversationState::Active)
            continue;
        auto* item = new QListWidgetItem(conversationTitle(c), m_list);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setData(Qt::UserRole, c.id);
    }
    addHint(tr("The text goes as your own message. Who receives it does not see who wrote it first."));
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Forward")), &QPushButton::clicked, this, &ForwardSheet::submit);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setHidden(
                !m_list->item(i)->text().contains(text.trimmed(), Qt::CaseInsensitive));
    });
    m_filter->setFocus();
}

void ForwardSheet::submit() {
    QVector<QByteArray> all;
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->checkState() == Qt::Checked)
            all.append(m_list->item(i)->data(Qt::UserRole).toByteArray());
    if (all.isEmpty()) {
        showError(tr("No conversation is chosen yet."));
        m_list->setFocus();
        return;
    }
    showError({});
    setBusy(true);
    emit chosen(all);
}

DeleteSheet::DeleteSheet(const QVector<client::MessageRecord>& messages, bool mayWrite, const Theme* theme,
                         QWidget* parent)
    : Sheet(
          theme, tr("Delete %n message(s)?", nullptr, static_cast<int>(messages.size())),
          tr("For you: it disappears from this device only. For everyone: the others' programs are asked to "
             "remove it; who has read it has read it."),
          parent) {
    setMinimumWidth(theme->px(500));
    const bool all = std::all_of(messages.begin(), messages.end(),
                                 [](const auto& m) { return m.own && !m.deleted && !m.eventId.isEmpty(); });
    auto* cancel = addCloseButton(tr("Cancel"));
    cancel->setDefault(true);
    m_forMe = addButton(tr("Delete for me"));
    connect(m_forMe, &QPushButton::clicked, this, [this] {
        setBusy(true);
        emit forMe();
    });
    if (all && mayWrite) {
        m_forEveryone = addMainButton(tr("Delete for everyone"), true);
        connect(m_forEveryone, &QPushButton::clicked, this, [this] {
            setBusy(true);
            emit forEveryone();
        });
    }
    cancel->setFocus();
}

DetailsSheet::DetailsSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Message details"), {}, parent) {
    setMinimumWidth(theme->px(520));
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(theme->px(370));
    scroll->setAccessibleName(tr("Message details"));
    m_body = new QWidget(scroll);
    m_body->setObjectName(QStringLiteral("page"));
    auto* column = new QVBoxLayout(m_body);
    theme->margins(column, 0, 0, 8, 0);
    column->setSpacing(5);
    scroll->setWidget(m_body);
    content()->addWidget(scroll, 1);
    auto* close = addCloseButton(tr("Close"));
    close->setDefault(true);
    close->setFocus();
}

void DetailsSheet::row(const QString& name, const QString& value) {
    auto* line = new QWidget(m_body);
    auto* cells = new QHBoxLayout(line);
    cells->setContentsMargins(0, 0, 0, 0);
    auto* left = new QLabel(name, line);
    left->setProperty("dim", true);
    auto* right = new QLabel(value, line);
    right->setTextFormat(Qt::PlainText);
    right->setWordWrap(true);
    // By the window, not by the direction of each text.
    right->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignLeft : Qt::AlignRight) |
                        Qt::AlignAbsolute | Qt::AlignTop);
    right->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    Theme::alignFirstLines(left, right);
    cells->addWidget(left, 0, Qt::AlignTop);
    cells->addWidget(right, 1, Qt::AlignTop);
    m_body->layout()->addWidget(line);
    m_lines << name + QStringLiteral(": ") + value;
}

void DetailsSheet::heading(const QString& text) {
    auto* label = new QLabel(text, m_body);
    label->setFont(theme()->font(12.5, QFont::DemiBold));
    label->setContentsMargins(0, 12, 0, 2);
    m_body->layout()->addWidget(label);
    m_lines << text;
}

void DetailsSheet::paragraph(const QString& text, const QString& note) {
    auto* label = new QLabel(client::shownText(text), m_body);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* when = new QLabel(note, m_body);
    when->setProperty("dim", true);
    when->setFont(theme()->font(11.5));
    m_body->layout()->addWidget(when);
    m_body->layout()->addWidget(label);
    m_lines << note + QStringLiteral(": ") + text;
}

void DetailsSheet::setDetails(const client::MessageDetails& details) {
    const client::MessageRecord& m = details.message;
    QVector<client::ReaderRecord> readers = details.readers;
    row(tr("Written by"), m.own ? tr("%1 (you)").arg(isolated(m.senderName)) : m.senderName);
    row(tr("Written at"), momentText(m.createdAt));
    if (!m.own)
        row(tr("Arrived at"), momentText(m.receivedAt / 1000));
    if (m.editedAt > 0)
        row(tr("Last edited at"), momentText(m.editedAt));
    row(tr("State"), m.deleted ? deletedText(m) : deliveryText(m));
    if (m.expiresAt > 0)
        row(tr("Disappears at"), momentText(m.expiresAt));
    row(tr("Encryption"), tr("End to end"));
    if (!details.servers.isEmpty())
        heading(tr("Servers"));
    for (const client::ServerRecord& server : details.servers) {
        switch (server.state) {
        case client::ServerRecord::State::Accepted:
            row(server.url, tr("holds it since %1").arg(momentText(server.acceptedAt / 1000)));
            break;
        case client::ServerRecord::State::Waiting:
            row(server.url, tr("not reached yet"));
            break;
        case client::ServerRecord::State::Unknown:
            row(server.url, tr("was given it and has not answered yet"));
            break;
        case client::ServerRecord::State::Refused:
            row(server.url, server.reason.isEmpty() ? tr("refused it")
                                                    : tr("refused it: %1").arg(isolated(server.reason)));
            break;
        }
    }
    const auto someRead = [](const client::ReaderRecord& reader) { return reader.readAt > 0; };
    const auto unread = std::stable_partition(readers.begin(), readers.end(), someRead);
    if (unread != readers.begin())
        heading(tr("Read by"));
    for (auto reader = readers.begin(); reader != readers.end(); ++reader) {
        if (reader == unread)
            heading(tr("Delivered to"));
        row(reader->name, momentText(reader->readAt > 0 ? reader->readAt : reader->deliveredAt));
    }
    if (!m.reactions.isEmpty())
        heading(tr("Reactions"));
    for (const client::ReactionRecord& reaction : m.reactions)
        paragraph(reactionText(reaction), tr("%n person(s)", nullptr, reaction.count));
    if (details.versions.size() > 1) {
        heading(tr("Earlier versions"));
        for (qsizetype i = details.versions.size() - 2; i >= 0; --i)
            paragraph(details.versions.at(i).text, momentText(details.versions.at(i).at));
    }
    static_cast<QVBoxLayout*>(m_body->layout())->addStretch();
    fit();
}

StarredSheet::StarredSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Starred messages"), tr("Only you see which messages you starred."), parent) {
    setMinimumWidth(theme->px(520));
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("starredList"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("Starred messages"));
    m_list->setMinimumHeight(theme->px(280));
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content()->addWidget(m_list, 1);
    m_none = addHint(tr("Nothing is starred yet. Press S on a message, or use its menu."));
    addCloseButton(tr("Close"));
    connect(m_list, &QListWidget::itemActivated, this, &StarredSheet::take);
    connect(m_list, &QListWidget::itemClicked, this, &StarredSheet::take);
    m_list->setFocus();
}

void StarredSheet::setMessages(const QVector<client::SearchHit>& messages) {
    m_messages = messages;
    m_list->clear();
    for (const client::SearchHit& hit : messages)
        m_list->addItem(QStringLiteral("%1 · %2 · %3\n%4")
                            .arg(isolated(hit.message.senderName), isolated(hit.conversationName),
                                 isolated(momentText(hit.message.createdAt)),
                                 isolated(firstWords(hit.message))));
    m_none->setVisible(messages.isEmpty());
    m_list->setVisible(!messages.isEmpty());
    fit();
}

void StarredSheet::take(QListWidgetItem* item) {
    const int index = m_list->row(item);
    if (index < 0 || index >= m_messages.size())
        return;
    emit chosen(m_messages.at(index).message);
    accept();
}

DateSheet::DateSheet(const QDate& day, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Go to a date"), {}, parent)
    , m_calendar(new QCalendarWidget(this)) {
    m_calendar->setAccessibleName(tr("Date"));
    m_calendar->setMaximumDate(QDate::currentDate());
    m_calendar->setSelectedDate(day);
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setFirstDayOfWeek(QLocale().firstDayOfWeek());
    // The week's end in red is not everybody's custom.
    for (const Qt::DayOfWeek weekday : {Qt::Saturday, Qt::Sunday})
        m_calendar->setWeekdayTextFormat(weekday, QTextCharFormat());
    QTextCharFormat header;
    header.setForeground(theme->palette().dim);
    header.setBackground(theme->palette().pane);
    m_calendar->setHeaderTextFormat(header);
    for (const auto& [name, icon] :
         {std::pair(QStringLiteral("qt_calendar_prevmonth"), QStringLiteral("back")),
          std::pair(QStringLiteral("qt_calendar_nextmonth"), QStringLiteral("forward"))}) {
        if (auto* button = m_calendar->findChild<QToolButton*>(name)) {
            button->setIcon(theme->icon(icon));
            button->setAccessibleName(name.endsWith(QLatin1String("prevmonth")) ? tr("Month before")
                                                                                : tr("Month after"));
        }
    }
    content()->addWidget(m_calendar);
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Go there")), &QPushButton::clicked, this, [this] {
        emit chosen(m_calendar->selectedDate());
        accept();
    });
    connect(m_calendar, &QCalendarWidget::activated, this, [this](const QDate& chosenDay) {
        emit chosen(chosenDay);
        accept();
    });
    m_calendar->setFocus();
}

} // namespace valise::ui
