// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/later_sheets.h"

#include "core/client/history/mentions.h"
#include "core/client/history/shown_text.h"
#include "ui/format.h"

#include <QButtonGroup>
#include <QCalendarWidget>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QDateTimeEdit>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

struct Later {
    Q_DECLARE_TR_FUNCTIONS(Later)
};

constexpr int kEvening = 18;
constexpr int kMorning = 9;

//! "New York" of "America/New_York".
QString cityOf(const QByteArray& zone) {
    return QString::fromLatin1(zone)
        .section(QLatin1Char('/'), -1)
        .replace(QLatin1Char('_'), QLatin1Char(' '));
}

//! Inside a sentence: names of places are Latin in every language.
QString cityIn(const QTimeZone& zone) {
    return QChar(0x2068) + cityOf(zone.id()) + QChar(0x2069);
}

//! Zones that are named for a place.
QList<QByteArray> places() {
    QList<QByteArray> out;
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        if (id.contains('/') && !id.startsWith("Etc/") && !id.startsWith("SystemV/") &&
            !id.startsWith("US/") && !id.startsWith("posix/") && !id.startsWith("right/"))
            out.append(id);
    std::sort(out.begin(), out.end(),
              [](const QByteArray& a, const QByteArray& b) { return cityOf(a) < cityOf(b); });
    return out;
}

QString clock(const QDateTime& when) {
    return QLocale().toString(when.time(), QStringLiteral("HH:mm"));
}

QString dayAndTime(const QDateTime& when) {
    const bool soon = std::abs(QDate::currentDate().daysTo(when.date())) < 180;
    return Later::tr("%1 at %2")
        .arg(QLocale().toString(when.date(),
                                soon ? QStringLiteral("dddd, d MMMM") : QStringLiteral("dddd, d MMMM yyyy")),
             clock(when));
}

//! Rows of two paragraphs: when, and the words below; each as high as it needs at the width of the list, in
//! the fonts of every script, and in its own direction.
class LaterRows final : public QStyledItemDelegate {
public:
    LaterRows(QListWidget* list, const Theme* theme)
        : QStyledItemDelegate(list)
        , m_list(list)
        , m_theme(theme) {}
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const int width = m_list->viewport()->width();
        return {width, lay(option, index, QRectF(0, 0, width, 0), nullptr) + 2 * m_theme->px(kPadding)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyleOptionViewItem row(option);
        initStyleOption(&row, index);
        row.text.clear();
        m_list->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, m_list);
        painter->save();
        lay(option, index, QRectF(option.rect).adjusted(0, m_theme->px(kPadding), 0, 0), painter);
        painter->restore();
    }

private:
    static constexpr int kPadding = 8;

    //! Draws if there is a painter; returns the height.
    int lay(const QStyleOptionViewItem& option, const QModelIndex& index, const QRectF& room,
            QPainter* painter) const {
        const double beside = m_theme->px(12);
        const bool rtl = m_list->layoutDirection() == Qt::RightToLeft;
        double height = 0;
        bool first = true;
        for (const QString& paragraph : index.data().toString().split(QLatin1Char('\n'))) {
            QTextLayout words(paragraph, first ? m_theme->font(12) : option.font);
            QTextOption how(rtl ? Qt::AlignRight : Qt::AlignLeft);
            how.setTextDirection(paragraph.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
            how.setAlignment((rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
            words.setTextOption(how);
            words.beginLayout();
            double down = 0;
            for (QTextLine line = words.createLine(); line.isValid(); line = words.createLine()) {
                line.setLineWidth(std::max(80.0, room.width() - 2 * beside));
                line.setPosition({0, down});
                down += line.height();
            }
            words.endLayout();
            if (painter) {
                painter->setPen(first ? m_theme->palette().dim : m_theme->palette().ink);
                words.draw(painter, {room.left() + beside, room.top() + height});
            }
            height += down;
            first = false;
        }
        return static_cast<int>(std::ceil(height));
    }

    QListWidget* m_list;
    const Theme* m_theme;
};

} // namespace

QString laterText(const QDateTime& when, const QTimeZone& zone) {
    const QDateTime there = when.toTimeZone(zone);
    const QDateTime here = when.toLocalTime();
    if (there.date() == here.date() && there.time() == here.time())
        return dayAndTime(here);
    const QString own = there.date() == here.date() ? clock(here) : dayAndTime(here);
    return Later::tr("%1 in %2 (your time: %3)").arg(dayAndTime(there), cityIn(zone), own);
}

SendLaterSheet::SendLaterSheet(const QDateTime& now, const QTimeZone& zone, const QDateTime& chosen,
                               const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Send later"),
            tr("The message waits encrypted on this device. Valise must be running at that time."), parent)
    , m_now(now)
    , m_choices(new QButtonGroup(this))
    , m_time(new QDateTimeEdit(this))
    , m_zones(new QComboBox(this)) {
    setMinimumWidth(theme->px(460));
    m_zones->setAccessibleName(tr("By the clock of"));
    m_zones->setEditable(true);
    m_zones->setInsertPolicy(QComboBox::NoInsert);
    if (layoutDirection() == Qt::RightToLeft)
        m_zones->lineEdit()->setAlignment(Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    m_zones->setMaxVisibleItems(12);
    const QByteArray own = QTimeZone::systemTimeZoneId();
    m_zones->addItem(tr("Your own clock (%1)").arg(cityOf(own)), own);
    for (const QByteArray& id : places())
        if (id != own)
            m_zones->addItem(cityOf(id), id);
    m_zones->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zones->completer()->setFilterMode(Qt::MatchContains);
    const int at = m_zones->findData(zone.id());
    m_zones->setCurrentIndex(std::max(0, at));

    auto* zoneLabel = addLabel(tr("By the clock of"));
    zoneLabel->setBuddy(m_zones);
    content()->addWidget(m_zones);
    content()->addSpacing(theme->px(6));
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    for (const Choice choice : {InAnHour, ThisEvening, TomorrowMorning, MondayMorning, Other}) {
        auto* button = new QRadioButton(this);
        m_choices->addButton(button, choice);
        content()->addWidget(button);
    }
    m_time->setCalendarPopup(true);
    m_time->setAccessibleName(tr("Another time"));
    // Without doubt in any language, and not torn apart by the direction of the text around it.
    m_time->setLayoutDirection(Qt::LeftToRight);
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd  HH:mm"));
    m_time->setMinimumWidth(theme->px(220));
    auto* timeRow = new QHBoxLayout;
    timeRow->setContentsMargins(theme->px(28), 0, 0, 0);
    if (rtl)
        timeRow->setContentsMargins(0, 0, theme->px(28), 0);
    timeRow->addWidget(m_time);
    timeRow->addStretch();
    content()->addLayout(timeRow);
    m_summary = addHint({});
    m_summary->setObjectName(QStringLiteral("laterSummary"));
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Send later")), &QPushButton::clicked, this, &SendLaterSheet::submit);

    m_choices->button(chosen.isValid() ? Other : TomorrowMorning)->setChecked(true);
    const QDateTime first = chosen.isValid() ? chosen.toTimeZone(this->zone()) : timeOf(TomorrowMorning);
    m_time->setDateTime(QDateTime(first.date(), first.time()));
    connect(m_choices, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (!on)
            return;
        if (id == Other)
            m_time->setFocus();
        refresh();
    });
    connect(m_zones, &QComboBox::currentIndexChanged, this, &SendLaterSheet::refresh);
    connect(m_zones->lineEdit(), &QLineEdit::editingFinished, this, &SendLaterSheet::takePlace);
    m_zones->lineEdit()->installEventFilter(this);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, [this] {
        m_choices->button(Other)->setChecked(true);
        refresh();
    });
    refresh();
    m_choices->checkedButton()->setFocus();
}

void SendLaterSheet::takePlace() {
    // What was typed and is no place becomes the place that was chosen before.
    const int found = m_zones->findText(m_zones->currentText(), Qt::MatchFixedString);
    m_zones->setCurrentIndex(found >= 0 ? found : m_zones->currentIndex());
    m_zones->setEditText(m_zones->itemText(m_zones->currentIndex()));
}

bool SendLaterSheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_zones->lineEdit() && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            // It ends the name of the place, and does not send.
            takePlace();
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

QTimeZone SendLaterSheet::zone() const {
    const QTimeZone zone(m_zones->currentData().toByteArray());
    return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

QDateTime SendLaterSheet::timeOf(Choice choice) const {
    const QTimeZone there = zone();
    const QDateTime present = m_now.toTimeZone(there);
    const auto at = [&](const QDate& day, int hour) { return QDateTime(day, QTime(hour, 0), there); };
    switch (choice) {
    case InAnHour:
        return present.addSecs(3600);
    case ThisEvening:
        return at(present.date(), kEvening);
    case TomorrowMorning:
        return at(present.date().addDays(1), kMorning);
    case MondayMorning:
        return at(present.date().addDays(8 - present.date().dayOfWeek()), kMorning);
    case Other:
        break;
    }
    return QDateTime(m_time->date(), m_time->time(), there);
}

QDateTime SendLaterSheet::when() const {
    const QDateTime time = timeOf(static_cast<Choice>(m_choices->checkedId()));
    return time > m_now ? time : QDateTime();
}

QString SendLaterSheet::summary() const {
    return m_summary->text();
}

void SendLaterSheet::refresh() {
    const QLocale locale;
    const auto label = [&](Choice choice, const QString& words) {
        const QDateTime time = timeOf(choice);
        const bool today = time.date() == m_now.toTimeZone(zone()).date();
        m_choices->button(choice)->setText(QStringLiteral("%1 · %2").arg(
            words,
            today ? clock(time)
                  : locale.toString(time.date(), QStringLiteral("dddd")) + QLatin1Char(' ') + clock(time)));
        m_choices->button(choice)->setVisible(time > m_now);
    };
    label(InAnHour, tr("In an hour"));
    label(ThisEvening, tr("This evening"));
    label(TomorrowMorning, tr("Tomorrow morning"));
    label(MondayMorning, tr("Monday morning"));
    // On Sunday that is tomorrow.
    if (timeOf(MondayMorning) == timeOf(TomorrowMorning))
        m_choices->button(MondayMorning)->hide();
    m_choices->button(Other)->setText(tr("Another time"));
    if (!m_choices->checkedButton()->isVisibleTo(this))
        m_choices->button(TomorrowMorning)->setChecked(true);
    const QDateTime time = when();
    m_summary->setText(time.isValid() ? tr("It will be sent on %1.").arg(laterText(time, zone()))
                                      : tr("That time is over."));
    showError({});
    fit();
}

void SendLaterSheet::submit() {
    const QDateTime time = when();
    if (!time.isValid() || time <= QDateTime::currentDateTimeUtc()) {
        showError(tr("That time is over. Please choose a later one."));
        m_time->setFocus();
        return;
    }
    setBusy(true);
    emit chosen(time, zone());
}

ScheduledSheet::ScheduledSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("To be sent later"),
            tr("These messages wait encrypted on this device and are sent by themselves while Valise is "
               "running."),
            parent) {
    setMinimumWidth(theme->px(560));
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("scheduledList"));
    m_list->setProperty("boxed", true);
    m_list->setAccessibleName(tr("To be sent later"));
    m_list->setMinimumHeight(theme->px(220));
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setItemDelegate(new LaterRows(m_list, theme));
    content()->addWidget(m_list, 1);
    m_none = addHint(tr("Nothing waits to be sent later."));
    addCloseButton(tr("Close"));
    m_delete = addButton(tr("Delete"));
    m_edit = addButton(tr("Edit"));
    m_time = addButton(tr("Another time…"));
    m_send = addMainButton(tr("Send now"));
    const auto offer = [this](QPushButton* button, auto signal) {
        connect(button, &QPushButton::clicked, this, [this, signal] {
            if (const client::ScheduledRecord* message = current()) {
                showError({});
                emit(this->*signal)(*message);
            }
        });
    };
    offer(m_send, &ScheduledSheet::sendWanted);
    offer(m_time, &ScheduledSheet::timeWanted);
    offer(m_edit, &ScheduledSheet::editWanted);
    offer(m_delete, &ScheduledSheet::deleteWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, &ScheduledSheet::refresh);
    m_list->setFocus();
    refresh();
}

void ScheduledSheet::setMessages(const QVector<client::ScheduledRecord>& messages) {
    const int row = std::max(0, m_list->currentRow());
    m_messages = messages;
    m_list->clear();
    for (const client::ScheduledRecord& message : messages) {
        QTimeZone zone(message.zone.toLatin1());
        if (!zone.isValid())
            zone = QTimeZone::systemTimeZone();
        QString when = laterText(QDateTime::fromMSecsSinceEpoch(message.dueMs), zone);
        if (message.state == client::ScheduledRecord::State::Missed)
            when = tr("Not sent: Valise was closed or offline on %1").arg(when);
        else if (message.state == client::ScheduledRecord::State::Refused)
            when = tr("Not sent: on %1 you could not write here").arg(when);
        m_list->addItem(when + QLatin1Char('\n') +
                        client::shownText(client::withMentionNames(message.text, message.mentions), 400)
                            .simplified()
                            .left(200));
    }
    m_none->setVisible(messages.isEmpty());
    m_list->setVisible(!messages.isEmpty());
    if (!messages.isEmpty())
        m_list->setCurrentRow(std::min<int>(row, static_cast<int>(messages.size()) - 1));
    refresh();
    fit();
}

const client::ScheduledRecord* ScheduledSheet::current() const {
    const int row = m_list->currentRow();
    return row >= 0 && row < m_messages.size() ? &m_messages.at(row) : nullptr;
}

void ScheduledSheet::refresh() {
    for (QPushButton* button : {m_send, m_time, m_edit, m_delete})
        button->setEnabled(current() != nullptr);
}

} // namespace valise::ui
